"""The order of a briefing's figures: what a reader wants first."""

from __future__ import annotations

from assistant.briefing.figures.ordering import by_weight
from assistant.briefing.material import Fact, Statement
from assistant.records import Metadata, Passage

BANK = "江州银行"


def fact(name: str, value: str, unit: str, as_of: str = "", *, company: str = BANK, **more: bool) -> Fact:
    passage = Passage("p", "d.txt", 0, name, 0, len(name), Metadata())
    statement = Statement(passage, name, 0, len(name), company, is_row=more.pop("is_row", False))
    return Fact(statement, name, value, unit, as_of, 0, 1, **more)


def ordered(*facts: Fact) -> list[str]:
    return [
        f"{group[0].indicator} {group[0].as_of}".strip() for group in by_weight([(f,) for f in facts], BANK)
    ]


def test_what_is_given_year_after_year_comes_first_and_of_it_the_newest() -> None:
    assert ordered(
        fact("理财客户", "3", "万户", "2023"),
        fact("净利润", "8", "亿元", "2021"),
        fact("净利润", "9", "亿元", "2022"),
    ) == ["净利润 2022", "净利润 2021", "理财客户 2023"]


def test_rows_targets_and_what_is_of_others_follow() -> None:
    assert ordered(
        fact("行", "1", "亿元", is_row=True),
        fact("集团净利润", "1", "亿元", company="江州集团"),
        fact("目标", "1", "亿元", is_plan=True),
        fact("贷款余额", "1", "亿元"),
    ) == ["贷款余额", "目标", "集团净利润", "行"]


def test_money_shares_and_large_counts_come_before_small_counts() -> None:
    assert ordered(fact("网点", "12", "个"), fact("不良率", "1.2", "%"), fact("客户", "3", "万户")) == [
        "不良率",
        "客户",
        "网点",
    ]


def test_noughts_and_shareholders_cells_come_last_of_the_rows() -> None:
    assert ordered(
        fact("其他", "0", "元", is_row=True),
        fact("甲基金 持股比例", "3", "%", is_row=True),
        fact("存款", "5", "亿元", is_row=True),
    ) == ["存款", "其他", "甲基金 持股比例"]
