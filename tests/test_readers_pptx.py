"""Slides: each a page, read from top to bottom, with tables, charts and notes."""

from __future__ import annotations

import io

import pytest
from office_files import fill, saved
from PIL import Image
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Cm
from reading import read, shown, tables

from assistant import readers
from assistant.errors import DocumentError

TITLE_AND_TEXT, TITLE_ONLY, BLANK = 1, 5, 6


def picture() -> io.BytesIO:
    stream = io.BytesIO()
    Image.new("RGB", (9, 9)).save(stream, "png")
    stream.seek(0)
    return stream


def test_title_text_and_notes_of_each_slide_in_turn() -> None:
    presentation = Presentation()
    for title in ("网络建设", "用户发展"):
        slide = presentation.slides.add_slide(presentation.slide_layouts[TITLE_AND_TEXT])
        slide.shapes.title.text = title
        slide.placeholders[1].text = f"{title}一\n{title}二"
        slide.notes_slide.notes_text_frame.text = f"{title}备注。"
    extract = readers.read(saved(presentation), "a.pptx")
    first = ["# 网络建设", "网络建设一", "网络建设二", "网络建设备注。"]
    assert shown(extract) == [*first, *(line.replace("网络建设", "用户发展") for line in first)]
    assert [extract.raw[at:][:4] for at in extract.pages] == ["网络建设", "用户发展"]


def test_shapes_are_read_from_top_to_bottom_and_left_to_right() -> None:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[BLANK])
    group = slide.shapes.add_group_shape()
    places = (("下", 1, 12, slide), ("右", 10, 5, slide), ("左", 1, 5.2, slide), ("中", 1, 9, group))
    for text, left, top, place in places:
        place.shapes.add_textbox(Cm(left), Cm(top), Cm(3), Cm(1)).text_frame.text = text
    assert read(saved(presentation), "a.pptx") == ["左", "右", "中", "下"]


def test_tables_and_charts_are_rows() -> None:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[TITLE_ONLY])
    slide.shapes.title.text = "表2 经营数据"
    table = slide.shapes.add_table(2, 2, Cm(1), Cm(6), Cm(9), Cm(3)).table
    fill(table, [["项目", "数值"], ["收入", "12"]])
    data = CategoryChartData()  # type: ignore[no-untyped-call]
    data.categories = ["2021年", "2022年"]
    data.add_series("利润", (1.5, 2.25))  # type: ignore[no-untyped-call]
    slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Cm(1), Cm(12), Cm(5), Cm(5), data)
    extract = readers.read(saved(presentation), "a.pptx")
    assert shown(extract)[1:] == ["? 项目\t数值", "收入\t12", "? \t利润", "2021年\t1.5", "2022年\t2.25"]
    assert [(t.caption, t.heads) for t in tables(extract)] == [
        ("表2 经营数据", ("项目", "数值")), ("", ("", "利润")),
    ]  # fmt: skip


def test_slides_of_pictures_only_are_told() -> None:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[TITLE_ONLY])
    slide.shapes.title.text = "封面"
    slide = presentation.slides.add_slide(presentation.slide_layouts[BLANK])
    slide.shapes.add_picture(picture(), 0, 0)
    extract = readers.read(saved(presentation), "a.pptx")
    assert (extract.notes, len(extract.pages)) == (("第2页只有图片，没有文字",), 2)


def test_a_file_of_pictures_only_is_refused_and_says_so() -> None:
    presentation = Presentation()
    presentation.slides.add_slide(presentation.slide_layouts[BLANK]).shapes.add_picture(picture(), 0, 0)
    with pytest.raises(DocumentError, match="a.pptx holds no text.*只有图片"):
        readers.read(saved(presentation), "a.pptx")
