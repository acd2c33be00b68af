"""Spreadsheets: each sheet's tables with their titles, units and column heads; comma separated files too."""

from __future__ import annotations

import csv
import io
import re
import warnings
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from assistant.errors import DocumentError
from assistant.readers import text
from assistant.readers.composing import Composer, one_line, reads_as_headline
from assistant.readers.packages import opened, properties
from assistant.readers.tables import caption_and_unit, is_about, lay_out
from assistant.records import Extract

_ROWS, _COLUMNS = 200_000, 300
"""The rows and columns of a sheet that are read; what lies beyond is told in a note."""
_BLANK = 20_000
"""Rows without content after which the rest of a sheet is not read, whatever size it claims."""
_UNNAMED = re.compile(r"(?:sheet|工作表|表)\s*\d*", re.I)
_FORMAT = re.compile(r"(?P<group>#,##)?[0#]+(?:\.(?P<decimals>[0#?]+))?(?P<percent>%)?[_ )]*")
_SAMPLE = 20_000
_DELIMITERS = ",\t;|"
"""Of those in as many lines, the first one separates."""


def read_xlsx(data: bytes, name: str) -> Extract:
    """The sheets of an .xlsx file, as their values are shown; formulas by the value last computed.

    Raises:
        DocumentError: damaged, protected, or without text.
    """
    from openpyxl import load_workbook

    composer = Composer("xlsx", name)
    notes: list[str] = []
    with opened(data, name) as file, warnings.catch_warnings(action="ignore"):
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                notes.append(f"隐藏的工作表“{sheet.title}”未读取")
                continue
            if not _UNNAMED.fullmatch(sheet.title.strip()):
                composer.add(sheet.title, heading=True, level=1)
            sheet.reset_dimensions()
            rows = ([_shown(cell) for cell in row[:_COLUMNS]] for row in sheet.iter_rows())
            end = _sheet(rows, composer, sheet.title)
            if end:
                notes.append(f"工作表“{sheet.title}”{end}")
        core = book.properties
        about = properties(core.title, core.creator, core.created)
    return composer.extract(about, notes)


def read_csv(data: bytes, name: str) -> Extract:
    """The rows of a file with one separator between its values: a comma, tab, semicolon or bar.

    Raises:
        DocumentError: empty, not text, or quoted wrongly.
    """
    content = text.decode(data, name)
    composer = Composer("csv", name)
    try:
        rows = csv.reader(io.StringIO(content, newline=""), delimiter=_delimiter(content, name))
        end = _sheet(([one_line(cell) for cell in row[:_COLUMNS]] for row in rows), composer, "")
    except csv.Error as error:
        raise DocumentError(f"{name} is no valid table ({error}); save it again as CSV") from error
    return composer.extract(notes=[end] if end else [])


def _sheet(rows: Iterable[list[str]], composer: Composer, title: str) -> str:
    """Add the tables of a sheet, which blank rows set apart; why the rest was not read, if it was not."""
    above: Sequence[str] = [] if _UNNAMED.fullmatch(title.strip()) else [title]
    block: list[list[str]] = []
    blank = 0
    end = ""
    for number, row in enumerate(rows):
        if any(row):
            if number >= _ROWS:
                end = f"只读取了前 {_ROWS} 行"
                break
            block.append(row)
            blank = 0
            continue
        if block:
            above = _block(block, composer, above)
            block = []
        blank += 1
        if blank > _BLANK:
            end = f"第 {number + 1} 行起未读取：之前连续 {_BLANK} 行为空"
            break
    if block:
        _block(block, composer, above)
    return end


def _block(rows: list[list[str]], composer: Composer, above: Sequence[str]) -> Sequence[str]:
    """Add rows that stand together: first those of one cell, as lines, then the table below them.

    Gives the lines back that would name a table after it.
    """
    wide = (at for at, row in enumerate(rows) if sum(map(bool, row)) > 1 and not is_about(row))
    first = next(wide, len(rows))
    lines = [cell for row in rows[:first] for cell in row if cell]
    for line in lines:
        heading = reads_as_headline(line) and not caption_and_unit([line])[1]
        composer.add(line, heading=heading, level=2 if heading else 0)
    if first == len(rows):
        return [*above, *lines]
    composer.rows(lay_out(rows[first:], [*above, *lines]))
    return above[:1]


def _shown(cell: Any) -> str:
    """The value of a cell about as the program shows it."""
    value = cell.value
    match value:
        case None:
            return ""
        case str():
            return one_line(value)
        case bool():
            return str(value).upper()
        case datetime():
            midnight = value.time() == time(0)
            return value.strftime("%Y-%m-%d" if midnight else "%Y-%m-%d %H:%M")
        case date():
            return value.isoformat()
        case time() | timedelta():
            return str(value)
        case int() | float():
            return number(value, cell.number_format or "")
    return one_line(str(value))


def number(value: float, pattern: str) -> str:
    """A number under an Excel number format; without noise from binary fractions under one not known."""
    match = _FORMAT.fullmatch(pattern.split(";")[0])
    if match is None or pattern == "General":
        return _plain(value * 100) + "%" if pattern.endswith("%") else _plain(value)
    least = len((match["decimals"] or "").rstrip("#?"))
    most = len(match["decimals"] or "")
    shown = value * 100 if match["percent"] else value
    grouping = "," if match["group"] else ""
    digits = format(shown, f"{grouping}.{most}f")
    while most > least and digits.endswith("0"):
        digits, most = digits[:-1], most - 1
    return digits.rstrip(".") + (match["percent"] or "")


def _plain(value: float) -> str:
    if isinstance(value, int) or value.is_integer():
        return str(int(value))
    digits = format(value, ".15g")
    return format(value, ".15f").rstrip("0") if "e-" in digits else digits


def _delimiter(content: str, name: str) -> str:
    """The separator that the first lines agree on."""
    if name.lower().endswith(".tsv"):
        return "\t"
    lines = [line for line in content[:_SAMPLE].splitlines()[:20] if line.strip()]
    return max(_DELIMITERS, key=lambda mark: sum(mark in line for line in lines))
