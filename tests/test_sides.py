"""A question of several years or periods is asked of each of them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from passage_making import found, passage, rarity

from assistant.answering.evidence.judgement import Judgement, judge
from assistant.answering.evidence.ranked import Evidence, rank
from assistant.answering.evidence.sides import Side, beside, sides_of, tells_of
from assistant.answering.understanding.question import Query, understand
from assistant.records import Hint, HintKind, Passage, Verdict

REST = ("职工食堂供应红烧肉。", "图书馆周末照常开放。", "球队赢得了友谊赛。")


def report(period: str, title: str, text: str) -> Passage:
    made = passage(text, title)
    return replace(made, metadata=replace(made.metadata, period=period))


FIRST = report("2022Q1", "青海联通2022年第一季度报告", "应收账款增长是受政企业务收入占比增加的影响。")
THIRD = report("2022Q3", "青海联通2022年第三季度报告", "应收账款增长是因为部分客户回款期有所拉长。")
QUARTERS = "2022年第一季度和第三季度，青海联通应收账款增长的原因是什么？"


def ranked(query: Query, *passages: Passage) -> list[Evidence]:
    return rank(query, found(*passages), rarity(*(p.text for p in passages), *REST))


def judged(question: str, *passages: Passage) -> Judgement:
    query = understand(question, 200)
    return beside(query, judge(query, ranked(query, *passages)), lambda side: ranked(side, *passages))


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("2019年和2020年营业收入分别是多少？", ["2019年", "2020年"]),
        (QUARTERS, ["2022年第一季度", "2022年第三季度"]),
        ("2021年上半年和2022年上半年利润各是多少？", ["2021年上半年", "2022年上半年"]),
        ("2019年、2020年、2021年用户数各有多少？", ["2019年", "2020年", "2021年"]),
    ],
)
def test_each_year_or_period_is_a_side(question: str, labels: list[str]) -> None:
    assert [side.label for side in sides_of(understand(question, 200))] == labels


@pytest.mark.parametrize(
    "question",
    [
        "2020年营业收入是多少？",
        "2019年至2021年营业收入增长多少？",
        "2020年营业收入比2019年增长多少？",
    ],
)
def test_one_year_a_span_and_a_comparison_have_no_sides(question: str) -> None:
    assert sides_of(understand(question, 200)) == ()


def test_a_side_is_asked_without_the_others() -> None:
    first, second = sides_of(understand("2019年和2020年营业收入分别是多少？", 200))
    assert "2020" not in first.query.text and "2019" not in second.query.text


def test_each_side_gets_the_evidence_of_its_own_report() -> None:
    judgement = judged(QUARTERS, FIRST, THIRD)
    assert judgement.verdict is Verdict.ANSWER
    assert [evidence.unit.passage for evidence in judgement.evidence] == [FIRST, THIRD]


def test_a_side_of_which_nothing_is_said_is_named() -> None:
    judgement = judged(QUARTERS, THIRD)
    assert (judgement.verdict, judgement.missing) == (Verdict.PARTIAL, ("2022年第一季度",))


def test_a_sentence_that_tells_of_all_sides_is_enough() -> None:
    both = passage("青海联通2019年营业收入100万元，2020年营业收入120万元。")
    judgement = judged("青海联通2019年和2020年营业收入分别是多少？", both)
    assert [evidence.unit.text for evidence in judgement.evidence] == [both.text]


def test_no_side_at_all_leaves_the_refusal() -> None:
    judgement = judged("青海联通2019年和2020年营业收入分别是多少？", passage("职工食堂供应红烧肉。"))
    assert judgement.verdict is Verdict.REFUSE


@pytest.mark.parametrize(
    ("text", "period", "hint", "told"),
    [
        ("2020年收入100万元。", "", "2020", True),
        ("2019年收入100万元。", "2020FY", "2020", False),
        ("收入100万元。", "2020FY", "2020", True),
        ("收入100万元。", "2020Q1", "2020", False),
        ("收入100万元。", "2020Q1", "2020Q1", True),
        ("收入100万元。", "2020Q1", "2020Q3", False),
        ("2020年第三季度收入100万元。", "2020FY", "2020Q3", True),
    ],
)
def test_a_unit_tells_of_what_it_says_else_of_what_its_document_reports_on(
    text: str, period: str, hint: str, told: bool
) -> None:
    made = passage(text)
    held = replace(made, metadata=replace(made.metadata, title="报告", period=period))
    (evidence,) = ranked(understand("收入多少？", 200), held)
    kind = HintKind.YEAR if len(hint) == 4 else HintKind.PERIOD
    assert tells_of(evidence, Side("", understand("收入多少？", 200), Hint(kind, hint))) is told


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("青海联通在酉山、彭江分别建了多少个站点？", ["酉山", "彭江"]),
        ("2022年第一季度报告中，应收账款和合同资产的变动原因分别是什么？", ["应收账款", "合同资产"]),
        ("青海联通2020年固网用户、4G用户和5G用户各有多少？", ["固网用户", "4G用户", "5G用户"]),
        ("青海联通营业收入和净利润增长了多少？", ["营业收入", "净利润"]),
        ("青海联通和福建电信分别投入多少？", []),
        ("青海聯通營業收入和淨利潤分別是多少？", ["營業收入", "淨利潤"]),
        ("青海联通的营业收入是多少？", []),
    ],
)
def test_each_thing_is_a_side(question: str, labels: list[str]) -> None:
    sides = sides_of(understand(question, 200))
    assert [side.label for side in sides] == labels
    for side in sides:
        assert not any(other in side.query.text for other in labels if other != side.label)


def test_things_that_stand_apart_are_quoted_both_and_one_that_is_not_there_is_named() -> None:
    income, gain = passage("青海联通营业收入是100万元。"), passage("青海联通净利润是20万元。")
    question = "青海联通营业收入和净利润分别是多少？"
    judgement = judged(question, income, gain)
    assert {evidence.unit.text for evidence in judgement.evidence} == {income.text, gain.text}
    assert judged(question, income).missing == ("净利润",)
