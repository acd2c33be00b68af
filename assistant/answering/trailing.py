"""What led to an answer, put together once it is there: nothing is searched or judged again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.answering.evidence.judgement import (
    CONFIDENCE,
    RULED_OUT,
    Judgement,
    confidence,
    is_admissible,
)
from assistant.answering.evidence.order import by_evidence
from assistant.answering.evidence.ranked import Evidence
from assistant.answering.retrieving.finding import Finding
from assistant.answering.understanding.question import Query
from assistant.records import Candidate, Citation, Passage, ScoredPassage, Trail

_MOST = 8
_SNIPPET = 120


def trail_of(
    query: Query,
    judgement: Judgement,
    finding: Finding,
    found: Sequence[ScoredPassage],
    ranked: Sequence[Evidence],
    citations: Sequence[Citation],
) -> Trail:
    """The trail of an answer, without filters and times.

    Args:
        found: what was found for the question as a whole.
        ranked: the evidence in it, best first.
        citations: what the answer quotes.
    """
    best = next(filter(is_admissible, ranked), None)
    return Trail(
        reason=judgement.reason,
        searched=finding.searched,
        candidates=tuple(_candidates(query, finding, found, ranked, citations)),
        likelihood=None if best is None else round(confidence(query, best), 4),
        threshold=CONFIDENCE,
        missing=judgement.missing,
    )


def _candidates(
    query: Query,
    finding: Finding,
    found: Sequence[ScoredPassage],
    ranked: Sequence[Evidence],
    citations: Sequence[Citation],
) -> Iterator[Candidate]:
    """The best passages in their final order, then those that only a part of the question found, if cited."""
    scored = {item.passage.id: item for item in found}
    ordered = [scored[item.passage.id] for item in by_evidence(query, found, ranked)]
    others = (item for item in finding.hits if item.passage.id not in scored)
    rest = [item for item in (*ordered[_MOST:], *others) if _is_cited(item.passage, citations)]
    for rank, item in enumerate((*ordered[:_MOST], *rest), start=1):
        own = [evidence for evidence in ranked if evidence.unit.passage.id == item.passage.id]
        yield _candidate(query, rank, item, own, _is_cited(item.passage, citations))


def _candidate(
    query: Query, rank: int, item: ScoredPassage, own: Sequence[Evidence], cited: bool
) -> Candidate:
    """`own`: the evidence in the passage, best first."""
    best = next(filter(is_admissible, own), None)
    shown = best or next(iter(own), None)
    against = tuple(name for name in RULED_OUT if shown.features[name]) if shown and not best else ()
    passage = item.passage
    return Candidate(
        rank=rank,
        document=passage.document,
        title=passage.metadata.title,
        page=passage.page,
        snippet=(shown.unit.text if shown else passage.text).strip()[:_SNIPPET],
        score=item.score,
        lexical=item.lexical,
        lexical_rank=item.lexical_rank,
        dense=item.dense,
        dense_rank=item.dense_rank,
        rerank=item.rerank,
        likelihood=None if best is None else round(confidence(query, best), 4),
        against=against,
        cited=cited,
    )


def _is_cited(passage: Passage, citations: Sequence[Citation]) -> bool:
    return any(citation.stands_in(passage.document, passage.start, passage.end) for citation in citations)
