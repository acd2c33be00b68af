"""Found passages in the order of the best that each of them has to say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.blocks.asked_lists import asks_for_several
from assistant.answering.evidence.ranked import Evidence
from assistant.answering.understanding.question import Query
from assistant.records import Passage, ScoredPassage

_SEARCHED = 0.1
"""What the search's own score counts beside that of the evidence."""


def by_evidence(
    query: Query,
    found: Sequence[ScoredPassage],
    ranked: Sequence[Evidence],
    rest: Sequence[ScoredPassage] = (),
) -> list[ScoredPassage]:
    """The passages by the score of their best unit, which becomes theirs; those without any stay behind.

    Where several things are asked for, a list may run on: what follows the first passage comes second.

    Args:
        found: passages, best first.
        ranked: the evidence in them, best first.
        rest: what was found behind them, which stays there.
    """
    best: dict[str, float] = {}
    for evidence in ranked:
        best.setdefault(evidence.unit.passage.id, evidence.score)
    scored = [
        replace(item, score=best[item.passage.id] + _SEARCHED * item.score)
        for item in found
        if item.passage.id in best
    ]
    ordered = sorted(scored, key=lambda item: -item.score)
    ordered = _run_on(ordered) if asks_for_several(query) else ordered
    return _behind(ordered, [*(item for item in found if item.passage.id not in best), *rest])


def _behind(ordered: list[ScoredPassage], rest: Sequence[ScoredPassage]) -> list[ScoredPassage]:
    """Both, the rest with scores that go on below those before."""
    if not ordered:
        return list(rest)
    least = min(item.score for item in ordered)
    return [*ordered, *(replace(item, score=least - place) for place, item in enumerate(rest, start=1))]


def _run_on(ordered: list[ScoredPassage]) -> list[ScoredPassage]:
    after = next((item for item in ordered[2:] if _follows(ordered[0].passage, item.passage)), None)
    if after is None:
        return ordered
    lifted = replace(after, score=ordered[1].score)
    return [ordered[0], lifted, *(item for item in ordered[1:] if item is not after)]


def _follows(one: Passage, other: Passage) -> bool:
    place = (one.document, one.article, one.ordinal + 1)
    return (other.document, other.article, other.ordinal) == place
