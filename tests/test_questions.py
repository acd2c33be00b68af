"""The questions on the seeds, asked by the evaluation: how many are answered, refused and cited rightly.

Of those that stand alone and have an answer every fourth of a kind is asked here, to save time;
`python -m assistant evaluate` asks all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from judging import LIMIT, faults

from assistant.evaluation.metrics import metrics
from assistant.evaluation.questions import read_questions
from assistant.evaluation.running import run
from assistant.records import Answer
from assistant.records.evaluation import EvaluationOptions, Outcome, Question, RowResult
from assistant.service import Assistant

QUESTIONS = Path(__file__).parent / "questions" / "seeds.jsonl"
FOLLOW_UPS = {"follow-up", "new-subject", "near-follow-up"}
EVERY = 4


@pytest.fixture(scope="module")
def rows(seeds: Assistant) -> list[RowResult]:
    return list(run(seeds, sampled(read_questions(QUESTIONS).questions), EvaluationOptions(ks=())))


def sampled(questions: Sequence[Question]) -> list[Question]:
    """All without an answer, all conversations, and of each other kind the first, the fifth and so on."""
    places: Counter[str] = Counter()
    chosen = []
    for question in questions:
        if question.answerable and not question.conversation:
            places[question.kind] += 1
            if places[question.kind] % EVERY != 1:
                continue
        chosen.append(question)
    return chosen


@pytest.fixture(scope="module")
def answers(rows: list[RowResult]) -> list[Answer]:
    return [row.answer for row in rows if row.answer]


def test_every_kind_of_question_is_asked_and_graded(rows: list[RowResult]) -> None:
    whole = read_questions(QUESTIONS).questions
    assert len(whole) > 400
    assert len(rows) > 200
    assert {row.question.kind for row in rows} == {question.kind for question in whole}
    assert [row.question.id for row in rows if row.failure or row.outcome is Outcome.UNGRADED] == []


@pytest.mark.parametrize(
    ("metric", "are_follow_ups", "floor"),
    [
        ("right", False, 0.85),
        ("unanswerable_refused", False, 0.95),
        ("right", True, 0.80),
        ("unanswerable_refused", True, 0.80),
    ],
)
def test_enough_questions_are_answered_and_refused_rightly(
    rows: list[RowResult], metric: str, are_follow_ups: bool, floor: float
) -> None:
    asked = [row for row in rows if (row.question.kind in FOLLOW_UPS) is are_follow_ups]
    wrong = [f"{r.question.question} → {r.plain}" for r in asked if r.scores.get(metric) == 0.0]
    found = next(m for m in metrics(asked, ()) if m.name == metric)
    assert found.value is not None
    assert found.count >= 10
    assert found.value >= floor, "\n".join(wrong)


def test_every_citation_is_valid(rows: list[RowResult]) -> None:
    assert [row.question.id for row in rows if row.scores.get("citation_valid", 1.0) < 1.0] == []


def test_every_quote_stands_at_its_span_of_the_raw_file(seeds: Assistant, answers: list[Answer]) -> None:
    raw = {info.document: seeds.show(info.document).raw for info in seeds.documents()}
    assert [fault for answer in answers for fault in faults(answer, raw)] == []


def test_no_answer_is_too_long_or_says_what_its_source_does_not(rows: list[RowResult]) -> None:
    assert [row.plain for row in rows if len(row.plain) > LIMIT] == []
    assert [row.plain for row in rows if row.scores.get("grounded", 1.0) < 1.0] == []


def test_marked_values_lie_within_their_sentences(answers: list[Answer]) -> None:
    for sentence in (sentence for answer in answers for sentence in answer.sentences):
        assert all(0 <= start < end <= len(sentence.text) for start, end in sentence.emphasis)
