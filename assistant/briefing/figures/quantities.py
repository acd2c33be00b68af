"""Where a text states quantities: value, unit with its scale, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.answering.verifying.numerals import ARABIC
from assistant.briefing.dating.dates import REPUBLIC
from assistant.briefing.figures.units import NOT_A_UNIT, UNIT, WHOLE_UNIT

_SCALE = r"(?:百万|千万|百亿|千亿|万亿亿?|亿亿|[百千万亿])"
_SIGN = r"(?:(?:(?<=[为达币是到])|(?<![\w)\]-]))[-−])?"
_TO = rf"\s*(?:%|{_SCALE}?元?)\s*[-–—~至]\s*{ARABIC}(?=\s*(?:%|{_SCALE}|{UNIT}))"
"""The rest of a range: 3-5 in 3-5个, 3万至5万 in 3万至5万元."""
_FIGURE = re.compile(
    rf"(?<![\d.a-z_#/+\-]){_SIGN}(?P<value>{ARABIC}(?:{_TO})?)"
    rf"(?:\s*[余多来几+])?\s*(?:(?P<scale>{_SCALE})\s*[余多来]?\s*)?(?P<unit>{WHOLE_UNIT})?"
)
_TO_TEN, _FROM_TWO = "一二两三四五六七八九十", "二两三四五六七八九十"
_HAN_SHARE = rf"百分之[一二三四五六七八九十百零点]+|[{_FROM_TWO}]分之[{_TO_TEN}]+"
_HAN_ROUGH = (
    r"(?:[上数几近超约逾过][十百千万亿]+[余多]?|[十百千万]+[余多])"
    rf"(?={NOT_A_UNIT}[个名家项座条人户次场张万])"
)
"""上百个, 数千户, 十余家."""
_HAN_COUNT = rf"[{_FROM_TWO}][一二三四五六七八九十百千万亿零]*[余多]?"
_HAN_UNIT = (
    "个百分点|个季度|个月|个小时|小时|百分点|人次|场次|倍|元|公里|万元"
    "|[个名位家项座条支款件张份台套处辆艘场种类人户所]|万[个名户人]"
    rf"|成(?=[,;。、左以]|$)|(?<=连续[{_FROM_TWO}])天|(?<=连续[{_FROM_TWO}])年"
)
_HAN = re.compile(
    rf"(?<![这那哪每某各另同第{_TO_TEN}百千万亿零〇点\d])(?P<value>{_HAN_SHARE}|{_HAN_ROUGH}|{_HAN_COUNT})"
    rf"(?:{NOT_A_UNIT}(?P<unit>{_HAN_UNIT})(?![性化位]))?"
)
_YEAR = r"(?:19|20)\d\d"
_NN, _TILL, _NO_FIGURE_BEFORE = r"\d{1,2}", r"\s*[-–—~至]\s*", r"(?<![\d.,])"
_MONTH_AND_DAY = rf"(?:\s*{_NN}(?:{_TILL}{_NN})?\s*月份?)?(?:\s*{_NN}\s*[日号])?"
_DATES = (
    rf"{REPUBLIC}(?:度|初|末|底)?(?:\s*{_NN}\s*月份?(?:\s*{_NN}\s*日)?)?",  # 民国110年3月
    rf"(?<!\d){_YEAR}\s*[-–—~/至、]\s*(?:{_YEAR}|\d\d(?=\s*年))\s*(?:年度?)?",  # 2019-2021年
    rf"(?<!\d){_YEAR}\s*[-/.]\s*{_NN}(?:\s*[-/.]\s*{_NN})?(?![\d%.]|\s*[万亿元])",  # 2021-03-05
    rf"{_NO_FIGURE_BEFORE}{_YEAR}\s*年(?:度|初|末|底)?{_MONTH_AND_DAY}",  # 2021年1-3月
    rf"{_NO_FIGURE_BEFORE}\d\d\s*年\s*{_NN}\s*月(?:\s*{_NN}\s*[日号])?",  # 21年3月
    rf"{_NO_FIGURE_BEFORE}{_NN}\s*[-–—~至、]\s*{_NN}\s*(?:月份?|日)",  # 1-3月
    rf"{_NO_FIGURE_BEFORE}{_NN}\s*月(?:份|底|初|末)?(?:\s*{_NN}\s*[日号])?",  # 3月5日
    rf"{_NO_FIGURE_BEFORE}{_NN}\s*日",
    rf"{_NN}:\d\d(?::\d\d)?",  # 12:30
    rf"{_NN}世纪|\d{{2,4}}年代",
    r"(?<!\d)\d+\s*[:：]\s*\d+",  # 3:1
)
_TITLES = (
    rf"(?:^|(?<=[;；。\s])){_NN}\.{_YEAR}\s*年度?",  # 3.2021年度, an item of a list
    r"《[^《》]*》",
    r"〔\d+〕\s*\d*号?|\[\d{4}\]\s*\d*号?",  # 〔2021〕5号
    r"\d+(?:\s*[+*x×]\s*(?:\d+|[a-z]))+",  # 7×24, 5+n
)
_NOT_STATED = tuple(re.compile("|".join(patterns)) for patterns in (_TITLES, _DATES))
"""What holds numbers that are no quantities."""
_QUOTED = re.compile(r"[“「『\"][^“”「」『』\"]{1,14}[”」』\"]")
_FIRST = re.compile(r"前\s*$")
_RANKED = (None, "名", "位", "家", "大")
"""Units of what 前 stands before if it is the first of a ranking: 前10名."""
_ORDERED = ("月", "期", "级", "代", "段")
"""Units of what a number stands for by its place: 3月, 2级."""
_NAMED = re.compile(r"(?:图|表|注|附件|附录|专栏|式|公式|案例|no\.?|top|版本|世界|财富|全球)\s*$")
_NUMBERED = re.compile(
    r"\s*(?:号|强(?!度)|[.、)]\s*[^\d\s]|维|热线|x\d|点钟|[:：]\d|版本|g(?![a-z])|族|后(?=[”員员青]))"
)
_SAID = re.compile(r"(?:达到?|为|至|到|共|计|超过?|近|约|有|是|增[长加]|下降|提升|[:：])\s*$")
_AFTER = re.compile(r"\s*(?:$|[,;。、)!?\n]|以[上内下]|左右)")
_SLOGAN = re.compile(
    r"\s*(?:维护|意识|自信|确立|自觉|不摘|月|会一课|步走|年行动|年计划|方面军|化|级|阶段|位一体|层)"
)
_RANK = re.compile(
    r"(?:排名|位列|位居|名列|排在|居|列|跃居|升至|跃升至)[^\d,;。]{0,8}?第\s*(?P<value>\d{1,3}|[一二三四五六七八九十]{1,2}(?=[名位,;。、]|$))\s*(?P<unit>名|位)?(?![\d批届季线阶])"
)
_MEASURED = re.compile(
    r"[%％‰元]|百分点|百分點|基点|[年月天周秒岁日分]$|小[时時]|分[钟鐘]|季度|[倍折成]$|[A-Za-zＡ-Ｚａ-ｚ]$|瓦|度$"
)
_HEDGE = re.compile(r"\s+|[余多来几+]")
_CLASS = re.compile(r"(?:千伏|kv)$")
"""110千伏线路: what names a class of things."""
_MONEY = re.compile(r"[^\d.][\d.,]+\s*[百千]?[万亿]+元.$")
_DENIED = re.compile(
    r"[”」』\"]\s*(?:的?(?:数据|说法|报道|消息|表述))?\s*(?:有误|为误|系误|错误|不实|不属实|失实)"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity of a text, `text[start:end]`; `unit` is empty for a bare number.

    `is_rank`: it is a place in a ranking. `is_denied`: the text quotes it and says that it is wrong.
    """

    value: str
    unit: str
    start: int
    end: int
    is_rank: bool = False
    is_denied: bool = False

    @property
    def counts(self) -> bool:
        """Whether it counts things, which are named behind it, rather than measures one named before."""
        return not self.is_rank and _MEASURED.search(self.unit) is None


def quantities(text: str, folded: str) -> Iterator[Quantity]:
    """The quantities of a text in their order: no dates, ordinals, numbers of sections, parts of names.

    Args:
        text: as written, which value and unit are taken from.
        folded: the same folded, character by character.
    """
    masked = _masked(folded)
    arabic = list(_FIGURE.finditer(masked))
    taken = {at for match in arabic for at in range(*match.span())}
    found = [match for match in arabic if _is_quantity(masked, match)]
    found += list(_RANK.finditer(masked))
    found += [m for m in _HAN.finditer(masked) if m.start() not in taken and _is_count(masked, m)]
    for match in sorted(found, key=lambda match: match.start("value")):
        start, end = match.span()
        if match.re is _RANK:
            start = match.start("value")
        first = match.start("scale") if match.groupdict().get("scale") else match.end("value")
        value = text[start : match.end("value")].replace(" ", "")
        unit = _HEDGE.sub("", text[first:end])
        last = start + len(text[start:end].rstrip())
        yield Quantity(value, unit, start, last, match.re is _RANK, bool(_DENIED.match(folded, last)))


def _masked(folded: str) -> str:
    """The text with dates, titles of writings and short quoted names blanked."""
    for pattern in _NOT_STATED:
        folded = pattern.sub(lambda match: "\0" * len(match.group()), folded)
    return _QUOTED.sub(
        lambda match: match.group() if _is_amount(match.group()) else "\0" * len(match.group()), folded
    )


def _is_amount(quoted: str) -> bool:
    """Whether quotation marks hold a quantity and nothing else, or end with a sum: “上季度亏损3亿元”."""
    match = _FIGURE.fullmatch(quoted[1:-1].strip())
    return "%" in quoted or bool(match and match["unit"]) or bool(_MONEY.search(quoted))


def _is_quantity(text: str, match: re.Match[str]) -> bool:
    before, after = text[: match.start()], text[match.end() : match.end() + 8]
    is_ordinal = before.rstrip().endswith("第") or (_FIRST.search(before) and match["unit"] in _RANKED)
    if is_ordinal or re.match(r"\+[\w+]", after):
        return False
    if match.group().rstrip().endswith("+"):
        return re.match(r"[a-z\d\0]", after) is None
    if match["unit"]:
        return not _is_name(match, before, after)
    if match["scale"]:
        return not re.match(r"[a-z]", after)
    return _is_bare(before, match["value"], after)


def _is_name(match: re.Match[str], before: str, after: str) -> bool:
    """Whether a number with a unit names something: 110千伏线路, the 700mhz band, 每100股, 2021年, 3期."""
    value, unit = match["value"], match["unit"]
    is_class = _CLASS.search(match.group()) and re.match(r"[^\s,;。、)0-9]", after)
    is_band = unit.endswith("hz") and not _SAID.search(before[-4:])
    is_basis = unit == "股" and before.rstrip().endswith("每")
    is_year = unit == "年" and re.fullmatch(_YEAR, value)
    is_many = unit == "期" and len(value) > 1
    is_numbered = unit in _ORDERED and not match["scale"] and not is_many
    return bool(is_class or is_band or is_basis or is_year or is_numbered)


def _is_bare(before: str, value: str, after: str) -> bool:
    """Whether a number without a unit says how much: it follows a verb that says so and ends its clause."""
    if (
        _NAMED.search(before[-8:])
        or _NUMBERED.match(after)
        or re.match(r"[a-z]|\s*[\0-]", after)
        or re.search(r"(?:[a-z\0-]|[a-z]\s*:|(?:浏览|阅读|点击)[次数量]*\s*:?)\s*$", before)
    ):
        return False
    plain = value.replace(",", "")
    if re.fullmatch(_YEAR, value):
        return False
    if _SAID.search(before[-4:]) and _AFTER.match(after):
        return True
    return "," in value or ("." in value and not plain.endswith(".0") and bool(_SAID.search(before[-4:])))


def _is_count(text: str, match: re.Match[str]) -> bool:
    value, unit = match["value"], match["unit"] or ""
    if "分之" in value:
        return True
    following = text[match.end() : match.end() + 1]
    is_stated = bool(unit) and following != "\0" and value != "十"
    return is_stated and not _SLOGAN.match(text, match.end())
