"""Invisible characters go, line ends become one kind, and every character keeps its place in the raw text."""

from __future__ import annotations

import pytest

from assistant.cleaning.characters import close_gaps, drop_invisible
from assistant.mapped_text import MappedText


def visible(raw: str) -> str:
    return drop_invisible(MappedText.identity(raw)).text


def closed(raw: str) -> str:
    return close_gaps(MappedText.identity(raw)).text


@pytest.mark.parametrize(
    "noise",
    ["\ufeff", "\u200b", "\u200d", "\0", "\x07", "\ue000", "\ud800", "\udfff", "\u2060", "\U0010ffff"],
)
def test_what_nobody_can_see_is_dropped(noise: str) -> None:
    assert visible(f"{noise}基站{noise}建设{noise}") == "基站建设"


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n", "\f", "\v", "\x85", "\u2028", "\u2029"])
def test_every_line_end_becomes_a_line_feed(end: str) -> None:
    assert visible(f"甲{end}乙") == "甲\n乙"


def test_two_line_ends_in_a_row_stay_two() -> None:
    assert visible("甲\r\n\r\n乙") == "甲\n\n乙"


@pytest.mark.parametrize("kept", ["甲\t乙", "甲\u3000乙", "甲 乙", "好😀", "𠮷野", "５Ｇ"])
def test_tabs_spaces_emoji_and_rare_characters_stay(kept: str) -> None:
    assert visible(kept) == kept


def test_characters_behind_dropped_ones_keep_their_place() -> None:
    text = drop_invisible(MappedText.identity("\ufeff甲\r\n\0乙"))
    assert (text.text, list(text.offsets)) == ("甲\n乙", [1, 3, 5])


def test_a_space_between_chinese_characters_is_closed() -> None:
    assert closed("习近平扶 贫论述") == "习近平扶贫论述"


@pytest.mark.parametrize("kept", ["新建 5G 基站", "5G SA 网络", "共 628 万", "甲  乙", "甲\u3000乙"])
def test_a_space_beside_latin_letters_or_numbers_stays(kept: str) -> None:
    assert closed(kept) == kept


@pytest.mark.parametrize(
    "kept", ["“用心服务 惠及百姓”", "《山高路远 一网相连》", "「同心 同行」", "『甲 乙』"]
)
def test_a_space_inside_quotation_marks_stays(kept: str) -> None:
    assert closed(kept) == kept


def test_a_space_behind_closed_quotation_marks_is_closed() -> None:
    assert closed("“甲 乙”之后 的话") == "“甲 乙”之后的话"


def test_a_text_without_gaps_comes_back_itself() -> None:
    text = MappedText.identity("没有空格")
    assert close_gaps(text) is text
