"""Whether the evidence answers the question, and which of it: decided before any engine writes a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.answering.evidence.features import Features
from assistant.answering.evidence.joining import joined
from assistant.answering.evidence.ranked import Evidence
from assistant.answering.evidence.ranker import ranker
from assistant.answering.evidence.values import needs_value
from assistant.answering.understanding.question import Query
from assistant.records import Reason, Verdict

CONFIDENCE = 0.3
"""Below this the question is refused. An answer withheld counts more here than one too many: it has a source,
which tells the reader."""
_COMPARED = 0.3
"""Coverage that will do for one side of a comparison: the question's words describe both sides."""
_AS_WELL = 0.3
"""Score by which a unit must surpass the chosen ones to be quoted beside them for a part of the question."""
_LEADS = 3
_MANY = 10
ANOTHERS = ("another company", "another year", "another row", "another subject")
RULED_OUT = (*ANOTHERS, "no value")


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict and the evidence that it rests on, best first; none when it is a refusal."""

    verdict: Verdict
    evidence: tuple[Evidence, ...] = ()
    missing: tuple[str, ...] = ()
    """Companies, years and periods asked about for which nothing was found."""
    reason: Reason = field(default=Reason.NOTHING_FOUND, compare=False)


def judge(query: Query, ranked: Sequence[Evidence]) -> Judgement:
    """Refuse, or choose the fewest units that answer.

    One unit is enough unless the question compares companies or asks for several things and the best unit
    lacks a good part of its words; then the unit that holds most of the rest joins.
    """
    if len(query.companies) > 1 and (compared := _compared(query, ranked)):
        return compared
    if query.companies and not query.terms:
        return _overview(query, ranked)
    own = [evidence for at, evidence in enumerate(ranked) if not _borrows(evidence, ranked[:at])]
    best = next(filter(is_admissible, own), None)
    if best is None or not answers(query, best):
        return Judgement(Verdict.REFUSE, reason=_why_refused(ranked, best))
    others = [e for e in own if e is not best and answers(query, e)]
    return Judgement(Verdict.ANSWER, (best, *joined(query, best, others)), reason=Reason.LIKELY)


def _why_refused(ranked: Sequence[Evidence], best: Evidence | None) -> Reason:
    if not ranked:
        return Reason.NOTHING_FOUND
    return Reason.RULED_OUT if best is None else Reason.UNLIKELY


def _overview(query: Query, ranked: Sequence[Evidence]) -> Judgement:
    """For a question that names a company and asks nothing of it: the best unit of each article about it."""
    leads: dict[tuple[str, str], Evidence] = {}
    for evidence in ranked:
        passage = evidence.unit.passage
        if not evidence.misses and query.subjects(passage)[:1] == query.companies[:1]:
            leads.setdefault((passage.document, passage.metadata.title), evidence)
    chosen = tuple(leads.values())[:_LEADS]
    return Judgement(Verdict.ANSWER if chosen else Verdict.REFUSE, chosen, reason=Reason.OVERVIEW)


def completed(judgement: Judgement, part: Query, ranked: Sequence[Evidence]) -> Judgement:
    """The judgement with the best unit for a further part of the question, unless a chosen one is as good."""
    fit = [evidence for evidence in ranked if answers(part, evidence)]
    chosen = [evidence.unit for evidence in judgement.evidence]
    if not fit or any(e.unit in chosen and e.score > fit[0].score - _AS_WELL for e in fit):
        return judgement
    verdict = Verdict.PARTIAL if judgement.missing else Verdict.ANSWER
    reason = judgement.reason if judgement.evidence else Reason.PART
    return replace(judgement, verdict=verdict, evidence=(*judgement.evidence, fit[0]), reason=reason)


def answers(query: Query, evidence: Evidence) -> bool:
    """Whether a unit may answer and is likely enough to."""
    return is_admissible(evidence) and confidence(query, evidence) >= CONFIDENCE


def _contradicts_nothing(query: Query, evidence: Evidence) -> bool:
    return not evidence.misses and (bool(evidence.spans) or not needs_value(query))


def is_admissible(evidence: Evidence) -> bool:
    """Whether a unit may answer: nothing in it is of another company, year, row or subject than the question.

    And it holds a figure or a date where one is asked for.
    """
    return not any(evidence.features[name] for name in RULED_OUT)


def _borrows(evidence: Evidence, above: Sequence[Evidence]) -> bool:
    """Whether what is asked for stands only beside a unit, in one `above` it of another company or the like.

    No profit of 江州水务 is in: 安澜银行净利润18.7亿元。该行向江州水务贷款8亿元。
    """
    return not evidence.held and any(
        other.held == 1.0
        and other.unit.passage.id == evidence.unit.passage.id
        and any(other.features[name] for name in ANOTHERS)
        for other in above
    )


def confidence(query: Query, evidence: Evidence) -> float:
    """How likely it is, from 0 to 1, that a unit which may answer does."""
    return ranker().probability(confidence_features(query, evidence))


def confidence_features(query: Query, evidence: Evidence) -> Features:
    """The features of a unit and what else tells whether it answers."""
    return {
        **evidence.features,
        "score": evidence.score,
        "words asked": min(len(query.terms), _MANY) / _MANY,
        "words here and around": evidence.held * evidence.coverage,
        "company asked about": float(bool(query.companies)),
        "asks for a figure or date": float(needs_value(query)),
    }


def _compared(query: Query, ranked: Sequence[Evidence]) -> Judgement | None:
    """One unit for each company of a comparison; None where one sentence speaks of all of them."""
    best = ranked[0] if ranked else None
    if (
        best is not None
        and answers(query, best)
        and set(query.companies) <= set(query.catalogue.find(best.unit.text))
    ):
        return None
    chosen: list[Evidence] = []
    missing: list[str] = []
    for name in query.companies:
        own = [
            e
            for e in ranked
            if name in (query.catalogue.find(e.unit.text) or query.subjects(e.unit.passage)[:1])
        ]
        fit = [e for e in own if e.coverage >= _COMPARED and _contradicts_nothing(query, e)]
        if fit:
            chosen.append(fit[0])
        else:
            missing.append(name)
    if not chosen:
        return Judgement(Verdict.REFUSE, reason=Reason.COMPANIES)
    verdict = Verdict.PARTIAL if missing else Verdict.ANSWER
    return Judgement(verdict, tuple(dict.fromkeys(chosen)), tuple(missing), Reason.COMPANIES)
