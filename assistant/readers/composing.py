"""An extract put together paragraph by paragraph, for formats that have no text of their own to count in."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence

from assistant.errors import DocumentError
from assistant.mapped_text import MappedText
from assistant.readers.tables import Layout, lay_out, lines_above
from assistant.records import Extract, Metadata, Paragraph, Table

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
_ENDS_LINE = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_HEADLINE = re.compile(r"[^。！？!?；;，,]{2,40}(?<![：:、])")


class Composer:
    """Takes paragraphs, tables and page breaks in reading order; `extract` ends it."""

    def __init__(self, form: str, name: str) -> None:
        self._form = form
        self._name = name
        self._paragraphs: list[Paragraph] = []
        self._at = 0
        self._pages: list[int] = []

    def __len__(self) -> int:
        """How many paragraphs and rows have been taken."""
        return len(self._paragraphs)

    def add(self, text: str, *, heading: bool = False, level: int = 0) -> None:
        """A paragraph; each of its lines becomes one, white space in them becomes single spaces."""
        for line in _ENDS_LINE.split(text):
            self._append(one_line(line), heading=heading, level=level)

    def table(self, grid: Sequence[Sequence[str]], heads: int | None = None) -> None:
        """A table row by row; `heads` is how many rows name its columns, None where that must be guessed."""
        cells = [[one_line(cell) for cell in row] for row in grid]
        self.rows(lay_out(cells, lines_above(self._paragraphs), heads))

    def rows(self, layout: Layout) -> None:
        """A table that is laid out already."""
        for line in layout.lines:
            self._append(line)
        for at, row in enumerate(layout.rows):
            self._append("\t".join(row).rstrip("\t"), heading=at < layout.heads, table=layout.table)

    def page(self) -> None:
        """The next page begins here."""
        self._pages.append(self._at)

    def extract(self, properties: Metadata | None = None, notes: Sequence[str] = ()) -> Extract:
        """Everything taken so far.

        Raises:
            DocumentError: it is nothing.
        """
        if not self._paragraphs:
            reason = f" ({'; '.join(notes)})" if notes else ""
            raise DocumentError(f"{self._name} holds no text{reason}; nothing to read")
        raw = "\n".join(paragraph.text.text for paragraph in self._paragraphs)
        return Extract(
            self._form,
            raw,
            tuple(self._paragraphs),
            tuple(self._pages),
            properties or Metadata(),
            tuple(notes),
        )

    def _append(
        self, line: str, *, heading: bool = False, level: int = 0, table: Table | None = None
    ) -> None:
        if not line.strip():
            return
        text = MappedText(line, array("I", range(self._at, self._at + len(line))))
        self._paragraphs.append(Paragraph(text, heading, level=level, table=table))
        self._at += len(line) + 1


def one_line(text: str) -> str:
    """The text with its white space as single spaces and without characters that print nothing."""
    return " ".join(_CONTROL.sub("", text).split())


def reads_as_headline(text: str) -> bool:
    """Whether a line set apart by its print (bold) may be a heading: short, and no sentence."""
    return _HEADLINE.fullmatch(text.strip()) is not None
