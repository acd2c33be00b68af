"""What is printed is aligned by display width and cannot steer the terminal."""

from __future__ import annotations

import io
import json

import pytest

from assistant.records import Progress, Stage
from assistant.terminal import (
    ProgressLine,
    as_json,
    one_line,
    pad,
    printable,
    side_by_side,
    well_formed,
    width,
    wrap,
)


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("text", "columns"), [("abc", 3), ("联通", 4), ("（", 2), ("é", 1), ("", 0), ("\u200b", 0)]
)
def test_the_width_counts_columns(text: str, columns: int) -> None:
    assert width(text) == columns


def test_wrapped_lines_fit_and_lose_nothing() -> None:
    text = "中国联通2020年投入280万元，\n同比增长22.6%。"
    lines = list(wrap(text, 7))
    assert "".join(lines) == text.replace("\n", "")
    assert max(map(width, lines)) <= 7


def test_padding_cuts_and_fills_to_the_column() -> None:
    assert pad("联通", 6) == "联通  "
    assert pad("联通集团", 5) == "联通 "
    assert pad("", 2) == "  "


def test_columns_stay_aligned_beside_each_other() -> None:
    lines = list(side_by_side([("聯通２０２０年報", "联通2020年报"), ("菜单", "")], 23))
    assert lines == ["聯通２０２ │ 联通2020年", "０年報     │ 报", "菜单       │"]


@pytest.mark.parametrize("steering", ["\x1b[2J", "\r", "\x07", "\x9b31m", "\u202e", "\0"])
def test_nothing_printed_can_steer_the_terminal(steering: str) -> None:
    assert not set(steering) & set(printable(f"甲{steering}乙")) - set("[2J31m")


def test_line_ends_of_other_systems_are_kept_as_line_ends() -> None:
    assert printable("一\r\n二\t三") == "一\n二\t三"
    assert one_line("一\r\n  二\t三\n") == "一 二 三"


def test_json_is_valid_utf8_whatever_the_text_holds() -> None:
    value = {"联通": "\ud800\udc80 \0 😀 \u2028 \x9b"}
    text = as_json(value)
    assert "联通" in text
    assert json.loads(text.encode("utf-8")) == {"联通": "\ufffd\ufffd \0 😀 \u2028 \x9b"}


def test_broken_bytes_of_a_command_line_are_replaced() -> None:
    assert well_formed("问\udce9") == "问\ufffd"


def test_progress_rewrites_one_line_with_a_bar_on_a_terminal() -> None:
    stream = Terminal()
    line = ProgressLine(stream, 60)
    line(Progress(Stage.FILES, 1, 2, "一.txt"))
    line(Progress(Stage.FILES, 2, 2, "二.txt"))
    line.clear()
    assert "\n" not in stream.getvalue()
    shown = [text.rstrip() for text in stream.getvalue().split("\r") if text.strip()]
    assert shown == [
        f"reading {'█' * 10}{'░' * 10} 50% (1/2) 一.txt",
        f"reading {'█' * 20} 100% (2/2) 二.txt",
    ]


def test_progress_fits_a_narrow_terminal() -> None:
    stream = Terminal()
    ProgressLine(stream, 30)(Progress(Stage.EMBEDDING, 1, 2, "一份名字很长的文件.txt"))
    assert all(width(text) < 30 for text in stream.getvalue().split("\r"))


def test_progress_prints_plain_lines_elsewhere_but_not_each_step() -> None:
    stream = io.StringIO()
    line = ProgressLine(stream, 80)
    for done in range(1, 1001):
        line(Progress(Stage.EMBEDDING, done, 1000))
    line.clear()
    first, last = stream.getvalue().splitlines()
    assert "0% (1/1000)" in first and "100% (1000/1000)" in last
    assert "search by words serves already" in first
