"""A company has one name, however a text writes it; a list of one's own adds, merges and hides."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assistant import companies
from assistant.companies import Catalogue
from assistant.errors import SettingsError


def own(tmp_path: Path, text: str) -> Catalogue:
    path = tmp_path / "companies.txt"
    path.write_text(text, encoding="utf-8")
    return Catalogue.load(path)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("贵州移动新建基站", "贵州移动"),
        ("贵州省电信投入三亿元", "贵州电信"),
        ("遵义联通党员突击队", "遵义联通"),
        ("重慶聯通開通新基站", "重庆联通"),
        ("中国联合网络通信集团有限公司发布公告", "中国联通"),
        ("中国联合网络通信股份有限公司", "中国联通"),
        ("中国移动通信集团贵州有限公司", "贵州移动"),
        ("中国移动福建公司", "福建移动"),
        ("中国电信股份有限公司贵州分公司", "贵州电信"),
        ("中国联通贵州省分公司", "贵州联通"),
        ("联通云南省分公司", "云南联通"),
        ("中国电信新疆维吾尔自治区分公司", "新疆电信"),
        ("中国铁塔股份有限公司", "中国铁塔"),
        ("中国广播电视网络集团有限公司", "中国广电"),
        ("盐津联通", "盐津联通"),
        ("中国联通研究院", "中国联通研究院"),
        ("联通数字科技有限公司", "联通数科"),
        ("长江光缆股份有限公司", "长江光缆股份有限公司"),
        ("未知长江光缆股份有限公司", "长江光缆股份有限公司"),
        ("同意授权长江光缆股份有限公司", "长江光缆股份有限公司"),
        ("长江光缆(中国)有限公司", "长江光缆（中国）有限公司"),
        ("与长江光缆集团合作", "长江光缆集团"),
        ("武汉农商银行的网点", "武汉农商银行"),
        ("安澜银行发布业绩", "安澜银行"),
        ("华为技术有限公司", "华为"),
        ("HUAWEI的手机", "华为"),
        ("Yangtze Cable Corp. said", "Yangtze Cable Corp"),
        ("the report of Yangtze Cable Co., Ltd", "Yangtze Cable Co., Ltd"),
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
        "各商业银行和大型集团",
        "银行卡与银行贷款",
        "工业和信息化部、国务院国资委、中国人民银行",
        "上市公司、子公司和有限责任公司",
        "联通云盘里的照片",
        "提高通信能力",
        "Limited edition, Inc",
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


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("贵州移动遵义分公司", ["贵州移动", "遵义移动"]),
        ("上海电信北区分公司", ["上海电信", "上海电信北区分公司"]),
        ("长江光缆有限公司重庆市分公司", ["长江光缆有限公司", "长江光缆有限公司重庆分公司"]),
        ("招商银行北京分行", ["招商银行", "招商银行北京分行"]),
        ("中国移动各级分公司", ["中国移动"]),
        ("奉节县有山。重庆移动奉节分公司建站。", ["重庆移动", "奉节移动"]),
        ("重庆移动筹建分公司。", ["重庆移动"]),
    ],
)
def test_a_branch_behind_its_owner_is_a_company_of_its_own(text: str, names: list[str]) -> None:
    assert companies.find(text) == names


def test_a_date_before_a_name_is_no_part_of_it() -> None:
    assert companies.find("2022年大江银行开业，3月末远山医药集团成立。") == ["大江银行", "远山医药集团"]


def test_every_mention_counts() -> None:
    assert companies.mentions("贵州移动、贵州电信、贵州移动") == ["贵州移动", "贵州电信", "贵州移动"]


def test_spans_are_those_of_the_text() -> None:
    text = "昨日，贵州移动发布公告。"
    [(start, end, name)] = companies.spans(text)
    assert (text[start:end], name) == ("贵州移动", "贵州移动")


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("贵州移动遵义分公司投资多少？", ["遵义移动"]),
        ("中国联通旗下联通数科做什么？", ["联通数科"]),
        ("中国联通和联通云有什么不同？", ["中国联通", "联通云"]),
        ("贵州移动在京东开了什么店？", ["贵州移动"]),
        ("在京东开店要什么？", ["京东"]),
    ],
)
def test_a_question_asks_of_the_unit_and_not_of_its_group_or_the_place(
    question: str, asked: list[str]
) -> None:
    assert companies.base().asked(question) == asked


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


@pytest.mark.parametrize(
    ("name", "parent"),
    [
        ("贵州移动", "中国移动"),
        ("盐津联通", "中国联通"),
        ("中国联通研究院", "中国联通"),
        ("联通（贵州）产业互联网有限公司", "中国联通"),
        ("长江光缆有限公司重庆分公司", "长江光缆有限公司"),
        ("招商银行北京分行", "招商银行"),
        ("法国电信", ""),
        ("中国移动", ""),
        ("长江光缆有限公司", ""),
    ],
)
def test_a_company_belongs_to_its_group(name: str, parent: str) -> None:
    assert companies.base().parent_of(name) == parent


def test_very_many_mentions_are_found_at_once() -> None:
    assert len(companies.mentions("贵州移动与长江光缆有限公司，" * 5000)) == 10_000


def test_a_list_adds_merges_and_hides(tmp_path: Path) -> None:
    catalogue = own(
        tmp_path,
        "# 我的名单\n星海光电: 星海光电股份有限公司, Xinghai  # 供应商\n星海芯片 < 星海光电\n"
        "黔移：贵州移动\n- 长江光缆有限公司\n",
    )
    text = "星海光电股份有限公司、xinghai、星海芯片、贵州移动、长江光缆有限公司"
    assert catalogue.find(text) == ["星海光电", "星海芯片", "黔移"]
    assert (catalogue.parent_of("星海芯片"), catalogue.parent_of("黔移")) == ("星海光电", "")
    assert catalogue.forms_of("星海光电") == ("星海光电股份有限公司", "Xinghai")


def test_a_merged_company_takes_its_forms_and_parent_along(tmp_path: Path) -> None:
    catalogue = own(tmp_path, "数科公司: 联通数科\n")
    assert catalogue.find("联通数字科技有限公司") == ["数科公司"]
    assert catalogue.parent_of("数科公司") == "中国联通"


def test_a_list_does_not_change_the_one_that_ships(tmp_path: Path) -> None:
    own(tmp_path, "黔移: 贵州移动\n")
    assert companies.find("贵州移动") == ["贵州移动"]


def test_the_digest_tells_lists_apart_and_nothing_else(tmp_path: Path) -> None:
    first, again = own(tmp_path, "黔移: 贵州移动\n").digest, own(tmp_path, "黔移: 贵州移动\n").digest
    assert first == again
    assert len({first, own(tmp_path, "- 贵州移动\n").digest, Catalogue.load(None).digest}) == 3


def test_a_changed_list_is_loaded_anew(tmp_path: Path) -> None:
    path = tmp_path / "companies.txt"
    path.write_text("黔移: 贵州移动\n", encoding="utf-8")
    first = companies.current(path)
    assert companies.current(path) is first
    path.write_text("贵移: 贵州移动\n", encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert companies.current(path).find("贵州移动") == ["贵移"]


@pytest.mark.parametrize(
    "line",
    ["华", "a < b", "华: 华为技术有限公司", "星海云科技:", "星海光电: 星", "-", "- 星", "这一句话没有名字。"],
)
def test_a_line_that_says_nothing_is_named_with_its_number(tmp_path: Path, line: str) -> None:
    with pytest.raises(SettingsError, match=r"companies\.txt, line 2: write `"):
        own(tmp_path, f"# 名单\n{line}\n")


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00bad"])
def test_a_list_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "companies.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SettingsError, match=r"ASSISTANT_COMPANIES: .*companies\.txt cannot be read"):
        companies.current(path)
