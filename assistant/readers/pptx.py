"""Slides: one page each, the title first, then everything from top to bottom, the notes last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER
from pptx.slide import Slide

from assistant.readers.composing import Composer, one_line
from assistant.readers.packages import opened, properties
from assistant.records import Extract

_FURNITURE = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.HEADER)
_LINE = 360_000
"""Shapes whose tops differ by less than this (EMU; 1 cm) stand side by side."""


def read(data: bytes, name: str) -> Extract:
    """The text, tables, chart values and notes of a .pptx file.

    Raises:
        DocumentError: damaged, protected, or without text.
    """
    composer = Composer("pptx", name)
    wordless: list[str] = []
    with opened(data, name) as file:
        presentation = Presentation(file)
        for number, slide in enumerate(presentation.slides, start=1):
            composer.page()
            before = len(composer)
            _slide(slide, composer)
            if len(composer) == before and any(_is_picture(shape) for shape in _flat(slide.shapes)):
                wordless.append(str(number))
        core = presentation.core_properties
        about = properties(core.title, core.author, core.created)
    notes = [f"第{'、'.join(wordless)}页只有图片，没有文字"] if wordless else []
    return composer.extract(about, notes)


def _slide(slide: Slide, composer: Composer) -> None:
    title = slide.shapes.title
    if title is not None:
        composer.add(" ".join(title.text_frame.text.split()), heading=True, level=1)
    shapes = [shape for shape in _flat(slide.shapes) if title is None or shape.shape_id != title.shape_id]
    for shape in sorted(shapes, key=_place):
        if shape.is_placeholder and shape.placeholder_format.type in _FURNITURE:
            continue
        if getattr(shape, "has_table", False):
            _table(shape.table, composer)
        elif getattr(shape, "has_chart", False):
            _chart(shape.chart, composer)
        elif shape.has_text_frame:
            composer.add(shape.text_frame.text)
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        composer.add(slide.notes_slide.notes_text_frame.text)


def _flat(shapes: Iterable[Any]) -> Iterator[Any]:
    """The shapes, those of groups among them."""
    for shape in shapes:
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from _flat(shape.shapes)
        else:
            yield shape


def _place(shape: Any) -> tuple[int, int]:
    return (shape.top or 0) // _LINE, shape.left or 0


def _is_picture(shape: Any) -> bool:
    return bool(shape.shape_type == MSO_SHAPE_TYPE.PICTURE)


def _table(table: Any, composer: Composer) -> None:
    composer.table([["" if cell.is_spanned else cell.text for cell in row.cells] for row in table.rows])


def _chart(chart: Any, composer: Composer) -> None:
    """A chart as the table that it was drawn from: a row per category, a column per series."""
    if chart.has_title and chart.chart_title.has_text_frame:
        composer.add(chart.chart_title.text_frame.text)
    for plot in chart.plots:
        series = list(plot.series)
        categories = [str(category) for category in plot.categories]
        grid = [["", *(one_line(one.name) for one in series)]]
        for at, category in enumerate(categories):
            values = [one.values[at] if at < len(one.values) else None for one in series]
            grid.append([category, *("" if value is None else format(value, ".15g") for value in values)])
        if categories and series:
            composer.table(grid, heads=1)
