"""The metrics: their names, what each means, and their mean with its standard error."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from assistant.records.evaluation import Metric, RowResult

_FIXED = {
    "outcome": ("right", "wrong", "refused", "unanswerable_refused", "unanswerable_answered"),
    "answer": (
        "keyword_share",
        "all_keywords",
        "contest",
        "similarity",
        "exact",
        "f1",
        "contains",
        "judged",
    ),
    "evidence": ("citation_valid", "citation_precision", "grounded"),
}
_MEANINGS = {
    "right": "answerable questions answered with every keyword (without keywords: with a short answer)",
    "wrong": "answerable questions answered otherwise",
    "refused": "answerable questions refused",
    "unanswerable_refused": "questions without an answer that were refused, which is right",
    "unanswerable_answered": "questions without an answer that were answered, which is wrong",
    "keyword_share": "share of the keywords in the answer, compared without blanks, width, case, thousands "
    "separators and script; a number does not count within a longer one; a refusal holds none",
    "all_keywords": "answers that hold every keyword",
    "contest": "(w * keyword share + (1 - w) * similarity) * p, w the row's keyword_weight, p = 1 up to 1.5 "
    "times the gold passage's length, 0.9 up to 2.5, 0.75 beyond; weighted by difficulty; a refusal has 0",
    "similarity": "of answer and gold passage: F1 of their character pairs, or cosine of their embeddings",
    "exact": "answers that are a short answer, punctuation aside; answers in sentences are none",
    "f1": "F1 of the characters of answer and short answer, the best of several",
    "contains": "answers that contain a short answer, punctuation aside",
    "judged": "opinion of the configured chat model beside the reference: right 1, partly 0.5, wrong 0; "
    "an aid, for models judge leniently",
    "citation_valid": "citations whose quote is the text of its document at its span",
    "citation_precision": "citations of an expected document or a reprint of it; where a row names no "
    "document, whose quote holds a keyword or a short answer",
    "grounded": "sentences whose figures, dates and names all occur in what they cite",
    "document_recall": "share of the expected documents among the first {k} documents found; one that says "
    "the same counts for one that is missing",
    "document_hit": "questions with an expected document among the first {k} found",
    "document_mrr": "1 / rank of the first expected document, 0 below the first {deepest}",
    "document_ndcg": "nDCG of the expected documents among the first {deepest}",
    "passage_recall": "share of the keywords (without keywords: a short answer) that the first {k} passages "
    "hold between them",
    "passage_hit": "questions whose first {k} passages hold all keywords between them",
    "passage_mrr": "mean over the keywords of 1 / rank of the first passage that holds it, 0 below {deepest}",
    "passage_ndcg": "mean over the keywords of 1 / log2(1 + rank) of that passage, 0 below {deepest}",
}
FARES = ("contest", "keyword_share", "contains", "unanswerable_refused", "passage_ndcg", "document_ndcg")
"""By the first of these that a row has, it is called better or worse than another."""


def groups(ks: Sequence[int]) -> dict[str, tuple[str, ...]]:
    """The names of all metrics under their headings, in the order in which they are shown."""
    found = {
        f"{what}s": tuple(
            name
            for measure in ("recall", "hit", "mrr", "ndcg")
            for name in (
                [f"{what}_{measure}@{k}" for k in ks]
                if measure in ("recall", "hit")
                else [f"{what}_{measure}"]
            )
        )
        for what in ("document", "passage")
        if ks
    }
    return {**_FIXED, **found}


def definitions(ks: Sequence[int]) -> dict[str, str]:
    """What each metric means, in a sentence."""
    names = [name for group in groups(ks).values() for name in group]
    found: dict[str, str] = {}
    for name in names:
        base, _, k = name.partition("@")
        found[name] = _MEANINGS[base].format(k=k, deepest=max(ks, default=0))
    return found


def metrics(rows: Iterable[RowResult], ks: Sequence[int]) -> tuple[Metric, ...]:
    """Every metric over the rows, in the order of `groups`."""
    scored = [(row.scores, row.question.difficulty) for row in rows]
    return tuple(mean(name, scored) for group in groups(ks).values() for name in group)


def mean(name: str, scored: Iterable[tuple[Mapping[str, float], float | None]]) -> Metric:
    """A metric over rows, of each its scores and its difficulty."""
    is_weighted = name == "contest"
    pairs = [
        (scores[name], (weight if is_weighted and weight else 1.0))
        for scores, weight in scored
        if name in scores
    ]
    if not pairs:
        return Metric(name, None, None, 0)
    total = sum(weight for _, weight in pairs)
    value = sum(score * weight for score, weight in pairs) / total
    count = len(pairs)
    if count < 2:
        return Metric(name, value, None, count)
    # With equal weights this is s / sqrt(n).
    spread = sum((weight * (score - value)) ** 2 for score, weight in pairs)
    return Metric(name, value, math.sqrt(spread * count / (count - 1)) / total, count)


def fare(scores: Mapping[str, float]) -> tuple[str, float] | None:
    """By what a row is compared, and how it fared; None where nothing of it was measured."""
    return next(((name, scores[name]) for name in FARES if name in scores), None)


def quantile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` of the values, one at least, do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]
