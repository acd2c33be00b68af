"""A company is found by any form of its name, and one that is not there is told with those near it."""

from __future__ import annotations

import pytest

from assistant.briefing.naming import Directory
from assistant.companies import Catalogue, base
from assistant.companies.company_list import Row, Surveys
from assistant.errors import CompanyError, worded
from assistant.records.briefings import Branch

ROWS: list[Row] = [
    ("a", ("贵州移动",), "贵州移动建站。"),
    ("a", ("遵义移动",), "贵州移动遵义分公司建站。"),
    ("a", ("中国移动",), "中国移动投资，华为参与，松风馆揭牌。"),
    ("b", ("贵州电信",), "贵州电信建站。"),
    ("b", ("大江银行",), "大江银行股份有限公司放贷。"),
    ("b", ("大江银行江阳分行",), "大江银行江阳分行放贷。"),
    ("b", ("大江银行江阳分行",), "大江银行江阳分行揽储。"),
    ("b", ("台头煤焦有限责任公司",), "台头煤焦有限责任公司采煤。"),
]


def directory(catalogue: Catalogue | None = None) -> Directory:
    catalogue = catalogue or base()
    return Directory(Surveys(lambda: 1, lambda: ROWS, catalogue), catalogue)


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("贵州移动", "贵州移动"),
        ("貴州移動", "贵州移动"),
        (" 贵州 移动公司 ", "贵州移动"),
        ("移动贵州分公司", "贵州移动"),
        ("移动贵州公司", "贵州移动"),
        ("中国移动通信集团贵州有限公司", "贵州移动"),
        ("贵州移动遵义分公司", "遵义移动"),
        ("China Mobile", "中国移动"),
        ("移动", "中国移动"),
        ("请总结贵州电信", "贵州电信"),
        ("大江银行股份有限公司", "大江银行"),
        ("台头煤", "台头煤焦有限责任公司"),
        ("大江银行江阳分行", "大江银行江阳分行"),
        ("台头煤焦", "台头煤焦有限责任公司"),
    ],
)
def test_any_form_of_a_name_gives_the_company(form: str, name: str) -> None:
    assert directory().company(form).name == name


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("贵州联通", ["贵州电信", "贵州移动"]),
        ("四川移动", ["中国移动", "贵州移动", "遵义移动"]),
        ("贵州电信毕节分公司", ["贵州电信"]),
        ("大江银行汉水分行", ["大江银行", "大江银行江阳分行"]),
        ("某某酒家", []),
    ],
)
def test_a_company_that_is_not_there_is_told_with_the_nearest(name: str, nearest: list[str]) -> None:
    with pytest.raises(CompanyError) as caught:
        directory().company(name)
    assert list(caught.value.nearest) == nearest
    assert not caught.value.is_mentioned
    assert "\n" not in str(caught.value)
    assert all(near in str(caught.value) for near in nearest)


@pytest.mark.parametrize("name", ["华为", "松风馆"])
def test_what_is_only_mentioned_is_told_with_how_often(name: str) -> None:
    with pytest.raises(CompanyError, match=f"“{name}”只在 1 段文字中被提到") as caught:
        directory().company(name)
    assert caught.value.is_mentioned


def test_a_place_is_no_company_and_no_name_is_asked_for() -> None:
    with pytest.raises(CompanyError, match="贵州"):
        directory().company("贵州")
    with pytest.raises(CompanyError, match="请写出"):
        directory().company(" \n")


def test_the_message_is_in_the_language_asked_for() -> None:
    with pytest.raises(CompanyError, match="only mentioned, in 1 passage.s.; none is about it"), worded("en"):
        directory().company("华为")
    with pytest.raises(CompanyError) as caught:
        directory().company("贵州联通")
    near = 'Nothing in the documents is about "贵州联通"; near it: 贵州电信, 贵州移动.'
    assert caught.value.said("en") == near and caught.value.said("zh") == str(caught.value)


def test_branches_of_every_level_come_most_named_first() -> None:
    assert directory().branches("大江银行") == (Branch("大江银行江阳分行", 2),)
    own = Catalogue("\n".join(["移动 = 中国移动", "遵义移动 < 贵州移动"]))
    assert directory(catalogue=own).branches("中国移动") == (Branch("贵州移动", 1), Branch("遵义移动", 1))
    assert directory(catalogue=own).branches("贵州移动") == (Branch("遵义移动", 1),)
    assert directory().branches("贵州电信") == ()
