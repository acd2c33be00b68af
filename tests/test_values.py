"""The values that a text offers: amounts by unit, dates, people, places."""

from __future__ import annotations

import pytest

from assistant.answering.evidence.values import needs_value, values, years
from assistant.answering.understanding.question import understand


def found(question: str, text: str) -> list[str]:
    return [text[start:end] for start, end in values(text, understand(question, 200))]


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("投入了多少资金？", "2020年投入3,200万元，新建基站215个。", ["3,200万元"]),
        ("投入了多少资金？", "投入50余万元、1.2億元。", ["50余万元", "1.2億元"]),
        ("增长了多少？", "收入增长22.6%，达到3190亿元。", ["22.6%"]),
        ("有多少人？", "三百二十人参加，共10个组。", ["三百二十人"]),
        ("距离县城多少公里？", "距县城98公里，走了3天。", ["98公里"]),
        ("用了多长时间？", "2020年开工，用了3个月零6小时。", ["3个月", "6小时"]),
        ("拉动多少个百分点？", "拉动0.3个百分点。", ["0.3个百分点"]),
        ("有多少艘渔船？", "接入７３００艘。", ["７３００艘"]),
        ("建成多少座？", "一座铁塔，十二座基站。", ["十二座"]),
        ("用户有多少？", "5G用户2.4万，其中G3用户3万。", ["2.4万", "3万"]),
    ],
)
def test_amounts_are_those_of_the_unit_asked_for(question: str, text: str, expected: list[str]) -> None:
    assert found(question, text) == expected


def test_a_number_that_the_question_gives_is_no_answer_to_it() -> None:
    assert found("42个基站投资多少个亿？", "42个基站投资3个亿。") == ["3个"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2020年5月3日开通", ["2020年5月3日"]),
        ("2021年底建成，2022-03-01验收", ["2021年底", "2022-03-01"]),
        ("9月28日正式开通", ["9月28日"]),
        ("去年智博会期间发布", ["去年智博会期间"]),
        ("投入280万元", []),
    ],
)
def test_dates_are_found_in_their_many_forms(text: str, expected: list[str]) -> None:
    assert found("什么时候开通？", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("由陈国栋担任组长。", ["陈国栋"]),
        ("由工程师罗志远负责维护。", ["罗志远"]),
        ("活動由漁業促進會發起。", ["漁業促進會"]),
        ("党委书记带队。", ["党委书记"]),
        ("与质量万里行促进会合作。", ["质量万里行促进会"]),
    ],
)
def test_people_come_before_posts_and_bodies(text: str, expected: list[str]) -> None:
    assert found("谁负责？", text)[: len(expected)] == expected


def test_who_the_question_names_is_no_answer_to_it() -> None:
    assert found("陈国栋和谁一起负责？", "陈国栋和罗志远负责。") == ["罗志远"]


def test_places_are_found_by_their_words_and_by_the_list_of_regions() -> None:
    assert found("在哪里设立？", "在霞浦县设立。") == ["在霞浦县"]
    assert "玉树" in found("在哪里新建？", "在玉树、果洛新建基站。")


def test_a_question_of_no_value_has_none() -> None:
    assert found("为什么改用微波？", "投入3,200万元，9月28日开通。") == []


@pytest.mark.parametrize(
    ("question", "needed"),
    [
        ("投入多少？", True),
        ("何时开通？", True),
        ("组长是谁？", True),
        ("谁去了？", False),
        ("在哪？", False),
    ],
)
def test_amounts_dates_and_holders_of_a_post_need_a_value(question: str, needed: bool) -> None:
    assert needs_value(understand(question, 200)) is needed


def test_years_are_read_with_both_ends_of_a_span_and_no_other_number() -> None:
    assert years("2019—2021年投入2022万元，2023年底、2024-05-06完工") == {"2019", "2021", "2023", "2024"}
