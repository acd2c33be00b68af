"""Figures keep what says that they are about so much, and are shown with it; targets are marked."""

from __future__ import annotations

import csv
import io

import pytest

from assistant.briefing.composing import Composer, facts_of
from assistant.briefing.figures.facts import facts
from assistant.briefing.figures.hedges import is_hedged
from assistant.briefing.figures.merging import merged
from assistant.briefing.material import Fact, Statement
from assistant.cli.briefing_lines import briefing_lines
from assistant.exports import briefing_markdown, briefing_object, figures_csv
from assistant.records import Citation, Metadata, Passage
from assistant.records.briefings import Briefing, Coverage, Figure, Reading


def stated(text: str, company: str = "江城银行", table: str = "") -> list[Fact]:
    passage = Passage("p", "d.txt", 0, text, 0, len(text), Metadata(published="2021-03-05"), table=table)
    return list(facts(Statement(passage, text, 0, len(text), company, is_row="\t" in text)))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("全年接诊超过5500人次。", "超过5500人次"),
        ("服务企业近200家。", "近200家"),
        ("覆盖农户约1.1万户。", "约1.1万户"),
        ("覆盖农户约有1.1万户。", "约有1.1万户"),
        ("减免费用50余万元。", "50余万元"),
        ("不良率下降超30%。", "超30%"),
        ("每年投入不少于3亿元。", "不少于3亿元"),
        ("存款突破100亿元。", "突破100亿元"),
        ("注册用户接近14万户。", "接近14万户"),
        ("停电时间控制在5小时以内。", "5小时以内"),
        ("培训教师300人左右。", "300人左右"),
        ("覆盖率在95%以上。", "95%以上"),
        ("營收逾新台幣20億元。", "逾新台幣20億元"),
        ("节约5万元。", "5万元"),
        ("签约20家。", "20家"),
        ("附近8个村受益。", "8个"),
    ],
)
def test_the_words_of_a_figure_hold_what_hedges_it(text: str, words: str) -> None:
    (fact,) = stated(text)
    assert text[fact.start : fact.end] == words
    assert fact.value in words and not set("超近约余逾") & set(fact.value + fact.unit)


def test_a_rank_is_shown_as_one() -> None:
    (fact,) = stated("存款规模位列全省第3名。")
    assert fact.statement.text[fact.start : fact.end] == "第3名"


def test_a_cell_keeps_its_hedge_and_takes_its_unit_from_the_head() -> None:
    (fact,) = stated("培训\t超过500", table="活动 项目 | 人次（人次）")
    assert (fact.value, fact.unit) == ("500", "人次")
    figure = Composer(lambda statement: 1, str).figure([fact])  # type: ignore[arg-type]
    assert figure.amount == "超过500人次"


@pytest.mark.parametrize(
    ("words", "rough"), [("近30个", True), ("30个", False), ("第3名", False), ("30多个", True)]
)
def test_rough_figures_are_told_from_exact_ones(words: str, rough: bool) -> None:
    assert is_hedged(words) is rough


@pytest.mark.parametrize(
    ("value", "unit", "text", "shown"),
    [
        ("50", "万元", "50余万元", "50余万元"),
        ("1,234", "百万元", "1,234", "1,234百万元"),
        ("200", "家", "近\n200 家", "近200 家"),
        ("3", "亿元", "", "3亿元"),
    ],
)
def test_an_amount_is_shown_in_the_words_of_its_source(value: str, unit: str, text: str, shown: str) -> None:
    assert Figure("贷款", value, unit, "", (1,), "甲", text).amount == shown
    assert Reading(value, unit, "", "", "整句话。", (1,), text).amount == shown


@pytest.fixture
def briefing() -> Briefing:
    aim = Figure("网点", "300", "个", "2022", (1,), "江城银行", "300个以上", is_plan=True)
    reached = Figure("客户", "200", "家", "2021", (1,), "江城银行", "近200家")
    source = Citation(1, "甲.txt", "甲", "", "", None, "近200家", 0, 5, 0, 5)
    return Briefing("江城银行", "quoting", (), (), (reached, aim), (), (), Coverage(1, 1, 1, 0), (source,))


def test_files_and_terminal_show_hedges_and_mark_targets(briefing: Briefing) -> None:
    markdown = briefing_markdown(briefing)
    assert "| 客户 | 近200家 | 2021 | [1] |" in markdown
    assert "| 网点（计划） | 300个以上 | 2022 | [1] |" in markdown
    terminal = "\n".join(briefing_lines(briefing, "en"))
    assert "近200家" in terminal and "网点（plan）" in terminal
    rows = list(csv.DictReader(io.StringIO(figures_csv(briefing).decode("utf-8-sig"), newline="")))
    assert [(row["value"], row["text"], row["is_plan"]) for row in rows] == [
        ("200", "近200家", "false"),
        ("300", "300个以上", "true"),
    ]
    figures = briefing_object(briefing)["figures"]
    assert isinstance(figures, list) and [figure["is_plan"] for figure in figures] == [False, True]


@pytest.mark.parametrize(
    ("text", "plans"),
    [
        ("公司计划运送旅客2800万人次，实际完成2763.5万人次。", [True, False]),
        ("力争收入突破20亿元，利润达到3亿元。", [True, True]),
        ("到2026年，机队规模达到15架。", [True]),
        ("二期厂房建成后，年产能可达12万吨。", [True]),
        ("集团估计，五年内可节约1.5亿元。", [True]),
        ("完成年度目标的105%。", [False]),
        ("建成虚拟专网客户2,014个。", [False]),
        ("今年已建成网点120个。", [False]),
    ],
)
def test_what_is_aimed_at_is_told_from_what_was_reached(text: str, plans: list[bool]) -> None:
    assert [fact.is_plan for fact in stated(text)] == plans


def test_a_target_is_never_one_with_a_result() -> None:
    aimed, reached = stated("力争建成网点300个。"), stated("建成网点300个。")
    assert len(merged([*aimed, *reached])) == 2


def test_what_is_rumoured_and_denied_is_no_figure_of_the_company() -> None:
    text = "近日，有自媒体称“江城银行亏损3.8亿元”。该行发布公告否认。"
    passage = Passage("p", "d.txt", 0, text, 0, len(text), Metadata())
    rumour = Statement(passage, text[:25], 0, 25, "江城银行")
    ((fact,),) = facts_of([rumour])
    assert (fact.value, fact.is_denied) == ("3.8", True)
