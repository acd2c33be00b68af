"""What a text of a talk names."""

from __future__ import annotations

import pytest
from passage_making import rarity

from assistant.answering.understanding.enumerations import enumerated
from assistant.answering.understanding.mentions import Names, Sort, Titles, names_in_title


def found(text: str, *titles: str, names: Names | None = None) -> list[tuple[str, Sort]]:
    known = frozenset(name for title in titles for name in names_in_title(title))
    return [(m.name, m.sort) for m in (names or Names(titles=lambda: known)).find(text)]


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("青海联通投入了多少？", [("青海联通", Sort.COMPANY)]),
        ("昂拉基站是谁维护的？", [("昂拉基站", Sort.THING)]),
        ("“潮信通”有多少用户？", [("潮信通", Sort.THING)]),
        ("5G-A什么时候商用？", [("5G-A", Sort.THING)]),
        ("奉节县平安乡距离县城多远？", [("奉节县平安乡", Sort.PLACE)]),
        ("门票要多少钱？", []),
    ],
)
def test_companies_things_and_places_are_found_by_the_words_alone(
    text: str, mentions: list[tuple[str, Sort]]
) -> None:
    assert found(text) == mentions


def test_the_longest_title_is_the_one_that_is_named() -> None:
    assert found("松风馆东楼怎么走？", "松风馆", "松风馆东楼") == [("松风馆东楼", Sort.TITLE)]


def test_a_company_that_is_a_title_too_stays_a_company() -> None:
    assert found("青海联通的基站", "青海联通") == [("青海联通", Sort.COMPANY)]


def test_a_title_gives_the_names_in_it_and_no_sentence_or_date() -> None:
    assert names_in_title("望月楼（观星台）") == {"望月楼(观星台)", "望月楼", "观星台"}
    assert names_in_title("望月楼（新）") == {"望月楼(新)", "望月楼"}
    assert names_in_title("聚焦主业，再上台阶") == set()
    assert names_in_title("2023年") == set()


def test_what_only_looks_like_a_person_must_occur_in_the_index() -> None:
    assert found("尹显智的职务是什么？", names=Names(idf=rarity("尹显智任书记"))) == [("尹显智", Sort.PERSON)]
    assert found("尹显智的职务是什么？", names=Names(idf=rarity("别的内容"))) == []


def test_a_rare_title_counts_for_more_than_a_common_one() -> None:
    idf = rarity("网络", "网络", "网络", "松风馆的网络")
    titled = Names(titles=lambda: frozenset(("网络", "松风馆")), idf=idf).titled("松风馆的网络如何？")
    assert 0 < titled["网络"] < titled["松风馆"] <= 1


def test_titles_are_read_again_only_when_the_index_has_changed() -> None:
    held, read = ["松风馆"], 0
    generation = 1

    def titles() -> list[str]:
        nonlocal read
        read += 1
        return held

    names = Titles(titles, lambda: generation)
    assert (names(), names(), read) == (frozenset(("松风馆",)), frozenset(("松风馆",)), 1)
    held.append("望月楼")
    generation = 2
    assert (names(), read) == (frozenset(("松风馆", "望月楼")), 2)


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("投入资金280万元，涉及李子园、柑橘园和路灯改造等项目。", ("李子园", "柑橘园", "路灯改造")),
        ("聚焦酉阳、彭水、巫溪、城口4个区县。", ("酉阳", "彭水", "巫溪", "城口")),
        ("对手是中国移动、中国电信。", ("中国移动", "中国电信")),
        ("今年投入280万元。", ()),
    ],
)
def test_an_enumeration_gives_its_items_without_what_stands_around_them(
    text: str, items: tuple[str, ...]
) -> None:
    assert enumerated(text) == items
