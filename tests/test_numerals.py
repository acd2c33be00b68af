"""Values of numbers as Chinese text writes them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.answering.verifying.numerals import value_of


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("1,680", "1680"),
        ("3190.4亿", "319040000000"),
        ("1.68千万", "16800000"),
        ("2万亿", "2000000000000"),
        ("十", "10"),
        ("二十二点六", "22.6"),
        ("三百零五", "305"),
        ("两万五千", "25000"),
        ("一亿两千万", "120000000"),
        ("三万五千二百", "35200"),
        ("两万亿", "2000000000000"),
        ("一亿零五万", "100050000"),
        ("二〇二〇", "2020"),
    ],
)
def test_the_value_is(text: str, value: str) -> None:
    assert value_of(text) == Decimal(value)


@pytest.mark.parametrize("text", ["四五", "十三五", "一一", "", "点五", "百分", "3个"])
def test_what_is_no_number_has_no_value(text: str) -> None:
    assert value_of(text) is None
