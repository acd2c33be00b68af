"""The values that a text offers for a kind of question: amounts with their units, dates, people, places."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant import companies
from assistant.answering.understanding.interrogatives import Kind
from assistant.answering.understanding.question import Query
from assistant.articles import metadata
from assistant.folding import fold, tag

_NUMBER = r"(?:\d+(?:,\d{3})*(?:\.\d+)?|[一二三四五六七八九十两百千万亿]{1,6})"
_AMOUNT = re.compile(
    rf"(?P<number>{_NUMBER})(?:\s*[-~至到]\s*{_NUMBER})?\s*(?P<scale>[十百千万亿]*)\s*(?P<about>[余多来几]?)\s*(?P<scale2>[万亿]?)"
    r"(?:个(?=月|小时))?(?P<unit>人民币|平方公里|平方米|百分点|个百分点|人次|车次|公里|千米|厘米|毫米|公斤|千克|公顷|小时|分钟|毫秒|mbps|gbps|[a-z]{1,4}(?![a-z])|[\u3400-\u9fff%‰])?"
)
_MEASURE = re.compile(
    r"[元块个名位家人户项款条次场期台套座站支封岁年月天日里米度吨亩件份篇层级辆艘种类届倍成秒周本册口处所间架头棵株颗枚块片组班队号路线%‰a-z]|人次|车次|公里|千米|厘米|毫米|公斤|千克|公顷|平方|小时|分钟|毫秒|百分点"
)
_RATIO = re.compile(r"\d+(?:\.\d+)?\s*(?:[:：]|比)\s*\d+(?:\.\d+)?")
_DATE = re.compile(
    r"(?<!\d)\d{3,4}\s*年(?!前|后|来|间)(?:\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?|\s*[上下]半年|底|初|末|"
    r"\s*第?[一二三四]季度)?(?:[上中下]旬)?|\d{1,2}\s*月\s*\d{1,2}\s*日|\d{1,2}\s*月(?:份|底|初|[上中下]旬)?|"
    r"(?:19|20)\d{2}[-/.]\d{1,2}(?:[-/.]\d{1,2})?|[今去前明]年(?:\s*\d{1,2}\s*月(?:份|底|初|[上中下]旬|"
    r"\s*\d{1,2}\s*日)?|[^，。；,;]{0,8}期间|[上下]半年|底|初|年[底初])?|近日|日前|[昨今]日"
    r"|(?!连续|历时|已经|超过|为期|用时|将近|不到|长达|每隔)[\u3400-\u9fff]{2}(?:元|\d{1,2}|[一二三四五六七八九十]{1,3})年(?!前|后|来|间)|\d{1,2}世纪(?:\d{1,2}年代|初|末|中叶?)?|"
    r"(?<!\d)\d{2,4}年代"
)
_PLACE_WORD = re.compile(
    r"[\u3400-\u9fff]{1,6}?(?:省|自治区|自治州|市|区县|区|县|乡镇|乡|镇|村|小区|广场|地区|山|岛)"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?=\s*年|[-/.]\d|\s*[-—–至~])")
_FUNCTION_TAGS = frozenset("cdpu")
"""Conjunctions, adverbs, prepositions and particles: some (和, 于) are surnames too."""
_ORGANISATION = "局|委员会|促进会|协会|团队|小组|政府|部门|中心"
_POST = re.compile(
    r"(?:党组|党委)?(?:副)?(?:书记|董事长|总经理|主任|主席|组长|局长|部长|总裁|院长|经理)|(?:[省市县区]|集团|分)公司|"
    rf"(?:(?![由和与及是在向被]|联合|(?<=联)合)[\u3400-\u9fff]){{2,10}}(?:{_ORGANISATION})"
)


def values(text: str, query: Query) -> list[tuple[int, int]]:
    """Spans of `text` that could be what the query asks for; none where its kind names no value."""
    folded = fold(text)
    if query.kind is Kind.AMOUNT:
        return _amounts(folded, query)
    if query.kind is Kind.DATE:
        return [match.span() for match in _DATE.finditer(folded)]
    if query.kind is Kind.PERSON:
        others = [*(match.span() for match in _POST.finditer(folded)), *_companies(folded, query)]
        people = _unasked(_people(folded), folded, query)
        named_only = re.search(r"人|位", query.folded) or (_POST.search(query.folded) and "任" not in folded)
        return people if people or named_only else _unasked(others, folded, query)
    if query.kind is Kind.PLACE:
        return _places(folded, query)
    return []


def needs_value(query: Query) -> bool:
    """Whether evidence without a value of the kind cannot answer: amounts, dates, and who holds a post."""
    if query.kind is Kind.PERSON:
        return any(_POST.search(term) for term in query.terms)
    return query.kind in (Kind.AMOUNT, Kind.DATE)


def years(text: str) -> set[str]:
    """The years that a text names; both ends of a span of years."""
    return set(_YEAR.findall(fold(text)))


def _amounts(folded: str, query: Query) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    wanted = re.compile(rf"(?:{query.unit})") if query.unit else None
    for match in _AMOUNT.finditer(folded):
        unit = match["unit"] or ""
        fits = wanted is not None and wanted.match(unit) is not None
        is_given = match["number"].replace(",", "") in query.figures and not match["scale"]
        is_counted = "几" in query.folded and _MEASURE.match(unit) is not None
        is_open = (fits and unit != "") or is_counted
        if (wanted and not fits) or is_given or not _is_amount(folded, match, is_wanted=is_open):
            continue
        found.append((match.start(), match.end() if _MEASURE.match(unit) else match.end() - len(unit)))
    if "比例" in query.folded:
        found += [match.span() for match in _RATIO.finditer(folded)]
    return found


def _is_amount(folded: str, match: re.Match[str], *, is_wanted: bool) -> bool:
    """Whether it is a count of something: no date, no name such as G3 or 5g, no 一 of a mere article.

    Where a reading is open, it is what the question wants a unit for.
    """
    number, unit = match["number"], match["unit"] or ""
    if unit == "年" and re.fullmatch(r"(?:19|20)\d{2}", number):
        return False
    if re.search(r"(?<![a-z])[a-z]{1,2}$", folded[: match.start()]):
        return False
    if not number[0].isdigit() and (len(number) == 1 or not _MEASURE.match(unit)):
        return (is_wanted or len(unit) > 1) and number != "一"
    return is_wanted or not (unit in ("月", "日") or (unit.isascii() and unit.isalpha()))


def _unasked(spans: list[tuple[int, int]], folded: str, query: Query) -> list[tuple[int, int]]:
    """The spans that the question does not name itself."""
    return [(start, end) for start, end in spans if folded[start:end] not in query.folded]


def _people(folded: str) -> list[tuple[int, int]]:
    """Names of persons, not of bodies; a surname that segmentation cut off is put back (罗, 志远)."""
    found: list[tuple[int, int]] = []
    surname, at = "", 0
    for word, part in tag(folded):
        start = folded.find(word, at)
        at = start + len(word)
        if re.match(_ORGANISATION, folded[at:]):
            pass
        elif surname and metadata.is_person(surname + word):
            found.append((start - 1, at))
        elif 2 <= len(word) <= 4 and (part.startswith("nr") or metadata.is_person(word)):
            found.append((start, at))
        surname = word.strip() if len(word) == 1 and part[0] not in _FUNCTION_TAGS else ""
    return found


def _companies(folded: str, query: Query) -> list[tuple[int, int]]:
    return [(start, end) for start, end, name in query.catalogue.spans(folded) if name not in query.companies]


def _places(folded: str, query: Query) -> list[tuple[int, int]]:
    found = [match.span() for match in _PLACE_WORD.finditer(folded)]
    found += [m.span() for m in _region_pattern().finditer(folded) if m.group() not in query.folded]
    return found


@lru_cache(maxsize=1)
def _region_pattern() -> re.Pattern[str]:
    return re.compile("|".join(sorted(companies.regions(), key=lambda name: (-len(name), name))))
