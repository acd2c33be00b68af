"""Follow-up questions made to stand on their own, and others left alone."""

from __future__ import annotations

import pytest

from assistant.answering.conversation import recent, standalone
from assistant.records import Turn

LAST = [Turn("第一个问题？", "答。"), Turn("青海联通2020年投入了多少资金？", "三百万元[1]。")]


@pytest.mark.parametrize(
    ("question", "whole"),
    [
        ("那福建电信呢？", "福建电信2020年投入了多少资金？"),
        ("福建电信呢", "福建电信2020年投入了多少资金？"),
        ("那么2019年呢？", "青海联通2019年投入了多少资金？"),
        ("那福建电信2019年呢？", "福建电信2019年投入了多少资金？"),
        ("那中国移动福建公司呢？", "中国移动福建公司2020年投入了多少资金？"),
        ("其中多少用于基站？", "青海联通2020年投入了多少资金，其中多少用于基站？"),
        ("它建了多少个基站？", "青海联通2020年投入了多少资金，它建了多少个基站？"),
        ("该公司的书记是谁？", "青海联通2020年投入了多少资金，该公司的书记是谁？"),
    ],
)
def test_a_question_that_refers_back_takes_what_it_leaves_unsaid_from_the_turn_before(
    question: str, whole: str
) -> None:
    assert standalone(question, LAST, 200) == whole


@pytest.mark.parametrize(
    "question",
    [
        "福建电信投入了多少？",
        "那福建电信的基站呢？",
        "另外，福建电信投入了多少？",
        "谁负责维护昂拉基站？",
        "其他地区投入了多少？",
        "",
        "2019年全行业投入了多少？",
    ],
)
def test_a_question_that_stands_on_its_own_is_left_alone(question: str) -> None:
    assert standalone(question, LAST, 200) == question


def test_without_a_turn_before_nothing_is_changed() -> None:
    assert standalone("那福建电信呢？", [], 200) == "那福建电信呢？"


def test_another_year_for_a_question_without_one_is_asked_with_it() -> None:
    assert standalone("那2019年呢？", [Turn("投入了多少？", "")], 200) == "投入了多少，那2019年呢？"


def test_the_script_of_the_questions_is_kept() -> None:
    history = [Turn("青海聯通投入了多少資金？", "")]
    assert standalone("那福建電信呢？", history, 200) == "福建電信投入了多少資金？"


def test_a_company_named_in_full_is_replaced() -> None:
    history = [Turn("中国移动青海公司投入了多少资金？", "")]
    assert standalone("福建电信呢？", history, 200) == "福建电信投入了多少资金？"


def test_a_follow_up_of_a_follow_up_is_understood_from_the_first_question() -> None:
    history = [*LAST, Turn("那福建电信呢？", "四百万元[1]。")]
    assert standalone("那2019年呢？", history, 200) == "福建电信2019年投入了多少资金？"


def test_a_long_talk_of_follow_ups_is_read_only_in_its_last_turns_and_stays_short() -> None:
    talk = [*LAST, *(Turn(f"其中第{n}期的呢？", "答。") for n in range(3000))]
    whole = standalone("它的呢？", recent(talk), 100)
    assert whole.endswith("其中第2999期的呢，它的呢？")
    assert len(whole) <= 100
    assert "青海联通" not in whole
    assert len(standalone("它的呢？", talk, 100)) == 100


def test_the_turns_are_cleaned_as_a_question_is() -> None:
    assert recent([Turn("青海\ud800联通\0投入\n多少？", "三百\udfff万元。\0")]) == [
        Turn("青海联通 投入 多少？", "三百万元。")
    ]


def test_a_follow_up_that_names_nothing_is_not_the_last_question_again() -> None:
    assert standalone("那么的呢？", LAST, 200) == "青海联通2020年投入了多少资金，那么的呢？"
