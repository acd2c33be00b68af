"""Sources that disagree over one time, corrections, denials; sentences on several companies."""

from __future__ import annotations

import pytest

from assistant.briefing.figures.differing import differing, kind_of
from assistant.briefing.figures.facts import all_facts, facts
from assistant.briefing.figures.merging import merged
from assistant.briefing.material import Fact, Statement
from assistant.records import Metadata, Passage
from assistant.records.briefings import ConflictKind


def said(text: str, document: str, published: str = "", period: str = "") -> list[Statement]:
    passage = Passage(document, document, 0, text, 0, len(text), Metadata("", published, period=period))
    found, start = [], 0
    for sentence in text.split("\n"):
        end = start + len(sentence)
        found.append(Statement(passage, sentence, start, end, "江州港务", year=int(published[:4] or 0)))
        start = end + 1
    return found


def conflicts(*documents: list[Statement]) -> list[tuple[ConflictKind, set[str]]]:
    groups = merged(all_facts([statement for statement in sum(documents, [])]))
    return [(kind_of(found), {group[0].value for group in found}) for found in differing(groups)]


def test_a_year_that_is_told_again_differently_is_a_disagreement() -> None:
    first = said("2021年，江州港务完成吞吐量1286.4万吨。", "甲.txt", "2022-01-18")
    second = said("2022年完成吞吐量1352.8万吨，较2021年的1284.9万吨增长5.3%。", "乙.txt", "2023-02-09")
    ((kind, found),) = conflicts(first, second)
    assert kind is ConflictKind.DISAGREEMENT
    assert {"1286.4", "1284.9"} <= found


def test_a_report_and_the_press_may_disagree() -> None:
    press = said("2022年，船舶平均在港时间5.36小时。", "甲.txt", "2023-02-09")
    report = said("2022年，船舶平均在港时间5.63小时。", "年报.docx", "2023-05-30", "2022FY")
    assert conflicts(press, report) == [(ConflictKind.DISAGREEMENT, {"5.36", "5.63"})]


def test_a_correction_is_held_against_what_it_corrects_and_what_was_wrong_is_no_fact() -> None:
    paper = said("今年5月，江州港务旅客吞吐量48.6万人次，同比增长11.4%。", "报.txt", "2024-06-18")
    correction = said(
        "昨日报道中，5月旅客吞吐量“48.6万人次”有误，应为46.8万人次，同比增速应为7.3%。",
        "更正.txt",
        "2024-06-20",
    )
    assert [fact.value for statement in correction for fact in facts(statement)] == ["46.8", "7.3"]
    found = conflicts(paper, correction)
    assert (ConflictKind.DISAGREEMENT, {"48.6", "46.8"}) in found
    assert (ConflictKind.DISAGREEMENT, {"11.4", "7.3"}) in found


def test_a_denial_is_held_against_the_rumour_in_one_document() -> None:
    text = (
        "有自媒体称“江州港务2024年一季度净亏损3.8亿元”，公司予以否认。\n"
        "公告称，2024年一季度归属于母公司股东的净亏损1.27亿元。"
    )
    assert conflicts(said(text, "甲.txt", "2024-06-20")) == [(ConflictKind.DISAGREEMENT, {"3.8", "1.27"})]


def test_a_target_and_one_amount_in_two_units_are_no_conflict() -> None:
    result = said("2023年，江州港务实现营业收入184.62亿元。", "甲.txt", "2024-07-15")
    again = said("2023年，营业收入18,462.3百万元。", "乙.txt", "2024-03-30")
    target = said("2023年，公司计划实现营业收入175亿元。", "丙.txt", "2023-01-15")
    assert conflicts(result, again, target) == []


def values(text: str, company: str) -> list[Fact]:
    passage = Passage("p", "d.txt", 0, text, 0, len(text), Metadata())
    return list(facts(Statement(passage, text, 0, len(text), company)))


@pytest.mark.parametrize(
    ("company", "expected"),
    [("远航电信", ["38", "36.1"]), ("海天电信", ["30", "31.4"]), ("中国铁通", ["28", "32.7"])],
)
def test_of_several_companies_in_turn_each_has_its_own(company: str, expected: list[str]) -> None:
    text = "远航、海天、铁通5G用户分别为38万户、30万户、28万户，渗透率依序为36.1%、31.4%与32.7%。"
    found = values(text, company)
    assert [fact.value for fact in found] == expected
    assert [fact.indicator for fact in found] == ["5G用户", "渗透率"]


def test_a_value_that_is_held_against_is_that_of_the_other_company() -> None:
    text = "远航电信每户收入为546元，高于建设银行的521元及中国石油的509元。"
    assert [fact.value for fact in values(text, "远航电信")] == ["546"]
    assert len(values("占比为12%，高于全国平均的8%。", "远航电信")) == 2
