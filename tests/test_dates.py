"""Dates in every usual form are read in one; what only looks like a date is none."""

from __future__ import annotations

import pytest

from assistant.articles.dates import is_date, read_date, read_stated_date, start_of_last


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2021-6-8", "2021-06-08"),
        ("2021年6月8日 08:30:00", "2021-06-08"),
        ("2021.06.08", "2021-06-08"),
        ("2021 年 6 月 8 日", "2021-06-08"),
        ("二〇二三年三月八日", "2023-03-08"),
        ("二零二三年十二月三十一日", "2023-12-31"),
        ("二○二三年十月二十日", "2023-10-20"),
        ("2021年 第 8 期", "2021年第8期"),
        ("2021年6月", ""),
        ("2021-13-45", ""),
        ("电话 2021 6 8", ""),
        ("一二三四年会", ""),
    ],
)
def test_a_day_is_read_in_one_form(text: str, date: str) -> None:
    assert read_date(text) == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2023年12月", "2023-12"),
        ("二〇二三年三月", "2023-03"),
        ("2023年", "2023"),
        ("march 3, 2023", "2023-03-03"),
        ("3rd march 2023", "2023-03-03"),
        ("december 2022", "2022-12"),
        ("2023年3月8日", "2023-03-08"),
        ("共有2023人", ""),
        ("may contain nuts", ""),
    ],
)
def test_a_text_that_states_a_date_gives_as_much_of_it_as_is_known(text: str, date: str) -> None:
    assert read_stated_date(text) == date


@pytest.mark.parametrize(
    "text", ["2023年12月", "(2023年3月8日)", "二〇二三年三月", "2023年", "2023/5/8", "june 2023"]
)
def test_a_line_of_a_date_alone_is_a_date(text: str) -> None:
    assert is_date(text)


@pytest.mark.parametrize("text", ["2023", "2023年12月的工作", "12月", "", "2023年年度报告", "no.202312"])
def test_a_line_that_says_more_or_less_is_no_date(text: str) -> None:
    assert not is_date(text)


def test_the_date_at_the_end_of_a_line_is_found() -> None:
    assert start_of_last("某某股份有限公司董事会 2023年3月8日") == 12
    assert start_of_last("2023年3月8日召开会议") == 0
