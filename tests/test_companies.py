"""A company has one name, however a text writes it."""

from __future__ import annotations

import pytest

from assistant import companies


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("贵州移动新建基站", "贵州移动"),
        ("贵州省电信投入三亿元", "贵州电信"),
        ("遵义联通党员突击队", "遵义联通"),
        ("重慶聯通開通新基站", "重庆联通"),
        ("中国联合网络通信集团有限公司发布公告", "中国联通"),
        ("中国移动通信集团贵州有限公司", "贵州移动"),
        ("中国电信股份有限公司贵州分公司", "贵州电信"),
        ("中国联通贵州省分公司", "贵州联通"),
        ("中国铁塔股份有限公司", "中国铁塔"),
        ("中国广播电视网络集团有限公司", "中国广电"),
        ("贵州移动遵义分公司", "贵州移动"),
        ("长江光缆股份有限公司", "长江光缆股份有限公司"),
    ],
)
def test_every_form_gives_one_name(text: str, name: str) -> None:
    assert companies.find(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "随着移动互联网的发展",
        "贵州移动物联网应用大赛",
        "贵州电信行业满意度",
        "电信普遍服务试点",
        "防范电信网络诈骗",
        "全国有线电视网络整合",
        "国家广电总局",
        "与世界联通",
        "山上的铁塔",
        "他移动了桌子",
        "",
    ],
)
def test_a_common_word_is_no_company(text: str) -> None:
    assert companies.find(text) == []


def test_names_come_once_in_the_order_of_first_mention() -> None:
    assert companies.find("四川电信与贵州移动合作，贵州移动出资，四川电信施工。") == ["四川电信", "贵州移动"]


def test_two_firms_joined_by_and_are_two() -> None:
    assert companies.find("长江光缆有限公司与黄河通讯有限公司签约") == [
        "长江光缆有限公司",
        "黄河通讯有限公司",
    ]


def test_every_mention_counts() -> None:
    assert companies.mentions("贵州移动、贵州电信、贵州移动") == ["贵州移动", "贵州电信", "贵州移动"]


def test_spans_are_those_of_the_text() -> None:
    text = "昨日，贵州移动发布公告。"
    [(start, end, name)] = companies.spans(text)
    assert (text[start:end], name) == ("贵州移动", "贵州移动")


def test_a_text_is_about_whom_it_names_most() -> None:
    texts = ["贵州移动开新局。贵州移动建基站。", "贵州移动也与遵义电信合作。", "村民点赞贵州移动。"]
    assert companies.about(texts) == ("贵州移动",)


def test_a_company_of_the_title_counts() -> None:
    assert companies.about(["村民用上了宽带。"], "贵州联通进山来") == ("贵州联通",)


def test_a_text_without_companies_is_about_none() -> None:
    assert companies.about(["村民用上了宽带。"]) == ()
    assert companies.about([]) == ()


def test_a_name_falls_into_region_and_brand() -> None:
    assert (companies.region_of("贵州移动"), companies.brand_of("贵州移动")) == ("贵州", "移动")
    assert (companies.region_of("长江光缆有限公司"), companies.brand_of("长江光缆有限公司")) == ("", "")


def test_very_many_mentions_are_found_at_once() -> None:
    assert len(companies.mentions("贵州移动与长江光缆有限公司，" * 5000)) == 10_000
