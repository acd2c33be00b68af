"""Tables without ruling lines to rows: told by names and values that stand below one another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.readers.pdf_lines import Line, segments
from assistant.readers.pdf_page import Word
from assistant.readers.pdf_tables import VALUE, text_of
from assistant.readers.units import stated

_SHORT = 20
_GAP = 1.0
"""Cells of rows with values may stand this close, in font sizes."""


@dataclass(slots=True)
class _Band:
    """A line across the page: its words from left to right and the parts between its wide gaps."""

    words: list[Word]
    parts: list[list[Word]]
    base: float

    @property
    def size(self) -> float:
        return self.words[0].size

    @property
    def is_row(self) -> bool:
        return len(self.parts) > 1

    @property
    def has_value(self) -> bool:
        return self.is_row and any(VALUE.match(text_of(part)) for part in self.parts[1:])


def rows(found: Sequence[list[Word]], number: int) -> tuple[list[Line], list[list[Word]]]:
    """The rows of tables without ruling lines, and the runs that belong to none.

    `number` is that of the first table.
    """
    bands = _bands(found)
    lines: list[Line] = []
    taken: set[int] = set()
    if sum(band.is_row for band in bands) < 2:
        return lines, list(found)
    for first, last in _regions(bands):
        region = bands[first:last]
        columns = _columns(region)
        if not _is_aligned(region, columns):
            continue
        lines.extend(_rows(region, columns, number))
        taken.update(word.at for band in region for word in band.words)
        number += 1
    return lines, [run for run in found if run[0].at not in taken]


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
        result.append(_Band(words, segments(words, _GAP), words[0].base))
    return _with_names(result)


def _with_names(bands: list[_Band]) -> list[_Band]:
    """Values that stand in the middle beside a name of two lines become one line with it."""
    result = list(bands)
    for above, values, below in zip(bands, bands[1:], bands[2:], strict=False):
        name = [*above.words, *below.words]
        close = below.base - above.base < 1.9 * values.size
        beside = max(word.right for word in name) < values.words[0].left
        single = not above.is_row and not below.is_row
        if close and beside and single and all(VALUE.match(text_of(part)) for part in values.parts):
            at = next(place for place, band in enumerate(result) if band is above)
            result[at : at + 3] = [_Band([*name, *values.words], [name, *values.parts], values.base)]
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
    text = text_of(band.words)
    if not near or stated(text)[0]:
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
    named = sum(re.search(r"[^\W\d_]{2}", text_of(band.parts[0])) is not None for band in rows)
    return len(columns) > 1 and len(rows) >= 2 and named >= 0.6 * len(rows)


def _rows(region: Sequence[_Band], columns: Sequence[tuple[float, float]], number: int) -> Iterator[Line]:
    """A row for each line with values, with the lines nearest to it; the lines above are the heads."""
    anchors = [at for at, band in enumerate(region) if band.has_value]
    first = anchors[0]
    heads = first
    while heads and _is_name(region[heads - 1], region[first], columns):
        heads -= 1
    names = _cells([word for band in region[:heads] for word in band.words], columns)
    texts = tuple(text_of(cell) for cell in names)
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
    columns = (len(cells),)
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
