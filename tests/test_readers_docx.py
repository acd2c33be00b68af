"""Word files: text and tables in their order, headings with their level, what is no text left out."""

from __future__ import annotations

from datetime import datetime

import pytest
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import nsdecls
from office_files import fill, saved, with_part, word
from reading import read, tables

from assistant import readers
from assistant.errors import DocumentError
from assistant.records import Table

CONTENT = "word/document.xml"


def body(xml: str) -> bytes:
    """A Word file with this body."""
    names = nsdecls("w") + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    return with_part(word("甲"), CONTENT, f"<w:document {names}><w:body>{xml}</w:body></w:document>".encode())


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def test_headings_paragraphs_and_tables_keep_their_order() -> None:
    document = Document()
    document.add_paragraph("年度报告", style="Title")
    document.add_heading("一、经营情况", 1)
    document.add_paragraph("收入增长。")
    fill(document.add_table(2, 2), [["项目", "数值"], ["收入", "12.5"]])
    document.add_heading("（一）收入", 2)
    document.add_paragraph("利润增长。")
    assert read(saved(document), "a.docx") == [
        "# 年度报告",
        "# 一、经营情况",
        "收入增长。",
        "? 项目\t数值",
        "收入\t12.5",
        "## （一）收入",
        "利润增长。",
    ]


def test_a_style_has_the_level_of_the_style_it_is_based_on() -> None:
    document = Document()
    style = document.styles.add_style("章名", WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Heading 3"]
    document.add_paragraph("第三章", style=style)
    assert read(saved(document), "a.docx") == ["### 第三章"]


def test_an_outline_level_makes_a_heading() -> None:
    xml = f'<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr>{run("第二节")}</w:p><w:p>{run("正文。")}</w:p>'
    assert read(body(xml), "a.docx") == ["## 第二节", "正文。"]


def test_a_short_bold_line_is_a_heading_and_a_bold_sentence_is_none() -> None:
    document = Document()
    for text in ("重点工作", "我们完成了全部任务。"):
        document.add_paragraph().add_run(text).bold = True
    assert read(saved(document), "a.docx") == ["? 重点工作", "我们完成了全部任务。"]


def test_header_footer_and_contents_page_are_left_out() -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.sections[0].footer.paragraphs[0].text = "第1页"
    document.add_paragraph("一、概况……3", style=document.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH))
    document.add_paragraph("正文。")
    assert read(saved(document), "a.docx") == ["正文。"]


def test_a_table_knows_its_caption_unit_and_heads() -> None:
    document = Document()
    document.add_paragraph("表1 主要数据")
    document.add_paragraph("单位：亿元")
    fill(document.add_table(2, 3), [["项目", "2022年", "2021年"], ["收入", "3549", "3278"]])
    [table] = tables(readers.read(saved(document), "a.docx"))
    assert table == Table("表1 主要数据", "亿元", ("项目", "2022年", "2021年"))


def test_a_label_over_several_rows_is_in_each_and_a_spanning_head_reaches_over_its_columns() -> None:
    document = Document()
    table = document.add_table(4, 3)
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(2, 0).merge(table.cell(3, 0))
    fill(table, [["地区", "用户数", None], ["", "移动", "固网"], ["北京", "1", "2"], [None, "3", "4"]])
    extract = readers.read(saved(document), "a.docx")
    assert [p.text.text for p in extract.paragraphs or ()] == [
        "地区\t用户数", "\t移动\t固网", "北京\t1\t2", "北京\t3\t4",
    ]  # fmt: skip
    assert tables(extract)[0].heads == ("地区", "用户数 移动", "用户数 固网")


def test_a_table_of_one_column_only_arranges_text() -> None:
    document = Document()
    fill(document.add_table(1, 1), [["框里的一句话。"]])
    extract = readers.read(saved(document), "a.docx")
    assert (read(saved(document), "a.docx"), tables(extract)) == (["框里的一句话。"], [])


def test_inserted_text_is_read_and_deleted_text_is_not() -> None:
    gone = "<w:del><w:r><w:delText>旧的</w:delText></w:r></w:del>"
    assert read(body(f"<w:p>{gone}<w:ins>{run('新的')}</w:ins>{run('一句。')}</w:p>"), "a.docx") == [
        "新的一句。"
    ]


def test_content_controls_and_text_boxes_are_read_once() -> None:
    control = f"<w:sdt><w:sdtContent><w:p>{run('控件里。')}</w:p></w:sdtContent></w:sdt>"
    box = f"<w:txbxContent><w:p>{run('框里。')}</w:p></w:txbxContent>"
    boxed = (
        f"<w:p>{run('框外。')}<w:r><mc:AlternateContent><mc:Choice Requires='w'><w:drawing>{box}</w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert read(body(control + boxed), "a.docx") == ["控件里。", "框外。", "框里。"]


def test_line_breaks_end_paragraphs_and_tabs_are_spaces() -> None:
    xml = "<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙。</w:t><w:br/><w:t>丙。</w:t></w:r></w:p>"
    assert read(body(xml), "a.docx") == ["甲 乙。", "丙。"]


def test_properties_are_read_but_not_those_of_the_program() -> None:
    document = Document()
    document.add_paragraph("正文。")
    assert readers.read(saved(document), "a.docx").properties.published == ""
    about = document.core_properties
    about.title, about.author, about.created = "年度报告", "林晓", datetime(2023, 3, 8)
    found = readers.read(saved(document), "a.docx").properties
    assert (found.title, found.author, found.published) == ("年度报告", "林晓", "2023-03-08")


def test_a_file_without_text_is_refused() -> None:
    with pytest.raises(DocumentError, match="a.docx holds no text"):
        readers.read(saved(Document()), "a.docx")
