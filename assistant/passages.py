"""Articles to passages: runs of whole sentences, or of whole rows, under one path of headings."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from assistant.records import Article, Block, BlockKind, Metadata, ParsedDocument, Passage, Table

_SENTENCE = re.compile(r".+?(?:(?:[。！？!?]|…{1,2}|\n)[”’」』）)\]》]*|$)", re.S)
_ROWS = (BlockKind.HEAD, BlockKind.ROW)
_BODY = (BlockKind.TEXT, BlockKind.CAPTION, *_ROWS)
_PAUSES = "，；、,; "
_DEEPEST = 4
"""How many headings a path shows, the lowest ones."""
_LONGEST_PATH = 120
_LONGEST_TABLE = 200


@dataclass(frozen=True, slots=True)
class _Piece:
    """What becomes one passage: a span, the headings above it and the table that it is of."""

    start: int
    end: int
    section: str = ""
    front: bool = False
    table: str = ""


def sentences(text: str, start: int = 0) -> Iterator[tuple[int, int]]:
    """Spans of the sentences of `text`, counted from `start`, without the white space around them.

    A closing quotation mark stays with its sentence; a decimal point ends none.
    """
    for match in _SENTENCE.finditer(text):
        content = match.group().strip()
        if content:
            lead = len(match.group()) - len(match.group().lstrip())
            yield start + match.start() + lead, start + match.start() + lead + len(content)


def split(document: str, parsed: ParsedDocument, size: int) -> list[Passage]:
    """The passages of a document, in text order.

    Args:
        document: the document's name, part of every passage's id.
        size: aimed length in characters; only a single sentence or row may be longer, up to twice as long.

    Returns:
        Passages whose id depends on the document, the place and the text alone.
    """
    passages: list[Passage] = []
    for number, article in enumerate(parsed.articles):
        about = _about(article, parsed)
        pieces = [*_front_matter(article), *_pieces(article, parsed.clean.text, size)]
        for piece in sorted(pieces, key=lambda piece: piece.start):
            passage = _passage(document, parsed, article, piece)
            passages.append(replace(passage, ordinal=len(passages), article=number, metadata=about))
    return passages


def _front_matter(article: Article) -> Iterator[_Piece]:
    """Title and bylines, those that stand together as one: who wrote it, when, where."""
    lines = [b for b in article.blocks if b.kind in (BlockKind.TITLE, BlockKind.BYLINE)]
    for at, block in enumerate(lines):
        if at and block.start - lines[at - 1].end <= 1:
            continue
        end = at
        while end + 1 < len(lines) and lines[end + 1].start - lines[end].end <= 1:
            end += 1
        yield _Piece(block.start, lines[end].end, front=True)


def _pieces(article: Article, text: str, size: int) -> Iterator[_Piece]:
    """Text under its headings; a heading with nothing below it is text itself (of a list, a table)."""
    path: list[Block] = []
    run: list[Block] = []
    headings: list[Block] = []
    for block in article.blocks:
        if block.kind is BlockKind.HEADING:
            headings.append(block)
        elif block.kind in _BODY:
            if headings:
                above = _section(path, text)
                for heading in headings:
                    path = [*_higher(path, heading), heading]
                loose = [heading for heading in headings if heading not in path]
                yield from _packed([*run, *loose], text, size, above)
                run, headings = [], []
            run.append(block)
        else:
            yield from _packed(run, text, size, _section(path, text))
            run = []
            if block.kind is BlockKind.TITLE:
                path, headings = [], []
    yield from _packed([*run, *headings], text, size, _section(path, text))


def _higher(path: Sequence[Block], heading: Block) -> list[Block]:
    """The headings that a new one stands under; one of unknown level stands under all of known level."""
    return [above for above in path if above.level and (not heading.level or above.level < heading.level)]


def _section(path: Sequence[Block], text: str) -> str:
    """The lowest headings of the path in one line; of a line too long the highest are left out."""
    names = [" ".join(text[block.start : block.end].split()) for block in path[-_DEEPEST:]]
    while len(names) > 1 and len(" › ".join(names)) > _LONGEST_PATH:
        names = names[1:]
    return " › ".join(names)[:_LONGEST_PATH]


def _packed(run: Sequence[Block], text: str, size: int, section: str) -> Iterator[_Piece]:
    """The pieces of neighbouring blocks: rows of one table by themselves, and the prose between tables."""
    for table, blocks in groupby(run, key=_table_of):
        if table is None:
            pieces = _prose(blocks, text, size)
        else:
            line = _table_line(table)
            pieces = (replace(piece, table=line) for piece in _rows(blocks, text, size))
        for piece in pieces:
            yield replace(piece, section=section)


def _table_of(block: Block) -> Table | None:
    return block.table or Table() if block.kind in _ROWS else None


def _table_line(table: Table) -> str:
    unit = f"单位：{table.unit}" if table.unit else ""
    parts = (table.caption, unit, " | ".join(filter(None, table.heads)))
    return " ".join(" ".join(filter(None, parts)).split())[:_LONGEST_TABLE]


def _prose(blocks: Iterator[Block], text: str, size: int) -> Iterator[_Piece]:
    """Sentences of neighbouring blocks put together up to the size; what fits whole is not broken."""
    start = end = -1
    for block in blocks:
        found = sentences(text[block.start : block.end], block.start)
        spans = [part for span in found for part in _cut(text, *span, most=2 * size)]
        whole = block.end - block.start
        fits_better_alone = whole <= size < end - start + whole
        if start >= 0 and (fits_better_alone or block.start > end + 1):
            yield _Piece(start, end)
            start = -1
        for first, last in spans:
            if start >= 0 and last - start > size:
                yield _Piece(start, end)
                start = -1
            if start < 0:
                start = first
            end = last
    if start >= 0:
        yield _Piece(start, end)


def _rows(blocks: Iterator[Block], text: str, size: int) -> Iterator[_Piece]:
    """Whole rows put together up to the size; the column heads stay with the row below them."""
    start = end = -1
    headed = False
    for block in blocks:
        for first, last in _cut(text, block.start, block.end, most=2 * size, marks="\t"):
            if start >= 0 and (first > end + 1 or (last - start > size and not headed)):
                yield _Piece(start, end)
                start = -1
            if start < 0:
                start = first
            end = last
            headed = block.kind is BlockKind.HEAD
    if start >= 0:
        yield _Piece(start, end)


def _cut(text: str, start: int, end: int, most: int, marks: str = _PAUSES) -> Iterator[tuple[int, int]]:
    """A run that goes on for more than `most` characters without an end, cut behind its pauses."""
    while end - start > most:
        pause = max(text.rfind(mark, start + most // 2, start + most) for mark in marks)
        cut = pause + 1 if pause >= 0 else start + most
        if not text[start:cut].isspace():
            yield start, cut
        start = cut
    yield start, end


def _about(article: Article, parsed: ParsedDocument) -> Metadata:
    """What is known of an article; its title, kind and period are the document's where it has none."""
    own, whole = article.metadata, parsed.metadata
    return replace(
        own,
        title=own.title or whole.title,
        kind=own.kind or whole.kind,
        period=own.period or whole.period,
    )


def _passage(document: str, parsed: ParsedDocument, article: Article, piece: _Piece) -> Passage:
    text = parsed.clean.text[piece.start : piece.end]
    identity = hashlib.sha256(f"{document}\0{piece.start}\0{piece.section}\0{text}".encode()).hexdigest()[:32]
    return Passage(
        id=identity,
        document=document,
        ordinal=0,
        text=text,
        start=piece.start,
        end=piece.end,
        metadata=article.metadata,
        section=piece.section,
        page=_page(parsed, piece.start),
        front=piece.front,
        table=piece.table,
    )


def _page(parsed: ParsedDocument, start: int) -> int | None:
    """The page, from 1, that holds the character at `start` of the cleaned text."""
    if not parsed.pages:
        return None
    return max(1, bisect_right(parsed.pages, parsed.clean.offsets[start]))
