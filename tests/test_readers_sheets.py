"""Spreadsheets: tables with captions, units and heads; values as they are shown; sizes bounded."""

from __future__ import annotations

import time
from datetime import date, datetime

import pytest
from office_files import saved, workbook
from openpyxl import Workbook
from reading import read, shown, tables

from assistant import readers
from assistant.errors import DocumentError
from assistant.readers.sheets import number
from assistant.records import Table


def test_a_table_knows_its_sheet_title_unit_and_heads() -> None:
    rows = [["2022年分省用户"], ["单位：万户"], ["省份", "用户数"], ["北京", 1234], ["上海", 567]]
    extract = readers.read(workbook(用户数据=rows), "a.xlsx")
    assert shown(extract) == [
        "# 用户数据", "## 2022年分省用户", "单位：万户", "? 省份\t用户数", "北京\t1234", "上海\t567",
    ]  # fmt: skip
    assert tables(extract) == [Table("2022年分省用户", "万户", ("省份", "用户数"))]


def test_a_table_without_a_title_is_named_by_its_sheet_unless_that_has_no_name() -> None:
    rows = [["省份", "用户数"], ["北京", 1]]
    extract = readers.read(workbook(分省用户=rows, Sheet2=rows), "a.xlsx")
    assert [table.caption for table in tables(extract)] == ["分省用户", ""]


def test_blank_rows_set_tables_apart() -> None:
    rows = [["表一"], ["甲", "乙"], ["a", 1], [], ["表二"], ["丙", "丁"], ["b", 2]]
    extract = readers.read(workbook(Sheet1=rows), "a.xlsx")
    assert [(t.caption, t.heads) for t in tables(extract)] == [("表一", ("甲", "乙")), ("表二", ("丙", "丁"))]


def test_a_head_over_several_columns_reaches_over_them() -> None:
    rows = [["地区", "用户数", None], [None, "移动", "固网"], ["北京", 1, 2]]
    extract = readers.read(workbook(Sheet1=rows), "a.xlsx")
    assert tables(extract)[0].heads == ("地区", "用户数 移动", "用户数 固网")
    assert [p.heading for p in extract.paragraphs or ()] == [True, True, False]


def test_years_head_columns_and_values_do_not() -> None:
    years = readers.read(workbook(Sheet1=[["指标", 2021, 2022], ["收入", 1, 2]]), "a.xlsx")
    values = readers.read(workbook(Sheet1=[["收入", 1, 2], ["利润", 3, 4]]), "a.xlsx")
    assert (tables(years)[0].heads, tables(values)[0].heads) == (("指标", "2021", "2022"), ())


def test_an_empty_cell_keeps_its_column() -> None:
    rows = [["甲", "乙", "丙"], ["a", None, 1], [None, "b", 2]]
    assert read(workbook(Sheet1=rows), "a.xlsx")[1:] == ["a\t\t1", "\tb\t2"]


def test_values_are_shown_as_the_program_shows_them() -> None:
    book = Workbook()
    values = ["比例", 0.1234, date(2022, 3, 1), datetime(2022, 3, 1, 12, 30), True, 0.1 + 0.2, "两\n行"]
    book.active.append(values)
    book.active["B1"].number_format = "0.00%"
    assert read(saved(book), "a.xlsx") == ["比例\t12.34%\t2022-03-01\t2022-03-01 12:30\tTRUE\t0.3\t两 行"]


@pytest.mark.parametrize(
    ("value", "pattern", "text"),
    [
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (1234.6, "0", "1235"),
        (0.5, "0%", "50%"),
        (0.12346, "0.00%", "12.35%"),
        (3.0, "General", "3"),
        (0.1 + 0.2, "General", "0.3"),
        (1e-7, "General", "0.0000001"),
        (1e20, "General", "100000000000000000000"),
        (2.5, "0.0##", "2.5"),
        (-1234.5, "#,##0.00_);(#,##0.00)", "-1,234.50"),
        (7, '0"万户"', "7"),
    ],
)
def test_number_formats(value: float, pattern: str, text: str) -> None:
    assert number(value, pattern) == text


def test_a_sheet_that_claims_all_rows_is_read_at_once() -> None:
    book = Workbook()
    book.active.append(["甲", "乙"])
    book.active.append(["a", 1])
    book.active.cell(1_048_576, 16_000).value = "底"
    started = time.process_time()
    extract = readers.read(saved(book), "a.xlsx")
    assert time.process_time() - started < 3
    assert shown(extract) == ["? 甲\t乙", "a\t1"]
    assert "未读取" in extract.notes[0]


def test_properties_are_read() -> None:
    book = Workbook()
    book.active.append(["甲", 1])
    book.properties.title, book.properties.creator = "用户统计", "林晓"
    about = readers.read(saved(book), "a.xlsx").properties
    assert (about.title, about.author) == ("用户统计", "林晓")


def test_an_empty_workbook_is_refused() -> None:
    with pytest.raises(DocumentError, match="a.xlsx holds no text"):
        readers.read(workbook(Sheet1=[]), "a.xlsx")


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_the_separator_of_a_csv_is_found(mark: str, encoding: str) -> None:
    rows = [["公司", "收入"], ["甲公司", "35.49"], ["乙公司", "93.72"]]
    data = "\r\n".join(mark.join(row) for row in rows).encode(encoding)
    extract = readers.read(data, "a.csv")
    assert shown(extract) == ["? 公司\t收入", "甲公司\t35.49", "乙公司\t93.72"]
    assert tables(extract)[0].heads == ("公司", "收入")


def test_quoted_values_keep_their_commas_and_line_ends() -> None:
    assert read('项目,数值\n"收入,合计","3,549"\n"两\n行",1\n'.encode(), "a.csv")[1:] == [
        "收入,合计\t3,549", "两 行\t1",
    ]  # fmt: skip


def test_a_csv_with_an_endless_field_is_refused() -> None:
    with pytest.raises(DocumentError, match="a.csv is no valid table"):
        readers.read(("a,b\n" + "x" * 200_000 + ",1\n").encode(), "a.csv")


def test_who_filled_in_a_form_is_neither_its_unit_nor_a_column_head() -> None:
    rows = [
        ["指标完成情况表"],
        ["填报单位：城东公司", None, "单位：万元"],
        ["指标", "计划", "实际"],
        ["收入", 12, 13],
    ]
    extract = readers.read(workbook(Sheet1=rows), "a.xlsx")
    assert tables(extract) == [Table("指标完成情况表", "万元", ("指标", "计划", "实际"))]


def test_a_hidden_sheet_is_told_of_and_not_read() -> None:
    book = Workbook()
    book.worksheets[0].append(["收入", 12])
    hidden = book.create_sheet("底稿")
    hidden.append(["草稿", 1])
    hidden.sheet_state = "hidden"
    extract = readers.read(saved(book), "a.xlsx")
    assert (extract.raw, extract.notes) == ("收入\t12", ("隐藏的工作表“底稿”未读取",))
