"""The sentences, rows and headings of an article around a place in it, in text order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.passages import sentences
from assistant.records import Block, BlockKind, ParsedDocument

REACH = 4000
"""Characters before and after a place that are looked at; a report can be one article of half a million."""
_LEFT_OUT = (BlockKind.TITLE, BlockKind.BYLINE)


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, a heading or a row: `clean_text[start:end]`.

    `paragraph` numbers the article's blocks; `opens` and `closes` tell whether it is the first or the last
    of its own.
    """

    text: str
    start: int
    end: int
    kind: BlockKind
    paragraph: int
    opens: bool
    closes: bool


def lines_around(parsed: ParsedDocument, article: int, start: int, end: int) -> list[Line]:
    """The lines of an article within reach of `clean_text[start:end]`; no titles and no bylines."""
    text = parsed.clean.text
    found: list[Line] = []
    for number, block in enumerate(parsed.articles[article].blocks):
        if block.kind not in _LEFT_OUT and block.end > start - REACH and block.start < end + REACH:
            spans = _spans(block, text)
            found += [
                Line(text[first:last], first, last, block.kind, number, at == 0, at == len(spans) - 1)
                for at, (first, last) in enumerate(spans)
            ]
    return found


def _spans(block: Block, text: str) -> list[tuple[int, int]]:
    if block.kind in (BlockKind.ROW, BlockKind.HEAD):
        return [(block.start, block.end)]
    return list(sentences(text[block.start : block.end], block.start))


def place_of(lines: Sequence[Line], start: int, end: int) -> range:
    """The indices of the lines that share a character with `clean_text[start:end]`."""
    at = [n for n, line in enumerate(lines) if line.start < end and start < line.end]
    return range(at[0], at[-1] + 1) if at else range(0)
