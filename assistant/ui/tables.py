"""Rows of a table as HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.records import Block, BlockKind, Table
from assistant.ui.escaping import Span, escape, styled
from assistant.ui.texts import Texts

_FIGURE = re.compile(r"[-+−－(（]?[\d,，.．\s]*\d[\d,，.．\s]*[)）]?[%％‰]?|[-—–－/]+")


def table_html(
    text: str, rows: Sequence[Block], spans: Sequence[Span], said: Sequence[str], texts: Texts
) -> str:
    """Rows that share one table, with the spans of the document's text styled and their rows lit up.

    Where the rows do not begin with their column heads, these are put above them all the same. A caption or
    unit that is among what is `said` before the table is not said again.
    """
    table = rows[0].table or Table()
    heads = [] if rows[0].kind is BlockKind.HEAD or not any(table.heads) else [_heads_html(table.heads)]
    body = [_row_html(text, row, spans) for row in rows]
    caption = _caption_html(table, said, texts)
    return f'<div class="grid"><table>{caption}{"".join([*heads, *body])}</table></div>'


def _caption_html(table: Table, said: Sequence[str], texts: Texts) -> str:
    before = "".join("".join(said).split())
    unit = texts.unit.format(table.unit) if table.unit else ""
    parts = [
        f"<span>{escape(shown)}</span>"
        for known, shown in ((table.caption, table.caption), (table.unit, unit))
        if known and "".join(known.split()) not in before
    ]
    return f"<caption>{''.join(parts)}</caption>" if parts else ""


def _heads_html(heads: Iterable[str]) -> str:
    return f"<tr>{''.join(f'<th>{escape(head)}</th>' for head in heads)}</tr>"


def _row_html(text: str, row: Block, spans: Sequence[Span]) -> str:
    tag = "th" if row.kind is BlockKind.HEAD else "td"
    cells, at = [], row.start
    for cell in text[row.start : row.end].rstrip("\n").split("\t"):
        inside = [
            Span(s.start - at, s.end - at, s.style) for s in spans if s.start < at + len(cell) and at < s.end
        ]
        figure = ' class="figure"' if tag == "td" and _FIGURE.fullmatch(cell.strip()) else ""
        cells.append(f"<{tag}{figure}>{styled(cell, inside)}</{tag}>")
        at += len(cell) + 1
    cited = ' class="cited"' if any(s.start < row.end and row.start < s.end for s in spans) else ""
    return f"<tr{cited}>{''.join(cells)}</tr>"
