"""Found passages in the order of the best that each of them has to say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.evidence import Evidence
from assistant.records import ScoredPassage


def by_evidence(found: Sequence[ScoredPassage], ranked: Sequence[Evidence]) -> list[ScoredPassage]:
    """The passages by the score of their best unit, which becomes theirs; those without any stay behind.

    Args:
        found: passages, best first.
        ranked: the evidence in them, best first.
    """
    best: dict[str, float] = {}
    for evidence in ranked:
        best.setdefault(evidence.unit.passage.id, evidence.score)
    least = min(best.values(), default=0.0)
    scored = [replace(item, score=best.get(item.passage.id, least)) for item in found]
    return sorted(scored, key=lambda item: (-item.score, item.passage.id not in best))
