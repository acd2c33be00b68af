"""The questions on the seeds: how many the quoting engine answers, refuses and cites rightly."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from judging import LIMIT, Question, faults, is_right, plain

from assistant.records import Answer
from assistant.service import Assistant

QUESTIONS = Path(__file__).parent / "questions" / "seeds.jsonl"
ANSWERED, REFUSED = 0.85, 0.95

Asked = list[tuple[Question, Answer]]


@pytest.fixture(scope="module")
def asked(seeds: Assistant) -> Asked:
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()
    questions = [Question(**json.loads(line)) for line in lines]
    return [(question, seeds.ask(question.question)) for question in questions]


@pytest.mark.parametrize(("answerable", "floor"), [(True, ANSWERED), (False, REFUSED)])
def test_enough_questions_are_answered_and_refused_rightly(
    asked: Asked, answerable: bool, floor: float
) -> None:
    outcomes = [(q, a) for q, a in asked if q.answerable is answerable]
    wrong = [f"{q.question} → {a.text}" for q, a in outcomes if not is_right(q, a)]
    assert len(wrong) <= (1 - floor) * len(outcomes), "\n".join(wrong)


def test_every_quote_stands_at_its_span_of_the_raw_file(seeds: Assistant, asked: Asked) -> None:
    raw = {info.document: seeds.show(info.document).raw for info in seeds.documents()}
    assert [fault for _, answer in asked for fault in faults(answer, raw)] == []


def test_every_citation_is_the_cleaned_text_of_its_span(seeds: Assistant, asked: Asked) -> None:
    clean = {info.document: seeds.show(info.document).parsed.clean for info in seeds.documents()}
    for citation in (citation for _, answer in asked for citation in answer.citations):
        where = clean[citation.document]
        assert where.text[citation.clean_start : citation.clean_end] == citation.quote
        assert where.raw_span(citation.clean_start, citation.clean_end) == (citation.start, citation.end)


def test_no_answer_is_too_long_or_says_what_its_source_does_not(asked: Asked) -> None:
    assert [answer.text for _, answer in asked if len(plain(answer)) > LIMIT] == []
    assert [s.text for _, answer in asked for s in answer.sentences if not s.grounded] == []


def test_marked_values_lie_within_their_sentences(asked: Asked) -> None:
    for sentence in (sentence for _, answer in asked for sentence in answer.sentences):
        assert all(0 <= start < end <= len(sentence.text) for start, end in sentence.emphasis)
