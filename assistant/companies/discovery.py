"""Companies that a text names without a legal form: told by a trade's word and by what is said of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache

from assistant import wordlists
from assistant.companies import places
from assistant.companies.clauses import begins_clause
from assistant.companies.spans import any_of
from assistant.folding import is_word, tag, to_simplified

_HAN = r"\u3400-\u9fff"
_BEFORE = re.compile(rf"[{_HAN}]{{2,8}}$")
_LATIN = re.compile(
    r"(?<![A-Za-z0-9&.-])(?:[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*(?: (?:[A-Z][A-Za-z0-9]*|of|&)){0,3} "
    r"[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*|[A-Z][a-z]+[A-Z][a-z]+)(?![A-Za-z0-9&-])"
)
_WHEN = (
    r"(?:今|昨|前)?(?:\(?\d{1,2}\)?)?日|今天|昨天|日前|近日|全年|(?:首|[第前][一二三1-4])季度?|[一二三四1-4]季度|"
    r"\d{2,4}年(?:度|底|末|初)?|[上下]半年|去年|今年|当年|此前|累计|共|已|正式|将|则|并|还|亦|也|实际|总部|(?:于|在)[^,，。]{1,12}"
)
_BREAKING = ("p", "c", "u", "r", "d", "y", "q", "m", "t", "v", "e", "o")
_PROPER = ("nz", "nr", "nrt", "nt", "j", "eng")
_COMMON = re.compile(r"[是为的有与和及在称对以由除同各]|[一二三四五六七八九十两几多各]大|[\d年月日]")
_NUMBER = re.compile(r"[\d一二三四五六七八九十两几多各]")
_LAST = 3
_PLAIN = "公司"
_PART = re.compile(r"(?:公司|集团|企业|中心|业务)$")
_BODY = re.compile(
    r"(?:[部局厅委署院会处所室校园馆村镇乡县市省区府]|大学|中学|小学|幼儿园)$"
)
_NO_NAME = re.compile(r"[分子总母省市县区州级类家个]$")
_OFTEN = 2
_LONGEST = 8


def discovered(folded: str, text: str, taken: Iterable[tuple[int, int]]) -> dict[str, str]:
    """The companies that the text treats as such though their names do not say so, by every form of them.

    Args:
        folded: the folded `text`.
        taken: the spans of the companies known.
    """
    held = {at for span in taken for at in range(*span)}
    found: dict[str, str] = {}
    seen: set[str] = set()
    spans = {*_by_kind(folded), *_by_saying(folded), *_by_officer(folded), *_by_letters(text)}
    for start, end in sorted(spans):
        name = folded[start:end]
        if name in seen or not held.isdisjoint(range(start, end)):
            continue
        seen.add(name)
        if _is_company(folded, name):
            shown = text[start:end] if name.isascii() else to_simplified(text[start:end])
            found[name] = shown
    return {form: found[_longest(form, found)] for form in (*found, *short_forms(folded, found))}


def leading_name(folded: str) -> str:
    """The name of a company that the text begins with, by its kind or trade; empty where there is none."""
    kind = _kinds().search(folded, 2, _LONGEST + _LAST)
    if kind is None or not _BEFORE.fullmatch(folded[: kind.start()]):
        return ""
    own = _own(folded[: kind.start()], kind.group(), placed=kind.group() in _words()[0] - {_PLAIN})
    return folded[: kind.end()] if len(own) == kind.start() and _ends_word(folded, 0, kind.end()) else ""


def has_kind(name: str) -> bool:
    """Whether a name, folded, ends with what kind of company it is (供电公司), not with 公司 alone."""
    return name.endswith(tuple(_words()[0] - {_PLAIN}))


def may_be_company(name: str, folded: Iterable[str]) -> bool:
    """Whether a name that somebody asks for may be a company's by its form or by what texts say of it.

    Args:
        name: folded.
        folded: the folded texts that hold it.
    """
    if _BODY.search(name) and not has_kind(name):
        return False
    if is_word(name) or places.bare(name) or _NUMBER.match(name):
        return False
    kind = name.endswith(tuple(_words()[0] | _words()[1]))
    if (kind or _is_proper(tag(name))) and not name.isascii() and not _is_person(name):
        return True
    places_in = ((text, match.end()) for text in folded for match in re.finditer(re.escape(name), text))
    return any(_owned().match(text, end) for text, end in places_in)


def _is_person(name: str) -> bool:
    """Whether a name may be a person's: a surname and two characters at most, and no trade."""
    is_trade = name.endswith(tuple(_words()[0] | _words()[1]))
    return len(name) <= _LAST and not is_trade and name.startswith(_surnames())


def _longest(form: str, names: Collection[str]) -> str:
    """The name that a form is short for: the longest that begins with it and is not much more."""
    longer = [name for name in names if name.startswith(form) and _short_of(name, form)]
    return max(longer, key=len, default=form)


def _short_of(name: str, form: str) -> bool:
    rest = name[len(form) :]
    return (
        not rest
        or rest in _words()[1]
        or (len(form) > _LAST - 1 and len(rest) <= _LAST and not _kinds().search(name))
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
    kinds, _, _ = _words()
    for match in _kinds().finditer(folded):
        before = _BEFORE.search(folded[max(0, match.start() - _LONGEST) : match.start()])
        own = _own(before.group(), match.group(), placed=match.group() in kinds - {_PLAIN}) if before else ""
        if own and _ends_word(folded, match.start() - len(own), match.end()):
            yield match.start() - len(own), match.end()


def _by_saying(folded: str) -> Iterator[tuple[int, int]]:
    """Names of no kind: those who have a president or a turnover."""
    for match in _saying().finditer(folded):
        own = match["own"]
        parts = tag(own + match["said"])
        if not _COMMON.search(own) and _all_of_name(own, parts):
            yield match.span("own")


def _by_officer(folded: str) -> Iterator[tuple[int, int]]:
    """Names of common words (台湾大哥大), of which a president is named."""
    for match in _leading().finditer(folded):
        own, behind = match["own"], tag(folded[match.end() : match.end() + _LAST])
        person = behind[:1] and behind[0][1] == "nr" and len(behind[0][0]) > 1
        is_other = _BODY.search(own) or _PART.search(own) or _COMMON.search(own)
        if person and not is_other and _all_of_name(own, tag(own + match["said"]), proper=False):
            yield match.span("own")


def _all_of_name(own: str, parts: list[tuple[str, str]], *, proper: bool = True) -> bool:
    at = 0
    words: list[tuple[str, str]] = []
    for word, part in parts:
        if at >= len(own):
            break
        at += len(word)
        words.append((word, part))
    return (
        at == len(own)
        and not places.bare(own)
        and not any(_breaks(word, part) for word, part in words)
        and (_is_proper(words) or not (proper or len(words) == 1))
    )


def _by_letters(text: str) -> Iterator[tuple[int, int]]:
    for match in _LATIN.finditer(text):
        yield match.span()


@lru_cache(maxsize=4096)
def _own(core: str, kind: str, *, placed: bool) -> str:
    """The own name before a kind of company; empty where there is none."""
    at = 0
    words: list[tuple[str, str]] = []
    for word, part in tag(core + kind):
        if at >= len(core):
            break
        at += len(word)
        if at > len(core):
            word, at = word[: len(core) - at], len(core)
            part = part if part in _PROPER else "n"
        words = [] if _breaks(word, part) else [*words, (word, part)]
    while len(words) > 1 and _is_common(*words[0]) and _is_proper(words[1:]):
        words = words[1:]
    own = "".join(word for word, _ in words)
    if (
        len(own) < 2
        or len(words[0][0]) == 1
        or own in _stops()
        or _COMMON.search(own)
        or _NO_NAME.search(own)
    ):
        return ""
    place = places.bare(words[0][0])
    return own if _is_proper(words) or (place and (placed or place not in places.regions())) else ""


def _breaks(word: str, part: str) -> bool:
    """Whether a name cannot go on over a word."""
    loose = part[0] in _BREAKING and (len(word) == 1 or is_word(word))
    return loose or word in _stops() or (part[0] == "f" and len(word) == 1)


def _is_common(word: str, part: str) -> bool:
    return part[0] in "nbvsf" and part not in _PROPER and part != "ns" and is_word(word)


def _is_proper(words: Sequence[tuple[str, str]]) -> bool:
    return any(
        len(word) > 1 and (part in _PROPER or not (is_word(word) or places.is_place(word)))
        for word, part in words
    )


def _ends_word(folded: str, start: int, end: int) -> bool:
    """Whether a word ends at `end` (not in 东澜航空器)."""
    at = start
    for word, _ in tag(folded[start : end + 4]):
        at += len(word)
        if at >= end:
            return at == end
    return True


def _is_company(folded: str, name: str) -> bool:
    """Whether clauses begin with the name and say of it what is said of companies."""
    leading = [
        match.end()
        for match in re.finditer(re.escape(name), folded)
        if begins_clause(folded, match.start()) and "称" not in folded[match.start() - _LAST : match.start()]
    ]
    said = sum(_said().match(folded, end) is not None for end in leading)
    kinds, trades, _ = _words()
    if name.endswith(tuple(kinds - {_PLAIN})):
        return bool(leading)
    return said >= (1 if name.endswith((_PLAIN, *trades)) else _OFTEN)


@lru_cache(maxsize=1)
def _surnames() -> tuple[str, ...]:
    return tuple(wordlists.groups("surnames")[0][0])


@lru_cache(maxsize=1)
def _words() -> tuple[frozenset[str], ...]:
    kinds, trades, said = wordlists.groups("company_words")[3:6]
    return frozenset(kinds), frozenset(trades), frozenset(said)


@lru_cache(maxsize=1)
def _stops() -> frozenset[str]:
    return frozenset(word for group in wordlists.groups("company_words")[:3] for word in group)


@lru_cache(maxsize=1)
def _kinds() -> re.Pattern[str]:
    kinds, trades, _ = _words()
    return any_of(kinds | trades)


@lru_cache(maxsize=1)
def _said() -> re.Pattern[str]:
    said = any_of(_words()[2]).pattern
    return re.compile(rf" ?(?:{_WHEN})*(?:{said}|是[^,，。]{{0,16}}(?:公司|企业|集团))")


@lru_cache(maxsize=1)
def _owned() -> re.Pattern[str]:
    return re.compile(rf" ?(?:{_WHEN})*(?:{any_of(wordlists.groups('company_words')[6]).pattern})")


@lru_cache(maxsize=1)
def _saying() -> re.Pattern[str]:
    return _at_clause(6)


@lru_cache(maxsize=1)
def _leading() -> re.Pattern[str]:
    return _at_clause(7)


def _at_clause(group: int) -> re.Pattern[str]:
    """A name that begins a clause, and behind it one of a group of words."""
    said = any_of(wordlists.groups("company_words")[group]).pattern
    own = rf"(?P<own>[{_HAN}]{{2,{_LONGEST}}}?)"
    return re.compile(rf"(?:^|(?<=[。！？!?；;：:,，\n\t])) *{own}(?P<said>(?:{_WHEN})*(?:{said}))")
