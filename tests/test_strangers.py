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


def test_an_operator_is_told_by_rules_of_its_own() -> None:
    assert stranger(understand("农村电信普遍服务投资多少？", 200), ["重庆电信"], "") == ""
