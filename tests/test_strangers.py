"""A company that a question asks about and nobody knows."""

from __future__ import annotations

import pytest

from assistant.answering.evidence.strangers import stranger
from assistant.answering.understanding.question import understand

NAMED = ["安澜银行", "江州水务集团", "清河热力有限公司"]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("平安银行的净利润是多少？", "平安银行"),
        ("2023年平安银行净利润是多少？", "平安银行"),
        ("请问宁波热力的供热面积是多少？", "宁波热力"),
        ("成都水务供水量是多少？", "成都水务"),
        ("清河水务的客服热线是多少？", "清河水务"),
        ("清河公司的客服热线是多少？", ""),
        ("安澜银行的净利润是多少？", ""),
        ("江州水务供水量是多少？", ""),
        ("银行的净利润是多少？", ""),
        ("该银行的净利润是多少？", ""),
        ("哪家银行的净利润最高？", ""),
        ("推进水务改革花了多少钱？", ""),
        ("绿色银行的贷款有多少？", ""),
    ],
)
def test_a_name_of_the_same_kind_that_the_text_does_not_hold_is_another_company(
    question: str, found: str
) -> None:
    assert stranger(understand(question, 200), NAMED, "绿色银行的建设") == found


@pytest.mark.parametrize(
    ("question", "around", "found"),
    [
        ("手机银行的月活用户有多少？", "手机客户端月活用户130万", ""),
        ("个人银行的贷款余额是多少？", "个人贷款余额320亿元", ""),
        ("手机银行的月活用户有多少？", "客户端月活用户130万", "手机银行"),
        ("成都水务供水量是多少？", "总部设在成都，供水量4.5亿立方米", "成都水务"),
    ],
)
def test_a_plain_word_that_the_text_has_too_makes_no_name(question: str, around: str, found: str) -> None:
    assert stranger(understand(question, 200), NAMED, around) == found


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("宁波供电公司投资了多少？", "宁波供电公司"),
        ("旗下公司有多少家？", ""),
        ("上市公司的股东有多少？", ""),
    ],
)
def test_a_company_is_of_one_kind_with_no_other_just_for_being_one(question: str, found: str) -> None:
    assert stranger(understand(question, 200), ["临州供电公司", "青禾公司"], "") == found


def test_what_ends_a_name_and_is_no_word_is_no_kind() -> None:
    question = understand("义乌小商品城的营业收入是多少？", 200)
    assert stranger(question, ["浙江中国小商品城集团"], "") == ""


def test_an_operator_is_told_by_rules_of_its_own() -> None:
    assert stranger(understand("农村电信普遍服务投资多少？", 200), ["重庆电信"], "") == ""
