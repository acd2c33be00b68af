"""What retrieval is worth: ranks of the expected documents, and of the passages that hold the keywords."""

from __future__ import annotations

import math
from collections.abc import Sequence

from assistant.evaluation.naming import is_one_of, which
from assistant.evaluation.scoring import held
from assistant.records import ScoredPassage
from assistant.records.evaluation import FoundPassage, Question

DOCUMENTS_DEEP = 5
"""How many times deeper passages are looked for than documents are counted: one document has several."""


def is_measured(question: Question) -> bool:
    """Whether a row says what retrieval is to find."""
    given = question.documents or question.keywords or question.short_answers
    return question.answerable is True and bool(given)


def found_passages(question: Question, hits: Sequence[ScoredPassage]) -> tuple[FoundPassage, ...]:
    """The passages with what each holds of what is expected."""
    expected = (*question.documents, *question.alternatives)
    return tuple(
        FoundPassage(
            document=hit.passage.document,
            title=hit.passage.metadata.title,
            page=hit.passage.page,
            start=hit.passage.start,
            end=hit.passage.end,
            text=hit.passage.text,
            score=hit.score,
            bears=tuple(n for n, is_held in enumerate(held(question, hit.passage.text)) if is_held),
            is_expected=any(is_one_of(name, expected) for name in (hit.passage.document, *hit.reprints)),
        )
        for hit in hits
    )


def passage_scores(question: Question, found: Sequence[FoundPassage], ks: Sequence[int]) -> dict[str, float]:
    """How soon the passages hold the keywords; without keywords, a short answer.

    Each keyword has the rank of the first passage that holds it, and the scores are means over the keywords:
    recall@k of whether it is at most k, MRR of 1 / rank, nDCG of 1 / log2(1 + rank). hit@k says whether
    the first k passages hold all of them together.
    """
    count = len(question.keywords) or int(bool(question.short_answers))
    if not count:
        return {}
    deepest = max(ks)
    ranks = [_rank(found[:deepest], keyword) for keyword in range(count)]
    scores: dict[str, float] = {}
    for k in ks:
        reached = sum(rank <= k for rank in ranks)
        scores[f"passage_recall@{k}"] = reached / count
        scores[f"passage_hit@{k}"] = float(reached == count)
    scores["passage_mrr"] = sum(1 / rank for rank in ranks) / count
    scores["passage_ndcg"] = sum(1 / math.log2(1 + rank) for rank in ranks) / count
    return scores


def document_scores(question: Question, hits: Sequence[ScoredPassage], ks: Sequence[int]) -> dict[str, float]:
    """How soon the expected documents come, each document ranked by its first passage.

    A document stands for the expected ones that it reprints too. An alternative counts for an expected
    document that was not found: recall@k is at most 1.
    """
    if not question.documents:
        return {}
    deepest, count = max(ks), len(question.documents)
    gains = _gains(question, hits)[:deepest]
    scores: dict[str, float] = {}
    for k in ks:
        reached = sum(gains[:k])
        scores[f"document_recall@{k}"] = min(1.0, reached / count)
        scores[f"document_hit@{k}"] = float(reached > 0)
    scores["document_mrr"] = next((1 / rank for rank, gain in enumerate(gains, start=1) if gain), 0.0)
    ideal = sum(1 / math.log2(1 + rank) for rank in range(1, min(count, deepest) + 1))
    places = [rank for rank, gain in enumerate(gains, start=1) for _ in range(gain)][:count]
    scores["document_ndcg"] = min(1.0, sum(1 / math.log2(1 + rank) for rank in places) / ideal)
    return scores


def _rank(found: Sequence[FoundPassage], keyword: int) -> float:
    return next((rank for rank, passage in enumerate(found, start=1) if keyword in passage.bears), math.inf)


def _gains(question: Question, hits: Sequence[ScoredPassage]) -> list[int]:
    """Of each document found, best first, for how many expected ones it counts; each is counted once."""
    expected = (*question.documents, *question.alternatives)
    seen: set[str] = set()
    counted: set[str] = set()
    gains: list[int] = []
    for hit in hits:
        if hit.passage.document in seen:
            continue
        seen.add(hit.passage.document)
        names = (hit.passage.document, *hit.reprints)
        new = set().union(*(which(name, expected) for name in names)) - counted
        gains.append(len(new.intersection(question.documents)) or int(bool(new)))
        counted |= new
    return gains
