"""A document whose reader knows its paragraphs, headings and tables: one article, cleaned and named."""

from __future__ import annotations

import re
from array import array
from dataclasses import replace

from assistant.articles import closing, front, imprint, line_cuts, titles
from assistant.cleaning.characters import drop_invisible
from assistant.cleaning.furniture import drop_page_furniture
from assistant.cleaning.pinyin import has_readings, without_readings
from assistant.folding import fold
from assistant.mapped_text import MappedText
from assistant.records import Article, Block, BlockKind, Extract, Metadata, Paragraph, ParsedDocument

_CAPTION = re.compile(r"(?:图为|(?:图|表|figure|table)\s*[a-z]?[\d一二三四五六七八九十]+|[▲△▼])")
_CAPTION_LENGTH = 80


def parse(extract: Extract) -> ParsedDocument:
    """Clean the paragraphs of a reader, which are given, and take the whole as one article.

    Every span of the result counts in `clean.text`. A document in which nothing is left has no articles.
    """
    paragraphs = drop_page_furniture(line_cuts.separated(_cleaned(extract), extract.raw))
    if not paragraphs:
        return ParsedDocument(MappedText("", array("I")), Metadata(), (), extract.pages)
    titled = titles.is_title_property(extract.properties.title)
    head = front.read(paragraphs, titled_elsewhere=titled)
    tail = closing.read(paragraphs, head.end, extract.raw)
    known = imprint.read(paragraphs, head, tail, extract)
    kinds = {at: BlockKind.BYLINE for at in tail.places} | head.kinds
    blocks: list[Block] = []
    start = 0
    for at, paragraph in enumerate(paragraphs):
        end = start + len(paragraph.text)
        kind = kinds.get(at) or _kind(paragraph)
        blocks.append(Block(kind, start, end, paragraph.level, paragraph.table))
        start = end + 1
    clean = MappedText.stack([paragraph.text for paragraph in paragraphs])
    return ParsedDocument(clean, known, (Article(known, tuple(blocks)),), extract.pages)


def _cleaned(extract: Extract) -> list[Paragraph]:
    """The paragraphs without what nobody sees; those of which nothing is left are gone."""
    littered = has_readings(extract.raw)
    cleaned: list[Paragraph] = []
    for paragraph in extract.paragraphs or ():
        text = drop_invisible(paragraph.text)
        text = without_readings(text) if littered else text
        if paragraph.table is None:  # of a row, a tab at its end stands before an empty cell
            text = _stripped(text)
        if text is not paragraph.text:
            paragraph = replace(paragraph, text=text)
        if text.text.strip():
            cleaned.append(paragraph)
    return cleaned


def _stripped(text: MappedText) -> MappedText:
    if text.text == text.text.strip():
        return text
    lead = len(text.text) - len(text.text.lstrip())
    return text[lead : len(text.text.rstrip())]


def _kind(paragraph: Paragraph) -> BlockKind:
    if paragraph.table is not None:
        return BlockKind.HEAD if paragraph.heading else BlockKind.ROW
    text = paragraph.text.text
    if len(text) < _CAPTION_LENGTH and _CAPTION.match(fold(text)):
        return BlockKind.CAPTION
    return BlockKind.HEADING if paragraph.heading else BlockKind.TEXT
