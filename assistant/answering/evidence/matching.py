"""Whether a text holds a word of a question: as it stands, by a synonym, or in part."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant import wordlists


@lru_cache(maxsize=8192)
def hit(term: str, text: str) -> float:
    """1 where the text holds the term, less for a synonym, less again for a part of it."""
    if contains(term, text):
        return 1.0
    if any(contains(other, text) for other in _synonyms().get(term, ())):
        return 0.8
    if len(term) >= 3 and not term[0].isascii():
        parts = [term[i : i + 2] for i in range(len(term) - 1)]
        return 0.6 * sum(part in text for part in parts) / len(parts)
    return 0.0


def contains(term: str, text: str) -> bool:
    """Whether the folded text holds the term; Latin words and numbers only as a whole."""
    if term not in text:
        return False
    if term[0].isascii() and term[0].isalnum():
        return re.search(rf"(?<![a-z0-9.]){re.escape(term)}(?![a-z0-9]|\.\d)", text) is not None
    return True


@lru_cache(maxsize=1)
def _synonyms() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for group in wordlists.groups("synonyms"):
        for word in group:
            table[word] = (*table.get(word, ()), *(other for other in group if other != word))
    return table


def occurrences(term: str, text: str) -> list[re.Match[str]]:
    """Every place of the term and its synonyms in the folded text."""
    words = [term, *_synonyms().get(term, ())]
    return [match for word in words for match in re.finditer(re.escape(word), text)]
