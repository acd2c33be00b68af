"""What people call a company whose full name a corpus has."""

from __future__ import annotations

import pytest

from assistant.companies import base
from assistant.companies.company_list import abridging
from assistant.companies.short_names import is_telling, short_names

NAMES = ["江州水务集团", "智谷科技有限公司", "广东交通集团", "安澜银行"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("江州水务去年供水多少？", ["江州水务集团"]),
        ("江州水务集团有限公司的水费", ["江州水务集团"]),
        ("江州水務的水費", ["江州水务集团"]),
        ("江州水务建设有限公司的投资", ["江州水务建设有限公司"]),
        ("江州水务局的职责是什么？", []),
        ("江州水务和智谷科技", ["江州水务集团", "智谷科技有限公司"]),
        ("广东交通事故有多少？", []),
        ("安澜银行的利润", ["安澜银行"]),
    ],
)
def test_a_short_name_means_the_company_and_gives_way_to_longer_names(text: str, named: list[str]) -> None:
    assert abridging(base(), NAMES).find(text) == named


def test_a_company_found_under_both_names_is_one() -> None:
    known = abridging(base(), ["智谷科技", "智谷科技有限公司"])
    assert known.find("智谷科技与智谷科技有限公司") == ["智谷科技有限公司"]
    assert known.name_of("智谷科技") == "智谷科技有限公司"
    assert known.names_of("智谷科技有限公司") == ("智谷科技有限公司", "智谷科技")


def test_what_two_companies_share_is_short_for_neither() -> None:
    names = ["长江光缆股份有限公司", "长江光缆集团", "清河热力有限公司"]
    assert short_names(names, lambda form: False) == {"清河热力": "清河热力有限公司"}
    assert short_names(names, lambda form: form == "清河热力") == {}


@pytest.mark.parametrize("name", ["交通运输", "广东交通", "王建平", "华虹"])
def test_a_word_a_person_and_a_trade_of_a_province_are_no_short_names(name: str) -> None:
    assert not is_telling(name)


def test_a_catalogue_changes_its_digest_with_its_short_names() -> None:
    assert abridging(base(), NAMES).digest != base().digest
    assert abridging(base(), NAMES).digest == abridging(base(), reversed(NAMES)).digest
