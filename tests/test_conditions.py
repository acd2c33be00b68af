"""What a question names and evidence must not contradict: companies, years, exact names."""

from __future__ import annotations

import pytest
from passage_making import passage, rarity

from assistant.answering.evidence.conditions import absent_names, contradictions, known_names_of
from assistant.answering.evidence.units import units_of
from assistant.answering.understanding.question import understand
from assistant.records import Passage


def missed(question: str, where: Passage, at: int = 0) -> tuple[str, ...]:
    query = understand(question, 200)
    names = known_names_of(query.entities, rarity(where.text))
    unit = units_of(where)[at]
    return contradictions(query, unit, absent_names(query, where, names)).all


@pytest.mark.parametrize(
    ("where", "lacking"),
    [
        (passage("青海联通投入三百万元。"), ()),
        (passage("青海联通投入三百万元。该公司建成基站十座。"), ()),
        (passage("公司投入三百万元。", "青海联通在高原"), ()),
        (passage("公司投入三百万元。", "高原纪事", section="青海联通"), ()),
        (passage("青海移动投入三百万元。"), ("青海联通",)),
        (passage("青海移动投入三百万元。", "青海联通在高原"), ("青海联通",)),
        (passage("四川联通投入三百万元。"), ("青海联通",)),
        (passage("全行业投入三百万元。"), ("青海联通",)),
    ],
)
def test_evidence_must_be_of_the_company_asked_about(where: Passage, lacking: tuple[str, ...]) -> None:
    assert missed("青海联通投入了多少？", where) == lacking


def test_a_sentence_about_another_company_in_the_passage_of_the_right_one_does_not_count() -> None:
    where = passage("青海联通建成基站。四川电信投入三百万元。")
    assert missed("青海联通投入了多少？", where, at=1) == ("青海联通",)


@pytest.mark.parametrize(
    ("where", "lacking"),
    [
        (passage("2020年投入三百万元。"), ()),
        (passage("投入三百万元。2020年完工。"), ()),
        (passage("投入三百万元。", "2020全年答卷"), ()),
        (passage("投入三百万元。", published="2020-05-06"), ()),
        (passage("2019—2020年投入三百万元。"), ()),
        (passage("2019年投入三百万元。"), ("2020",)),
        (passage("2019年投入三百万元。2020年完工。"), ("2020",)),
        (passage("投入三百万元。"), ("2020",)),
        (passage("投入2020万元。"), ("2020",)),
    ],
)
def test_evidence_must_be_of_the_year_asked_about(where: Passage, lacking: tuple[str, ...]) -> None:
    assert missed("2020年投入了多少？", where) == lacking


def test_quoted_names_and_mixed_words_must_stand_around_exactly() -> None:
    assert missed("“潮信通”支持5G吗？", passage("“潮信通”已支持 5G。")) == ()
    assert missed("“潮信通”支持5G吗？", passage("“潮汛通”已支持4G。")) == ("5g", "潮信通")


def test_a_quoted_name_may_be_broken_by_blanks() -> None:
    assert missed("“10000号尊享班组”获奖了吗？", passage("“10000 号尊享班组”获奖。")) == ()


def test_a_person_asked_about_must_be_spoken_of() -> None:
    assert missed("王建国负责什么？", passage("王建国负责维护。")) == ()
    assert missed("王建国负责什么？", passage("李秀英负责维护。")) == ("王建国",)


def test_names_are_known_when_every_part_of_them_is_in_the_index() -> None:
    idf = rarity("罗志远负责维护。", "王建国去了。")
    assert known_names_of(["罗志远", "赵铁柱"], idf) == {"罗志远"}
