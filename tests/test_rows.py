"""A row of a table answers as what it is: cells under heads."""

from __future__ import annotations

from dataclasses import replace

import pytest
from passage_making import found, passage, rarity

from assistant.answering.evidence.judgement import judge
from assistant.answering.evidence.ranked import Evidence, rank
from assistant.answering.understanding.question import understand
from assistant.records import Passage

CHANGES = replace(
    passage(
        "项目\t变动比例\t主要原因\n存货\t96.6\t终端到货量增加\n其他负债\t-68.1\t主要由于偿还了票据\n"
        "预付款\t12.5\t35.2",
        "贵州铁塔2022年第一季度报告",
    ),
    table="指标变动情况 项目 | 变动比例 | 主要原因",
)
QUARTERS = replace(
    passage("\t第一季度\t第二季度\t第三季度\n营业收入\t8,902\t8,723\t8,771", "贵州铁塔2022年年度报告"),
    table="分季度数据 单位：万元 第一季度 | 第二季度 | 第三季度",
)
PROSE = passage("报告期内，贵州铁塔经营情况总体平稳，各项工作稳步推进。", "贵州铁塔2022年第一季度报告")


def chosen(question: str, *passages: Passage) -> list[Evidence]:
    query = understand(question, 200)
    texts = [f"{p.text} {p.table} {p.metadata.title}" for p in passages]
    return list(judge(query, rank(query, found(*passages), rarity(*texts))).evidence)


def test_a_row_answers_with_the_words_of_its_heads() -> None:
    (best,) = chosen("贵州铁塔存货变动的主要原因是什么？", CHANGES, PROSE)
    assert best.unit.text == "存货\t96.6\t终端到货量增加"


@pytest.mark.parametrize(
    "question",
    ["商誉变动的主要原因是什么？", "预付款变动的主要原因是什么？"],
    ids=["no row", "figures alone"],
)
def test_a_row_of_something_else_or_of_figures_alone_gives_no_reason(question: str) -> None:
    assert chosen(question, CHANGES, PROSE) == []


@pytest.mark.parametrize(("quarter", "figure"), [("一", "8,902"), ("二", "8,723"), ("三", "8,771")])
def test_the_figure_in_the_column_asked_for_is_marked(quarter: str, figure: str) -> None:
    (best,) = chosen(f"贵州铁塔2022年第{quarter}季度营业收入是多少元？", QUARTERS, PROSE)
    first, last = best.spans[0]
    assert best.unit.text[first:last] == figure


def test_a_figure_under_a_head_of_another_unit_is_not_the_amount_asked_for() -> None:
    people = replace(QUARTERS, table=QUARTERS.table.replace("万元", "人"))
    assert chosen("贵州铁塔2022年第二季度营业收入是多少元？", people, PROSE) == []


def test_an_empty_cell_does_not_shift_the_columns() -> None:
    holed = replace(QUARTERS, text=QUARTERS.text.replace("8,902", ""))
    (best,) = chosen("贵州铁塔2022年第二季度营业收入是多少元？", holed, PROSE)
    first, last = best.spans[0]
    assert best.unit.text[first:last] == "8,723"
