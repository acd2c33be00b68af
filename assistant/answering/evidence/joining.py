"""What joins the best unit: the evidence for what it lacks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.evidence.ranked import Evidence
from assistant.answering.understanding.interrogatives import Kind
from assistant.answering.understanding.question import Query

_FACET = 0.22
_ENOUGH_OF_FACET = 0.55


def joined(query: Query, best: Evidence, others: Sequence[Evidence]) -> list[Evidence]:
    """For a question after several things, the unit that holds most of what the best one lacks."""
    several = (
        query.slots > 1 or re.search(r"分别|各|以及|[和及与、，,].*[多几哪谁什]", query.folded) is not None
    )
    if not several or (query.kind is Kind.AMOUNT and len(best.spans) >= query.slots > 1):
        return []
    lacking = [term for term in query.terms if term not in best.matched and len(term) > 1]
    if not lacking or len(lacking) < _FACET * len(query.terms):
        return []
    for other in others:
        gained = [term for term in lacking if term in other.matched]
        if len(gained) >= _ENOUGH_OF_FACET * len(lacking):
            return [other]
    return []
