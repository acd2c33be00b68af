"""The figures that statements state: value, unit, what they are figures of; in prose."""

from __future__ import annotations

import pytest

from assistant.briefing.figures.facts import facts
from assistant.briefing.material import Fact, Statement
from assistant.records import Metadata, Passage


def stated(text: str, company: str = "", section: str = "", before: str = "") -> list[Fact]:
    passage = Passage("p", "d.txt", 0, text, 0, len(text), Metadata(published="2021-03-05"), section)
    return list(facts(Statement(passage, text, 0, len(text), company, before=before)))


def triples(text: str, company: str = "", **more: str) -> list[tuple[str, str, str]]:
    return [(fact.indicator, fact.value, fact.unit) for fact in stated(text, company, **more)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全年门诊量达到36.8万人次。", [("门诊量", "36.8", "万人次")]),
        ("公司对山区学校投入助学资金450万元。", [("助学资金", "450", "万元")]),
        ("选派12名驻村医生到基层工作。", [("驻村医生", "12", "名")]),
        ("医院现有床位1,200张。", [("床位", "1,200", "张")]),
        ("截至2020年底，该行不良贷款率较2019年降幅已达15.2%。", [("不良贷款率较2019年降幅", "15.2", "%")]),
        ("新建高铁站26座，铺设轨道380公里。", [("新建高铁站", "26", "座"), ("铺设轨道", "380", "公里")]),
        ("新增30个社区医院。", [("新增社区医院", "30", "个")]),
        ("调集应急救护车40台支援。", [("调集应急救护车", "40", "台")]),
        ("集团增设安检通道24条。", [("增设安检通道", "24", "条")]),
        ("总投资86亿元的新院区主体结构已封顶。", [("新院区主体结构投资", "86", "亿元")]),
        ("投产110千伏及以上线路1460公里。", [("投产110千伏及以上线路", "1460", "公里")]),
        ("示范站日均充电量9800千瓦时。", [("示范站日均充电量", "9800", "千瓦时")]),
        ("保障航班起降15.7万架次。", [("保障航班起降", "15.7", "万架次")]),
        ("组立铁塔612基。", [("组立铁塔", "612", "基")]),
        ("走进6个县。", [("县", "6", "个")]),
        ("頻寬增至100MHz。", [("頻寬", "100", "MHz")]),
    ],
)
def test_a_figure_is_named_by_the_noun_phrase_it_belongs_to(
    text: str, expected: list[tuple[str, str, str]]
) -> None:
    assert triples(text) == expected


def test_the_company_and_the_date_are_no_part_of_the_name() -> None:
    (fact,) = stated("2020年，江城银行普惠贷款余额达96.5亿元。", "江城银行")
    assert (fact.indicator, fact.value, fact.unit, fact.as_of) == ("普惠贷款余额", "96.5", "亿元", "2020")


def test_what_stands_in_the_text_is_found_where_value_and_unit_stand() -> None:
    text = "全年为患者减免费用 80 余万元。"
    (fact,) = stated(text)
    assert (fact.value, fact.unit) == ("80", "万元")
    assert text[fact.start : fact.end] == "80 余万元"


@pytest.mark.parametrize(
    "text",
    [
        "第15批医疗队抵达，5G急救车和4K手术室投入使用。",
        "拨打95599热线或10086号。",
        "2019年5月17日14:30召开会议。",
        "推进“1+3+N”布局和8+3行动计划。",
        "印发《铁路三年行动计划（2020-2022年）》。",
        "坚定“四个自信”，服务千家万户。",
        "文件见〔2020〕12号。",
    ],
)
def test_names_dates_and_ordinals_are_no_figures(text: str) -> None:
    assert triples(text) == []


def test_a_rate_of_change_is_that_of_the_indicator_before() -> None:
    assert triples("货运量达到520万吨，同比增长8.6%。") == [
        ("货运量", "520", "万吨"),
        ("货运量同比增长", "8.6", "%"),
    ]


def test_several_values_in_a_row_belong_to_several_names() -> None:
    assert triples("门诊和住院平均费用降幅达12.4%和9.8%。") == [
        ("门诊平均费用降幅", "12.4", "%"),
        ("住院平均费用降幅", "9.8", "%"),
    ]


def test_the_members_of_an_enumeration_are_told_apart() -> None:
    assert triples("共有车站45个，其中客运站28个、货运站17个。") == [
        ("车站", "45", "个"),
        ("客运站", "28", "个"),
        ("货运站", "17", "个"),
    ]


def test_what_people_are_judged_to_be_is_told_with_what_was_judged() -> None:
    assert triples("在2020年度技能考核中8名为优秀、5名为合格。") == [
        ("技能考核为优秀", "8", "名"),
        ("技能考核为合格", "5", "名"),
    ]


def test_a_range_is_one_figure() -> None:
    (fact,) = stated("单笔授信3-5万元。")
    assert (fact.value, fact.unit) == ("3-5", "万元")


def test_the_words_of_the_source_are_kept_in_its_own_writing() -> None:
    assert triples("新增普惠客戶總數60.8萬戶。") == [("新增普惠客戶總數", "60.8", "萬戶")]


def test_what_a_clause_speaks_of_completes_a_bare_name() -> None:
    assert triples("“江小惠”平台持续升级，全年实现收入3.2亿元。") == [("“江小惠”平台收入", "3.2", "亿元")]


def test_counts_in_characters_are_figures_where_they_count_something() -> None:
    assert triples("成立六个攻关小组，新增两家支行。") == [("攻关小组", "六", "个"), ("新增支行", "两", "家")]


def test_a_rank_is_a_figure_and_a_bare_ordinal_is_not() -> None:
    (fact,) = stated("存款规模位列全省第3名，第二批试点启动。")
    assert (fact.value, fact.unit) == ("3", "名")


def test_targets_are_told_from_results() -> None:
    reached, aimed = stated("今年已建成网点120个，力争明年达到300个。")
    assert not reached.is_plan
    assert aimed.is_plan


@pytest.mark.parametrize("text", ["达到35%。", "累计120个，", "共3000余人。", "（约500万元）", "”28 个”"])
def test_a_name_is_never_empty(text: str) -> None:
    assert all(fact.indicator for fact in stated(text, section="铁路建设"))
    assert stated(text, section="铁路建设")


@pytest.mark.parametrize(
    ("text", "company", "before", "expected"),
    [
        ("公司一季度营收5.4亿元。", "", "", [("营收", "5.4", "亿元")]),
        ("集团全年票款收入4.8亿元。", "", "", [("票款收入", "4.8", "亿元")]),
        (
            "站均租户数由成立之初的1.1户提升到1.6户。",
            "",
            "",
            [("站均租户数", "1.1", "户"), ("站均租户数", "1.6", "户")],
        ),
        ("本次召回涉及产品12.6万盒。", "", "", [("召回产品", "12.6", "万盒")]),
        (
            "而在2021年底，这一数字还是2.2万个。",
            "",
            "累计建成充电桩3.4万个，比上年新增1.1万个；",
            [("充电桩", "2.2", "万个")],
        ),
        ("其中大江移动3.3万个。", "大江移动", "全省基站总数达到8.4万个，", [("基站总数", "3.3", "万个")]),
        ("换电柜总数力争达到3500个。", "", "", [("换电柜总数", "3500", "个")]),
    ],
)
def test_no_company_time_or_pronoun_is_the_name_of_a_figure(
    text: str, company: str, before: str, expected: list[tuple[str, str, str]]
) -> None:
    assert triples(text, company, before=before) == expected
