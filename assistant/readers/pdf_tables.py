"""Tables of a page to rows: those drawn with ruling lines, and those told by their aligned columns alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.readers.pdf_grids import Cell, Cut, Grid
from assistant.readers.pdf_lines import Line, segments
from assistant.readers.pdf_page import Word

_VALUE = re.compile(
    r"^(?!(?:19|20)\d\d$)[-−–+(（¥$￥]*\d[\d,，.]*\s*(?:[%％‰倍]|个?百分点|p\.?p\.?)?[)）]?$|^[-—–−/]+$|^不适用$"
)
_UNIT = re.compile(r"单位\s*[:：]|币种\s*[:：]")
_PROSE = 0.85
"""A cell that holds a larger share of the characters is a frame around prose."""
_MOST_HEADS = 3
_SHORT = 20
_LONG = 40
_Row = tuple[list[Word], list[list[Word]]]
"""The words of a line, and the same cut at the wide gaps."""


def drawn(grid: Grid, words: Sequence[Word], cut: Cut, number: int) -> list[Line]:
    """The rows of a drawn table; none where the lines only frame or underline text.

    Rows of one `table` share their columns; `number` is that of the first one.
    """
    cells = grid.cells(words, cut)
    if not _is_table(cells):
        return []
    lines: list[Line] = []
    for section in _sections(cells, len(grid.xs) - 1):
        made = _section(section, number)
        lines.extend(made)
        number += any(line.table for line in made)
    return lines


def _is_table(cells: Sequence[Cell]) -> bool:
    sizes = [sum(len(word.text) for word in cell.words) for cell in cells]
    several = len({cell.left for cell in cells}) > 1 and len({cell.top for cell in cells}) > 1
    return several and max(sizes) < _PROSE * sum(sizes) or (several and max(sizes) < 100)


def _sections(cells: Sequence[Cell], columns: int) -> Iterator[list[list[Cell]]]:
    """Runs of rows; a cell that goes across the whole table begins a new one."""
    section: list[list[Cell]] = []
    for _, group in groupby(cells, key=lambda cell: cell.top):
        row = list(group)
        across = len(row) == 1 and row[0].right - row[0].left == columns
        if across and section:
            yield section
            section = []
        section.append(row)
        if across:
            yield section
            section = []
    if section:
        yield section


def _section(rows: Sequence[Sequence[Cell]], number: int) -> list[Line]:
    if len(rows) == 1 and len(rows[0]) == 1:
        return _plain(rows[0][0])
    lefts = sorted({cell.left for row in rows for cell in row})
    heads = _head_rows(rows)
    names = tuple(_head(rows[:heads], left) for left in lefts) if heads else ()
    lines: list[Line] = []
    for at, row in enumerate(rows):
        by_left = {cell.left: list(cell.words) for cell in row}
        cells = [by_left.get(left, []) for left in lefts]
        while not cells[-1]:
            cells.pop()
        lines.append(Line.of(cells, table=number, head=at < heads))
        lines[-1].heads, lines[-1].columns = names, len(lefts)
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
    texts = [_text(cell.words) for row in rows[:count] for cell in row]
    if count > _MOST_HEADS or count >= len(rows) or deepest - top > 2 * _MOST_HEADS:
        return 0
    if any(_VALUE.match(text) or len(text) > _LONG for text in texts) or len(rows[0]) < 2:
        return 0
    below = [_text(cell.words) for row in rows[count:] for cell in row if cell.left]
    if any(_VALUE.match(text) and re.search(r"\d", text) for text in below):
        return count
    columns = len({cell.left for row in rows for cell in row})
    return count if columns > 2 and all(len(text) <= _SHORT for text in texts) else 0


def _head(rows: Sequence[Sequence[Cell]], left: int) -> str:
    """What the head rows say of the column that begins at `left`, from the top down."""
    return " ".join(_text(cell.words) for row in rows for cell in row if cell.left <= left < cell.right)


def _text(words: Sequence[Word]) -> str:
    return "".join(word.text for word in words)


@dataclass(slots=True)
class _Band:
    """A line across the page: its words from left to right and the parts between its wide gaps."""

    words: list[Word]
    parts: list[list[Word]]

    @property
    def base(self) -> float:
        return self.words[0].base

    @property
    def size(self) -> float:
        return self.words[0].size

    @property
    def is_row(self) -> bool:
        return len(self.parts) > 1

    @property
    def has_value(self) -> bool:
        return self.is_row and any(_VALUE.match(_text(part)) for part in self.parts[1:])


def aligned(found: Sequence[list[Word]], number: int) -> tuple[list[Line], set[int]]:
    """Rows of tables without ruling lines, and the ids of the runs that they were made from."""
    bands = _bands(found)
    lines: list[Line] = []
    used: set[int] = set()
    if sum(band.is_row for band in bands) < 2:
        return lines, used
    for first, last in _regions(bands):
        region = bands[first:last]
        columns = _columns(region)
        if not _is_aligned(region, columns):
            continue
        lines.extend(_rows(region, columns, number))
        taken = {word.at for band in region for word in band.words}
        used.update(id(run) for run in found if run[0].at in taken)
        number += 1
    return lines, used


def _bands(found: Sequence[list[Word]]) -> list[_Band]:
    bands: list[list[Word]] = []
    for run in sorted(found, key=lambda run: run[0].base):
        if bands and abs(run[0].base - bands[-1][0].base) < 0.3 * run[0].size:
            bands[-1].extend(run)
        else:
            bands.append(list(run))
    result: list[_Band] = []
    for words in bands:
        words.sort(key=lambda word: word.left)
        result.append(_Band(words, segments(words)))
    return result


def _regions(bands: Sequence[_Band]) -> Iterator[tuple[int, int]]:
    """Ranges of lines around rows that follow one another closely."""
    rows = [at for at, band in enumerate(bands) if band.has_value]
    start = 0
    while start < len(rows):
        end = start
        while end + 1 < len(rows) and _belong(bands, rows[end], rows[end + 1]):
            end += 1
        first, last = rows[start], rows[end] + 1
        right = max(word.right for band in bands[first:last] for word in band.words)
        while first and _is_above(bands[first - 1], bands[first], right):
            first -= 1
        while last < len(bands) and _is_rest(bands[last - 1], bands[last], bands[rows[end]]):
            last += 1
        if end > start:
            yield first, last
        start = end + 1


def _belong(bands: Sequence[_Band], one: int, other: int) -> bool:
    """Whether two rows with values stand in one table: only narrow lines between them, no wide gap."""
    between = bands[one + 1 : other]
    near = all(bands[at + 1].base - bands[at].base < 3 * bands[at].size for at in range(one, other))
    width = bands[one].words[-1].right - bands[one].words[0].left
    return (
        near
        and len(between) <= 6
        and all(band.is_row or band.words[-1].right - band.words[0].left < 0.6 * width for band in between)
    )


def _is_above(band: _Band, below: _Band, right: float) -> bool:
    """Whether a line can be part of the heads: broken into columns, or set over the columns to the right."""
    near = below.base - band.base < 2.5 * band.size
    text = _text(band.words)
    if not near or _UNIT.search(text):
        return False
    apart = band.words[0].left > below.words[0].left + 4 * band.size and band.words[-1].right <= right + 20
    return band.is_row or (apart and len(text) <= _SHORT)


def _is_rest(last: _Band, band: _Band, row: _Band) -> bool:
    """Whether a line goes on with the first cell of the last row."""
    near = band.base - last.base < 1.6 * band.size
    narrow = band.words[-1].right < row.parts[1][0].left
    return near and narrow and not band.is_row and abs(band.words[0].left - row.words[0].left) < band.size


def _columns(region: Sequence[_Band]) -> list[tuple[float, float]]:
    """The stretches that the parts of the rows with values fill, from left to right."""
    spans = sorted((part[0].left, part[-1].right) for band in region if band.has_value for part in band.parts)
    columns: list[tuple[float, float]] = []
    for left, right in spans:
        if columns and left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns


def _is_aligned(region: Sequence[_Band], columns: Sequence[tuple[float, float]]) -> bool:
    """Whether it is a table: rows with a name and values below one another."""
    rows = [band for band in region if band.has_value]
    named = sum(re.search(r"[^\W\d_]{2}", _text(band.parts[0])) is not None for band in rows)
    return len(columns) > 1 and len(rows) >= 2 and named >= 0.6 * len(rows)


def _rows(region: Sequence[_Band], columns: Sequence[tuple[float, float]], number: int) -> Iterator[Line]:
    """A row for each line with values, with the lines nearest to it; the lines above are the heads."""
    anchors = [at for at, band in enumerate(region) if band.has_value]
    first = anchors[0]
    heads = first
    while heads and _is_name(region[heads - 1], region[first], columns):
        heads -= 1
    names = _cells([word for band in region[:heads] for word in band.words], columns)
    texts = tuple(_text(cell) for cell in names)
    for at in range(heads):
        cells = _cells(region[at].words, columns)
        yield _line(cells, number, texts, head=True)
    groups: dict[int, list[Word]] = {at: [] for at in anchors}
    for at in range(heads, len(region)):
        nearest = min(anchors, key=lambda anchor: (abs(region[anchor].base - region[at].base), -anchor))
        groups[nearest].extend(region[at].words)
    for words in groups.values():
        yield _line(_cells(words, columns), number, texts)


def _line(cells: list[list[Word]], number: int, heads: tuple[str, ...], *, head: bool = False) -> Line:
    columns = len(cells)
    while not cells[-1]:
        cells.pop()
    line = Line.of(cells, table=number, head=head)
    line.heads, line.columns = heads, columns
    return line


def _is_name(band: _Band, row: _Band, columns: Sequence[tuple[float, float]]) -> bool:
    """Whether a line above a row is the upper part of its name: in the first column and close."""
    return (
        not band.is_row
        and band.words[-1].right < columns[1][0]
        and abs(band.words[0].left - row.words[0].left) < band.size
        and row.base - band.base < 1.6 * band.size
    )


def _cells(words: Sequence[Word], columns: Sequence[tuple[float, float]]) -> list[list[Word]]:
    """The words by column, each cell line by line."""
    cells: list[list[Word]] = [[] for _ in columns]
    for word in words:
        middle = (word.left + word.right) / 2
        column = min(
            range(len(columns)), key=lambda at: max(columns[at][0] - middle, middle - columns[at][1], 0)
        )
        cells[column].append(word)
    return [sorted(cell, key=lambda word: (round(word.base), word.left)) for cell in cells]
