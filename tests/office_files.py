"""Real Office files as bytes, made by the libraries that write them."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from docx import Document
from openpyxl import Workbook
from pptx import Presentation

Grid = Any
"""Rows of cells; mypy takes a literal of mixed rows for a list of objects."""


def saved(file: Any) -> bytes:
    """The bytes of a docx, pptx or xlsx object of its library."""
    stream = io.BytesIO()
    file.save(stream)
    return stream.getvalue()


def fill(table: Any, grid: Grid) -> Any:
    """The table with its cells set; None leaves a cell alone."""
    for row, cells in enumerate(grid):
        for column, value in enumerate(cells):
            if value is not None:
                table.cell(row, column).text = value
    return table


def word(*paragraphs: str) -> bytes:
    """A Word file of plain paragraphs."""
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return saved(document)


def workbook(**sheets: Grid) -> bytes:
    """An Excel file with these sheets."""
    book = Workbook()
    del book["Sheet"]
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    return saved(book)


def slides(*titles: str) -> bytes:
    """A PowerPoint file with a titled slide each."""
    presentation = Presentation()
    for title in titles:
        slide = presentation.slides.add_slide(presentation.slide_layouts[5])
        slide.shapes.title.text = title
    return saved(presentation)


def with_part(data: bytes, part: str, content: bytes) -> bytes:
    """The package with one of its parts replaced or added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        new.writestr(part, content)
    return stream.getvalue()
