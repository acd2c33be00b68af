"""The days that parts of a document are dated with, as in a volume of news: in a heading, or in brackets."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from assistant.articles.dates import read_date, without_date
from assistant.articles.metadata import read_byline
from assistant.folding import fold
from assistant.records import Article, BlockKind, ParsedDocument, Passage

_OPENING = re.compile(r"\s*[(【\[](?P<inside>[^()【】\[\]]{6,40})[)】\]]")
_REST = 16
"""Characters beside its date that a bracket may hold: who published it."""


def dateline(passage: Passage, parsed: ParsedDocument) -> str:
    """The day, `YYYY-MM-DD`, of the section that a passage stands in; empty where it has none of its own.

    It stands in the heading, in a line below it (公告日期：…) or in brackets that the first paragraph begins
    with. The parts of a report on a period have none.
    """
    if passage.metadata.period:
        return ""
    article = parsed.articles[passage.article]
    texts = (parsed.clean.text[start:end] for start, end in _lines(article, passage.start))
    day = next(filter(None, (_of_line(text) or _of_opening(text[: _REST + 60]) for text in texts)), "")
    return "" if article.metadata.published.startswith(day) else day


def _lines(article: Article, place: int) -> list[tuple[int, int]]:
    """The spans of the heading over a place and of what stands below it, the first paragraph included."""
    blocks = article.blocks
    at = bisect_right(blocks, place, key=lambda block: block.start) - 1
    while at > 0 and blocks[at].kind is not BlockKind.HEADING:
        at -= 1
    if at < 0 or blocks[at].kind is not BlockKind.HEADING:
        return []
    last = at + 1
    while last + 1 < len(blocks) and blocks[last].kind is BlockKind.BYLINE:
        last += 1
    return [(block.start, block.end) for block in blocks[at : last + 1]]


@lru_cache(maxsize=256)
def _of_line(line: str) -> str:
    byline = read_byline(line) if line else None
    return byline.published if byline else ""


@lru_cache(maxsize=256)
def _of_opening(text: str) -> str:
    opened = _OPENING.match(fold(text))
    if opened is None or len(without_date(opened["inside"]).strip()) > _REST:
        return ""
    return read_date(opened["inside"])
