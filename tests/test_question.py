"""A question read: what kind of thing it asks for, of whom, of when, in which unit, in which words."""

from __future__ import annotations

import pytest

from assistant.answering.understanding.interrogatives import Field, Kind
from assistant.answering.understanding.question import Query, parts_of, understand
from assistant.errors import QuestionError


def read(text: str) -> Query:
    return understand(text, 200)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("投入了多少资金？", Kind.AMOUNT),
        ("派出了几名干部？", Kind.AMOUNT),
        ("覆盖率占比", Kind.AMOUNT),
        ("基站什么时候开通？", Kind.DATE),
        ("哪一年成立的？", Kind.DATE),
        ("谁担任组长？", Kind.PERSON),
        ("指挥中心在哪里？", Kind.PLACE),
        ("在哪些村开通了？", Kind.PLACE),
        ("有没有建成平台？", Kind.YES_NO),
        ("如何保障通信？", Kind.MANNER),
        ("采取了哪些措施？", Kind.MANNER),
        ("开办了哪些服务？", Kind.LIST),
        ("哪几家公司参加？", Kind.LIST),
        ("潮信通是什么？", Kind.DEFINITION),
        ("为什么改用微波？", Kind.REASON),
        ("為什麼改用微波？", Kind.REASON),
        ("微波传输", Kind.OTHER),
    ],
)
def test_the_kind_of_thing_asked_for_is_known(text: str, kind: Kind) -> None:
    assert read(text).kind is kind


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("投入了多少资金？", "元|块"),
        ("用户数同比增长了多少？", "%|个?百分点|倍|成"),
        ("距离县城多少公里？", "公里|千米|里|米|k?m(?![a-z])"),
        ("接入了多少艘渔船？", "艘"),
        ("下载速率达到多少mb？", "mb"),
        ("惠及多少户？", "户"),
        ("今年多大年纪？", "岁"),
        ("派出了几名干部，培训了多少人次？", "人|名|位|户|个|人次"),
        ("投资多少元和建成多少个基站？", ""),
        ("谁担任组长？", ""),
        ("青海联通新增了多少辆抢修车？", "辆"),
        ("青海联通新增多少座基站？", "座"),
        ("青海联通减少了多少吨排放？", "吨"),
        ("青海联通收入增长了多少？", "%|个?百分点|倍|成"),
    ],
)
def test_the_units_of_every_amount_asked_for_are_known_or_none(text: str, unit: str) -> None:
    assert read(text).unit == unit


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("这篇文章的作者是谁？", Field.AUTHOR),
        ("青海联通的报道是谁写的？", Field.AUTHOR),
        ("《牧区来信》是什么时候发表的？", Field.PUBLISHED),
        ("哪家报纸刊登了这篇报道？", Field.PUBLISHER),
        ("这篇报道的标题是什么？", Field.TITLE),
        ("平台是什么时候发布的？", None),
        ("这份方案是哪个部门发布的？", None),
        ("谁担任组长？", None),
    ],
)
def test_only_what_is_asked_of_an_article_is_a_field(text: str, field: Field | None) -> None:
    assert read(text).field is field


def test_companies_and_years_are_named_and_not_among_the_words() -> None:
    query = read("2020年青海联通和中国移动福建公司的资金投入各是多少？")
    assert query.companies == ("青海联通", "福建移动")
    assert query.years == ("2020",)
    assert query.terms == ("资金", "投入", "资金投入")
    assert query.figures == {"2020"}


def test_what_a_question_says_only_to_ask_is_not_among_the_words() -> None:
    assert read("请问昂拉基站到底是什么时候开通的？").terms == ("昂拉", "基站", "开通")


def test_a_traditional_question_has_the_words_of_the_simplified_one() -> None:
    traditional, simplified = read("青海聯通為何改用微波傳輸？"), read("青海联通为何改用微波传输？")
    assert traditional.traditional and not simplified.traditional
    assert (traditional.terms, traditional.companies) == (simplified.terms, simplified.companies)


def test_quoted_names_and_mixed_words_must_be_matched_exactly() -> None:
    assert read("“潮信通”支持5G-A和10000号吗？").anchors == ("5g-a", "10000", "潮信通")


def test_names_are_entities_but_companies_and_regions_are_not() -> None:
    assert read("青海联通的王建国在青海做什么？").entities == ("王建国",)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("青海联通有哪些便民服务？", "便民服务"),
        ("2020年青海联通的建设资金是多少？", "建设资金"),
        ("昂拉基站是什么时候开通的？", "昂拉基站"),
    ],
)
def test_the_noun_phrase_next_to_the_interrogative_is_known(text: str, phrase: str) -> None:
    assert read(text).phrase == phrase


def test_the_words_next_to_the_interrogative_are_in_focus() -> None:
    focus = read("面对冬季大雪封山的困难，青海联通一共新建了多少个基站？").focus
    assert {"新建", "基站"} <= focus
    assert "冬季" not in focus


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("青海联通2020年投资多少？何时完工？", ["青海联通2020年投资多少", "青海联通2020年何时完工"]),
        ("派出几名干部，培训多少人次？", ["派出几名干部", "培训多少人次"]),
        ("投入和收入分别是多少？", []),
        ("面对困难，投资多少？", []),
        ("投资多少？投资多少？", []),
        ("几人？几天？几次？几项？几个？", ["几人", "几天", "几次", "几项"]),
    ],
)
def test_two_questions_in_one_are_taken_apart_with_what_they_share(text: str, parts: list[str]) -> None:
    assert parts_of(read(text)) == parts


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "空"), (" \n\t", "空"), ("\0\0", "空"), ("\ud800", "空"), ("？！……", "文字"), ("😀", "文字")],
    ids=ascii,
)
def test_nothing_asked_is_said_to_be_nothing(text: str, said: str) -> None:
    with pytest.raises(QuestionError, match=said):
        read(text)


def test_a_question_over_the_limit_is_refused_with_both_lengths() -> None:
    with pytest.raises(QuestionError, match="201.*200"):
        read("长" * 201)
    assert read("长" * 200).text == "长" * 200


def test_control_characters_surrogates_and_line_breaks_are_dropped() -> None:
    assert read(" 青海\0联通\ud800投入\n多少？ ").text == "青海 联通投入 多少？"
