"""Answer, partial or refuse, and the fewest units that the verdict rests on."""

from __future__ import annotations

import pytest
from passage_making import found, passage, rarity

from assistant.answering.evidence.judgement import (
    CONFIDENCE,
    Judgement,
    answers,
    completed,
    confidence,
    judge,
)
from assistant.answering.evidence.ranked import rank
from assistant.answering.understanding.question import understand
from assistant.records import Passage, Verdict

NORTH = passage(
    "青海联通全年投入扶贫资金三百二十万元。青海联通新建高原基站215个。"
    "部分牧区大雪封山，光缆常被压断。为此，青海联通改用微波传输。"
)
SOUTH = passage("福建电信全年投入扶贫资金四百七十万元。")
REST = ("职工食堂供应红烧肉。", "图书馆周末照常开放。", "球队赢得了友谊赛。")


def judged(question: str, *passages: Passage) -> Judgement:
    query = understand(question, 200)
    return judge(query, rank(query, found(*passages), rarity(*(p.text for p in passages), *REST)))


def texts(judgement: Judgement) -> list[str]:
    return [evidence.unit.text for evidence in judgement.evidence]


def test_one_unit_that_answers_is_enough() -> None:
    judgement = judged("青海联通全年投入扶贫资金多少？", NORTH, SOUTH)
    assert judgement.verdict is Verdict.ANSWER
    assert texts(judgement) == ["青海联通全年投入扶贫资金三百二十万元。"]


@pytest.mark.parametrize(
    "question",
    [
        "四川移动全年投入扶贫资金多少？",
        "青海联通2018年投入扶贫资金多少？",
        "青海联通的股价是多少？",
        "篮球队的教练是谁？",
        "青海联通什么时候开通高原基站？",
    ],
)
def test_another_company_year_figure_or_subject_is_refused_without_evidence(question: str) -> None:
    assert judged(question, NORTH, SOUTH) == Judgement(Verdict.REFUSE)


def test_nothing_found_is_refused() -> None:
    assert judged("青海联通投入多少？") == Judgement(Verdict.REFUSE)


def test_a_comparison_takes_one_unit_for_each_company() -> None:
    judgement = judged("青海联通和福建电信全年各投入多少扶贫资金？", NORTH, SOUTH)
    assert judgement.verdict is Verdict.ANSWER
    assert [text[:4] for text in texts(judgement)] == ["青海联通", "福建电信"]
    assert judgement.missing == ()


def test_a_comparison_with_a_company_of_which_nothing_is_said_is_partial_and_names_it() -> None:
    judgement = judged("青海联通和四川移动全年各投入多少扶贫资金？", NORTH, SOUTH)
    assert (judgement.verdict, judgement.missing) == (Verdict.PARTIAL, ("四川移动",))
    assert [text[:4] for text in texts(judgement)] == ["青海联通"]


def test_a_comparison_of_companies_of_which_nothing_is_said_is_refused() -> None:
    assert judged("四川移动和海南铁塔各投入多少扶贫资金？", NORTH).verdict is Verdict.REFUSE


def test_a_sentence_that_speaks_of_both_companies_is_enough() -> None:
    both = passage("青海联通与福建电信共投入扶贫资金790万元。")
    assert texts(judged("青海联通与福建电信共投入多少扶贫资金？", both, SOUTH)) == [both.text]


def test_a_company_alone_is_answered_by_the_best_of_each_article_about_it() -> None:
    titled = [passage("青海联通新建基站215个。", "甲"), passage("青海联通开办夜校。", "乙"), SOUTH]
    assert len(judged("青海联通", *titled).evidence) == 2
    assert judged("四川移动", *titled).verdict is Verdict.REFUSE


def test_a_part_of_the_question_that_no_chosen_unit_answers_as_well_brings_its_own() -> None:
    one, part = (
        understand("青海联通全年投入扶贫资金多少？", 200),
        understand("青海联通新建多少个高原基站？", 200),
    )
    idf = rarity(NORTH.text, *REST)
    first = judge(one, rank(one, found(NORTH), idf))
    both = completed(first, part, rank(part, found(NORTH), idf))
    assert texts(both) == ["青海联通全年投入扶贫资金三百二十万元。", "青海联通新建高原基站215个。"]
    assert completed(both, part, rank(part, found(NORTH), idf)) == both
    assert completed(first, part, []) == first


def test_confidence_is_what_answers_is_decided_by() -> None:
    query = understand("青海联通全年投入扶贫资金多少？", 200)
    for evidence in rank(query, found(NORTH, SOUTH), rarity(NORTH.text, SOUTH.text, *REST)):
        assert 0 < confidence(query, evidence) < 1
        if answers(query, evidence):
            assert confidence(query, evidence) >= CONFIDENCE
            assert evidence.spans and not evidence.misses
