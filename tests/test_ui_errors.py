"""What goes wrong is said in the language of the page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.errors import AssistantError
from assistant.evaluation.questions import parse_questions
from assistant.evaluation.reporting import from_json
from assistant.files import load
from assistant.index.database import Database
from assistant.settings import Settings
from assistant.ui.documents import reasons
from assistant.ui.words.errors_chinese import in_chinese


@pytest.mark.parametrize(
    ("fails", "said"),
    [
        (
            lambda: Settings.from_env({"ASSISTANT_PASSAGES": "many"}),
            "ASSISTANT_PASSAGES 的值是 many；应是 1 到 50",
        ),
        (
            lambda: Settings.from_env({"ASSISTANT_PASSAGES": "99"}),
            "ASSISTANT_PASSAGES 的值是 99；应是 1 到 50",
        ),
        (lambda: Settings.from_env({"ASSISTANT_EMBEDDER": "x"}), "ASSISTANT_EMBEDDER 的值是 x；应是其中之一"),
        (lambda: Settings.from_env({"OPENAI_BASE_URL": "ftp://x"}), "OPENAI_BASE_URL 应是 http://"),
        (lambda: parse_questions(b"frage\nwo?\n", "a.csv"), "a.csv 没有 question 列；现有的列：frage"),
        (lambda: parse_questions(b"", "a.csv"), "a.csv 里没有问题"),
        (lambda: parse_questions(b"[1]", "a.jsonl"), "a.jsonl 是 JSON 数组"),
        (lambda: parse_questions(b"question,id\na,b,c\n", "a.csv"), "a.csv 第 2 行有 3 格，却有 2 列"),
        (lambda: from_json("{}", "r.json"), "r.json 不是评测报告"),
        (lambda: load("gone.txt", 1), "gone.txt 已不存在"),
        (lambda: parse_questions(b"\xff\xfe\xff", "a.csv"), "a.csv 的编码不是 UTF-8 或 GB18030"),
    ],
)
def test_an_error_is_said_in_chinese(fails: Callable[[], object], said: str) -> None:
    with pytest.raises(AssistantError) as error:
        fails()
    assert in_chinese(str(error.value)).startswith(said)


def test_a_damaged_index_is_said_in_chinese_and_only_its_file_is_to_be_moved(tmp_path: Path) -> None:
    database = tmp_path / "corpus.sqlite3"
    database.write_bytes(b"no database at all, " * 500)
    with pytest.raises(AssistantError) as error:
        Database(tmp_path)
    assert in_chinese(str(error.value)).startswith(f"{database} 已损坏（不是数据库文件）；请移走它")


def test_what_no_line_is_known_for_stands_as_it_is() -> None:
    assert in_chinese("something else; do this") == "something else; do this"


def test_what_was_left_out_of_a_document_is_said_in_english() -> None:
    assert reasons.in_english("第3、5-9页只有图片，没有文字") == "only pictures and no text on page 3, 5-9"
    assert reasons.in_english("工作表“甲”第 7 行起未读取：之前连续 200 行为空").startswith(
        "the sheet “甲” was"
    )
    assert reasons.in_chinese("第3页已损坏，无法读取") == "第3页已损坏，无法读取"
