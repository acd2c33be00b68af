"""Which companies an article or a passage is about, as against those that it merely mentions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.companies import prominent
from assistant.mentions import Mentions

_SENTENCE_END = re.compile(r"[。！？!?]")
_JOINED = re.compile(r"[、和与及,，\t ]|以及")
_ENUMERATED = 3
"""So many companies in a row, and more, are a list; each of them is only mentioned."""


@dataclass(slots=True)
class _Weight:
    """How a company stands in a passage."""

    topical: int = 0
    spoken_of: int = 0
    listed: int = 0

    @property
    def is_subject(self) -> bool:
        return self.topical > 0 or self.spoken_of > 1

    @property
    def order(self) -> int:
        return 3 * self.topical + self.spoken_of


def of_article(mentions: Mentions, title: str, paragraphs: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    """The companies that an article is about, the main one first.

    One counts when the title or the first sentence names it, or at least a third of the paragraphs.

    Args:
        title: the article's headline.
        paragraphs: the spans of its paragraphs of prose.
    """
    spans = mentions.spans
    named = [[spans[at][2] for at in mentions.within(*paragraph)] for paragraph in paragraphs]
    leading: list[str] = []
    if paragraphs:
        start, end = paragraphs[0]
        stop = _SENTENCE_END.search(mentions.folded, start, end)
        leading = [spans[at][2] for at in mentions.within(start, stop.start() if stop else end)]
    headed = mentions.find(title)
    return prominent(named, [*headed, *leading], headed)


def of_passage(
    mentions: Mentions,
    start: int,
    end: int,
    *,
    section: str = "",
    article: Sequence[str] = (),
    first: int = 0,
    rows: bool = False,
) -> tuple[str, ...]:
    """The companies that a passage is about, the main one first.

    A company is, where a clause of the passage begins with it or with a word that stands for it, where the
    heading names it, where it is named again, or where the article is about it and the passage names it. A
    passage about none of those it names is about the main company of its article.

    Args:
        start, end: the passage's span in the cleaned text.
        section: the headings that it stands under.
        article: the companies that its article is about, the main one first.
        first: where the article begins; no word of the passage stands for a company named before.
        rows: it is rows of a table, which list companies.
    """
    rows = rows or _is_list(mentions, start, end)
    weights: dict[str, _Weight] = {}
    for at, is_listed in _inside(mentions, start, end, rows=rows):
        weight = weights.setdefault(mentions.spans[at][2], _Weight())
        weight.listed += is_listed
        weight.topical += mentions.topical[at] and not is_listed
        weight.spoken_of += not is_listed
    if not rows:
        for place, _, kind in mentions.pronouns_within(start, end):
            if name := _meant(mentions, place, kind, article, first):
                weights.setdefault(name, _Weight()).topical += 1
    headed = mentions.find(section) if section else []
    for name in headed:
        weights.setdefault(name, _Weight()).topical += 1
    order = Counter({name: weight.order for name, weight in weights.items()})
    chosen = [name for name, w in weights.items() if w.is_subject or (name in article and w.spoken_of)]
    chosen = chosen or ([] if headed else list(article[:1]))
    return tuple(sorted(chosen, key=lambda name: -order[name]))


def _inside(mentions: Mentions, start: int, end: int, *, rows: bool) -> list[tuple[int, bool]]:
    """The mentions of a passage, and of each whether it stands in a list of companies."""
    places = list(mentions.within(start, end))
    runs: list[list[int]] = []
    for at in places:
        joined = runs and _JOINED.fullmatch(
            mentions.folded[mentions.spans[runs[-1][-1]][1] : mentions.spans[at][0]]
        )
        if joined:
            runs[-1].append(at)
        else:
            runs.append([at])
    listed = {at for run in runs for at in run if rows or _names(mentions, run) > _ENUMERATED}
    return [(at, at in listed) for at in places]


def _names(mentions: Mentions, run: Sequence[int]) -> int:
    return len({mentions.spans[at][2] for at in run})


def _is_list(mentions: Mentions, start: int, end: int) -> bool:
    """Whether a passage without a sentence names several companies, as a table of shareholders does."""
    if _SENTENCE_END.search(mentions.folded, start, end):
        return False
    return _names(mentions, mentions.within(start, end)) >= _ENUMERATED


def _meant(mentions: Mentions, place: int, kind: str, article: Sequence[str], first: int) -> str:
    """The company that a word like 公司 stands for; empty where none is known."""
    before = [at for at in reversed(mentions.within(first, place)) if kind == "that" or mentions.topical[at]]
    last = mentions.spans[before[0]][2] if before else ""
    main = article[0] if article else ""
    if kind == "that":
        return last or main
    if mentions.issuer or kind == "own":
        return mentions.issuer or main
    spoken_of = last or main
    if mentions.folded.startswith("集团", place):
        return next(iter(mentions.catalogue.ancestors(spoken_of)[-1:]), spoken_of)
    return spoken_of
