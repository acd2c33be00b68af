"""The folded form in which texts are compared: Simplified, half width, lower case, whole numbers.

Folding keeps the length, so a span found in folded text is the same span in the text shown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

_MIXED = r"\d*[a-z][a-z0-9]*(?:[-.+][a-z0-9]+)*"
_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?%?"
_TOKEN = re.compile(rf"{_MIXED}|{_NUMBER}|[\u3400-\u9fff]+")
_FUNCTION = frozenset(
    "的了是在和与把被让就都也还有个各对从到向为于以及等着过吗呢吧啊们这那其每我你他她它不很最更再又才只会要将使给"
)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_SURROGATE = re.compile("[\ud800-\udfff]")


@lru_cache(maxsize=2)
def _converter(direction: str) -> Any:
    """OpenCC's converter; building one takes some milliseconds, using it is thread-safe."""
    import opencc

    return opencc.OpenCC(direction)


def to_simplified(text: str) -> str:
    """Traditional characters written in Simplified ones; the length does not change."""
    return _same_length(text, "t2s")


def to_traditional(text: str) -> str:
    """Simplified characters written in Traditional ones; the length does not change."""
    return _same_length(text, "s2t")


def is_traditional(text: str) -> bool:
    """Whether the text is written in Traditional characters: some differ and few would change back."""
    simplified = to_simplified(text)
    differing = sum(a != b for a, b in zip(text, simplified, strict=True))
    return differing > 0 and differing >= sum(a != b for a, b in zip(text, to_traditional(text), strict=True))


def tidied(text: str) -> str:
    """What somebody typed, without lone surrogates and NULs, and with white space as one blank."""
    return " ".join(text.encode("utf-8", "ignore").decode().replace("\0", " ").split())


def fold(text: str) -> str:
    """Fold for comparison, one character for one (NFKC where that gives one, Simplified, lower case)."""
    return to_simplified(text.translate(_foldings()))


def compact(text: str) -> str:
    """Fold, and drop white space and thousands separators: the form in which figures are compared."""
    return re.sub(r"\s+", "", _THOUSANDS.sub("", fold(text)))


def tokenize(text: str) -> list[str]:
    """Search tokens in text order: words (long ones also in parts), whole numbers, mixed tokens (5g-a).

    Only dictionary words are cut out, so that the cut does not depend on the words around: what lies between
    them, names above all, becomes character pairs (尹显智: 尹显, 显智).
    """
    tokens: list[str] = []
    for match in _TOKEN.finditer(fold(text)):
        run = match.group()
        if run[0] >= "\u3400":
            tokens.extend(_words(run))
        else:
            tokens.append(run.replace(",", ""))
    return tokens


def is_word(token: str) -> bool:
    """Whether a token is a dictionary word rather than a pair of characters that stood together."""
    import rjieba

    return bool(rjieba.has_word(token))


def tag(text: str) -> list[tuple[str, str]]:
    """Words in text order with their part of speech (nr person, ns place, nt organisation, nz other name)."""
    import rjieba

    return list(rjieba.tag(text))


def commonness(word: str) -> int:
    """How often a word, or the words that it is cut into, occur in 60 million of general text."""
    import rjieba

    return int(rjieba.suggest_freq(word))


def _words(run: str) -> Iterator[str]:
    import rjieba

    loose = ""
    for word in (*rjieba.cut_for_search(run, False), ""):
        if len(word) == 1 and word not in _FUNCTION:
            loose += word
            continue
        if len(loose) == 1:
            yield loose
        yield from (loose[i : i + 2] for i in range(len(loose) - 1))
        loose = ""
        if len(word) > 1:
            yield word


class _Foldings(dict[int, str]):
    """What each character folds to, found when it is first met: `str.translate` looks up the rest in C."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        return folded


@lru_cache(maxsize=1)
def _foldings() -> _Foldings:
    return _Foldings()


def _fold_character(character: str) -> str:
    for folded in (unicodedata.normalize("NFKC", character).lower(), character.lower()):
        if len(folded) == 1:
            return folded
    return character


def _same_length(text: str, direction: str) -> str:
    text = _SURROGATE.sub("\ufffd", text)  # OpenCC takes UTF-8, which has no lone surrogates
    converted: str = _converter(direction).convert(text)
    if len(converted) == len(text):
        return converted
    pieces = (_converter(direction).convert(character) for character in text)
    return "".join(new if len(new) == 1 else old for old, new in zip(text, pieces, strict=True))
