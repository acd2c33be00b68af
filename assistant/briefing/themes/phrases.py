"""Phrases of a text that can name what parts of it are about."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from assistant.folding import commonness, fold, is_word, tag
from assistant.wordlists import groups

Phrase = tuple[str, ...]
_GENERAL = 60e6
"""Words of the text that `commonness` counts in."""
_SMOOTHING = 4_000
"""Words added to a text's own when rates are compared, so that in a short text one word is no rate."""
_KEY_OF_ONE = 3.5
"""The highest value of a word that stands once."""
_RARE = 30
"""Added to how often a word occurs in general: it may be missing from the dictionary."""
_LONGEST = 10
_COMMON = 16_000
_COMMON_VERB = 1_500
_COMMON_LAST_VERB = 9_000
_COMPOUND = 20
"""How much rarer a long word is than the rarer half of it; the dictionary's counts of long words are low."""
_KINDS = ("n", "v", "a", "j", "l", "eng", "b", "s", "zg")
_NEVER_ALONE = ("ns", "nr", "nrt", "nt", "a", "ad", "b", "l", "s", "vd", "eng")
_NEVER_LAST = ("ns", "nr", "a", "ad", "b", "vd", "s")
_CLAUSE_STARTS = frozenset("以为把将让向从")
"""Begin a clause rather than a word, unless the dictionary knows the word."""
_ANY = "·"
"""Stands for any word of one character, which mostly is but part of a word."""
_INCOMPLETE = 0.75
"""Next to the same word so often, a phrase is but part of a longer one."""


@dataclass(frozen=True, slots=True)
class Text:
    """The words of a stretch of text, folded, with their parts of speech."""

    words: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, text: str) -> Text:
        """Cut a text into its words."""
        return cls(tuple(tag(fold(text))))

    @property
    def content(self) -> frozenset[str]:
        """Its words of two characters or more."""
        return frozenset(word for word, _ in self.words if len(word) > 1)

    def places(self) -> Iterator[_Place]:
        """Where words stand next to each other that could name a subject."""
        run: list[tuple[str, str]] = []
        for word, kind in (*self.words, ("", "x")):
            if _joins(word, kind):
                run.append((word, kind))
                continue
            yield from _of_run(run)
            run = []


class _Place(NamedTuple):
    """A phrase, `run[first:last]` of words that nothing parts."""

    phrase: Phrase
    run: Sequence[tuple[str, str]]
    first: int
    last: int

    @property
    def before(self) -> str:
        """The word that joins it from the left, empty for none."""
        if not self.first:
            return ""
        word, kind = self.run[self.first - 1]
        ends = word in _pale()[1] or kind == "ns" or (kind == "v" and _common(word) > _COMMON_VERB)
        return "" if ends else _ANY if len(word) == 1 else word

    @property
    def behind(self) -> str:
        """The word that joins it from the right, empty for none."""
        word = self.run[self.last][0] if self.last < len(self.run) else ""
        return "" if word in _pale()[1] or _common(word) > _COMMON else word

    @property
    def is_firm(self) -> bool:
        """Whether it is a phrase even where it stands only once: nouns that the dictionary knows."""
        kinds = {self.run[self.first][1] == "v", self.run[self.last - 1][1] in ("v", "zg")}
        known = (len(word) > 1 and (is_word(word) or word.isascii()) for word in self.phrase)
        return kinds == {False} and all(known)


class Keyness:
    """How much more often words stand in some texts than in general: the logarithm of the ratio, 0 or more.

    It takes some occurrences to reach the highest values: a rare word that stands once tells little.
    """

    def __init__(self, texts: Sequence[Text]) -> None:
        counts = Counter(word for text in texts for word, _ in text.words if len(word) > 1)
        self._total = sum(len(text.words) for text in texts) + _SMOOTHING
        self.words: Mapping[str, float] = {word: self._key(n, _common(word)) for word, n in counts.items()}

    def of(self, phrase: Phrase, count: int) -> float:
        """That of a phrase that stands in so many texts: of the whole and of its words in equal parts."""
        words = sum(self.words.get(word, 0.0) for word in phrase) / len(phrase)
        if len(phrase) == 1:
            return words
        return (words + self._key(count, min(map(_common, phrase)) // _COMPOUND)) / 2

    def _key(self, count: int, common: int) -> float:
        ratio = count / self._total * _GENERAL / (common + _RARE)
        return max(0.0, min(_KEY_OF_ONE * math.log2(count + 1), math.log(ratio)))


def candidates(texts: Sequence[Text], size: int, least: int) -> Mapping[Phrase, list[int]]:
    """Phrases with the texts that hold them, none that mostly is part of a longer one.

    Args:
        size: the texts that are lines; those behind are headings.
        least: texts that must hold a phrase, one of them a line, or two where it may be no phrase.
    """
    holders: dict[Phrase, list[int]] = defaultdict(list)
    found = [place for n, text in enumerate(texts) for place in _noted(text, n, holders)]
    enough = {phrase for phrase, held in holders.items() if len(held) >= least and held[0] < size}
    kept = {phrase for phrase in enough if len(holders[phrase]) > 1 and holders[phrase][1] < size}
    once = enough - kept
    kept |= {place.phrase for place in found if place.phrase in once and place.is_firm}
    around: dict[Phrase, tuple[list[str], list[str]]] = {phrase: ([], []) for phrase in kept}
    for place in found:
        if place.phrase in kept:
            around[place.phrase][0].append(place.before)
            around[place.phrase][1].append(place.behind)
    return {
        phrase: held
        for phrase, held in holders.items()
        if phrase in kept and all(map(_is_whole, around[phrase]))
    }


def _noted(text: Text, n: int, holders: dict[Phrase, list[int]]) -> Iterator[_Place]:
    for place in text.places():
        held = holders[place.phrase]
        if not held or held[-1] != n:
            held.append(n)
        yield place


def _is_whole(neighbours: Sequence[str]) -> bool:
    """Whether a phrase ends where its neighbours begin: no one word is mostly next to it."""
    word, count = Counter(neighbours).most_common(1)[0]
    return not word or count < _INCOMPLETE * len(neighbours)


def _joins(word: str, kind: str) -> bool:
    if not word or not word[0].isalnum() or word.isdigit() or kind == "nrfg":
        return False
    return kind.startswith(_KINDS) and not (kind.startswith("nr") and len(word) > 2)


def _of_run(run: Sequence[tuple[str, str]]) -> Iterator[_Place]:
    words, kinds = tuple(word for word, _ in run), tuple(kind for _, kind in run)
    for first in range(len(run)):
        length = 0
        for last in range(first + 1, len(run) + 1):
            length += len(words[last - 1])
            if length > _LONGEST:
                break
            if _is_name(words[first:last], kinds[first:last]):
                yield _Place(words[first:last], run, first, last)


@lru_cache(maxsize=200_000)
def _is_name(words: Phrase, kinds: tuple[str, ...]) -> bool:
    """Whether words of these parts of speech can name a subject."""
    alone, edge = _pale()
    first, last = words[0], words[-1]
    kind, end = kinds[0], kinds[-1]
    if len(last) == 1 or last[-1] == "们" or not edge.isdisjoint(words) or alone.issuperset(words):
        return False
    if len(words) == 1:
        limit = _COMMON_VERB if kind == "v" else _COMMON
        return kind not in _NEVER_ALONE and _common(first) < limit and not _is_pale_whole(first)
    if not is_word(first) and (first[0] in _CLAUSE_STARTS or (kind == "a" and end == "v")):
        return False  # cut from a set phrase: 「以学铸魂」, 「尽锐出战」
    is_clause = "v" in kinds[1:-1] and kind != "v"
    if is_clause or (kind == "v" and _common(first) > _COMMON_VERB):
        return False
    is_verb = end == "v" and _common(last) > _COMMON_LAST_VERB and last not in alone - edge
    return end not in _NEVER_LAST and not is_verb


def _is_pale_whole(word: str) -> bool:
    return len(word) == 4 and bool({word[:2], word[2:]} & _pale()[1])


@lru_cache(maxsize=1)
def _pale() -> tuple[frozenset[str], frozenset[str]]:
    """Words that name nothing alone, and those that stand at neither end of a name."""
    alone, *others = groups("pale_words")
    edge = frozenset(word for group in others for word in group)
    return frozenset(alone) | edge, edge


@lru_cache(maxsize=50_000)
def _common(word: str) -> int:
    if len(word) < 4:
        return commonness(word)
    return max(commonness(word), min(commonness(word[:2]), commonness(word[2:])) // _COMPOUND)
