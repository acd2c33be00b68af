"""Which questions ask for a summary or a comparison, and of whom; all others are left to the search."""

from __future__ import annotations

import pytest

from assistant.briefing.requests.request import Request, RequestKind, request_of
from assistant.companies import base
from assistant.records import Turn


def asked(question: str, *history: tuple[str, str]) -> Request | None:
    return request_of(question, base(), [Turn(*turn) for turn in history])


def summed_up(question: str, *history: tuple[str, str]) -> tuple[str, ...]:
    request = asked(question, *history)
    return request.companies if request and request.kind is RequestKind.SUMMARY else ()


def compared(question: str, *history: tuple[str, str]) -> tuple[str, ...]:
    request = asked(question, *history)
    return request.companies if request and request.kind is RequestKind.COMPARISON else ()


@pytest.mark.parametrize(
    ("question", "company"),
    [
        ("请总结青海联通", "青海联通"),
        ("总结一下福建电信的情况", "福建电信"),
        ("麻烦你帮我概括一下海南移动的主要工作吧", "海南移动"),
        ("介绍一下青海铁塔", "青海铁塔"),
        ("给我一份福建电信的简报", "福建电信"),
        ("写个海南移动的小结", "海南移动"),
        ("把青海联通总结一下", "青海联通"),
        ("请对青海联通做个总结", "青海联通"),
        ("关于海南移动，请做一个简要的总结", "海南移动"),
        ("青海联通概况", "青海联通"),
        ("青海联通的情况怎么样？", "青海联通"),
        ("海南移动都做了什么？", "海南移动"),
        ("我想了解一下福建电信", "福建电信"),
        ("請總結福建電信", "福建电信"),
        ("总结中国电信福建分公司", "福建电信"),
        ("summarize China Telecom", "中国电信"),
        ("Please give me a short overview of China Tower.", "中国铁塔"),
        ("请总结华夏银行", "华夏银行"),
        ("帮我梳理一下大江集团有限公司", "大江集团"),
        ("请用三句话总结海南移动公司", "海南移动"),
        ("资料里关于福建电信都说了些什么？", "福建电信"),
        ("青海联通这家公司怎么样", "青海联通"),
    ],
)
def test_a_summary_is_asked_for_in_many_words(question: str, company: str) -> None:
    assert summed_up(question) == (company,)


@pytest.mark.parametrize(
    ("question", "companies"),
    [
        ("对比青海联通和福建电信", ("青海联通", "福建电信")),
        ("比较一下青海联通、福建电信和海南移动", ("青海联通", "福建电信", "海南移动")),
        ("青海联通与福建电信有什么不同？", ("青海联通", "福建电信")),
        ("青海联通和福建电信的区别", ("青海联通", "福建电信")),
        ("把青海联通、福建电信放在一起比较", ("青海联通", "福建电信")),
        ("青海联通 VS 福建电信", ("青海联通", "福建电信")),
        ("将青海联通与福建电信对比一下", ("青海联通", "福建电信")),
        ("总结青海联通和福建电信", ("青海联通", "福建电信")),
        ("Compare China Mobile with China Telecom", ("中国移动", "中国电信")),
        ("对比招商银行和华夏银行", ("招商银行", "华夏银行")),
    ],
)
def test_a_comparison_is_asked_for_in_many_words(question: str, companies: tuple[str, ...]) -> None:
    assert compared(question) == companies


@pytest.mark.parametrize(
    "question",
    [
        "青海联通总结了哪些经验？",
        "福建电信的扶贫工作有什么成效",
        "海南移动总结会什么时候开的",
        "总结会",
        "罗志远介绍了什么",
        "介绍一下罗志远",
        "介绍一下云上果园平台",
        "对比2018年资费降幅多少",
        "青海联通和福建电信的建设投入分别是多少",
        "青海联通和福建电信谁的基站多",
        "比较一下青海联通和福建电信的投资额",
        "海南移动",
        "福建电信有什么不同",
        "青海联通做了哪些建网工作",
        "看看青海联通投了多少钱",
        "谁介绍了青海联通的情况？",
        "总结青海联通2020年的业绩",
        "总结青海联通的净利润",
        "总结所有公司",
        "总结一下这篇文章",
        "你好",
        "",
        "请总结一下",
        "总结" + "青海联通" * 60,
    ],
)
def test_any_other_question_is_no_request(question: str) -> None:
    assert asked(question) is None


@pytest.mark.parametrize(
    ("question", "are_included"),
    [
        ("总结中国联通，包括分公司", True),
        ("总结中国联通（含分公司）", True),
        ("总结中国联通及其分公司", True),
        ("Summarize China Unicom including its branches", True),
        ("总结中国联通，不含分公司", False),
        ("总结中国联通", False),
    ],
)
def test_branches_are_included_where_that_is_said(question: str, *, are_included: bool) -> None:
    assert asked(question) == Request(RequestKind.SUMMARY, ("中国联通",), branches=are_included)


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("总结福建电信的扶贫工作", "扶贫工作"),
        ("概括一下青海联通的5G建设", "5G建设"),
        ("海南移动培训果农方面的小结", "培训果农"),
        ("对比青海联通和福建电信的网络建设", "网络建设"),
    ],
)
def test_a_topic_is_what_is_left_beside_the_companies(question: str, topic: str) -> None:
    request = asked(question)
    assert request
    assert request.topic == topic


def test_an_unknown_name_may_be_a_companys_and_one_that_ends_like_one_is() -> None:
    assert asked("请总结东方航空") == Request(RequestKind.SUMMARY, ("东方航空",))
    assert asked("请总结贵州茅台") == Request(RequestKind.SUMMARY, ("贵州茅台",), is_guess=True)


TALK = ("请总结青海联通", "青海联通概要 · 福建电信也来过[1]。")


def test_what_is_left_unsaid_is_taken_from_the_turns_before() -> None:
    assert summed_up("请总结一下", ("青海联通投入了多少？", "三百万元[1]。")) == ("青海联通",)
    assert summed_up("总结一下", ("谁投入最多？", "海南移动投入三百万元[1]。")) == ("海南移动",)
    assert compared("和福建电信比较一下", TALK) == ("青海联通", "福建电信")
    assert compared("对比一下它们", ("对比青海联通和福建电信", "…")) == ("青海联通", "福建电信")


def test_another_company_behind_a_summary_is_summed_up_too() -> None:
    request = asked("那福建电信呢？", ("总结青海联通的网络建设", "青海联通概要"))
    assert request == Request(RequestKind.SUMMARY, ("福建电信",), topic="网络建设", is_referring=True)
    assert summed_up("海南移动怎么样", TALK, ("那福建电信呢？", "福建电信概要")) == ("海南移动",)


def test_another_company_behind_a_question_is_asked_about_and_not_summed_up() -> None:
    assert asked("那福建电信呢？", ("青海联通投入了多少？", "三百万元[1]。")) is None
    assert asked("那福建电信呢？", TALK, ("它投入了多少？", "三百万元[1]。")) is None
    assert asked("福建电信怎么样", ("青海联通投入了多少？", "三百万元[1]。")) is None


@pytest.mark.parametrize("question", ["它的网络建设呢？", "网络建设方面怎么样", "总结一下它的网络建设"])
def test_a_topic_behind_a_summary_is_one_of_its_company(question: str) -> None:
    request = asked(question, TALK, ("有多少基站？", "215个[1]。"))
    assert request
    assert (request.companies, request.topic, request.is_referring) == (("青海联通",), "网络建设", True)


@pytest.mark.parametrize("question", ["它的净利润呢？", "它投入了多少呢？", "它为什么这样做呢？", "谢谢"])
def test_a_question_behind_a_summary_is_no_request(question: str) -> None:
    assert asked(question, TALK) is None
