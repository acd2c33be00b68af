"""Whether two names of an indicator name one thing, by their words."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.folding import fold, tokenize
from assistant.wordlists import groups

_EMPTY, _TELLING, _COMMON = map(frozenset, groups("indicator_words"))
"""Words that tell no thing from another, those that make another thing of what they stand with, and those
that are not enough for a name."""
_PALE = frozenset(word for line in groups("pale_words") for word in line) | _TELLING | _COMMON
"""Words by which alone nothing can be held against another."""
_TELLING_SIGN = re.compile(r"[a-z0-9]|(?:^|..)[省市县区州乡镇村]$|率$|[均非]$")
_BESIDE = re.compile(r"[(（][^()（）]*[)）]|\W")
_HOW_MUCH = re.compile(r"(?:总?数量?|规模|总量|总额|数额|已?达到?|约|近|超过?|共|为|有)+$")
"""Behind a thing, what says only that it is counted."""
_LEAST = 0.74
"""Share of the words of two names that both have, if they name one thing."""
_LEAST_SHARED = 2
_LEAST_ALIKE = 0.7
"""Share of the words of the shorter name that the longer has, where the values are the same."""


@lru_cache(maxsize=20_000)
def words_of(name: str) -> frozenset[str]:
    """The words of a name that tell one thing from another."""
    return frozenset(tokenize(name)) - _EMPTY


@lru_cache(maxsize=20_000)
def head_of(name: str) -> str:
    """The last two characters of a name, where a Chinese name says what sort of thing it is."""
    return _HOW_MUCH.sub("", _BESIDE.sub("", fold(name)))[-2:]


def same_indicator(a: str, b: str) -> bool:
    """Whether two names are those of one thing: nearly the same words, and no word in one alone that tells
    things apart (4G基站 is not 2G基站 nor 基站, 净增用户 not 用户).
    """
    first, second = words_of(a), words_of(b)
    if not first or not second or head_of(a) != head_of(b):
        return False
    if first == second:
        return True
    shared, apart = first & second, first ^ second
    return (
        len(shared) >= _LEAST_SHARED
        and len(shared) / len(first | second) >= _LEAST
        and not any(map(is_apart, apart))
    )


def is_telling(name: str) -> bool:
    """Whether a name says more than that there are some countries, projects or users."""
    return not words_of(name) <= _PALE


def alike(a: str, b: str) -> bool:
    """Whether two names of one value may be those of one thing: most words of the shorter are in the longer,
    and none that tells things apart in one alone.
    """
    first, second = words_of(a), words_of(b)
    if not first or not second:
        return not first and not second
    if any(map(is_apart, first ^ second)):
        return False
    return len(first & second) >= _LEAST_ALIKE * min(len(first), len(second))


def is_apart(word: str) -> bool:
    """Whether a word makes another thing of what it stands with."""
    return word in _TELLING or bool(_TELLING_SIGN.search(word))
