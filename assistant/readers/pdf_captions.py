"""What the rows of a table share: caption, unit and heads, also where it runs over several pages."""

from __future__ import annotations

import re

from assistant.readers.pdf_lines import Line
from assistant.readers.units import stated
from assistant.records import Table

_BESIDE = re.compile(
    r"[□√☑☐■]\s*(?:是|否|适用|不适用)|^编制单位\s*[:：]|^(?:截[至止])?\s*[\d一二三四五六七八九〇○]{4}\s*年[^，。]{0,24}[日月度]\s*止?(?:期间|年度)?$"
)
_LONGEST = 60
_SHORTEST = 4
_STILL = 3
_MOST_BETWEEN = 2
"""How many lines may stand between a caption and its table."""


class Captions:
    """Follows a document from top to bottom."""

    def __init__(self) -> None:
        self._caption = ""
        self._unit = ""
        self._since = 0
        self._key: tuple[int, int] | None = None
        self._table = Table()
        self._columns: tuple[int, ...] = ()
        self._continues = False

    def see(self, text: str, *, heading: bool, framed: bool) -> None:
        """A paragraph that is no row; `framed`: it stands across the drawn table that goes on below it."""
        self._continues = False
        if self._key is not None:
            self._key = None
            self._caption = ""
            self._unit = self._unit if framed else ""
        if _BESIDE.search(text):
            return
        unit, rest = stated(text) if len(text) < _LONGEST else ("", text)
        if unit:
            self._unit = unit
            if len(rest) < _SHORTEST:
                return
            text = rest
        short = len(text) <= _LONGEST and not text.endswith(("。", "；", "，"))
        if heading or short:
            self._caption, self._since = text.strip().rstrip("：:"), 0
        else:
            self._since += 1
            if self._since > _MOST_BETWEEN:
                self._caption = ""

    def table(self, line: Line, page: int) -> tuple[Table, bool] | None:
        """The table of a row and whether the row holds its heads; None of heads that a page repeats."""
        key = (page, line.table)
        if key != self._key:
            self._continues = self._key is not None and page == self._key[0] + 1 and self._fits(line)
            if not self._continues:
                self._table = Table(self._caption, self._unit, line.heads)
            self._columns = line.columns
            self._key = key
        if self._continues and line.head:
            return None if line.heads == self._table.heads else (self._table, False)
        return self._table, line.head

    def _fits(self, line: Line) -> bool:
        """Whether a table at the top of a page goes on with the one at the foot of the page before."""
        if line.heads and line.heads == self._table.heads:
            return True
        same = len(line.columns) == len(self._columns) and all(
            abs(one - other) <= _STILL for one, other in zip(line.columns, self._columns, strict=True)
        )
        return same and (not line.heads or len(line.columns) > 1)
