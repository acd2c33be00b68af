"""Texts in the form in which they are compared: no blanks, width, case, script or thousands separators."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from assistant.folding import to_simplified
from assistant.records import Answer

_MARK = re.compile(r"\[(\d+)\]")
_MARKUP = re.compile(r"\*\*|__|`+|^[ \t]*(?:#{1,6}|[*+-])[ \t]+|^[ \t]*>[ \t]?", re.MULTILINE)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_BLANKS = re.compile(r"\s+")
_PUNCTUATION = re.compile(r"(?:[^\w%‰.]|(?<!\d)\.|\.(?!\d)|_)+")


def plain(answer: Answer) -> str:
    """An answer's text without its citation marks; of a model's prose without its markup too."""
    numbers = {citation.n for citation in answer.citations}
    text = _MARK.sub(lambda mark: "" if int(mark[1]) in numbers else mark[0], answer.text)
    return (text if answer.engine == "quoting" else _MARKUP.sub("", text)).strip()


def folded(text: str) -> str:
    """The form for comparing. One blank is left between two numbers, which would become one without it."""
    text = to_simplified(unicodedata.normalize("NFKC", text)).lower()
    return _THOUSANDS.sub("", _without(_BLANKS, text))


def bare(text: str) -> str:
    """The form for comparing short answers: without punctuation too, except within numbers."""
    return _without(_PUNCTUATION, folded(text))


def holds(text: str, words: str) -> bool:
    """Whether words stand in a text, both folded; a number does not stand within a longer one.

    Blanks between numbers are taken for what they are, and as left there by a broken line.
    """
    whole = words.replace(" ", "")
    if not whole:
        return False
    before = r"(?<!\d)(?<!\d\.)" if whole[0].isdigit() else ""
    after = r"(?!\.?\d)" if whole[-1].isdigit() else ""
    pairs = ((text, words), (text.replace(" ", ""), whole))
    return any(re.search(before + re.escape(part) + after, where) for where, part in pairs)


def holds_any(text: str, spellings: Iterable[str]) -> bool:
    """Whether a text holds one of several spellings, none of them folded yet."""
    whole = folded(text)
    return any(holds(whole, folded(spelling)) for spelling in spellings)


def contains_any(text: str, answers: Iterable[str]) -> bool:
    """Whether a text holds one of several short answers, whatever the punctuation."""
    whole = bare(text)
    return any(holds(whole, bare(answer)) for answer in answers)


def exact(text: str, answers: Iterable[str]) -> bool:
    """Whether a text is one of several short answers, whatever the punctuation."""
    return bare(text) in {bare(answer) for answer in answers} - {""}


def character_f1(text: str, answers: Iterable[str]) -> float:
    """The best F1 over several short answers: of the characters, each as often as it stands there."""
    return max((_f1(Counter(bare(text)), Counter(bare(answer))) for answer in answers), default=0.0)


def bigram_f1(text: str, other: str) -> float:
    """The F1 of the pairs of neighbouring characters of two texts, each pair as often as it stands there."""
    return _f1(_bigrams(folded(text).replace(" ", "")), _bigrams(folded(other).replace(" ", "")))


def cosine(one: Sequence[float], other: Sequence[float]) -> float:
    """The cosine of two vectors, 0 at least."""
    lengths = math.hypot(*one) * math.hypot(*other)
    product = sum(a * b for a, b in zip(one, other, strict=True))
    return min(1.0, max(0.0, product / lengths)) if lengths else 0.0


def _without(what: re.Pattern[str], text: str) -> str:
    """The text without what matches; a blank is left for what stands between two digits."""

    def left(found: re.Match[str]) -> str:
        start, end = found.span()
        before, after = text[max(0, start - 1) : start], text[end : end + 1]
        return " " if before.isdigit() and after.isdigit() else ""

    return what.sub(left, text)


def _bigrams(text: str) -> Counter[str]:
    return Counter(text[i : i + 2] for i in range(max(1, len(text) - 1))) if text else Counter()


def _f1(found: Counter[str], wanted: Counter[str]) -> float:
    shared = (found & wanted).total()
    return 2 * shared / (found.total() + wanted.total()) if shared else 0.0
