"""Paragraphs that a reader knows become the blocks of one article, each with its place in the raw text."""

from __future__ import annotations

from paragraph_making import extract

from assistant import articles
from assistant.records import BlockKind, Extract, ParsedDocument, Table

TEXT = "这是正文的第一句话，用来说明文件所写的内容，它有足够的长度并且以句号结束。"
TABLE = Table("主要财务数据", "元", ("项目", "2022年"))
REPORT = (
    "# 北方能源股份有限公司",
    "# 2022 年第一季度报告",
    "## 一、 主要财务数据",
    "### （一）主要指标",
    TEXT,
    "表 1 主要财务数据",
    "#\t项目\t2022年",
    "营业收入\t300",
    "图 2 收入的构成",
    TEXT,
    "北方能源股份有限公司董事会",
    "2022 年 4 月 21 日",
)


def shown(parsed: ParsedDocument) -> list[tuple[str, int, str]]:
    [article] = parsed.articles
    return [(b.kind.value, b.level, parsed.clean.text[b.start : b.end]) for b in article.blocks]


def test_a_report_becomes_one_article_of_typed_blocks() -> None:
    assert shown(articles.parse(extract(*REPORT, table=TABLE))) == [
        ("title", 1, "北方能源股份有限公司"),
        ("title", 1, "2022 年第一季度报告"),
        ("heading", 2, "一、 主要财务数据"),
        ("heading", 3, "（一）主要指标"),
        ("text", 0, TEXT),
        ("caption", 0, "表 1 主要财务数据"),
        ("head", 0, "项目\t2022年"),
        ("row", 0, "营业收入\t300"),
        ("caption", 0, "图 2 收入的构成"),
        ("text", 0, TEXT),
        ("byline", 0, "北方能源股份有限公司董事会"),
        ("byline", 0, "2022 年 4 月 21 日"),
    ]


def test_a_field_on_the_cover_is_text_that_can_be_found() -> None:
    kinds = shown(articles.parse(extract("公司代码：600999 公司简称：北方能源", *REPORT, table=TABLE)))
    assert kinds[0] == ("text", 0, "公司代码：600999 公司简称：北方能源")


def test_rows_know_their_table() -> None:
    [article] = articles.parse(extract(*REPORT, table=TABLE)).articles
    tables = [b.table for b in article.blocks if b.kind in (BlockKind.HEAD, BlockKind.ROW)]
    assert tables == [TABLE, TABLE]


def test_every_block_leads_back_to_the_raw_text() -> None:
    given = extract(*REPORT, table=TABLE)
    parsed = articles.parse(given)
    for block in parsed.articles[0].blocks:
        start, end = parsed.clean.raw_span(block.start, block.end)
        assert given.raw[start:end] == parsed.clean.text[block.start : block.end]


def test_pages_and_metadata_reach_the_article() -> None:
    parsed = articles.parse(extract(*REPORT, table=TABLE))
    assert parsed.pages == (0,)
    assert parsed.articles[0].metadata == parsed.metadata
    assert (parsed.metadata.kind, parsed.metadata.period) == ("report", "2022Q1")


def test_what_nobody_sees_is_gone_from_the_text() -> None:
    assert shown(articles.parse(extract("# 山区\u200b通信", "\uf06c " + TEXT))) == [
        ("title", 1, "山区通信"),
        ("text", 0, TEXT),
    ]


def test_readings_of_a_faulty_conversion_are_gone() -> None:
    parsed = articles.parse(
        extract("# 聯(lián)通鄉(xiāng)村", "網(wǎng)絡(luò)進村，家家戶戶用上了寬帶，人人稱讚。")
    )
    assert parsed.clean.text == "聯通鄉村\n網絡進村，家家戶戶用上了寬帶，人人稱讚。"


def test_a_disclaimer_goes_from_the_head_and_stays_inside() -> None:
    disclaimer = "本报告仅供参考，不构成任何投资建议，不承担任何责任。"
    parsed = articles.parse(extract(disclaimer, "# 山区通信", *[TEXT] * 4, disclaimer, *[TEXT] * 4))
    assert parsed.clean.text.count(disclaimer) == 1


def test_the_words_of_buttons_stay_in_a_report_and_go_from_a_page() -> None:
    report = articles.parse(extract("# 山区通信", *[TEXT] * 30, "## 联系我们", "## 版权声明", TEXT))
    page = articles.parse(
        extract("# 山区通信", "# 首页", "# 登录", TEXT, "# 分享到：", "# 上一篇：光纤入户", form="html")
    )
    assert "联系我们" in report.clean.text
    assert page.clean.text == f"山区通信\n{TEXT}"


def test_the_lines_of_a_cover_that_were_joined_come_apart() -> None:
    given = extract("# 云计算白皮书", "某某信息研究院\n某某通信企业协会\n2023年12月", "# 前言", TEXT)
    assert given.paragraphs is not None
    metadata = articles.parse(given).metadata
    assert (metadata.publisher, metadata.published) == ("某某信息研究院、某某通信企业协会", "2023-12")


def test_a_document_without_a_paragraph_has_no_article() -> None:
    parsed = articles.parse(Extract("pdf", "", ()))
    assert parsed.articles == ()
    assert len(parsed.clean) == 0


def test_a_letterhead_is_the_body_that_a_notice_comes_from() -> None:
    lines = (
        "# 白河市水务局文件",
        "白水发〔2023〕17号",
        "# 关于印发节水方案的通知",
        TEXT,
        "白河市水务局",
        "2023年8月9日",
    )
    known = articles.parse(extract(*lines)).metadata
    assert (known.title, known.publisher) == ("白河市水务局关于印发节水方案的通知", "白河市水务局")


def test_a_point_of_a_slide_that_ends_like_a_body_publishes_nothing() -> None:
    lines = (
        "# 平台建设汇报",
        "数智中心",
        "2024年3月",
        "# 下一步计划",
        "完善标识体系",
        "建设算力调度中心",
        "共三年完成",
    )
    assert articles.parse(extract(*lines)).metadata.publisher == "数智中心"
