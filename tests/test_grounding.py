"""Figures, dates, names and quotes of a sentence are looked for in its evidence."""

from __future__ import annotations

import pytest

from assistant.answering.verifying.grounding import grounded, missing


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("投入1,680万元。", "总投资1680万元"),
        ("投入1.68千万元。", "总投资1680万元"),
        ("投入１２.５亿元。", "总投资125000万元"),
        ("投入280 万元。", "投入280万元"),
        ("增长２２．６％。", "增长22.6%"),
        ("增长百分之二十二点六。", "增长22.60%"),
        ("拉动0.3个百分点。", "拉动0.3百分点"),
        ("派出两万人。", "派出2万名干部"),
        ("服务55万人次。", "服务55万余人次"),
        ("坚持四个原则。", "坚持“4个原则”"),
        ("覆盖18个乡镇。", "覆盖18乡镇"),
        ("超过5500户。", "超过5500户线"),
        ("带宽100Mbps。", "带宽 100 Mbps"),
        ("建成5G网络。", "建成5G-A网络"),
        ("营收280万元。", "单位：万元\n营收 280 300"),
        ("距离3公里。", "距离3千米"),
        ("8+3行动计划。", "8+3行动计划落地"),
        ("投入300万元至500万元。", "投入300-500万元"),
        ("增长10%~15%。", "增长10—15%"),
        ("增长3.5%。", "增长2.5-3.5%"),
        ("约投入280万元。", "投入280余万元"),
        ("占千分之三。", "占3‰"),
        ("占三分之一。", "占三分之一"),
        ("增长2倍。", "增长两倍"),
        ("没有数字的句子。", "别的"),
        ("一个地区十分满意，千家万户受益。", "别的"),
    ],
)
def test_a_figure_of_the_same_value_and_unit_is_found(sentence: str, evidence: str) -> None:
    assert missing(sentence, [evidence]) == []


@pytest.mark.parametrize(
    ("sentence", "evidence", "absent"),
    [
        ("投入280万元。", "投入1280万元", "280万元"),
        ("投入280万元。", "覆盖280万户", "280万元"),
        ("投入280元。", "投入280万元", "280元"),
        ("增长2.6%。", "增长22.6%", "2.6%"),
        ("增长22.6%。", "增长22.6个百分点", "22.6%"),
        ("增长3190亿元。", "增长3190.4亿元", "3190亿元"),
        ("共19年。", "共119年", "19年"),
        ("坚持五个原则。", "坚持四个原则", "五个"),
        ("建成5G基站。", "建成4G基站", "5g"),
        ("投入354元。", "投入354,943元", "354元"),
        ("十四五期间。", "十三五期间", "十四五"),
        ("投入400-500万元。", "投入300-500万元", "400万元"),
        ("近300万元。", "投入280万元", "300万元"),
        ("投入1.2亿美元。", "投入1.2亿元", "1.2亿美元"),
        ("提高2.1个百分点。", "提高2.1%", "2.1个百分点"),
        ("增长200%。", "增长2倍", "200%"),
        ("占三成。", "占30%", "三成"),
        ("占千分之三。", "占5‰", "千分之三"),
        ("占三分之二。", "占三分之一", "三分之二"),
    ],
)
def test_a_figure_that_is_only_alike_is_missing(sentence: str, evidence: str, absent: str) -> None:
    assert missing(sentence, [evidence]) == [absent]


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("2019年完成。", "截至2019年底"),
        ("2019年完成。", "2019/1/22 14:56"),
        ("2019年1月22日发布。", "2019-01-22"),
        ("2019年1月22日发布。", "2019.1.22"),
        ("1月22日发布。", "2019 年 1 月 22 日"),
        ("2020年5月启动。", "二〇二〇年五月"),
        ("2018年到2020年。", "2018-2020年"),
        ("2019年1月22日发布。", "发布于2019年。活动在1月22日举行"),
        ("3月至5月举行。", "3—5月举行"),
        ("2021年至2023年。", "2021-2023年"),
    ],
)
def test_a_date_is_found_by_the_parts_it_gives(sentence: str, evidence: str) -> None:
    assert grounded(sentence, [evidence])


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("2019年完成。", "2018年完成"),
        ("2019年1月23日发布。", "2019-01-22"),
        ("2019年2月发布。", "2019/1/22"),
        ("2019年1月22日发布。", "2018年1月22日与2019年5月"),
        ("2019年完成。", "共12019户"),
    ],
)
def test_another_date_is_missing(sentence: str, evidence: str) -> None:
    assert not grounded(sentence, [evidence])


def test_names_are_compared_in_folded_form() -> None:
    assert grounded("聯通投资。", ["重庆联通投资"], ["聯通"])
    assert missing("移动投资。", ["联通投资"], ["重庆移动"]) == ["重庆移动"]


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("建成“云上果园”平台。", "建成「雲上果園」平台"),
        ('建成"云上果园"平台。', "云上果园平台"),
        ("他说：“网络是生命线，要保畅通。”", "他说，网络是 生命线,要保\n畅通！"),
        ("他说“网络是……要保畅通”。", "网络是生命线，要保畅通"),
        ("提出“三个‘一’工程”。", "提出三个“一”工程"),
        ("报道称“投入1,680万元”。", "投入1680万元"),
        ('“”与五寸（5"）屏幕。', "5"),
    ],
)
def test_a_quote_is_found_whatever_its_marks_width_and_script(sentence: str, evidence: str) -> None:
    assert missing(sentence, ["别的", evidence]) == []


@pytest.mark.parametrize(
    ("sentence", "evidence", "absent"),
    [
        ("建成“天上果园”平台。", ["云上果园"], ["天上果园"]),
        ("他说：“网络不是生命线。”", ["他说网络是生命线"], ["网络不是生命线。"]),
        ("他说“网络是……不保畅通”。", ["网络是生命线，要保畅通"], ["不保畅通"]),
        ("他说“网络是命脉", ["网络是生命线"], ["网络是命脉"]),
        ("“甲”与“乙”。", ["甲"], ["乙"]),
        ("“增长三成多”。", ["增长三", "成多"], ["增长三成多"]),
    ],
)
def test_a_quote_that_no_text_holds_is_missing(sentence: str, evidence: list[str], absent: list[str]) -> None:
    assert missing(sentence, evidence)[-1:] == absent


def test_evidence_may_be_spread_over_several_texts_but_a_figure_not() -> None:
    assert grounded("2019年投入280万元。", ["投入280万元", "2019-01-22"])
    assert not grounded("投入1280万元。", ["编号1", "280万元"])


def test_without_evidence_every_figure_is_missing() -> None:
    assert missing("2019年投入280万元。", []) == ["2019年", "280万元"]
