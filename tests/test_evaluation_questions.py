"""Question files in the forms in which people keep them, and what is said of those that cannot be used."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.errors import DocumentError, QuestionError
from assistant.evaluation.questions import parse_questions, read_questions
from assistant.records import Turn
from assistant.records.evaluation import Question


def jsonl(*rows: dict[str, object]) -> bytes:
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()


def only(data: bytes) -> Question:
    (question,) = parse_questions(data, "q").questions
    return question


def test_a_column_of_questions_is_enough() -> None:
    found = parse_questions("question\n一共几个？\n\n在哪里？\n".encode(), "q.csv")
    assert [(q.id, q.line, q.question) for q in found.questions] == [
        ("1", 2, "一共几个？"),
        ("2", 4, "在哪里？"),
    ]
    assert [q.answerable for q in found.questions] == [None, None]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_file_is_read_in_every_usual_encoding(encoding: str) -> None:
    text = "ques_id,question,keywords,keyword_weight,difficulty,docs,answerable,gold\r\n"
    text += '7,投资多少？,3200万元；2020年|二〇二〇年,0.6,2,AY01;AY02,是,"第一行\r\n第二行"\r\n'
    question = only(text.encode(encoding))
    assert question.keywords == (("3200万元",), ("2020年", "二〇二〇年"))
    assert (question.id, question.keyword_weight, question.difficulty) == ("7", 0.6, 2.0)
    assert question.documents == ("AY01", "AY02")
    assert (question.answerable, question.gold) == (True, "第一行\r\n第二行")


@pytest.mark.parametrize("separator", ["\t", ";"])
def test_a_table_may_be_separated_by_tabs_or_semicolons(separator: str) -> None:
    assert (
        only(f"id{separator}question{separator}kind\na{separator}哪天？{separator}date\n".encode()).kind
        == "date"
    )


def test_a_json_row_gives_lists_and_a_history() -> None:
    history = [
        {"role": "assistant", "text": "你好"},
        {"role": "user", "text": "建了几个？"},
        {"role": "assistant", "text": "42个。"},
        {"role": "user", "text": "谢谢"},
    ]
    row = {"question": "在哪？", "doc_id": "d1", "answers": ["万州", "开州|x"], "history": history}
    question = only(jsonl({**row, "gold": ["甲", "乙"], "keywords": ["a|b", ["c", "d"]]}))
    assert question.history == (Turn("", "你好"), Turn("建了几个？", "42个。"), Turn("谢谢", ""))
    assert question.short_answers == ("万州", "开州|x")
    assert question.keywords == (("a", "b"), ("c", "d"))
    assert (question.gold, question.documents, question.answerable) == ("甲\n乙", ("d1",), True)


def test_unknown_columns_are_kept_and_read_back_as_they_were() -> None:
    found = parse_questions(
        jsonl({"question": "几个？", "pages": [1, 2], "note": "=1+1", "answerable": False}), "q"
    )
    assert found.columns == ("question", "pages", "note", "answerable")
    assert found.questions[0].columns["note"] == "=1+1"
    assert json.loads(found.questions[0].columns["pages"]) == [1, 2]
    assert found.questions[0].answerable is False


def test_cells_that_hold_lists_as_json_are_lists() -> None:
    row = '几个？,"[""a;b"", ""c|d""]","[""甲"", ""乙""]"'
    question = only(f"question,keywords,gold\n{row}\n".encode())
    assert (question.keywords, question.gold) == ((("a;b",), ("c", "d")), "甲\n乙")


def test_a_cell_that_only_looks_like_a_list_is_text() -> None:
    assert only(jsonl({"question": "a", "gold": "[" * 100_000})).gold == "[" * 100_000


def test_blank_lines_above_the_names_and_blank_ids_do_no_harm() -> None:
    found = parse_questions(b"\r\n\nid;question\n ;a\n ;b,c\n", "q.csv")
    assert [(q.id, q.line, q.question) for q in found.questions] == [("1", 4, "a"), ("2", 5, "b,c")]


def test_an_empty_question_is_a_row_that_cannot_be_asked() -> None:
    assert only(jsonl({"question": " ", "answers": ["x"]})).question == ""


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "holds no question"),
        (b"id,frage\n1,wer?\n", "no column `question`; it has id, frage"),
        (b"question\na,b\n", "line 2: 2 cells for 1 columns"),
        (b'question\n"a\n', "check its quotes"),
        (b"question,question\na,b\n", "two columns are called question"),
        (b'"question","a\nb","a\nb"\n1,2,3\n', "two columns are called a b"),
        (b'[{"question": "a"},\n{"question": "b"}]', "is a JSON list; write its objects one a line"),
        (b'{"question": "a"}\n{"question": }\n', "line 2: no JSON object"),
        (b'{"question": "a"}\n["b"]\n', "line 2: not an object"),
        (b'{"question": "a"}\n{"frage": "b"}\n', "line 2: it has no question"),
        (b'{"question": ["a"]}', "line 1: question is no text"),
        (b'{"question": "a", "keyword_weight": 3}', "line 1: keyword_weight is 3; give a number from 0 to 1"),
        (b'{"question": "a", "difficulty": "x"}', "line 1: difficulty is 'x'; give a number"),
        (b'{"question": "a", "answerable": "maybe"}', "answerable is 'maybe'; write true or false"),
        (b'{"question": "a", "history": ["b"]}', "history is no list of"),
        (
            b'{"id": 1, "question": "a"}\n{"id": 1, "question": "b"}',
            "line 2: the id 1 stands in line 1 already",
        ),
        (
            b'{"id": "a\\nb", "question": "a"}\n{"id": "a\\nb", "question": "b"}',
            "line 2: the id a b stands in line 1 already",
        ),
        (b'{"question": "a", "difficulty": "' + b"x" * 5000 + b'"}', f"difficulty is '{'x' * 59}…; give"),
        (b'{"question": "a", "difficulty": 0}\n{"question": "b", "difficulty": -1}', "and 1 more"),
    ],
)
def test_what_cannot_be_used_is_named_with_its_line(data: bytes, message: str) -> None:
    with pytest.raises(QuestionError, match=r"^q\.csv ") as error:
        parse_questions(data, "q.csv")
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_that_is_no_text_or_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="neither UTF-8 nor GB18030"):
        parse_questions(b"\x89PNG\r\n\x1a\n\x00\xff\xff", "q.csv")
    with pytest.raises(DocumentError, match="cannot be read"):
        read_questions(tmp_path / "none.csv")
