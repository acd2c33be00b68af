"""Folded texts compare equal whatever their script, width and case, and keep their length."""

from __future__ import annotations

import random

import pytest

from assistant.folding import (
    commonness,
    compact,
    fold,
    is_traditional,
    to_simplified,
    to_traditional,
    tokenize,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("中國聯通", "中国联通"),
        ("２２．６％", "22.6%"),
        ("5G-A", "5g-a"),
        ("（ＷｉＦｉ）", "(wifi)"),
        ("⽤⼾", "用户"),
    ],
)
def test_script_width_and_case_are_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_folding_never_changes_the_length() -> None:
    choose = random.Random(1)
    for _ in range(300):
        text = "".join(
            chr(choose.choice((choose.randrange(0x3000, 0xA000), choose.randrange(0x110000))))
            for _ in range(30)
        )
        assert len(fold(text)) == len(to_simplified(text)) == len(to_traditional(text)) == len(text)


def test_folding_twice_changes_nothing_more() -> None:
    text = "乾淨的１，６８０万元，聯通 Wi-Fi"
    assert fold(fold(text)) == fold(text)


def test_what_one_character_cannot_stand_for_is_left_alone() -> None:
    assert fold("㎡ﬁ㍿") == "㎡ﬁ㍿"


@pytest.mark.parametrize("text", ["", "\0", "\ud800", "聯\udc80通", "😀"])
def test_odd_characters_do_not_fail(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert isinstance(tokenize(text), list)


def test_the_script_of_a_text_is_told() -> None:
    assert is_traditional("中國聯通集團")
    assert not is_traditional("中国联通集团")
    assert not is_traditional("山水 5G 2019")


def test_compact_figures_compare_without_blanks_and_separators() -> None:
    assert compact("１，６８０ 万元") == compact("1680万元")
    assert compact("1,234,567户") == "1234567户"


def test_a_comma_between_clauses_is_no_thousands_separator() -> None:
    assert compact("2019,共") == "2019,共"


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("同比增长22.6%", "22.6%"),
        ("投资1,680万元", "1680"),
        ("开通5G-A基站", "5g-a"),
        ("股票代码600050", "600050"),
        ("新一代Wi-Fi6", "wi-fi6"),
        ("２０１９年", "2019"),
    ],
)
def test_numbers_and_mixed_words_stay_whole(text: str, token: str) -> None:
    assert token in tokenize(text)


def test_both_scripts_give_the_same_tokens() -> None:
    assert tokenize("重慶聯通扶貧預算") == tokenize("重庆联通扶贫预算") != []


def test_punctuation_gives_no_token() -> None:
    assert tokenize("？！……——,. 😀") == []


def test_an_everyday_word_is_more_common_than_a_technical_one() -> None:
    assert commonness("工作") > commonness("基站") > commonness("青海联通") >= 0
