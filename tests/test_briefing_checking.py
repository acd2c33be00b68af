"""The look at a finished briefing: what its sources do not bear out, and which figures it leaves out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.briefing.checking import check
from assistant.briefing.material import Statement
from assistant.companies import find
from assistant.records import Citation, Metadata, Passage, Table
from assistant.records.briefings import (
    Briefing,
    Bullet,
    Conflict,
    ConflictKind,
    Coverage,
    Event,
    Figure,
    Reading,
    Theme,
)
from assistant.records.checks import BriefingCheck

PROSE = "2021年，青州银行投入350万元修缮网点，惠及12个乡镇，服务客户3万余户。"
ROW = "营业收入\t1,234.5\t12.4%"
TABLE = Table("主要指标", "百万元", ("项目", "2021年", "同比"))


def statement(text: str) -> Statement:
    passage = Passage(text, "年报.txt", 0, text, 0, len(text), Metadata(), companies=("青州银行",))
    return Statement(passage, text, 0, len(text), "青州银行", is_row="\t" in text)


def citation(n: int, quote: str, table: Table | None = None) -> Citation:
    return Citation(n, "年报.txt", "年报", "2022", "", 1, quote, 0, len(quote), 0, len(quote), table=table)


def figure(value: str, unit: str, n: int = 1, text: str = "", indicator: str = "投入") -> Figure:
    return Figure(indicator, value, unit, "2021", (n,), "青州银行", text, is_row=n == 2)


SOUND = Briefing(
    company="青州银行",
    engine="quoting",
    headline=(Bullet(PROSE, (1,), "青州银行"),),
    themes=(),
    figures=(
        figure("350", "万元"),
        figure("12", "个"),
        figure("1,234.5", "百万元", 2),
        figure("12.4", "%", 2),
    ),
    timeline=(Event("2021", PROSE, (1,), "青州银行"),),
    conflicts=(),
    coverage=Coverage(1, 3, 2, 1),
    citations=(citation(1, PROSE), citation(2, ROW, TABLE)),
    seconds=0.5,
)


def checked(briefing: Briefing, *texts: str) -> BriefingCheck:
    return check(briefing, [statement(text) for text in texts or (PROSE, ROW)], find)


def test_a_sound_briefing_holds_and_shows_all() -> None:
    found = checked(SOUND)
    assert (found.figures, found.lines, found.stated) == (4, 2, 5)
    assert (found.ungrounded, found.left_out) == ((), ())
    assert (found.grounded, found.coverage) == (1.0, 1.0)
    assert (found.passages, found.used, found.seconds) == (2, 2, 0.5)


@pytest.mark.parametrize(
    "doctored",
    [
        figure("360", "万元"),
        figure("350", "亿元"),
        figure("350", "万户"),
        figure("50", "万元"),
        figure("2", "个"),
        figure("350", "万元", 7),
        figure("12.4", "%", 1),
        figure("1,234.5", "亿元", 2),
        figure("234.5", "百万元", 2),
        figure("2.4", "%", 2),
        figure("360", "万元", text="投入360万元"),
        figure("2", "个", text="惠及12个乡镇"),
    ],
)
def test_a_figure_that_its_source_does_not_state_is_told(doctored: Figure) -> None:
    (fault,) = checked(replace(SOUND, figures=(*SOUND.figures, doctored))).ungrounded
    assert doctored.value + doctored.unit in fault


@pytest.mark.parametrize("unit", ["万户", "万余户", "余万户"])
def test_a_hedge_may_be_left_out_or_stand_at_another_place(unit: str) -> None:
    assert checked(replace(SOUND, figures=(figure("3", unit),))).ungrounded == ()


def test_a_cell_may_write_its_number_otherwise() -> None:
    shown = (figure("1234.50", "百万元", 2), figure("12.40", "%", 2), figure("12.345", "亿元"))
    cited = (citation(1, PROSE + "收入为12.345亿元。"), citation(2, ROW, TABLE))
    again = replace(shown[2], citations=(1, 2))
    assert checked(replace(SOUND, figures=(*shown, again), citations=cited)).ungrounded == ()


def test_of_several_sources_each_has_to_state_the_figure() -> None:
    both = replace(figure("350", "万元"), citations=(1, 3))
    other = citation(3, "修缮网点用了3500000元。")
    holds = replace(SOUND, figures=(both,), citations=(*SOUND.citations, other))
    assert checked(holds).ungrounded == ()
    other = citation(3, "修缮网点用了360万元。")
    assert len(checked(replace(holds, citations=(*SOUND.citations, other))).ungrounded) == 1


@pytest.mark.parametrize(
    "text",
    [
        "青州银行投入360万元修缮网点。",
        "齐州银行投入350万元修缮网点。",
        "2020年，投入350万元修缮网点。",
        "青州银行称之为“网点焕新计划”。",
    ],
)
def test_a_line_that_its_source_does_not_bear_out_is_told(text: str) -> None:
    bullet = Bullet(text, (1,), "青州银行")
    for doctored in (
        replace(SOUND, headline=(bullet,)),
        replace(SOUND, themes=(Theme("网点", (bullet,)),)),
        replace(SOUND, timeline=(Event("2021", text, (1,), "青州银行"),)),
    ):
        assert checked(doctored).ungrounded == (text,)


def test_words_of_its_own_are_no_fault_and_a_line_without_a_source_is() -> None:
    text = "网点修缮花去350万元。"
    assert checked(replace(SOUND, headline=(Bullet(text, (1,), ""),))).ungrounded == ()
    assert checked(replace(SOUND, headline=(Bullet(text, (), ""),))).ungrounded == (text,)
    assert checked(replace(SOUND, headline=(Bullet(text, (1, 9), ""),))).ungrounded == (text,)


def test_a_reading_that_its_source_does_not_state_is_told() -> None:
    readings = tuple(Reading(value, "万元", "2021", "2022", PROSE, (1,)) for value in ("350", "420"))
    conflicts = (Conflict("投入", ConflictKind.DISAGREEMENT, readings),)
    (fault,) = checked(replace(SOUND, conflicts=conflicts)).ungrounded
    assert "420万元" in fault


def test_a_figure_that_is_shown_nowhere_is_left_out() -> None:
    without = replace(SOUND, figures=(), headline=(), timeline=())
    found = checked(without)
    assert set(found.left_out) == {"350万元", "12个", "3万余户", "1,234.5", "12.4%"}
    assert found.coverage == 0
    found = checked(replace(without, headline=SOUND.headline))
    assert set(found.left_out) == {"1,234.5", "12.4%"}
    assert found.coverage == pytest.approx(0.6)


@pytest.mark.parametrize(
    "text",
    [
        "2021年3月15日召开第3次会议。",
        "推进“1+3+4个”行动。",
        "《3年行动方案》",
        "应收账款\t14\t2021",
        "甲\t乙",
    ],
)
def test_what_counts_nothing_is_not_asked_for(text: str) -> None:
    assert checked(SOUND, text).stated == 0


def test_the_same_figure_in_other_words_is_one() -> None:
    assert checked(SOUND, "投入350万元。", "投入3500000元。", "投入3.5百万元。").stated == 1
