"""A title tells the kind of its document and the period that it reports on."""

from __future__ import annotations

import pytest

from assistant.articles import kinds
from assistant.records import DocumentKind


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("北方能源股份有限公司 2022年第一季度报告", "report"),
        ("北方能源股份有限公司2022年半年度报告摘要", "report"),
        ("2022年社会责任报告", "report"),
        ("2022年通信业统计公报", "report"),
        ("Annual Report 2022", "report"),
        ("云计算白皮书（2024年）", "white_paper"),
        ("电信业白皮书——高质量发展探索(2023年)", "white_paper"),
        ("工业互联网发展报告（2023年）", "white_paper"),
        ("关于2022年年度报告的公告", "announcement"),
        ("第七届董事会第二十次会议决议公告", "announcement"),
        ("董事会审计委员会2022年度履职报告", "announcement"),
        ("独立董事关于关联交易的独立意见", "announcement"),
        ("数据安全管理办法（试行）", "policy"),
        ("中华人民共和国数据流通法", "policy"),
        ("山区通了高速路", ""),
        ("如何写好一份年度报告的十条经验", ""),
        ("", ""),
    ],
)
def test_the_end_of_a_title_names_the_kind(title: str, kind: str) -> None:
    assert kinds.kind_of_title(title) == kind


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("北方能源股份有限公司 2022年年度报告", "2022FY"),
        ("2022 年年度报告摘要", "2022FY"),
        ("二〇二二年年度报告", "2022FY"),
        ("2022年半年度报告", "2022H1"),
        ("2022年中期报告", "2022H1"),
        ("2022年1-6月经营情况报告", "2022H1"),
        ("2022年第一季度报告", "2022Q1"),
        ("2022年一季报", "2022Q1"),
        ("2022年前三季度业绩公告", "2022Q3"),
        ("2022年第三季度报告正文", "2022Q3"),
        ("2022年Q4业绩快报", "2022Q4"),
        ("董事会审计委员会2022年度履职报告", "2022FY"),
        ("2022年社会责任报告", "2022FY"),
        ("2022 可持续发展报告", "2022FY"),
        ("可持续发展报告 2022", "2022FY"),
        ("2022年国民经济和社会发展统计公报", "2022FY"),
        ("Annual Report 2022", "2022FY"),
        ("2022 Interim Report", "2022H1"),
        ("Third quarter 2022 results", "2022Q3"),
        ("Financial statements for the year ended 31 December 2022", "2022FY"),
    ],
)
def test_the_period_of_a_report_is_read_from_its_title(title: str, period: str) -> None:
    assert kinds.period_of(title) == period


@pytest.mark.parametrize(
    "title",
    [
        "云计算白皮书（2024年）",
        "2019-2022年发展报告",
        "2023年工作计划",
        "2023年度日常关联交易预计公告",
        "2023年第一次临时股东大会决议公告",
        "第三季度最受欢迎的手机",
        "编号20221234的年度报告",
        "员工手册",
    ],
)
def test_a_year_that_is_not_reported_on_is_no_period(title: str) -> None:
    assert kinds.period_of(title) == ""


def test_news_about_a_report_is_news_and_has_no_period() -> None:
    title = "北方能源发布2022年年度报告"
    kind = kinds.decide(title, "pdf", signed=True, official=False)
    assert (kind, kinds.period_of_kind(kind, title)) == (DocumentKind.NEWS, "")


def test_a_signed_report_stays_a_report() -> None:
    assert kinds.decide("2022年政府工作报告", "html", signed=True, official=True) is DocumentKind.REPORT


def test_rules_are_a_policy_only_where_an_authority_gives_them() -> None:
    title = "网络设备管理办法"
    assert kinds.decide(title, "docx", signed=False, official=True) is DocumentKind.POLICY
    assert kinds.decide(title, "docx", signed=False, official=False) is DocumentKind.OTHER


def test_slides_and_sheets_are_told_by_their_format() -> None:
    assert kinds.decide("2022年年度报告", "pptx", signed=True, official=False) is DocumentKind.SLIDES
    assert kinds.decide("", "csv", signed=False, official=False) is DocumentKind.SHEET


@pytest.mark.parametrize("issuer", ["工业和信息化部", "国务院办公厅", "贵州省人民政府", "国家统计局"])
def test_an_authority_is_official(issuer: str) -> None:
    assert kinds.is_official([issuer], [])


@pytest.mark.parametrize("issuer", ["北方能源股份有限公司综合部", "江南银行办公室", "某大学教务部", "林晓"])
def test_a_department_of_a_company_is_not_official(issuer: str) -> None:
    assert not kinds.is_official([issuer], ["第一条 为加强公司考勤管理，制定本办法。"])


def test_the_articles_of_a_law_are_official() -> None:
    assert kinds.is_official([], ["第一章 总则", "第一条 为了规范数据流通，制定本条例。"])


def test_the_number_of_an_authority_s_document_is_known() -> None:
    assert kinds.is_document_number("工信部信管〔2023〕5号")
    assert not kinds.is_document_number("公告编号：2023-012")
