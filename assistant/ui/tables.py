"""Rows of a table as HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from assistant.records import Block, BlockKind, Table
from assistant.ui.escaping import Span, escape, styled
from assistant.ui.words.texts import Texts

_FIGURE = re.compile(r"[-+−－(（]?[\d,，.．\s]*\d[\d,，.．\s]*[)）]?[%％‰]?|[-—–－/]+")


def table_html(
    text: str,
    rows: Sequence[Block],
    spans: Sequence[Span],
    said: Sequence[str],
    texts: Texts,
    inserts: Mapping[int, str] | None = None,
) -> str:
    """Rows that share one table, with the spans of the document's text styled and marked rows lit up.

    Where the rows do not begin with their column heads, these are put above them all the same. A caption or
    unit that is among what is `said` before the table is not said again. `inserts` as in `styled`.
    """
    table = rows[0].table or Table()
    heads = [] if rows[0].kind is BlockKind.HEAD or not any(table.heads) else [_heads_html(table.heads)]
    body = [_row_html(text, row, spans, inserts or {}) for row in rows]
    caption = _caption_html(table, said, texts)
    return f'<div class="grid"><table>{caption}{"".join([*heads, *body])}</table></div>'


def text_with_tables_html(
    text: str,
    tables: Sequence[Sequence[Block]],
    spans: Sequence[Span],
    inserts: Mapping[int, str],
    texts: Texts,
) -> str:
    """A text some of whose lines are rows: these as tables, and what is between them `styled`."""
    pieces: list[str] = []
    done = 0
    for rows in tables:
        pieces.append(_between_html(text, done, rows[0].start - 1, spans, inserts))
        pieces.append(table_html(text, rows, spans, (), texts, inserts))
        done = rows[-1].end + 1
    return "".join([*pieces, _between_html(text, done, len(text), spans, inserts)])


def _between_html(text: str, start: int, end: int, spans: Sequence[Span], inserts: Mapping[int, str]) -> str:
    if end < start:
        return ""
    moved = [Span(span.start - start, span.end - start, span.style) for span in spans]
    within = {place - start: html for place, html in inserts.items() if start <= place <= end}
    return styled(text[start:end], moved, within)


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


def _row_html(text: str, row: Block, spans: Sequence[Span], inserts: Mapping[int, str]) -> str:
    tag = "th" if row.kind is BlockKind.HEAD else "td"
    cells, at = [], row.start
    for cell in text[row.start : row.end].rstrip("\n").split("\t"):
        inside = [
            Span(s.start - at, s.end - at, s.style) for s in spans if s.start < at + len(cell) and at < s.end
        ]
        figure = ' class="figure"' if tag == "td" and _FIGURE.fullmatch(cell.strip()) else ""
        within = {place - at: html for place, html in inserts.items() if at <= place <= at + len(cell)}
        cells.append(f"<{tag}{figure}>{styled(cell, inside, within)}</{tag}>")
        at += len(cell) + 1
    cited = ' class="cited"' if any(_lights(span, row) for span in spans) else ""
    return f"<tr{cited}>{''.join(cells)}</tr>"


def _lights(span: Span, row: Block) -> bool:
    return span.style == "mark" and span.start < row.end and row.start < span.end
