"""Companies that a text names without a legal form: told by a trade's word and by what is said of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from assistant import wordlists
from assistant.companies import own_names, places
from assistant.companies.clauses import begins_clause
from assistant.companies.spans import any_of
from assistant.folding import is_word, tag, to_simplified

_HAN = r"\u3400-\u9fff"
_BEFORE = re.compile(rf"[{_HAN}]{{2,8}}$")
_LATIN = re.compile(
    r"(?<![A-Za-z0-9&.-])(?:[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*(?: (?:[A-Z][A-Za-z0-9]*|of|&)){0,3} "
    r"[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*|[A-Z][a-z]+[A-Z][a-z]+)(?![A-Za-z0-9&-])"
)
_LATIN_KINDS = frozenset(
    [
        "technology",
        "technologies",
        "tech",
        "group",
        "cargo",
        "airlines",
        "airways",
        "air",
        "bank",
        "energy",
        "motors",
        "media",
        "logistics",
        "pharma",
        "capital",
        "networks",
        "network",
        "systems",
        "solutions",
        "labs",
        "holdings",
        "mobile",
        "telecom",
        "electronics",
        "international",
    ]
)
"""What the names of companies in Latin letters end with."""
_WHEN = (
    r"(?:今|昨|前)?(?:\(?\d{1,2}\)?)?日|今天|昨天|日前|近日|全年|(?:首|[第前][一二三1-4])季度?|[一二三四1-4]季度|"
    r"\d{2,4}年(?:度|底|末|初)?|[上下]半年|去年|今年|当年|此前|累计|共有?|已|正式|向[^,，。]{1,6}|将|则|并|还|亦|也|实际|总部|(?:于|在)[^,，。]{1,12}"
)
_LAST = 3
_COLUMN = (
    rf"[{_HAN}]{{0,6}}(?:企业|公司|厂商|运营商|车企|药企|(?:单位|机构|品牌|银行)(?:名称|简称))(?:名称|简称)?"
)
_TABLE = re.compile(rf"(?m)^{_COLUMN}\t[^\n]*\n(?P<rows>(?:[^\n\t]+\t[^\n]*(?:\n|$))+)")
_CELL = re.compile(rf"(?m)^(?P<name>[{_HAN}]{{2,{own_names.LONGEST}}})\t")
_HEADS = re.compile(
    rf"(?m)^(?:指标|项目|类别|内容|名称|公司|企业|年份|时间)?[^\t\n]{{0,4}}(?:\t[{_HAN}]{{2,10}}){{2,}}$"
)
_WINDOW = 40
_LEADING = re.compile(
    rf"(?:^|[。！？!?；;：:,，\n\t]) *(?P<own>[{_HAN}]{{2,{own_names.LONGEST}}}?)(?:{_WHEN}){{0,3}}$"
)
_OWNED_BY = ("下属", "旗下", "所属", "子公司")
_UNIT = re.compile(
    rf"(?<=下属|旗下|所属)(?P<own>[{_HAN}]{{3,{own_names.LONGEST}}}?(?<![分子总省市县]){own_names.PLAIN})"
)
_OFTEN = 2


def discovered(folded: str, text: str, taken: Iterable[tuple[int, int]]) -> dict[str, str]:
    """The companies that the text treats as such though their names do not say so, by every form of them.

    Args:
        folded: the folded `text`.
        taken: the spans of the companies known.
    """
    held = {at for span in taken for at in range(*span)}
    found: dict[str, str] = {}
    seen: set[str] = set()
    spans = {
        *_by_kind(folded),
        *_by_saying(folded),
        *_by_officer(folded),
        *_by_owner(folded),
        *_by_letters(text),
    }
    in_tables = set(_in_tables(folded))
    spans.update(match.span() for name in in_tables for match in re.finditer(re.escape(name), folded))
    for start, end in sorted(spans):
        name = folded[start:end]
        if name in seen or not held.isdisjoint(range(start, end)):
            continue
        seen.add(name)
        if name in in_tables or _is_company(folded, name):
            shown = text[start:end] if name.isascii() else to_simplified(text[start:end])
            found[name] = shown
    return {form: found[_longest(form, found)] for form in (*found, *short_forms(folded, found))}


def may_be_company(name: str, folded: Iterable[str]) -> bool:
    """Whether a name that somebody asks for may be a company's by its form or by what texts say of it.

    Args:
        name: folded.
        folded: the folded texts that hold it.
    """
    if own_names.is_plain(name):
        return False
    if own_names.is_institution(name):
        return any(_leads(text, name) for text in folded)
    if own_names.is_body(name):
        return False
    kind = name.endswith(tuple(own_names.kinds() | own_names.trades()))
    if (kind or own_names.is_proper(tag(name))) and not name.isascii() and not own_names.is_person(name):
        return True
    places_in = ((text, match.end()) for text in folded for match in re.finditer(re.escape(name), text))
    return any(_owned().match(text, end) for text, end in places_in)


def _leads(folded: str, name: str) -> bool:
    """Whether a clause of the text begins with the name."""
    return any(begins_clause(folded, match.start()) for match in re.finditer(re.escape(name), folded))


def _in_tables(folded: str) -> Iterator[str]:
    """The names in a column of companies, or at the heads of columns."""
    for table in _TABLE.finditer(folded):
        names = [
            cell["name"] for cell in _CELL.finditer(table["rows"]) if own_names.may_be_listed(cell["name"])
        ]
        if len(names) >= _OFTEN and any(own_names.is_proper(tag(name)) for name in names):
            yield from names
    for line in _HEADS.finditer(folded):
        cells = [cell for cell in line.group().split("\t") if cell and own_names.leading_name(cell) == cell]
        if len(cells) >= _OFTEN:
            yield from cells


def lists_companies(head: str) -> bool:
    """Whether a column under the head is one of companies."""
    return re.fullmatch(_COLUMN, head.strip()) is not None


def _longest(form: str, names: Collection[str]) -> str:
    """The name that a form is short for: the longest that begins with it and is not much more."""
    longer = [name for name in names if name.startswith(form) and _short_of(name, form)]
    return max(longer, key=len, default=form)


def _short_of(name: str, form: str) -> bool:
    rest = name[len(form) :]
    return (
        not rest
        or rest in own_names.trades()
        or rest.strip() in _LATIN_KINDS
        or (len(form) > _LAST - 1 and len(rest) <= _LAST and not own_names.endings().search(name))
    )


def short_forms(folded: str, names: Iterable[str]) -> Iterator[str]:
    """What the names are shortened to: without their trade, or to their first characters."""
    for name in names:
        for length in range(len(name) - 1, 1, -1):
            form = name[:length]
            if _short_of(name, form) and not is_word(form) and _leads_without(folded, form, name):
                yield form


def _leads_without(folded: str, form: str, name: str) -> bool:
    return any(
        not folded.startswith(name, match.start())
        and begins_clause(folded, match.start())
        and _said().match(folded, match.end())
        for match in re.finditer(re.escape(form), folded)
    )


def _by_kind(folded: str) -> Iterator[tuple[int, int]]:
    for match in own_names.endings().finditer(folded):
        before = _BEFORE.search(folded[max(0, match.start() - own_names.LONGEST) : match.start()])
        own = (
            own_names.own_name(before.group(), match.group(), placed=match.group() in own_names.kinds())
            if before
            else ""
        )
        if own and own_names.ends_word(folded, match.start() - len(own), match.end()):
            yield match.start() - len(own), match.end()


def _by_saying(folded: str) -> Iterator[tuple[int, int]]:
    """Names of no kind: those who have a president or a turnover."""
    for start, end, said in _led_by(folded, _said_of(6)):
        own = folded[start:end]
        if not own_names.is_common(own) and own_names.is_name(own, tag(folded[start:said])):
            yield start, end


def _by_officer(folded: str) -> Iterator[tuple[int, int]]:
    """Names of common words (北方之星), of which a president is named."""
    for start, end, said in _led_by(folded, _said_of(7)):
        own, behind = folded[start:end], tag(folded[said : said + _LAST])
        person = behind[:1] and behind[0][1] == "nr" and len(behind[0][0]) > 1
        is_other = own_names.is_body(own) or own_names.is_part(own) or own_names.is_common(own)
        if person and not is_other and own_names.is_name(own, tag(folded[start:said]), proper=False):
            yield start, end


def _led_by(folded: str, said: re.Pattern[str]) -> Iterator[tuple[int, int, int]]:
    """What clauses begin with, where it ends, and where the words end that are said of it."""
    for match in said.finditer(folded):
        floor = max(0, match.start() - _WINDOW)
        if lead := _LEADING.search(folded[floor : match.start()]):
            yield floor + lead.start("own"), floor + lead.end("own"), match.end()


def _by_owner(folded: str) -> Iterator[tuple[int, int]]:
    """Units that are named behind a word for their owner."""
    for match in _UNIT.finditer(folded):
        first = tag(match["own"])[:1]
        named = own_names.is_proper(first) or places.bare(first[0][0]) != ""
        if named and not own_names.is_common(match["own"]):
            yield match.span("own")


def _by_letters(text: str) -> Iterator[tuple[int, int]]:
    for match in _LATIN.finditer(text):
        yield match.span()


def _is_company(folded: str, name: str) -> bool:
    """Whether clauses begin with the name and say of it what is said of companies."""
    leading = [
        match.span()
        for match in re.finditer(re.escape(name), folded)
        if begins_clause(folded, match.start()) and "称" not in folded[match.start() - _LAST : match.start()]
    ]
    said = sum(
        folded[max(0, start - _LAST) : start].endswith(_OWNED_BY) or _said().match(folded, end) is not None
        for start, end in leading
    )
    if own_names.has_kind(name):
        return bool(leading)
    is_trade = name.endswith(tuple(own_names.trades())) or name.rpartition(" ")[2] in _LATIN_KINDS
    return said >= (1 if is_trade else _OFTEN)


@lru_cache(maxsize=1)
def _said() -> re.Pattern[str]:
    said = any_of(wordlists.groups("company_words")[5]).pattern
    return re.compile(
        rf" ?(?:[(][^()]{{2,16}}[)])?(?:{_WHEN}){{0,3}}(?:{said}|是[^,，。]{{0,16}}(?:公司|企业|集团))"
    )


@lru_cache(maxsize=1)
def _owned() -> re.Pattern[str]:
    return re.compile(rf" ?(?:{_WHEN}){{0,3}}(?:{_said_of(6).pattern})")


@lru_cache(maxsize=2)
def _said_of(group: int) -> re.Pattern[str]:
    return any_of(wordlists.groups("company_words")[group])
