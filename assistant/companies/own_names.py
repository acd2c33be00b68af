"""What the own name of a company looks like, that has no legal form to be told by."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant import wordlists
from assistant.companies import places
from assistant.companies.spans import any_of
from assistant.folding import is_word, tag

PLAIN = "公司"
LONGEST = 8
"""Characters of an own name."""
_BREAKING = ("p", "c", "u", "r", "d", "y", "q", "m", "t", "v", "e", "o")
_PROPER = ("nz", "nr", "nrt", "nt", "j", "eng")
_COMMON = re.compile(r"[是为的有与和及在称对以由除同各]|[一二三四五六七八九十两几多各]大|[\d年月日]")
_NUMBER = re.compile(r"[\d一二三四五六七八九十两几多各]")
_PART = re.compile(r"(?:公司|集团|企业|中心|业务)$")
_BODY = re.compile(r"(?:[部局厅委署院会处所室校园馆村镇乡县市省区府]|大学|中学|小学|幼儿园)$")
_NO_NAME = re.compile(r"[分子总母省市县区州级类家个]$")
_BEFORE = re.compile(r"[\u3400-\u9fff]{2,8}")
_PERSON = 3
_HOUSE = "堂坊斋轩阁"
"""What ends the name of an old house: no measure word behind a name of its own."""
_INSTITUTION = re.compile(
    r"(?:医院|大学|学院|学校|中学|小学|研究[院所]|设计院|博物馆|图书馆|协会|学会|基金会|集团)$"
)

Words = Sequence[tuple[str, str]]
"""Words with their part of speech."""


@lru_cache(maxsize=1)
def kinds() -> frozenset[str]:
    """Kinds of companies: a name before one, a place too, is a company's. Not 公司 alone."""
    return frozenset(wordlists.groups("company_words")[3]) - {PLAIN}


@lru_cache(maxsize=1)
def trades() -> frozenset[str]:
    """Trades: a name before one, but no place that everybody knows, is a company's."""
    return frozenset(wordlists.groups("company_words")[4]) | {PLAIN}


@lru_cache(maxsize=1)
def endings() -> re.Pattern[str]:
    """A kind or a trade."""
    return any_of(kinds() | trades())


def leading_name(folded: str) -> str:
    """The name of a company that the text begins with, by its kind or trade; empty where there is none."""
    kind = endings().search(folded, 2, LONGEST + _PERSON)
    if kind is None or not _BEFORE.fullmatch(folded[: kind.start()]):
        return ""
    own = own_name(folded[: kind.start()], kind.group(), placed=kind.group() in kinds())
    return folded[: kind.end()] if len(own) == kind.start() and ends_word(folded, 0, kind.end()) else ""


def has_kind(name: str) -> bool:
    """Whether a name, folded, ends with what kind of company it is (供电公司), not with 公司 alone."""
    return name.endswith(tuple(kinds()))


def is_body(name: str) -> bool:
    """Whether it is an authority, a school, a place or the like."""
    return _BODY.search(name) is not None and not name.endswith(tuple(kinds() | trades() - {PLAIN}))


def is_institution(name: str) -> bool:
    """Whether a name, folded, is that of a hospital, a school, a group or the like."""
    return len(name) > _PERSON and _INSTITUTION.search(name) is not None


def is_part(name: str) -> bool:
    """Whether it is a mere part of a company, or a word for companies."""
    return _PART.search(name) is not None


def is_common(name: str) -> bool:
    """Whether it holds what no name does: a particle, a number of things, a date."""
    return _COMMON.search(name) is not None


def is_plain(name: str) -> bool:
    """Whether it is a word, a place or a number, and no name."""
    return is_word(name) or bool(places.bare(name)) or _NUMBER.match(name) is not None


def is_person(name: str) -> bool:
    """Whether a name may be a person's: a surname and two characters at most, and no trade."""
    is_trade = name.endswith(tuple(kinds() | trades()))
    return len(name) <= _PERSON and not is_trade and name.startswith(_surnames())


def may_be_listed(name: str) -> bool:
    """Whether what stands in a column of companies may be one's name."""
    is_word_or_place = is_word(name) or name in _stops() or bool(places.bare(name))
    return not (is_word_or_place or _COMMON.search(name) or _BODY.search(name) or _PART.search(name))


def is_name(own: str, parts: Words, *, proper: bool = True) -> bool:
    """Whether the words, of which the first make up `own`, can be a name; a `proper` one of its own."""
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
        and (is_proper(words) or not (proper or len(words) == 1))
    )


@lru_cache(maxsize=4096)
def own_name(core: str, kind: str, *, placed: bool) -> str:
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
    while len(words) > 1 and _is_common(*words[0]) and is_proper(words[1:]):
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
    placed = placed or (kind == PLAIN and len(words) > 1) or (kind != PLAIN and place not in places.regions())
    return own if is_proper(words) or (place and placed) else ""


def _breaks(word: str, part: str) -> bool:
    """Whether a name cannot go on over a word."""
    loose = part[0] in _BREAKING and word not in _HOUSE and (len(word) == 1 or is_word(word))
    return loose or word in _stops() or (part[0] == "f" and len(word) == 1)


def _is_common(word: str, part: str) -> bool:
    return part[0] in "nbvsf" and part not in _PROPER and part != "ns" and is_word(word)


def is_proper(words: Words) -> bool:
    """Whether one of the words is a name of its own."""
    return any(
        len(word) > 1 and (part in _PROPER or not (is_word(word) or places.is_place(word)))
        for word, part in words
    )


def ends_word(folded: str, start: int, end: int) -> bool:
    """Whether a word ends at `end` (航空 does not in 航空器)."""
    at = start
    for word, _ in tag(folded[start : end + 4]):
        at += len(word)
        if at >= end:
            return at == end
    return True


@lru_cache(maxsize=1)
def _surnames() -> tuple[str, ...]:
    return tuple(wordlists.groups("surnames")[0][0])


@lru_cache(maxsize=1)
def _stops() -> frozenset[str]:
    return frozenset(word for group in wordlists.groups("company_words")[:3] for word in group)
