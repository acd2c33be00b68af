"""Tables drawn with ruling lines to rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from assistant.readers.pdf_grids import Cell, Cut, Grid
from assistant.readers.pdf_lines import Line
from assistant.readers.pdf_page import Word
from assistant.readers.tables import repeated

VALUE = re.compile(
    r"^(?!(?:19|20)\d\d$)[-−–+(（¥$￥]*\d[\d,，.]*\s*(?:[%％‰倍]|个?百分点|p\.?p\.?)?[)）]?$|^[-—–−/]+$|^不适用$"
)
_STACKED = re.compile(r"^[-−–+(（]?\d{1,3}(?:[,，]\d{3})*(?:\.\d+)?[%％]?[)）]?(?:$|[-−–+\d(（])")
_PROSE = 0.85
"""A cell that holds a larger share of the characters is a frame around prose."""
_MOST_HEADS = 3
_SHORT = 20
_LONG = 40


def rows(grid: Grid, words: Sequence[Word], cut: Cut, number: int) -> list[Line]:
    """The rows of a drawn table; none where the lines only frame or underline text.

    Rows of one `table` share their columns; `number` is that of the first one.
    """
    cells = grid.cells(words, cut)
    if not _is_table(cells) or any(map(_is_stacked, cells)):
        return []
    lines: list[Line] = []
    for section in _sections(cells, len(grid.xs) - 1):
        made = _section(section, number, grid.xs)
        lines.extend(made)
        number += any(line.table for line in made)
    return lines


def _is_table(cells: Sequence[Cell]) -> bool:
    sizes = [sum(len(word.text) for word in cell.words) for cell in cells]
    several = len({cell.left for cell in cells}) > 1 and len({cell.top for cell in cells}) > 1
    return several and max(sizes) < _PROSE * sum(sizes) or (several and max(sizes) < 100)


def _is_stacked(cell: Cell) -> bool:
    """Whether a cell holds values one below the other: rows that no ruling line parts."""
    lines = [text_of(list(words)) for _, words in groupby(cell.words, key=lambda word: round(word.base))]
    values = [line for line in lines if re.search(r"\d", line) and _STACKED.match(line)]
    return len(values) > 2 and len(values) > 0.7 * len(lines)


def _sections(cells: Sequence[Cell], columns: int) -> Iterator[list[list[Cell]]]:
    """Runs of rows; a cell that goes across the whole table begins a new one."""
    section: list[list[Cell]] = []
    for _, group in groupby(cells, key=lambda cell: cell.top):
        row = list(group)
        across = len(row) == 1 and row[0].right - row[0].left == columns
        if section and (across or _restarts(row, section)):
            yield section
            section = []
        section.append(row)
        if across:
            yield section
            section = []
    if section:
        yield section


def _restarts(row: Sequence[Cell], above: Sequence[Sequence[Cell]]) -> bool:
    """Whether a row holds new column heads: nothing in the first column, names in the others."""
    texts = [text_of(cell.words) for cell in row]
    named = all(re.search(r"[^\W\d_]{2}", text) and not VALUE.match(text) for text in texts)
    ended = all(cell.bottom <= row[0].top for other in above for cell in other)
    return ended and len(row) > 1 and row[0].left > 0 and named and max(map(len, texts)) <= _SHORT


def _section(rows: Sequence[Sequence[Cell]], number: int, xs: Sequence[float]) -> list[Line]:
    if len(rows) == 1 and len(rows[0]) == 1:
        return _plain(rows[0][0])
    lefts = sorted({cell.left for row in rows for cell in row})
    heads = _head_rows(rows)
    names = tuple(_head(rows[:heads], left) for left in lefts) if heads else ()
    lines: list[Line] = []
    tall = [cell for row in rows[heads:] for cell in row if cell.bottom > cell.top + 1]
    for at, row in enumerate(rows):
        by_left = {cell.left: list(cell.words) for cell in row}
        for cell in tall if at >= heads else ():
            if cell.top < row[0].top < cell.bottom and repeated(text_of(cell.words)):
                by_left.setdefault(cell.left, list(cell.words))
        cells = [by_left.get(left, []) for left in lefts]
        while not cells[-1]:
            cells.pop()
        lines.append(Line.of(cells, table=number, head=at < heads))
        lines[-1].heads, lines[-1].columns = names, tuple(round(xs[left]) for left in lefts)
    return lines


def _plain(cell: Cell) -> list[Line]:
    """A cell across the table is a line of its own, or prose."""
    lines = [Line.of([list(words)]) for _, words in groupby(cell.words, key=lambda word: round(word.base))]
    for line in lines:
        line.framed = True
    return lines


def _head_rows(rows: Sequence[Sequence[Cell]]) -> int:
    """How many rows at the top hold column heads."""
    if len(rows) < 2:
        return 0
    top = rows[0][0].top
    deepest = max(cell.bottom for cell in rows[0])
    count = sum(row[0].top < deepest for row in rows)
    texts = [text_of(cell.words) for row in rows[:count] for cell in row]
    if count > _MOST_HEADS or count >= len(rows) or deepest - top > 2 * _MOST_HEADS:
        return 0
    if any(VALUE.match(text) or len(text) > _LONG for text in texts) or len(rows[0]) < 2:
        return 0
    below = [text_of(cell.words) for row in rows[count:] for cell in row if cell.left]
    if any(VALUE.match(text) and re.search(r"\d", text) for text in below):
        return count
    columns = len({cell.left for row in rows for cell in row})
    return count if columns > 2 and all(len(text) <= _SHORT for text in texts) else 0


def _head(rows: Sequence[Sequence[Cell]], left: int) -> str:
    """What the head rows say of the column that begins at `left`, from the top down."""
    return " ".join(text_of(cell.words) for row in rows for cell in row if cell.left <= left < cell.right)


def text_of(words: Sequence[Word]) -> str:
    """The words with nothing between them."""
    return "".join(word.text for word in words)
