"""Rated answers as a question file: what is expected of each, and that `evaluate` finds it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.conversations import Conversations
from assistant.errors import QuestionError
from assistant.evaluation.questions import parse_questions
from assistant.evaluation.running import run
from assistant.exports import feedback_jsonl, feedback_questions
from assistant.records import Answer, Filters, Hint, HintKind, Verdict
from assistant.records.conversations import Exchange, Rating
from assistant.records.evaluation import EvaluationOptions, Outcome, RowResult
from assistant.service import Assistant

Row = dict[str, object]
UP, DOWN = Rating.UP, Rating.DOWN
POOR = "重庆联通投入了多少扶贫预算资金？"


def asked(
    assistant: Assistant, conversations: Conversations, *given: tuple[str, Filters, Rating | None]
) -> list[Exchange]:
    """A conversation as the page holds it, its answers rated."""
    head, path = conversations.start("甲", given[0][0]), list[Exchange]()
    for question, filters, rating in given:
        parent = path[-1].id if path else 0
        exchange = Exchange(question, filters, parent=parent)
        history = [step.turn() for step in path]
        exchange.answer = assistant.ask(question, history, filters)
        conversations.keep("甲", head.id, exchange)
        if rating:
            conversations.rate("甲", head.id, exchange, rating, f"评语 {question}")
        path.append(exchange)
    return path


def measured(assistant: Assistant, rows: Sequence[Row]) -> list[RowResult]:
    questions = parse_questions(feedback_jsonl(rows), "feedback.jsonl").questions
    return list(run(assistant, questions, EvaluationOptions()))


def test_what_was_rated_up_evaluates_as_right(seeds: Assistant, storage: Path) -> None:
    conversations, free = Conversations(storage), Filters()
    asked(
        seeds,
        conversations,
        (POOR, Filters(companies=("重庆联通",)), UP),
        ("重庆联通建成了多少个5G站点？", free, None),
        ("那重庆移动呢？", free, None),
        ("青海联通的股价是多少？", free, UP),
    )
    asked(seeds, conversations, ("请总结重庆联通", free, UP))
    rows = feedback_questions(conversations.rated())
    found = measured(seeds, rows)
    graded = [row.outcome for row in found if row.question.kind and (row.has or not row.question.answerable)]
    assert graded == [Outcome.RIGHT, Outcome.RIGHT]
    assert [row.question.kind for row in found] == ["up", "", "", "up", "up"]
    first, last = rows[0], rows[-1]
    assert first["keywords"] == [["280万元"]] and first["filters"] == {"companies": ("重庆联通",)}
    assert found[0].scores["citation_precision"] == found[0].scores["document_recall@1"] == 1
    assert found[0].scores["similarity"] > 0.9
    assert found[-1].scores["citation_precision"] == 1 and "gold" not in last and last["documents"]
    assert "甲" not in {str(value) for row in rows for value in row.values()}


def test_what_was_rated_down_expects_nothing_that_nobody_said(seeds: Assistant, storage: Path) -> None:
    conversations = Conversations(storage)
    asked(seeds, conversations, (POOR, Filters(), DOWN), ("青海联通的股价是多少？", Filters(), DOWN))
    told, refused = feedback_questions(conversations.rated("甲"))
    assert not {"answerable", "keywords", "gold", "documents"} & told.keys()
    assert refused["answerable"] is True and "keywords" not in refused
    assert (told["comment"], told["verdict_then"]) == (f"评语 {POOR}", "answer")
    assert [row.outcome for row in measured(seeds, [told, refused])] == [Outcome.UNGRADED, Outcome.REFUSED]


def test_each_rated_version_keeps_its_own_turns_before_it(storage: Path) -> None:
    conversations = Conversations(storage)
    head = conversations.start("", "甲")

    def said(question: str, parent: int, rating: Rating | None, answer: str = "答") -> int:
        told = Answer(question, answer, Verdict.ANSWER, "quoting", 0.1) if answer else None
        exchange = Exchange(question, parent=parent, answer=told)
        conversations.keep("", head.id, exchange)
        conversations.rate("", head.id, exchange, rating)
        return exchange.id

    first = said("一", 0, UP)
    silent = said("停", first, None, "")
    one, other = said("二", silent, DOWN), said("二，另问", first, UP)
    last = said("三", other, UP)
    said("四", last, None)
    said("独", 0, DOWN)
    rows = feedback_questions(conversations.rated())
    assert [(row["question"], row.get("kind"), row.get("conversation")) for row in rows] == [
        ("一", "up", str(one)),
        ("二", "down", str(one)),
        ("一", None, str(last)),
        ("二，另问", "up", str(last)),
        ("三", "up", str(last)),
        ("独", "down", None),
    ]
    assert len({row["id"] for row in rows}) == len(rows)


def test_a_row_is_asked_within_its_filters_and_without_its_hints(seeds: Assistant) -> None:
    row: Row = {"question": POOR, "filters": {"companies": ["中国移动"]}, "answerable": False}
    other: Row = {"question": "2019年" + POOR, "without": ["2019"], "keywords": "280万元"}
    within, without = measured(seeds, [row, other])
    assert within.outcome is Outcome.RIGHT
    assert without.question.without == (Hint(HintKind.YEAR, "2019"),)
    assert without.outcome is Outcome.RIGHT and without.answer
    assert [hint.value for hint in without.answer.hints] == ["重庆联通"]


@pytest.mark.parametrize(
    ("column", "value", "what"),
    [
        ("filters", "重庆联通", "filters is no object"),
        ("filters", {"colour": "红"}, "filters has an unknown filter; choose among documents, companies"),
        ("filters", {"since": ["2019", "2020"]}, "filters has for since several values"),
        ("filters", {"companies": [3]}, "filters has for companies no text"),
        ("without", [{}], "without is no text"),
    ],
)
def test_a_limit_that_cannot_be_used_is_named_with_its_line(column: str, value: object, what: str) -> None:
    data = json.dumps({"question": "问", column: value}).encode()
    with pytest.raises(QuestionError, match=f"^rows.jsonl line 1: {what}"):
        parse_questions(data, "rows.jsonl")


def test_the_command_writes_a_file_or_prints_it(
    storage: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["feedback", "--storage", str(storage)]
    assert main(command) == 1 and "no answer has been rated" in capsys.readouterr().err
    assert list(storage.iterdir()) == []
    conversations = Conversations(storage)
    for owner in ("甲", "乙"):
        exchange = Exchange("问？", answer=Answer("问？", "答", Verdict.REFUSE, "quoting", 0.1))
        head = conversations.start(owner, "问？")
        conversations.keep(owner, head.id, exchange)
        conversations.rate(owner, head.id, exchange, UP, "\x1b[31m好")
    assert main(command) == 0
    printed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    out = tmp_path / "feedback.jsonl"
    assert main([*command, "--out", str(out)]) == 0
    assert capsys.readouterr().out == f"{out}: rated up 2, rated down 0, turns before them 0\n"
    assert [json.loads(line) for line in out.read_text("utf-8").splitlines()] == printed
    assert [row["answerable"] for row in printed] == [False, False]
    assert len(parse_questions(out.read_bytes(), out.name).questions) == 2
