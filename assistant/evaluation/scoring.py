"""What an answer is worth: the outcome of a question, and a score for each metric that its row supports."""

from __future__ import annotations

from collections.abc import Callable

from assistant.evaluation import wording
from assistant.evaluation.naming import is_one_of
from assistant.records import Answer, Citation, DocumentView, Verdict
from assistant.records.evaluation import Outcome, Question

Similar = Callable[[str, str], float]
"""How alike two texts are, from 0 to 1."""

_LONG = ((1.5, 1.0), (2.5, 0.9))
_TOO_LONG = 0.75
"""What remains of the contest score up to so many times the gold passage's length, and beyond."""


def held(question: Question, text: str) -> tuple[bool, ...]:
    """Of each keyword whether the text holds it; without keywords, whether it holds a short answer."""
    if question.keywords:
        return tuple(wording.holds_any(text, spellings) for spellings in question.keywords)
    return (wording.contains_any(text, question.short_answers),) if question.short_answers else ()


def outcome(question: Question, answer: Answer, has: tuple[bool, ...]) -> Outcome:
    """What became of a question that was asked; `has` as `held` gives it of the answer."""
    refused = answer.verdict is Verdict.REFUSE
    if question.answerable is False:
        return Outcome.RIGHT if refused else Outcome.WRONG
    if question.answerable is None:
        return Outcome.UNGRADED
    if refused:
        return Outcome.REFUSED
    if not has:
        return Outcome.UNGRADED
    return Outcome.RIGHT if all(has) else Outcome.WRONG


def outcome_scores(question: Question, found: Outcome) -> dict[str, float]:
    """An outcome as shares: over questions with an answer, and over those without."""
    if question.answerable is False:
        refused = float(found is Outcome.RIGHT)
        return {"unanswerable_refused": refused, "unanswerable_answered": 1 - refused}
    if question.answerable is None:
        return {}
    scores = {"refused": float(found is Outcome.REFUSED)}
    if question.keywords or question.short_answers:
        scores["right"] = float(found is Outcome.RIGHT)
        scores["wrong"] = float(found is Outcome.WRONG)
    return scores


def text_scores(question: Question, text: str, has: tuple[bool, ...], similar: Similar) -> dict[str, float]:
    """How the text of an answer compares with what is expected; that of a refusal is to be given empty."""
    scores: dict[str, float] = {}
    if question.answerable is not True:
        return scores
    if question.keywords:
        scores["keyword_share"] = sum(has) / len(has)
        scores["all_keywords"] = float(all(has))
    if question.gold:
        scores["similarity"] = similar(text, question.gold) if text else 0.0
        if question.keywords and question.keyword_weight is not None:
            weight, penalty = question.keyword_weight, length_factor(text, question.gold)
            share = scores["keyword_share"]
            scores["contest"] = (weight * share + (1 - weight) * scores["similarity"]) * penalty
    if question.short_answers:
        scores["exact"] = float(wording.exact(text, question.short_answers))
        scores["f1"] = wording.character_f1(text, question.short_answers)
        scores["contains"] = float(wording.contains_any(text, question.short_answers))
    return scores


def length_factor(text: str, gold: str) -> float:
    """What the contest leaves of a score for the length of the answer, both counted without blanks."""
    times = len("".join(text.split())) / max(1, len("".join(gold.split())))
    return next((factor for limit, factor in _LONG if times <= limit), _TOO_LONG)


def citation_scores(
    question: Question, answer: Answer, is_valid: Callable[[Citation], bool]
) -> dict[str, float]:
    """Of an answer's citations and sentences: how many hold, by their source and by what is expected.

    A citation is right where its document, or one that reprints it, is among those expected; for a row
    without documents where its quote holds a keyword or a short answer.
    """
    scores: dict[str, float] = {}
    if citations := answer.citations:
        scores["citation_valid"] = sum(map(is_valid, citations)) / len(citations)
        if question.answerable is True and (
            question.documents or question.keywords or question.short_answers
        ):
            scores["citation_precision"] = sum(_is_right(question, c) for c in citations) / len(citations)
    if answer.sentences and answer.verdict is not Verdict.REFUSE:
        scores["grounded"] = sum(s.grounded for s in answer.sentences) / len(answer.sentences)
    return scores


def is_at_its_span(citation: Citation, view: DocumentView) -> bool:
    """Whether the quote is the cleaned text of its span, and the span of the file that of the text."""
    clean, (start, end) = view.parsed.clean, (citation.clean_start, citation.clean_end)
    is_there = bool(citation.quote) and clean.text[start:end] == citation.quote
    return is_there and clean.raw_span(start, end) == (citation.start, citation.end)


def _is_right(question: Question, citation: Citation) -> bool:
    if question.documents:
        expected = (*question.documents, *question.alternatives)
        return any(is_one_of(name, expected) for name in (citation.document, *citation.reprints))
    return any(held(question, citation.quote))
