"""Lines at the head of a document that a reader ran together, taken apart again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.articles import dates, metadata, titles
from assistant.cleaning.furniture import is_disclaimer
from assistant.folding import fold
from assistant.records import Paragraph

_FIRST_LINES = 8
_BYLINE_BEGINS = re.compile(
    r"\s*(?=发布(?:时间|日期|人|者|单位|机构|部门)\s*[:：]|(?:文章|新闻|信息)来源\s*[:：])|"
    r"\s+(?=(?:发表|更新|刊发)?(?:时间|日期)\s*[:：]|(?:来源|稿源)\s*[:：]|(?:本报|本网)?(?:作者|记者)\s*[:：])"
)
_SENTENCE_END = re.compile(r"[。！？!?](?!.*[。！？!?])")


def separated(paragraphs: Sequence[Paragraph], raw: str) -> list[Paragraph]:
    """The paragraphs, those at the head cut where a title follows a disclaimer, or a byline a title.

    Bodies and a date that stand line below line in the raw text, as on a cover, are lines of their own.
    """
    head = [
        part
        for paragraph in paragraphs[:_FIRST_LINES]
        for line in _apart(paragraph, raw)
        for part in _cut(line)
    ]
    return [*head, *paragraphs[_FIRST_LINES:]]


def _apart(paragraph: Paragraph, raw: str) -> list[Paragraph]:
    """The lines of a paragraph that holds nothing but names of bodies and a date."""
    text, offsets = paragraph.text.text, paragraph.text.offsets
    if paragraph.table is not None or len(text) > 2 * titles.LONGEST:
        return [paragraph]
    starts = [0, *(at for at in range(1, len(text)) if "\n" in raw[offsets[at - 1] + 1 : offsets[at]])]
    lines = [paragraph.text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    named = all(titles.is_body(line.text) or dates.is_date(fold(line.text)) for line in lines)
    if len(lines) < 2 or not named:
        return [paragraph]
    return [replace(paragraph, text=line, heading=True) for line in lines]


def _cut(paragraph: Paragraph) -> list[Paragraph]:
    """A paragraph in parts: a disclaimer and a title, a title and its byline, a body and a date."""
    text = paragraph.text.text
    end = _SENTENCE_END.search(text)
    if end and end.end() < len(text) and is_disclaimer(text[: end.end()]) and paragraph.table is None:
        first, rest = _parted(paragraph, end.end())
        is_title = len(rest.text) <= 2 * titles.LONGEST
        return [first, *(_cut(replace(rest, heading=True)) if is_title else [rest])]
    begin = _BYLINE_BEGINS.search(text)
    if begin and 0 < begin.start() <= titles.LONGEST and metadata.read_byline(text[begin.end() :]):
        return list(_parted(replace(paragraph, heading=True), begin.end()))
    start = dates.start_of_last(fold(text)) if len(text) <= titles.LONGEST else 0
    if start and titles.is_body(text[:start]):
        return list(_parted(paragraph, start))
    return [paragraph]


def _parted(paragraph: Paragraph, at: int) -> tuple[Paragraph, Paragraph]:
    """What stands before and behind a place, without the white space around it."""
    text = paragraph.text.text
    first = len(text[:at].rstrip())
    second = at + len(text[at:]) - len(text[at:].lstrip())
    return (
        replace(paragraph, text=paragraph.text[:first]),
        replace(paragraph, text=paragraph.text[second:]),
    )
