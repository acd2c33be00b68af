"""A statement of a clear form becomes the question that asks for it; any other becomes none."""

from __future__ import annotations

from dataclasses import replace

import pytest
from passage_making import passage

from assistant.answering.asking import questions_of
from assistant.records import Metadata, Passage


def asked(said: Passage) -> list[str]:
    return [question.question for question in questions_of(said)]


@pytest.mark.parametrize(
    ("statement", "question"),
    [
        ("青海联通新建高原基站215个。", "青海联通新建了多少个高原基站？"),
        ("2019年，青海联通选派18名技术干部参与扶贫。", "青海联通选派了多少名技术干部？"),
        ("青海联通选派20名驻村扶贫干部扎根在扶贫第一线。", "青海联通选派了多少名驻村扶贫干部？"),
        ("青海联通累计向牧区拨付帮扶资金达21亿元。", "青海联通累计向牧区拨付了多少帮扶资金？"),
        ("2023年全球算力基础设施规模达到230EFlops。", "2023年全球算力基础设施规模是多少？"),
        ("青海联通移动用户同比增长8.3%。", "青海联通移动用户同比增长了多少？"),
        ("2020年4月28日，青海联通正式发布高原5G白皮书。", "青海联通是什么时候发布高原5G白皮书的？"),
        ("青海联通在西宁举办高原通信保障演练。", "青海联通是在哪里举办高原通信保障演练的？"),
        ("青海联通总经理王小明出席会议。", "青海联通的总经理是谁？"),
        ("青海联通打造“雪莲花”服务平台。", "青海联通的“雪莲花”服务平台是什么？"),
        ("青海联通坚持创新。资金帮扶方面，投入不断加大。", "青海联通在资金帮扶方面做了哪些工作？"),
        ("算力网络是指按需分配算力的新型基础设施。", "什么是算力网络？"),
        ("数字基础设施包括网络、算力和平台等。", "数字基础设施包括哪些内容？"),
        ("青海聯通新建高原基站215個。", "青海联通新建了多少个高原基站？"),
    ],
)
def test_a_clear_statement_becomes_its_question(statement: str, question: str) -> None:
    assert asked(passage(statement)) == [question]


@pytest.mark.parametrize(
    "statement",
    [
        "食堂每周供应红烧肉300份。",
        "其用户同比增长8.3%。",
        "同比增长8.3%。",
        "今年以来新建基站215个。",
        "青海联通的员工都很努力。",
        "该平台是一种新型服务平台。",
        "青海联通出席会议。",
        "青海联通建设投资1680万元。",
        "",
    ],
)
def test_a_statement_that_does_not_say_of_what_it_speaks_becomes_none(statement: str) -> None:
    assert asked(replace(passage(statement), companies=())) == []


def test_the_last_of_several_names_is_not_asked_for_alone() -> None:
    assert asked(passage("青海联通打造“雪莲花”“格桑花”两个服务平台。")) == []
    assert asked(passage("青海联通打造“雪莲花”、“格桑花”服务平台。")) == []


def test_a_heading_tells_how_its_company_does_something() -> None:
    about = replace(
        passage("举措如下。"), companies=("青海联通",), section="一、总体 › （二）为牧民群众提供优质网络"
    )
    assert asked(about) == ["青海联通如何为牧民群众提供优质网络？"]
    titled = replace(passage("举措如下。"), metadata=Metadata(title="青海联通助力牧区振兴"))
    assert asked(titled) == ["青海联通如何助力牧区振兴？"]
    slogan = replace(passage("举措如下。"), metadata=Metadata(title="青海联通推动工作取得新成效"))
    assert asked(slogan) == []


def test_a_row_of_a_report_is_asked_of_its_company_and_period() -> None:
    rows = replace(
        passage("项目\t本期\n营业收入\t1,762.6\n备注\t无"),
        table="主要数据 项目 本期",
        companies=("青海联通",),
        metadata=Metadata(period="2022H1"),
    )
    assert asked(rows) == ["青海联通2022年上半年的营业收入是多少？"]


def test_the_statement_that_a_question_was_made_from_is_known() -> None:
    said = passage("青海联通很忙。青海联通新建高原基站215个。")
    (question,) = questions_of(said)
    assert said.text[question.start - said.start : question.end - said.start] == "青海联通新建高原基站215个。"
