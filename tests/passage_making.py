"""Passages written in a test, and how rare their words are."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from assistant import companies
from assistant.folding import tokenize
from assistant.records import Metadata, Passage, ScoredPassage


def passage(
    text: str, title: str = "", *, section: str = "", published: str = "", front: bool = False
) -> Passage:
    """A passage that is a whole document, about the companies that it or its title names."""
    named = tuple(companies.find(text) or companies.find(title))
    metadata = Metadata(title=title, published=published)
    return Passage(text, f"{title}.txt", 0, text, 0, len(text), metadata, section, named, front=front)


def found(*passages: Passage) -> list[ScoredPassage]:
    """The passages as a retriever returns them, best first."""
    return [ScoredPassage(p, -float(n), None, None) for n, p in enumerate(passages)]


def rarity(*texts: str) -> Callable[[Sequence[str]], Mapping[str, float]]:
    """The measure of `Lexical.idf` over these texts."""
    held = [set(tokenize(text)) for text in texts]

    def idf(tokens: Sequence[str]) -> dict[str, float]:
        counts = {token: sum(token in words for words in held) for token in tokens}
        return {token: math.log(1 + (len(held) - n + 0.5) / (n + 0.5)) for token, n in counts.items()}

    return idf
