"""The rows of a CSV or JSONL file, whatever they hold, with the line where each stands."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistant.errors import DocumentError, QuestionError


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row and the line on which it begins, counted from 1. Values of a CSV file are all text."""

    line: int
    values: Mapping[str, object]


def rows_of(data: bytes, name: str) -> tuple[tuple[str, ...], list[TableRow]]:
    """The columns in the order in which they first occur, and the rows that are not blank.

    JSONL, one object a line, is told by its first character; anything else is CSV with a line of names, in
    UTF-8, UTF-16 with a byte order mark or GB18030.

    Raises:
        DocumentError: it is no text in one of these encodings.
        QuestionError: a line is not what it should be.
    """
    text = _decoded(data, name)
    first = text.lstrip()[:1]
    if first == "[":
        raise QuestionError(f"{name} is a JSON list; write its objects one a line, without the brackets")
    rows = list(_json_rows(text, name) if first == "{" else _csv_rows(text, name))
    return tuple(dict.fromkeys(column for row in rows for column in row.values)), rows


def _decoded(data: bytes, name: str) -> str:
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    for candidate in (encoding, "gb18030"):
        try:
            text = data.decode(candidate)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise DocumentError(f"{name} is neither UTF-8 nor GB18030 text; save it as CSV or JSONL in UTF-8")


def _json_rows(text: str, name: str) -> Iterator[TableRow]:
    for line, content in enumerate(text.split("\n"), start=1):
        if not content.strip():
            continue
        try:
            values = json.loads(content)
        except (ValueError, RecursionError):
            raise QuestionError(f"{name} line {line}: no JSON object; write one object a line") from None
        if not isinstance(values, dict):
            raise QuestionError(f"{name} line {line}: not an object; write one object a line")
        yield TableRow(line, values)


def _csv_rows(text: str, name: str) -> Iterator[TableRow]:
    head = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(",\t;", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        columns = [" ".join(column.split()) for column in next(filter(any, reader), [])]
        if twice := [column for column in columns if column and columns.count(column) > 1]:
            raise QuestionError(
                f"{name} line {reader.line_num}: two columns are called {twice[0]}; rename one"
            )
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                if len(cells) > len(columns):
                    raise QuestionError(
                        f"{name} line {line}: {len(cells)} cells for {len(columns)} columns; "
                        "put cells that hold a comma between quotes"
                    )
                filled = cells + [""] * (len(columns) - len(cells))
                yield TableRow(line, dict(zip(columns, filled, strict=True)))
            line = reader.line_num + 1
    except csv.Error as error:
        raise QuestionError(f"{name} line {reader.line_num}: {error}; check its quotes") from None
