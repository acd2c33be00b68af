"""The figures of tables: one for each numeric cell, with the unit and the time that its heads say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.briefing.dating.periods import of_head
from assistant.briefing.figures.facts import all_facts, facts
from assistant.briefing.material import Statement
from assistant.records import Metadata, Passage

Told = list[tuple[str, str, str, str]]


def row(text: str, table: str, period: str = "", section: str = "") -> Statement:
    passage = Passage("p", "d", 0, text, 0, len(text), Metadata(period=period), section, table=table)
    return Statement(passage, text, 0, len(text), "江城银行", is_row=True)


def told(*rows: Statement) -> Told:
    return [(fact.indicator, fact.value, fact.unit, fact.as_of) for fact in all_facts(rows)]


def test_a_cell_has_label_and_head_the_unit_of_the_table_and_the_year_of_its_column() -> None:
    table = "主要财务数据 单位：万元 项目 | 2021年 | 2020年 | 本年比上年增减（%）"
    assert told(row("营业收入\t1,200.5\t1,000\t20.1", table, "2021FY")) == [
        ("营业收入", "1,200.5", "万元", "2021"),
        ("营业收入", "1,000", "万元", "2020"),
        ("营业收入 比上年增减", "20.1", "%", "2021"),
    ]


def test_heads_that_count_from_the_report_are_resolved_by_its_period() -> None:
    table = "单位：元 项目 | 本报告期 | 上年同期 | 比上年同期增减(%)"
    assert told(row("其中：利息收入\t88\t80\t增加10个百分点", table, "2022H1")) == [
        ("利息收入", "88", "元", "2022H1"),
        ("利息收入", "80", "元", "2021H1"),
        ("利息收入 比上年同期增加", "10", "个百分点", "2022H1"),
    ]


@pytest.mark.parametrize(
    ("head", "period", "expected"),
    [
        ("2022年3月31日", "2022Q1", "2022-03-31"),
        ("期末余额", "2022H1", "2022-06"),
        ("上年度末", "2022H1", "2021"),
        ("年初至报告期末", "2022Q3", "2022Q1-Q3"),
        ("上年初至上年报告期末", "2022Q3", "2021Q1-Q3"),
        ("第二季度(4-6月份)", "2020FY", "2020Q2"),
        ("2022年前三季度(1-9月)", "2022Q3", "2022Q1-Q3"),
        ("本期金额(7-9月)", "2020Q3", "2020Q3"),
        ("持股数量", "2022H1", ""),
        ("本期", "", ""),
    ],
)
def test_a_head_says_when_its_cells_hold(head: str, period: str, expected: str) -> None:
    assert of_head(head, period) == expected


def test_units_stand_in_the_cell_the_label_the_head_or_the_table() -> None:
    table = "运营情况 指标 | 2021年 | 占比（%）"
    assert [cell[:3] for cell in told(row("出院患者（万人次）\t3.6\t41", table))] == [
        ("出院患者", "3.6", "万人次"),
        ("出院患者 占比", "41", "%"),
    ]
    assert told(row("床位使用率\t92.5%\t-", table))[0][1:3] == ("92.5", "%")


def test_a_share_is_not_in_the_money_of_its_table() -> None:
    table = "贷款 单位：亿元 行业 | 余额 | 占比"
    assert [unit for _, _, unit, _ in told(row("制造业\t56\t12.5", table, "2021FY"))] == ["亿元", ""]


@pytest.mark.parametrize(
    ("text", "table"),
    [
        ("电话\t010-12345678\t02312345678", "联系人和联系方式 | 董事会秘书 | 证券事务代表"),
        ("普通股\t600123", "股票简况 股票种类 | 股票代码"),
        ("会议\t2021-03-05", "会议情况 名称 | 召开日期"),
        ("资产减值\t不适用\t-", "单位：元 项目 | 2021年 | 2020年"),
    ],
)
def test_codes_telephones_and_dates_are_no_figures(text: str, table: str) -> None:
    assert told(row(text, table)) == []


def test_the_number_of_a_row_and_its_note_are_no_figures() -> None:
    table = "担保 序号 | 被担保方 | 附注 | 金额（万元）"
    assert told(row("3\t城东支行\t12\t450.00", table, "2021FY")) == [("城东支行", "450.00", "万元", "2021")]


def test_a_row_of_dates_heads_the_rows_below_it() -> None:
    table = "流动资产 单位：元"
    found = told(
        row("项目\t2022年9月30日\t2021年12月31日", "资产负债表 单位：元", "2022Q3"),
        row("货币资金\t500\t400", table, "2022Q3"),
    )
    assert found == [("货币资金", "500", "元", "2022-09-30"), ("货币资金", "400", "元", "2021-12-31")]


def test_a_second_column_without_a_head_has_no_date() -> None:
    found = told(row("货币资金\t500\t400", "流动资产 单位：元", "2022Q3"))
    assert [when for *_, when in found] == ["2022Q3", ""]


def test_the_parent_company_is_told_from_the_group() -> None:
    found = told(row("货币资金\t500", "母公司资产负债表 单位：元 项目 | 期末余额", "2021FY"))
    assert found == [("货币资金（母公司）", "500", "元", "2021")]


def test_sentences_in_a_cell_are_read_as_prose() -> None:
    statement = row("惠民\t全年建成便民网点120个，服务居民3.5万户。", "工作 事项 | 进展")
    found = [(fact.indicator, fact.value, fact.unit) for fact in facts(statement)]
    assert found == [("便民网点", "120", "个"), ("服务居民", "3.5", "万户")]
    assert all(statement.text[fact.start : fact.end] == fact.value + fact.unit for fact in facts(statement))


def test_of_columns_that_are_companies_only_its_own_is_read() -> None:
    statement = row("营业收入\t12.5\t9.8", "同业对比 单位：亿元 项目 | 江城银行 | 远海银行")
    owned = replace(statement, owners=(("江城银行", "江城银行"), ("远海银行", "远海银行")))
    assert told(owned) == [("营业收入", "12.5", "亿元", "")]


def test_a_sheet_has_title_and_unit_above_its_columns_and_units_in_a_column() -> None:
    table = "年报摘要 单位：百万元 一、会计数据 项目 | 一、会计数据 2023年 | 单位：百万元 同比变动"
    assert told(row("营业成本\t16,874.9\t8.0%", table)) == [
        ("营业成本", "16,874.9", "百万元", "2023"),
        ("营业成本 同比变动", "8.0", "%", "2023"),
    ]
    assert told(row("货运量\t万吨\t24.8", "运营数据 指标 | 单位 | 2023年")) == [
        ("货运量", "24.8", "万吨", "2023")
    ]
