"""A document's first and last lines tell its title, date, publisher, author, kind and period, or nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from paragraph_making import extract

from assistant import articles
from assistant.mapped_text import MappedText
from assistant.records import Metadata

TEXT = "这是正文的第一句话，用来说明文件所写的内容，它有足够的长度并且以句号结束。"
DISCLAIMER = "本文档仅供练习使用，部分内容由模型改写生成，可能与事实不符，不承担任何责任。"


def read(*lines: str, form: str = "pdf", properties: Metadata | None = None) -> Metadata:
    return articles.parse(extract(*lines, form=form, properties=properties)).metadata


NEWS = {
    "a byline below the headline": (
        ("# 山区通了千兆网", "发布时间：2023-05-06 发布人：综合部", TEXT),
        Metadata("山区通了千兆网", "2023-05-06", "综合部", "", "news"),
    ),
    "a headline of two lines": (
        ("# 千兆进山 光纤入户", "# 贵州移动助力乡村", "来源：贵州日报 作者：林晓 时间：2023-05-06", TEXT),
        Metadata("千兆进山 光纤入户 贵州移动助力乡村", "2023-05-06", "贵州日报", "林晓", "news"),
    ),
    "a headline behind a disclaimer": (
        (DISCLAIMER + " 山区通了千兆网", "发布时间：2023年5月6日", TEXT),
        Metadata("山区通了千兆网", "2023-05-06", "", "", "news"),
    ),
    "a byline behind the headline": (
        ("# 山区通了千兆网 发布时间：2023-05-06 发布人：综合部", TEXT),
        Metadata("山区通了千兆网", "2023-05-06", "综合部", "", "news"),
    ),
    "a question for a headline": (
        ("山里的信号从哪来？", "发布时间：2023-05-06", TEXT),
        Metadata("山里的信号从哪来？", "2023-05-06", "", "", "news"),
    ),
    "authors in brackets at the end": (
        ("# 山区通了千兆网", "发布时间：2023-05-06", TEXT, "（综合部，林晓；网络部，秦岚、杜仲）"),
        Metadata("山区通了千兆网", "2023-05-06", "", "林晓 秦岚 杜仲", "news"),
    ),
    "a reporter and a source at the end": (
        ("# 山区通了千兆网", "发布时间：2023-05-06", TEXT, "（本报记者 温 源）", "来自光明网"),
        Metadata("山区通了千兆网", "2023-05-06", "光明网", "温源", "news"),
    ),
    "a source in brackets at the end": (
        ("# 山区通了千兆网", "发布时间：2023-05-06", TEXT, "（来源：贵州日报）"),
        Metadata("山区通了千兆网", "2023-05-06", "贵州日报", "", "news"),
    ),
    "an agency's dateline": (
        ("# 山区通了千兆网", "发布时间：2023-05-06", "新华社贵阳 5 月 5 日电 " + TEXT),
        Metadata("山区通了千兆网", "2023-05-06", "新华社", "", "news"),
    ),
    "a journal named in the headline": (
        ("# 《求索》杂志刊发林晓署名文章：论山区通信", "发布时间：2023-05-06", TEXT),
        Metadata("《求索》杂志刊发林晓署名文章：论山区通信", "2023-05-06", "求索", "林晓", "news"),
    ),
    "news of a white paper": (
        ("# 某研究院发布山区通信白皮书", "发布时间：2023-05-06 来源：贵州日报", TEXT),
        Metadata("某研究院发布山区通信白皮书", "2023-05-06", "贵州日报", "", "news"),
    ),
}
DOCUMENTS = {
    "a quarterly report": (
        ("证券代码：600999 证券简称：北方能源", "# 北方能源股份有限公司", "# 2022 年第一季度报告")
        + (TEXT, "特此公告。", "北方能源股份有限公司董事会", "2022 年 4 月 21 日"),
        Metadata(
            "北方能源股份有限公司 2022年第一季度报告",
            "2022-04-21",
            "北方能源股份有限公司",
            "",
            "report",
            "2022Q1",
        ),
    ),
    "a report signed in a table": (
        ("# 北方能源股份有限公司", "# 2020 年第三季度报告正文", "## 一、 重要提示", TEXT)
        + ("公司名称\t北方能源股份有限公司", "法定代表人\t林晓", "日期\t2020 年 10 月 21 日"),
        Metadata(
            "北方能源股份有限公司 2020年第三季度报告正文",
            "2020-10-21",
            "北方能源股份有限公司",
            "",
            "report",
            "2020Q3",
        ),
    ),
    "a bank's annual report": (
        ("# 江南银行股份有限公司", "# 二〇二二年年度报告", "（股票代码：601999）", "## 重要提示", TEXT),
        Metadata(
            "江南银行股份有限公司 二〇二二年年度报告", "", "江南银行股份有限公司", "", "report", "2022FY"
        ),
    ),
    "a report below a motto": (
        ("# 不忘初心 砥砺前行", "# 华北能源集团有限公司", "# 2021年社会责任报告", "# 目录", TEXT),
        Metadata(
            "华北能源集团有限公司 2021年社会责任报告", "", "华北能源集团有限公司", "", "report", "2021FY"
        ),
    ),
    "a report with its year on a line": (
        ("# 北方能源股份有限公司", "# 2022", "# 可持续发展报告", "# 前言", TEXT),
        Metadata(
            "北方能源股份有限公司 2022可持续发展报告", "", "北方能源股份有限公司", "", "report", "2022FY"
        ),
    ),
    "a committee's account": (
        ("# 北方能源股份有限公司", "# 董事会审计委员会 2022 年度履职报告", TEXT)
        + ("北方能源股份有限公司", "董事会审计委员会"),
        Metadata(
            "北方能源股份有限公司 董事会审计委员会2022年度履职报告",
            "",
            "北方能源股份有限公司",
            "",
            "announcement",
            "2022FY",
        ),
    ),
    "an announcement": (
        ("# 关于召开2022年年度股东大会的通知", TEXT, "北方能源股份有限公司董事会 二〇二三年三月三十日"),
        Metadata(
            "关于召开2022年年度股东大会的通知",
            "2023-03-30",
            "北方能源股份有限公司",
            "",
            "announcement",
            "2022FY",
        ),
    ),
    "a resolution below its codes": (
        (
            "证券代码：601999",
            "证券简称：北方能源",
            "公告编号：2023-012",
            "# 北方能源股份有限公司",
            "# 董事会决议公告",
        )
        + (TEXT, "特此公告。", "北方能源股份有限公司", "董事会", "二〇二三年三月二十二日"),
        Metadata(
            "北方能源股份有限公司 董事会决议公告", "2023-03-22", "北方能源股份有限公司", "", "announcement"
        ),
    ),
    "results with an English name": (
        ("# 北方能源有限公司", "Northern Energy Limited", "（股份代号：941）", "# 2022年度业绩公告", TEXT),
        Metadata("北方能源有限公司 2022年度业绩公告", "", "北方能源有限公司", "", "announcement", "2022FY"),
    ),
    "a white paper with its cover": (
        ("No.202320", "# 山区通信发展与社会影响", "# 白皮书", "## (2023 年)")
        + ("## 某某信息研究院", "## 某某通信企业协会", "## 2023年12月", "# 前 言", TEXT),
        Metadata(
            "山区通信发展与社会影响白皮书(2023年)",
            "2023-12",
            "某某信息研究院、某某通信企业协会",
            "",
            "white_paper",
        ),
    ),
    "a statistical bulletin": (
        ("# 国家统计局", "# 2022年国民经济和社会发展统计公报", "2023年2月28日", TEXT),
        Metadata(
            "国家统计局 2022年国民经济和社会发展统计公报",
            "2023-02-28",
            "国家统计局",
            "",
            "report",
            "2022FY",
        ),
    ),
    "an authority's notice": (
        ("# 工业和信息化部", "# 关于加强设备进网管理的通知", "工信部信管〔2023〕5号")
        + (TEXT, "工业和信息化部", "2023年1月18日"),
        Metadata("工业和信息化部关于加强设备进网管理的通知", "2023-01-18", "工业和信息化部", "", "policy"),
    ),
    "a law": (
        ("# 中华人民共和国数据流通法", "（2023年6月1日第十四届全国人民代表大会常务委员会第三次会议通过）")
        + ("# 目录", "# 第一章 总则", "第一条 为了规范数据流通活动，保障数据安全，制定本法。"),
        Metadata("中华人民共和国数据流通法", "2023-06-01", "", "", "policy"),
    ),
}
OTHERS = {
    "an English annual report": (
        (
            "# Northwind Telecom plc",
            "# Annual Report 2022",
            "# Overview",
            "We had a good year, in all regions.",
        ),
        Metadata(
            "Northwind Telecom plc Annual Report 2022", "", "Northwind Telecom plc", "", "report", "2022FY"
        ),
    ),
    "English interim results": (
        ("# Northwind Telecom plc", "# Interim results for the six months ended 30 June 2022")
        + ("# Highlights", "Revenue grew by four per cent in the half year, and the dividend was held."),
        Metadata(
            "Northwind Telecom plc Interim results for the six months ended 30 June 2022",
            "",
            "Northwind Telecom plc",
            "",
            "report",
            "2022H1",
        ),
    ),
    "an English press release": (
        (
            "# Northwind opens new data centre",
            "By Jane Smith",
            "March 3, 2023",
            "Northwind Telecom opened it.",
        ),
        Metadata("Northwind opens new data centre", "2023-03-03", "", "Jane Smith", "news"),
    ),
    "a letter": (
        (
            "尊敬的王先生：",
            "感谢您对我院的信任，您的来信我们已经收到。",
            "此致",
            "敬礼",
            "李明",
            "2023年3月8日",
        ),
        Metadata("感谢您对我院的信任，您的来信我们已经收到", "2023-03-08", "", "李明", "other"),
    ),
    "minutes": (
        ("# 第三次部门例会会议纪要", "时间：2023年5月8日 14:00", "地点：三楼会议室", "主持人：李明", TEXT),
        Metadata("第三次部门例会会议纪要", "", "", "", "other"),
    ),
    "a standard": (
        ("ICS 33.040", "# 中华人民共和国国家标准", "GB/T 12345—2023", "# 信息安全技术 网络接入规范")
        + ("2023-05-01发布", "2023-12-01实施", "# 前言", TEXT),
        Metadata("信息安全技术 网络接入规范", "2023-05-01", "", "", "other"),
    ),
    "a speech": (
        ("# 在全市教育工作会议上的讲话", "（2023年2月10日）", "张 伟", "同志们：", TEXT),
        Metadata("在全市教育工作会议上的讲话", "2023-02-10", "", "张伟", "other"),
    ),
    "a hospital's notice": (
        (
            "# 市第一人民医院",
            "# 关于调整门诊时间的通知",
            "各科室：",
            TEXT,
            "市第一人民医院办公室",
            "2023年4月6日",
        ),
        Metadata("市第一人民医院关于调整门诊时间的通知", "2023-04-06", "市第一人民医院", "", "announcement"),
    ),
    "a company's own rules": (
        ("# 员工考勤管理办法", "# 第一章 总则", "第一条 为加强公司考勤管理，维护正常工作秩序，制定本办法。"),
        Metadata("员工考勤管理办法", "", "", "", "other"),
    ),
    "a study": (
        ("# 基于图神经网络的流量预测", "张伟 李娜", "摘要：本文提出一种预测方法，效果较好。", TEXT),
        Metadata("基于图神经网络的流量预测", "", "", "张伟 李娜", "other"),
    ),
    "a contract": (
        (
            "# 房屋租赁合同",
            "合同编号：ZL-2023-001",
            "甲方：李明",
            "乙方：王强",
            TEXT,
            "签订日期：2023年1月1日",
        ),
        Metadata("房屋租赁合同", "", "", "", "other"),
    ),
    "a manual": (
        ("# 智能网关用户手册", "V2.1", "# 1 产品概述", TEXT),
        Metadata("智能网关用户手册", "", "", "", "other"),
    ),
    "a curriculum vitae": (
        (
            "# 个人简历",
            "姓名：李明",
            "出生日期：1990年5月1日",
            "2015年7月—2018年3月 某某科技有限公司 工程师",
            TEXT,
        ),
        Metadata("个人简历", "", "", "", "other"),
    ),
    "a chronicle": (
        ("# 公司大事记", "# 2019年3月", TEXT, "# 2020年5月", TEXT),
        Metadata("公司大事记", "", "", "", "other"),
    ),
    "a novel": (
        ("# 第一章 春天", "那年春天来得特别晚，山上的雪到四月还没有化尽，村里的人都说这是好兆头。"),
        Metadata("第一章 春天", "", "", "", "other"),
    ),
    "a recipe": (
        ("先把鸡蛋打散，加少许盐和清水搅匀。", "再放进蒸锅里蒸十分钟。"),
        Metadata("先把鸡蛋打散，加少许盐和清水搅匀", "", "", "", "other"),
    ),
}


@pytest.mark.parametrize("name", NEWS)
def test_news_is_read_from_its_byline(name: str) -> None:
    lines, known = NEWS[name]
    assert read(*lines) == known


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_is_read_from_its_cover_and_its_signature(name: str) -> None:
    lines, known = DOCUMENTS[name]
    assert read(*lines) == known


@pytest.mark.parametrize("name", OTHERS)
def test_nothing_is_read_into_documents_of_other_kinds(name: str) -> None:
    lines, known = OTHERS[name]
    assert read(*lines) == known


def test_names_that_a_reader_ran_together_are_told_apart_in_the_raw_text() -> None:
    last = f"{TEXT * 3}（ 林晓温源 ）"
    given = extract("# 山区通了千兆网", "发布时间：2023-05-06", last)
    paragraphs = given.paragraphs or ()
    raw = given.raw.replace("林晓温源", "林晓 秦岚")
    shifted = MappedText(last.replace("温源", "秦岚"), paragraphs[-1].text.offsets[:])
    for at in range(last.index("温源"), len(last)):
        shifted.offsets[at] += 1
    ending = replace(paragraphs[-1], text=shifted)
    parsed = articles.parse(replace(given, raw=raw, paragraphs=(*paragraphs[:-1], ending)))
    assert parsed.metadata.author == "林晓 秦岚"


def test_the_file_s_own_title_serves_where_the_text_has_none() -> None:
    properties = Metadata(title="供应商管理流程说明", published="2020-01-01", author="Administrator")
    assert read(TEXT, form="docx", properties=properties) == Metadata("供应商管理流程说明", kind="other")


def test_the_file_s_title_never_replaces_the_one_in_the_text() -> None:
    assert read("# 山区通了千兆网", TEXT, properties=Metadata(title="某年会议通知")).title == "山区通了千兆网"


def test_the_file_s_author_is_believed_only_if_it_is_a_body() -> None:
    assert read("# 山区通信", TEXT, properties=Metadata(author="某某信息研究院")).author == "某某信息研究院"
    assert read("# 山区通信", TEXT, properties=Metadata(author="zhang san")).author == ""


def test_a_sheet_is_called_by_its_caption_and_not_by_the_first_cell() -> None:
    assert read("# 收入", "## 北方能源2022年收入表", "单位：万元", "地区\t收入", form="xlsx") == Metadata(
        "北方能源2022年收入表", kind="sheet"
    )
    assert read("地区\t收入", "贵州\t300", form="csv") == Metadata(kind="sheet")


def test_a_department_that_signs_is_named_whole() -> None:
    notice = read("关于举办春季运动会的通知", TEXT, "综合办公室", "2023年3月15日", form="docx")
    assert notice == Metadata("关于举办春季运动会的通知", "2023-03-15", "综合办公室", "", "announcement")


def test_an_author_alone_makes_no_news_of_a_note() -> None:
    assert read("# 山区通信规划", "作者：林晓", TEXT, form="md") == Metadata(
        "山区通信规划", "", "", "林晓", "other"
    )


def test_a_web_page_is_believed_about_itself() -> None:
    told = Metadata(title="山区通信 - 某网", published="2023-05-06", publisher="某网")
    assert read("# 山区通信", TEXT, form="html", properties=told) == Metadata(
        "山区通信", "2023-05-06", "某网", kind="other"
    )


def test_a_running_date_in_the_text_is_no_date_of_publication() -> None:
    assert read("# 山区通信", "2021年6月18日，贵州移动在山区开通了第一座基站，村民奔走相告。").published == ""


ABOUT_A_BRIDGE = "金水桥位于城南，始建于宋代，长二十三米，是城里现存最古老的石拱桥。"
SUBJECTS = {
    "nothing but text below": ("金水桥", TEXT),
    "a reporter below": ("金水桥", "作者：林晓", TEXT),
    "sections below text that speaks of it": ("金水桥", ABOUT_A_BRIDGE, "# 历史", TEXT),
    "sections of a lower level": ("# 金水桥", "## 历史", TEXT, "## 交通", TEXT),
}
SIGNERS = {
    "a headline below": (("林晓", "# 山区通了千兆网", TEXT), "山区通了千兆网"),
    "a plain title below": (("林晓", "山区通了千兆网", TEXT), "山区通了千兆网"),
    "a headline above": (("# 山区通了千兆网", "林晓", TEXT), "山区通了千兆网"),
    "a headline below text": (("林晓", TEXT, "# 山区通了千兆网", TEXT), "山区通了千兆网"),
    "a fellow signer": (("林晓 秦岚", TEXT), TEXT.split("。")[0]),
}


@pytest.mark.parametrize("name", SUBJECTS)
def test_a_name_on_the_first_line_that_signs_no_headline_is_the_title(name: str) -> None:
    known = read(*SUBJECTS[name])
    assert known.title == "金水桥" and "金水桥" not in known.author


@pytest.mark.parametrize("name", SIGNERS)
def test_a_name_on_the_first_line_signs_the_headline_that_there_is(name: str) -> None:
    lines, title = SIGNERS[name]
    known = read(*lines)
    assert known.author in ("林晓", "林晓 秦岚") and title.startswith(known.title)


def test_a_name_on_the_first_line_signs_what_the_file_calls_by_a_title() -> None:
    known = read("林晓", TEXT, form="docx", properties=Metadata(title="供应商管理流程说明"))
    assert known == Metadata("供应商管理流程说明", author="林晓", kind="other")
