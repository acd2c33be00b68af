"""Text printed twice over itself is read once; plain repetition is left alone."""

from __future__ import annotations

import pytest

from assistant.cleaning.glyphs import undouble
from assistant.mapped_text import MappedText


def once(raw: str) -> str:
    return undouble(MappedText.identity(raw)).text


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("全省网络提速全省网络提速", "全省网络提速"),
        ("全全省省网网络络提提速速", "全省网络提速"),
        ("20192019全市服务争先全市服务争先", "2019全市服务争先"),
        ("收入增长收入增长3388..55%%", "收入增长38.5%"),
        ("贡献本省贡献本省1122..66%GDP%GDP", "贡献本省12.6%GDP"),
        ("55GG用户突破千万用户突破千万", "5G用户突破千万"),
    ],
)
def test_a_line_printed_twice_is_read_once(printed: str, read: str) -> None:
    assert once(printed) == read


@pytest.mark.parametrize(
    "printed",
    [
        "用户增长用户增长3388%% 收入翻番收入翻番",
        "用户增长38% 收入翻番用户增长38% 收入翻番",
        "用用户户 增增长长",
        "用户增长 用户增长",
    ],
)
def test_spaces_in_a_doubled_line_neither_multiply_nor_trail(printed: str) -> None:
    read = once(printed)
    assert read.count(" ") <= 1
    assert read == read.strip()
    assert "用户增长" in read.replace(" ", "")
    assert read.count("用户") == 1


def test_a_run_printed_twice_inside_a_line_is_read_once() -> None:
    assert once("去年甘肃电信甘肃电信投资九亿元，") == "去年甘肃电信投资九亿元，"


@pytest.mark.parametrize(
    "plain",
    [
        "10101010",
        "客服热线10101010已开通",
        "编号20202020，电话12121212",
        "研究研究",
        "好好学习天天向上",
        "年年有余岁岁平安，家家户户都能上网",
        "一步一个脚印，一步一个台阶",
        "是，是，是，是，都是这样说的",
        "甲，甲，甲，甲，甲，甲",
        "abcdabcdabcdabcd",
        "",
    ],
)
def test_plain_repetition_is_left_alone(plain: str) -> None:
    assert once(plain) == plain


def test_a_line_that_is_not_doubled_comes_back_itself() -> None:
    line = MappedText.identity("普通的一行文字，没有重复印刷。")
    assert undouble(line) is line


@pytest.mark.parametrize(
    "raw", ["20192019全市服务争先全市服务争先", "收入增长收入增长3388..55%%", "全省网络提速全省网络提速"]
)
def test_what_was_read_once_spans_both_copies(raw: str) -> None:
    line = undouble(MappedText.identity(raw))
    start, end = line.raw_span(0, len(line))
    assert once(raw[start:end]) == line.text


def test_the_map_never_goes_back() -> None:
    offsets = list(undouble(MappedText.identity("20192019全市服务争先全市服务争先")).offsets)
    assert offsets == sorted(offsets)


@pytest.mark.parametrize("raw", ["的" * 70_000, "网络" * 35_000, "(" * 70_000, "1.1" * 23_000 + "万"])
def test_a_very_long_line_is_done_at_once(raw: str) -> None:
    assert len(once(raw)) >= len(raw) // 2
