"""Events in the order of their dates, each once and each by itself."""

from __future__ import annotations

import pytest

from assistant.briefing.dating.timeline import events
from assistant.briefing.material import Statement
from assistant.records import Metadata, Passage


def stated(
    text: str, *, document: str = "a", published: str = "", passage: str = "", row: bool = False
) -> Statement:
    whole = passage or text
    start = whole.index(text)
    about = Metadata("", published)
    place = Passage(document + whole, document, 0, whole, 0, len(whole), about)
    return Statement(place, text, start, start + len(text), "远山医药", row, int(published[:4] or 0))


def told(*statements: Statement) -> list[tuple[str, str]]:
    return [(date, statement.text) for date, statement in events(statements)]


def test_events_come_earliest_first_whatever_is_known_of_their_dates() -> None:
    assert [
        date
        for date, _ in told(
            stated("2021年3月8日，远山医药海宁新厂投产。"),
            stated("2019年，远山医药在港上市。"),
            stated("2021年，远山医药获评创新企业。"),
        )
    ] == ["2019", "2021", "2021-03-08"]


@pytest.mark.parametrize(
    "text",
    [
        "截至2020年底，远山医药门店达90家。",
        "远山医药计划于2025年建成新厂。",
        "到2025年，远山医药将建成新厂。",
        "2019年，市卫健委主任表示：要办好中医药。",
        "远山医药按照《中医药规划（2016-2030年）》建成新厂。",
        "2021年，国务院印发中医药发展方案。",
        "这是2019年远山医药建成的第一座新厂。",
        "较2020年，远山医药门店达90家。",
        "远山医药建成新厂。",
    ],
)
def test_states_plans_words_and_events_of_others_are_not_told(text: str) -> None:
    assert told(stated(text)) == []


def test_rows_of_tables_are_no_events() -> None:
    assert told(stated("2019年\t上市\t远山医药", row=True)) == []


def test_an_event_that_two_sources_tell_is_told_once_by_the_fuller_date() -> None:
    found = told(
        stated("2021年3月，远山医药海宁新厂正式投产。", document="b"),
        stated("2021年3月8日，远山医药海宁新厂正式投产。"),
    )
    assert [date for date, _ in found] == ["2021-03-08"]


def test_a_part_of_a_sentence_is_told_with_the_rest_of_it() -> None:
    whole = "2020年，远山医药启动义诊百日行动；走访村社96个。"
    assert told(stated("2020年，远山医药启动义诊百日行动；", passage=whole)) == [("2020", whole)]


def test_a_number_in_a_list_is_left_out_and_the_place_moves_along() -> None:
    ((date, statement),) = events([stated("（2）2020年2月27日，远山医药完成回购。")])
    assert statement.text == "2020年2月27日，远山医药完成回购。"
    assert statement.passage.text[statement.start : statement.end] == statement.text


def test_of_many_events_the_weightiest_stay_and_every_year_has_some() -> None:
    dull = [stated(f"2021年{m}月{d}日，店员走访{m * d}户。") for m in range(1, 13) for d in range(1, 28)]
    founded = stated("1998年，远山医药在昆明成立。")
    found = events([*dull, founded], most=10)
    assert len(found) == 10
    assert found[0][1].text == founded.text
