"""The same passage of several reprints as one hit."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.folding import compact
from assistant.index.reprints import Article
from assistant.records import Passage, ScoredPassage

_SAID = 0.8
"""The share of its pairs of characters that a passage must have in common with one that says the same."""
_WORDLESS = re.compile(r"[\W_]+")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")


def collapse(
    found: Sequence[ScoredPassage], groups: Mapping[Article, Article], shown: Sequence[Passage] = ()
) -> list[ScoredPassage]:
    """What was found, best first, with the same passage of reprints as one hit that names their documents.

    The best one stays, of equally good ones the earliest published, then the first by name.

    Args:
        found: passages, best first.
        groups: as `reprints.groups` gives them.
        shown: passages that stay rather than any other that says the same, whatever their score.
    """
    hits: list[list[ScoredPassage]] = []
    of_group: dict[Article, list[list[ScoredPassage]]] = defaultdict(list)
    for item in found:
        group = groups.get(_article(item.passage))
        copies = [] if group is None else of_group[group]
        hit = next((hit for hit in copies if _belongs(item, hit)), None)
        if hit is None:
            hit = []
            hits.append(hit)
            copies.append(hit)
        hit.append(item)
    chosen = [_one_of(hit, groups, shown) for hit in hits]
    return list({item.passage.id: item for item in reversed(chosen)}.values())[::-1]


def say_the_same(one: str, other: str) -> bool:
    """Whether the shorter text stands in the other, but for a few characters and for none of its figures."""
    first, second = _content(one), _content(other)
    (shorter, figures), (longer, known) = sorted((first, second), key=lambda content: len(content[0]))
    if not shorter:
        return not longer
    return figures <= known and len(shorter & longer) >= _SAID * len(shorter)


def _article(passage: Passage) -> Article:
    return passage.document, passage.article


def _belongs(item: ScoredPassage, hit: Sequence[ScoredPassage]) -> bool:
    """Whether the passage is that of the hit in another article than those that it has."""
    return _article(item.passage) not in {_article(other.passage) for other in hit} and say_the_same(
        hit[0].passage.text, item.passage.text
    )


def _one_of(
    hit: Sequence[ScoredPassage], groups: Mapping[Article, Article], shown: Sequence[Passage]
) -> ScoredPassage:
    best = min((item for item in hit if item.score == hit[0].score), key=_precedence)
    group = groups.get(_article(best.passage))
    if group is None:
        return best
    passage = best.passage
    for other in shown:
        same = groups.get(_article(other)) == group and _belongs(best, [replace(best, passage=other)])
        if same or other.id == passage.id:
            passage = other
            break
    others = {item.passage.document for item in hit} - {passage.document}
    return replace(best, passage=passage, reprints=tuple(sorted(others)))


def _precedence(item: ScoredPassage) -> tuple[bool, str, str]:
    published = item.passage.metadata.published
    return not published, published, item.passage.document


@lru_cache(maxsize=512)
def _content(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The pairs of characters that a text consists of, and its figures."""
    text = compact(text)
    letters = _WORDLESS.sub("", text)
    pairs = frozenset(letters[i : i + 2] for i in range(max(1, len(letters) - 1))) if letters else frozenset()
    return pairs, frozenset(_FIGURE.findall(text))
