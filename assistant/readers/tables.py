"""What the cells of a table mean: which rows name its columns, which lines name the table and its unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from assistant.readers.units import stated
from assistant.records import Paragraph, Table

_NUMBER = re.compile(r"[-+−(（]?\s*[¥￥$]?\s*\d[\d,，. ]*\s*(?:%|％|‰)?[)）]?|[-—–/]+|不适用|n/?a", re.I)
_YEAR = re.compile(r"(?:19|20)\d\d")
_WHO = re.compile(r"(?:填报|编制|填表|制表|报送)(?:单位|部门|人)\s*[：:]")
_WHEN = re.compile(r"(?:填报|编制|制表|报告)?(?:日期|时间|期间?)\s*[：:]|(?:19|20)\d\d\s*年.{0,12}$")
_NAMED = re.compile(r"(?:附?表|图表|table)\s*[\d一二三四五六七八九十A-Z（(]", re.I)
_ENDS = re.compile(r"[。！？!?；;，,]$")
_SHORT = 40
"""Characters of the longest line above a table that is taken to name it without saying so."""
_LONGEST_NAME = 80
_LONGEST_HEAD = 40
_LONGEST_LABEL = 24
_SEEN = 50
"""How many rows are looked at to learn how wide a table is."""
_DEEPEST = 10
"""How many rows may stand above the column heads."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A table taken apart: lines that stand in its first rows, how many rows are heads, and the rows."""

    lines: tuple[str, ...]
    table: Table
    heads: int
    rows: tuple[tuple[str, ...], ...]


def lay_out(grid: Sequence[Sequence[str]], above: Sequence[str] = (), heads: int | None = None) -> Layout:
    """Make out what the rows of a table are.

    Args:
        grid: rows of cells, white space in cells already single spaces; empty rows are dropped.
        above: the lines that stand directly above the table, the nearest last.
        heads: how many of the first rows hold column heads, where the format says so.
    """
    rows = [tuple(row) for row in grid if any(row)]
    first = 0 if heads is not None else _lines_on_top(rows)
    lines = tuple(cell for row in rows[:first] for cell in row if cell)
    body = _trimmed(rows[first:])
    count = _head_rows(body) if heads is None else min(heads, len(body))
    caption, unit = caption_and_unit([*above, *lines])
    if not unit:
        named = (stated(cell)[0] for row in body[:count] for cell in row if "单位" in cell)
        unit = next(filter(None, named), "")
    return Layout(lines, Table(caption, unit, _heads(body[:count])), count, tuple(body))


def caption_and_unit(lines: Sequence[str]) -> tuple[str, str]:
    """The line that names a table and its unit, from the lines above it; the nearest line stands last."""
    unit = ""
    for line in reversed(lines[-3:]):
        found, rest = stated(line)
        unit = unit or found
        if (found and len(re.sub(r"\W|币种|人民币|金额", "", rest)) < 3) or _WHO.match(line):
            continue
        named = _NAMED.match(line) is not None
        if len(line) <= (_LONGEST_NAME if named else _SHORT) and not _ENDS.search(line):
            return rest, unit
        break
    return "", unit


def lines_above(paragraphs: Sequence[Paragraph]) -> list[str]:
    """The last lines that are no table's, which may name a table that follows; the nearest stands last."""
    near = takewhile(lambda paragraph: paragraph.table is None, reversed(paragraphs[-3:]))
    return [paragraph.text.text for paragraph in near][::-1]


def repeated(text: str) -> str:
    """What the further rows hold of a cell that goes down over them: the whole of a label, else nothing."""
    return text if len(text) <= _LONGEST_LABEL and not is_number(text) else ""


def is_number(cell: str) -> bool:
    """Whether a cell holds a value rather than words; a year alone may head a column."""
    return _NUMBER.fullmatch(cell) is not None and not _YEAR.fullmatch(cell)


def _lines_on_top(rows: Sequence[Sequence[str]]) -> int:
    """How many first rows hold one cell only, or say who made the table and in what unit; it is wider."""
    if all(_filled(row) < 2 for row in rows):
        return 0
    return next((at for at, row in enumerate(rows) if _filled(row) > 1 and not is_about(row)), 0)


def is_about(row: Sequence[str]) -> bool:
    """Whether the cells of a row say who made the table, in what unit or when; they head no columns."""
    cells = [cell for cell in row if cell]
    said = [cell for cell in cells if _WHO.match(cell) or ("单位" in cell and not any(stated(cell)[1:]))]
    return bool(said) and all(cell in said or _WHEN.match(cell) for cell in cells)


def _head_rows(rows: Sequence[Sequence[str]]) -> int:
    """How many first rows name the columns: none, one, or two where the first spans several columns."""
    width = max((_filled(row) for row in rows[:_SEEN]), default=0)
    if len(rows) < 2 or width < 2 or not _names_columns(rows[0]):
        return 0
    upper = (*rows[0], *[""] * (len(rows[1]) - len(rows[0])))
    spans = any(lower and not above for above, lower in list(zip(upper, rows[1], strict=False))[1:])
    if spans and len(rows) > 2 and _names_columns(rows[1]):
        return 2
    return 1 if _filled(rows[0]) >= max(2, 0.6 * width) else 0


def _names_columns(row: Sequence[str]) -> bool:
    cells = [cell for cell in row if cell]
    words = [cell for cell in cells if not is_number(cell) and len(cell) <= _LONGEST_HEAD]
    return bool(cells) and len(words) > 0.7 * len(cells)


def _heads(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """One head per column; a cell of the upper row reaches over the empty ones to its right."""
    if len(rows) < 2:
        return tuple(rows[0]) if rows else ()
    upper, lower = rows[0], rows[1]
    heads: list[str] = []
    over = ""
    for at in range(max(len(upper), len(lower))):
        under = lower[at] if at < len(lower) else ""
        over = (upper[at] if at < len(upper) else "") or (over if under else "")
        heads.append(" ".join(dict.fromkeys(filter(None, (over, under)))))
    return tuple(heads)


def _trimmed(rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The rows without the columns that are empty throughout on either side."""
    left = min((next(at for at, cell in enumerate(row) if cell) for row in rows), default=0)
    right = max((max(at for at, cell in enumerate(row) if cell) for row in rows), default=-1) + 1
    return [row[left:right] for row in rows]


def _filled(row: Sequence[str]) -> int:
    return sum(map(bool, row))
