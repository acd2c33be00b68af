"""PDF files: text in reading order, paragraphs, tables, page pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.errors import DocumentError
from assistant.readers import pdf_aligned, pdf_furniture, pdf_lines, pdf_order, pdf_paragraphs, pdf_tables
from assistant.readers.pdf_file import opened
from assistant.readers.pdf_furniture import Sheet
from assistant.readers.pdf_grids import grids
from assistant.readers.pdf_lines import Line, Role
from assistant.readers.pdf_page import Box, Page, Word
from assistant.records import Extract, Metadata, PagePicture

_MARK = 0.8
"""A figure smaller than this share of the text around it is a footnote mark."""


def read(data: bytes, name: str) -> Extract:
    """The text of a PDF: pages separated by form feeds, lines by line feeds, cells of a row by tabs.

    Raises:
        DocumentError: it is damaged, no PDF, locked with a password, or holds only pictures.
    """
    sheets: list[Sheet] = []
    empty: list[int] = []
    damaged: list[int] = []
    with opened(data, name) as document:
        for index in range(len(document)):
            with document.page(index) as page:
                lines = [] if page is None else _lines(page)
                if page is None:
                    damaged.append(index + 1)
                elif not lines and page.has_content:
                    empty.append(index + 1)
                sheets.append(Sheet(lines, page.height if page else 0.0))
            for line in lines:
                line.cells, line.starts = [], []
        properties = document.properties()
    if not any(sheet.lines for sheet in sheets):
        raise DocumentError(
            f"{name} holds only pictures ({len(sheets)} pages); run text recognition (OCR) on it first"
        )
    texts = ["\n".join(line.text for line in sheet.lines) for sheet in sheets]
    starts = [0]
    for text in texts[:-1]:
        starts.append(starts[-1] + len(text) + 1)
    pdf_furniture.mark(sheets)
    return Extract(
        "pdf",
        "\f".join(texts),
        paragraphs=tuple(pdf_paragraphs.paragraphs(sheets, starts)),
        pages=tuple(starts),
        properties=Metadata(title=properties.get("Title", ""), author=properties.get("Author", "")),
        notes=tuple(_notes(empty, damaged)),
    )


def picture(
    data: bytes, name: str, page: int, start: int, spans: Sequence[tuple[int, int]], width: int
) -> PagePicture:
    """A page as a PNG with spans of its text marked.

    Args:
        page: its number, from 1.
        start: the raw offset at which it begins (`Extract.pages[page - 1]`).
        spans: raw offsets; what of them lies on other pages is left out.
        width: of the picture, in pixels.

    Raises:
        DocumentError: the PDF cannot be opened or has no such page.
    """
    with opened(data, name) as document:
        if not 1 <= page <= len(document):
            raise DocumentError(
                f"{name} has {len(document)} pages, but page {page} was asked for; read it again"
            )
        with document.page(page - 1) as opening:
            if opening is None:
                raise DocumentError(f"{name}: page {page} is damaged; save or fetch the file again")
            marked = list(_boxes(opening, start, spans))
            height = opening.height or 1.0
            return PagePicture(
                opening.picture(width, marked),
                opening.width / height,
                min((top for _, top, _, _ in marked), default=0.0) / height,
                max((bottom for _, _, _, bottom in marked), default=0.0) / height,
            )


def _boxes(page: Page, start: int, spans: Sequence[tuple[int, int]]) -> Iterator[Box]:
    """The boxes of the characters of a page that lie in the spans; its text begins at `start`."""
    at = start
    for line in _lines(page):
        for offset, word in line.starts:
            for first, last in spans:
                begin = max(first - at - offset, 0)
                end = min(last - at - offset, len(word.text))
                if begin < end:
                    yield from page.boxes(word.at + begin, word.at + end)
        at += len(line.text) + 1


def _lines(page: Page) -> list[Line]:
    """The lines of a page in reading order, tables as rows."""
    words = page.words()
    found = list(pdf_lines.runs(words))
    rows: list[Line] = []
    if _may_hold_table(found):
        rows, rest = _drawn_tables(page, words)
        more, found = pdf_aligned.rows(pdf_lines.columns(list(pdf_lines.runs(rest))), _next(rows))
        rows.extend(more)
    lines = pdf_order.ordered([Line.of([run]) for run in found], rows)
    for line in lines:
        line.bold = all(page.is_bold(word) for word in (line.starts[0][1], line.starts[-1][1]))
    lines, marks = pdf_furniture.place_notes(lines, page.height)
    if marks:
        _drop_marks(page, lines, marks)
    return lines


def _drawn_tables(page: Page, words: Sequence[Word]) -> tuple[list[Line], list[Word]]:
    """The rows of the tables between ruling lines, and the words outside them."""
    rows: list[Line] = []
    inside: set[int] = set()
    for grid in grids(page.rules()):
        held = [word for word in words if word.at not in inside and grid.holds(word)]
        made = pdf_tables.rows(grid, held, page.split, _next(rows))
        if made:
            rows.extend(made)
            inside.update(word.at for word in held)
    return rows, [word for word in words if word.at not in inside]


def _next(rows: Sequence[Line]) -> int:
    """The number of the page's next table."""
    return 1 + max((row.table for row in rows), default=0)


def _drop_marks(page: Page, lines: Sequence[Line], marks: Sequence[str]) -> None:
    """Find the small figures in the text that point to the page's footnotes."""
    mark = re.compile(rf"(?<!\d)(?:{'|'.join(marks)})(?!\d)")
    for line in lines:
        if line.role is not Role.TEXT or line.table:
            continue
        for match in mark.finditer(line.text):
            offset, word = max((pair for pair in line.starts if pair[0] <= match.start()), key=lambda p: p[0])
            if page.size(word, match.start() - offset) < _MARK * line.size:
                line.dropped += tuple(range(*match.span()))


def _may_hold_table(found: Sequence[list[Word]]) -> bool:
    """Whether any line is broken by wide gaps, or lines stand beside each other."""
    bases = [round(run[0].base) for run in found]
    return len(set(bases)) < len(bases) or any(len(pdf_lines.segments(run)) > 1 for run in found)


def _notes(empty: Sequence[int], damaged: Sequence[int]) -> list[str]:
    notes: list[str] = []
    if empty:
        notes.append(f"第{_listed(empty)}页只有图片，没有文字")
    if damaged:
        notes.append(f"第{_listed(damaged)}页已损坏，无法读取")
    return notes


def _listed(numbers: Sequence[int]) -> str:
    """Page numbers as a person writes them: 3、5-9."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and parts[-1][-1] == number - 1:
            parts[-1] = [parts[-1][0], number]
        else:
            parts.append([number])
    return "、".join("-".join(str(n) for n in dict.fromkeys(part)) for part in parts)
