"""Companies without a legal form are told by what texts say of them, in any trade, and nothing else is."""

from __future__ import annotations

import pytest

from assistant.companies import base
from assistant.companies.resolution import read
from assistant.folding import fold


def named(text: str) -> list[str]:
    """Each company that the text names, once, in order."""
    return list(dict.fromkeys(name for _, _, name in read(text, base()).spans))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("翠微航空发布年报。", ["翠微航空"]),
        ("今年，翠微航空实现营业收入三亿元。", ["翠微航空"]),
        ("翠微航空公布年报。大家看好翠微航空。", ["翠微航空"]),
        ("翠微航空公布年报。翠微表示，明年扭亏。", ["翠微航空"]),
        ("翠微航空江阳分公司投产。翠微航空公布年报。", ["翠微航空江阳分公司", "翠微航空"]),
        ("江阳供电公司把灯送到村里。", ["江阳供电公司"]),
        ("下属江阳建造公司作了发言。", ["江阳建造公司"]),
        ("泸江重工完成产值三亿元。", ["泸江重工"]),
        ("GreenFox Foods发布年报。GreenFox Foods计划扩产。", ["GreenFox Foods"]),
        ("岚汐之光2023年营收三亿元。岚汐之光净利润一亿元。", ["岚汐之光"]),
        ("GreenFox Foods现有员工90人。", []),  # once is too little for foreign words
        ("北方之光总经理王建国到会。北方之光发布年报。北方之光宣布扩产。", ["北方之光"]),
        ("翠微航空發布年報。", ["翠微航空"]),
        ("企业\t销量\n翠微汽车\t三万辆\n光速动力\t两万辆\n", ["翠微汽车", "光速动力"]),
    ],
)
def test_a_name_that_is_treated_as_a_companys_is_one(text: str, names: list[str]) -> None:
    assert named(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "通用航空完成飞行三万小时。",
        "三大电信发布年报。",
        "国内电信完成投资。",
        "上市公司发布年报。",
        "省公司发布年报。",
        "该航空公司发布年报。",
        "大家说起翠微航空。",
        "翠微航空器完成检修。",
        "浙江农业完成播种。",
        "江阳市教育局发布公告。",
        "海外市场营收三亿元。海外市场营收四亿元。",
        "网络业务总经理王建国到会。网络业务发布年报。网络业务宣布扩产。",
        "项目\t金额\n翠微之家\t三亿元\n光速动力\t两亿元\n",
        "公司名称\t某某\n法定代表人\t王建国\n注册地址\t江阳市\n",
        "大家喜欢Green Tea。大家常喝Green Tea。",
    ],
)
def test_what_only_sounds_like_a_company_is_none(text: str) -> None:
    assert named(text) == []


def test_a_group_is_told_by_the_stem_that_its_branches_share() -> None:
    assert base().parent_of("国网泸阳供电公司") == "国家电网"
    assert base().parent_of("国网江阳电力") == "国家电网"
    assert base().parent_of("国网信息技术有限公司") == ""


def test_a_book_on_a_trade_names_no_operator() -> None:
    assert named("《中国移动通信史》出版。") == []
    assert named("中国移动通信业务增长。") == ["中国移动"]


def test_hostile_text_is_read_in_time() -> None:
    for text in ("在" * 9000, "在于" * 4000, "Ab " * 6000, "企业\t1\n" * 2000):
        assert read(text, base()).folded == fold(text)
