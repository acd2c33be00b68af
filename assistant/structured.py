"""A document whose reader knows its paragraphs, headings and tables: one article, cleaned and named."""

from __future__ import annotations

import re
from array import array
from dataclasses import replace

from assistant import closing, companies, front, imprint
from assistant.cleaning.characters import drop_invisible
from assistant.cleaning.furniture import drop_page_furniture
from assistant.cleaning.pinyin import has_readings, without_readings
from assistant.folding import fold
from assistant.mapped_text import MappedText
from assistant.records import Article, Block, BlockKind, Extract, Paragraph, ParsedDocument

_CAPTION = re.compile(r"(?:图为|(?:图|表|figure|table)\s*[a-z]?[\d一二三四五六七八九十]+|[▲△▼])")
_CAPTION_LENGTH = 80


def parse(extract: Extract) -> ParsedDocument:
    """Clean the paragraphs of a reader, which are given, and take the whole as one article.

    Every span of the result counts in `clean.text`. A document in which nothing is left has no articles.
    """
    paragraphs = drop_page_furniture(front.separated(_cleaned(extract)))
    if not paragraphs:
        return ParsedDocument(MappedText("", array("I")), extract.properties, (), extract.pages)
    head = front.read(paragraphs)
    tail = closing.read(paragraphs, begin=len(head.lines) + 1)
    known = imprint.read(paragraphs, head, tail, extract)
    kinds = {at: BlockKind.BYLINE for at in tail.places} | head.kinds
    blocks: list[Block] = []
    start = 0
    for at, paragraph in enumerate(paragraphs):
        end = start + len(paragraph.text)
        kind = kinds.get(at) or _kind(paragraph)
        blocks.append(Block(kind, start, end, paragraph.level, paragraph.table))
        start = end + 1
    texts = [p.text.text for p, block in zip(paragraphs, blocks, strict=True) if block.kind is BlockKind.TEXT]
    about = companies.about(texts, known.title)
    clean = MappedText.stack([paragraph.text for paragraph in paragraphs])
    return ParsedDocument(clean, known, (Article(known, tuple(blocks), about),), extract.pages)


def _cleaned(extract: Extract) -> list[Paragraph]:
    """The paragraphs without what nobody sees; those of which nothing is left are gone."""
    littered = has_readings(extract.raw)
    cleaned: list[Paragraph] = []
    for paragraph in extract.paragraphs or ():
        text = drop_invisible(paragraph.text)
        if littered:
            text = without_readings(text)
        if text is not paragraph.text:
            paragraph = replace(paragraph, text=text)
        if not text.text.isspace() and text.text:
            cleaned.append(paragraph)
    return cleaned


def _kind(paragraph: Paragraph) -> BlockKind:
    if paragraph.table is not None:
        return BlockKind.HEAD if paragraph.heading else BlockKind.ROW
    text = paragraph.text.text
    if len(text) < _CAPTION_LENGTH and _CAPTION.match(fold(text)):
        return BlockKind.CAPTION
    return BlockKind.HEADING if paragraph.heading else BlockKind.TEXT
