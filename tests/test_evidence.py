"""Units of passages ranked by what speaks for them."""

from __future__ import annotations

import pytest
from passage_making import found, passage, rarity

from assistant.answering.evidence.ranked import Evidence, rank
from assistant.answering.understanding.question import understand
from assistant.records import Passage


def ranked(question: str, *passages: Passage) -> list[Evidence]:
    idf = rarity(*(p.text for p in passages), "职工食堂供应红烧肉。", "图书馆周末照常开放。")
    return rank(understand(question, 200), found(*passages), idf)


def best(question: str, *passages: Passage) -> Evidence:
    return ranked(question, *passages)[0]


FIGURES = passage("青海联通在高原建网。全年投入资金三百二十万元，新建基站215个。去年投入资金很多。")


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("投入了多少资金？", "全年投入资金三百二十万元，新建基站215个。"),
        ("谁在高原建网？", "青海联通在高原建网。"),
    ],
)
def test_the_unit_that_holds_the_words_and_a_value_of_the_kind_comes_first(question: str, text: str) -> None:
    assert best(question, FIGURES).unit.text == text


def test_a_unit_without_a_value_falls_behind_one_that_has_it() -> None:
    first, *_, last = ranked("投入资金多少元？", FIGURES)
    assert first.spans and not last.spans
    assert first.score > last.score


def test_the_value_nearest_to_the_words_of_the_question_is_named_first() -> None:
    evidence = best("新建了多少个基站？", FIGURES)
    start, end = evidence.spans[0]
    assert evidence.unit.text[start:end] == "215个"


def test_a_word_that_stands_often_around_a_value_counts_once() -> None:
    evidence = best("建立了多少个基站？", passage("全乡建立基站45个，其中4G基站28个、2G基站17个。"))
    start, end = evidence.spans[0]
    assert evidence.unit.text[start:end] == "45个"


def test_what_contradicts_the_question_is_told_and_falls_behind() -> None:
    right, wrong = passage("青海联通投入资金50万元。"), passage("四川电信投入资金90万元。")
    ordered = ranked("青海联通投入资金多少？", wrong, right)
    assert [e.unit.passage for e in ordered] == [right, wrong]
    assert [e.misses for e in ordered] == [(), ("青海联通",)]


def test_title_and_byline_passages_are_no_evidence() -> None:
    assert ranked("谁写的青海联通？", passage("青海联通在高原 记者 孟繁星", front=True)) == []


def test_words_around_the_unit_count_for_its_coverage_but_are_not_held() -> None:
    evidence = ranked("高原铁路沿线投资多少？", passage("高原铁路沿线天气寒冷。投资86万元。"))
    unit = next(e for e in evidence if e.spans)
    assert unit.coverage > unit.held > 0
    assert unit.matched == {"投资"}


def test_the_script_of_a_text_does_not_matter() -> None:
    simplified = best("投入资金多少？", passage("联通投入资金五十万元。"))
    traditional = best("投入資金多少？", passage("聯通投入資金五十萬元。"))
    assert (simplified.coverage, simplified.held, simplified.spans) == (
        traditional.coverage,
        traditional.held,
        traditional.spans,
    )


def test_a_passage_that_the_retriever_put_first_wins_a_tie() -> None:
    one, other = passage("甲站投资86万元。", "b"), passage("乙站投资86万元。", "a")
    assert best("投资多少？", one, other).unit.passage is one
    assert best("投资多少？", other, one).unit.passage is other


def test_no_passages_give_no_evidence() -> None:
    assert ranked("投资多少？") == []


def test_a_question_of_company_and_asking_words_alone_can_be_ranked() -> None:
    assert best("青海联通呢？", FIGURES).coverage <= 1.0


def test_shares_lie_between_nothing_and_everything() -> None:
    for evidence in ranked("青海联通全年投入资金多少、新建基站多少个？", FIGURES):
        assert 0 <= evidence.held <= evidence.coverage <= 1
