"""Documents that speak of many: volumes of news, tables of companies, hospitals."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from assistant.records.briefings import Briefing
from assistant.service import Assistant
from assistant.settings import Settings

VOLUME = "\n".join(
    (
        "云湖资讯汇编",
        "",
        "临海水务集团管网改造过半",
        "（2022年3月2日 云湖新闻）临海水务集团公布，去年改造管网48公里，供水量1.9亿吨。"
        "临海大学水务学院当年培训学员730人。相比之下，青河水务去年供水量2.6亿吨。",
        "",
        "PedalGo订单翻番",
        "（2022年5月9日 云湖新闻）本地互联网企业PedalGo Technology（踏行科技）宣布，"
        "旗下应用PedalGo今年4月日均订单达到57万，较上年同期的31万增长83.9%。"
        "公司一季度营收2.2亿元。PedalGo董事长说，员工达到640人。",
        "",
        "双方签约",
        "（2022年6月8日 云湖新闻）昨日，临海水务集团与PedalGo Technology签署协议，"
        "PedalGo Technology将投入车辆1500辆，临海水务集团开放场地23处。",
        "",
    )
)
REPORT = """# 青岭医药集团股份有限公司2022年年度报告摘要

2023年3月30日

## 一、经营情况

2022年，青岭医药集团实现营业收入81.5亿元。青岭医药集团子公司泉石生物完成融资1.4亿元。行业数据显示，全国药店总数达到61.8万家。

## 二、主要子公司情况（单位：万元）

| 子公司 | 持股比例 | 营业收入 | 净利润 |
|---|---|---|---|
| 青岭制药 | 100% | 51,210.40 | 6,114.20 |
| 泉石生物 | 70% | 8,330.15 | -415.06 |

青岭制药投产生产线6条。泉石生物新增员工72人。

## 三、2023年计划

公司力争2023年实现营业收入90亿元。
"""
NEWS = """青岭制药召回通报
公告日期：2023年4月6日

青岭制药有限公司召回药品3.7万盒。一季度青岭医药集团旗下产品销售额为1.2亿元。

进展
公告日期：2023年5月26日

截至5月25日，青岭制药已召回药品5.1万盒，东岭市中心医院封存260盒。
"""
HOSPITAL = """家门口看好病
东岭日报 2023年2月6日 记者 何苗

2022年，东岭市中心医院完成门诊91.3万人次。另一家本地企业百味超市去年关闭门店12家。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An index of the documents, words only."""
    folder = tmp_path_factory.mktemp("documents")
    named = {"汇编.txt": VOLUME, "年报.md": REPORT, "通报.txt": NEWS, "医院.txt": HOSPITAL}
    for name, text in named.items():
        (folder / name).write_text(text, "utf-8")
    _sheet(folder / "商超.xlsx")
    settings = Settings.from_env({}, storage=tmp_path_factory.mktemp("s"), embedder="none", workers=1)
    with Assistant.open(settings) as opened:
        opened.ingest([folder])
        yield opened


def _sheet(path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ("东岭市商超经营情况", None, None, None),
        ("企业", "门店数（家）", None, "从业人员（人）"),
        (None, "2021年", "2022年", "2022年"),
        ("百味超市", 146, 134, 3940),
        ("千色超市", 171, 194, 5685),
        ("合计", 317, 328, 9625),
    ):
        sheet.append(row)
    sheet.merge_cells("A1:D1")
    sheet.merge_cells("B2:C2")
    book.save(path)


def values(briefing: Briefing) -> set[str]:
    return {figure.value + figure.unit for figure in briefing.figures}


def when(briefing: Briefing, amount: str) -> str:
    return next(figure.as_of for figure in briefing.figures if figure.value + figure.unit == amount)


def test_a_piece_of_a_volume_is_not_of_the_company_of_another_piece(assistant: Assistant) -> None:
    assert values(assistant.summarize("临海水务集团")) == {"48公里", "1.9亿吨", "23处"}


def test_of_a_joint_statement_each_company_has_what_is_said_of_it_alone(assistant: Assistant) -> None:
    briefing = assistant.summarize("PedalGo")
    assert {"57万", "31万", "83.9%", "2.2亿元", "640人", "1500辆"} == values(briefing)


def test_a_piece_of_a_volume_is_read_from_its_own_day(assistant: Assistant) -> None:
    assert when(assistant.summarize("临海水务集团"), "48公里") == "2021"
    briefing = assistant.summarize("PedalGo")
    dates = {amount: when(briefing, amount) for amount in ("57万", "31万", "2.2亿元")}
    assert dates == {"57万": "2022-04", "31万": "2021-04", "2.2亿元": "2022Q1"}


def test_a_row_of_a_table_of_companies_is_of_the_one_that_it_names(assistant: Assistant) -> None:
    assert {"51,210.40万元", "6,114.20万元"} <= values(assistant.summarize("青岭制药"))
    group = values(assistant.summarize("青岭医药集团"))
    assert group.isdisjoint({"51,210.40万元", "8,330.15万元", "1.4亿元", "61.8万家"})


def test_below_a_heading_the_company_is_the_reports_own_again(assistant: Assistant) -> None:
    briefing = assistant.summarize("青岭医药集团")
    planned = [figure for figure in briefing.figures if figure.value + figure.unit == "90亿元"]
    assert [(figure.as_of, figure.is_plan) for figure in planned] == [("2023", True)]


def test_a_section_has_the_day_of_the_line_below_its_heading(assistant: Assistant) -> None:
    assert when(assistant.summarize("青岭制药"), "5.1万盒") == "2023-05-25"


def test_what_another_body_does_at_the_end_of_a_sentence_is_not_the_companys(assistant: Assistant) -> None:
    assert "260盒" not in values(assistant.summarize("青岭制药"))


def test_a_quarter_is_no_part_of_a_name(assistant: Assistant) -> None:
    assert not [info.name for info in assistant.companies() if "季度" in info.name]


def test_a_hospital_and_a_shop_that_are_asked_for_are_summed_up(assistant: Assistant) -> None:
    assert {"91.3万人次", "260盒"} == values(assistant.summarize("东岭市中心医院"))
    assert {"12家", "146家", "134家", "3940人"} == values(assistant.summarize("百味超市"))
