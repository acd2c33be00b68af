"""Articles to passages: runs of whole sentences under one heading, each knowing what it is about."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant import companies
from assistant.records import Article, Block, BlockKind, Metadata, ParsedDocument, Passage

_SENTENCE = re.compile(r".+?(?:(?:[。！？!?]|…{1,2}|\n)[”’」』）)\]》]*|$)", re.S)
_BODY = (BlockKind.TEXT, BlockKind.CAPTION)


@dataclass(frozen=True, slots=True)
class _Piece:
    """What becomes one passage: a span and the heading above it."""

    start: int
    end: int
    section: str
    front: bool = False


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
        size: aimed length in characters; only a single sentence may be longer, up to twice as long.

    Returns:
        Passages whose id depends on the document, the place and the text alone.
    """
    passages: list[Passage] = []
    for article in parsed.articles:
        pieces = [*_front_matter(article), *_pieces(article, parsed, size)]
        for piece in sorted(pieces, key=lambda piece: piece.start):
            passages.append(_passage(document, len(passages), parsed, article, piece))
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
        yield _Piece(block.start, lines[end].end, "", front=True)


def _pieces(article: Article, parsed: ParsedDocument, size: int) -> Iterator[_Piece]:
    """Text under its heading; a heading with nothing below it is text itself (of a list, a table)."""
    section = ""
    run: list[Block] = []
    headings: list[Block] = []
    for block in article.blocks:
        if block.kind is BlockKind.HEADING:
            headings.append(block)
            continue
        if headings and block.kind in _BODY:
            yield from _packed([*run, *headings[:-1]], parsed, size, section)
            section = parsed.clean.text[headings[-1].start : headings[-1].end]
            run, headings = [], []
        if block.kind in _BODY:
            run.append(block)
        else:
            yield from _packed(run, parsed, size, section)
            run = []
            if block.kind is BlockKind.TITLE:
                headings = []
                section = ""
    yield from _packed([*run, *headings], parsed, size, section)


def _packed(run: list[Block], parsed: ParsedDocument, size: int, section: str) -> Iterator[_Piece]:
    """Sentences of neighbouring blocks put together up to the size; what fits whole is not broken."""
    text = parsed.clean.text
    start = end = -1
    for block in run:
        found = sentences(text[block.start : block.end], block.start)
        spans = [part for span in found for part in _cut(text, *span, most=2 * size)]
        whole = block.end - block.start
        fits_better_alone = whole <= size < end - start + whole
        if start >= 0 and (fits_better_alone or block.start > end + 1):
            yield _Piece(start, end, section)
            start = -1
        for first, last in spans:
            if start >= 0 and last - start > size:
                yield _Piece(start, end, section)
                start = -1
            if start < 0:
                start = first
            end = last
    if start >= 0:
        yield _Piece(start, end, section)


def _cut(text: str, start: int, end: int, most: int) -> Iterator[tuple[int, int]]:
    """A run that goes on for more than `most` characters without an end, cut behind its pauses."""
    while end - start > most:
        pause = max(text.rfind(mark, start + most // 2, start + most) for mark in "，；、,; ")
        cut = pause + 1 if pause >= 0 else start + most
        if not text[start:cut].isspace():
            yield start, cut
        start = cut
    yield start, end


def _passage(document: str, ordinal: int, parsed: ParsedDocument, article: Article, piece: _Piece) -> Passage:
    text = parsed.clean.text[piece.start : piece.end]
    identity = hashlib.sha256(f"{document}\0{piece.start}\0{piece.section}\0{text}".encode()).hexdigest()[:32]
    return Passage(
        id=identity,
        document=document,
        ordinal=ordinal,
        text=text,
        start=piece.start,
        end=piece.end,
        metadata=Metadata(
            title=article.metadata.title or parsed.metadata.title,
            published=article.metadata.published,
            publisher=article.metadata.publisher,
            author=article.metadata.author,
        ),
        section=piece.section,
        companies=_companies(text, article),
        front=piece.front,
    )


def _companies(text: str, article: Article) -> tuple[str, ...]:
    """Those named in the passage; where none is, the one company that the article is about."""
    named = tuple(companies.find(text))
    if named:
        return named
    return article.companies[:1]
