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
    """The day, `YYYY-MM-DD`, of the section that a passage stands in; empty where that names none.

    It stands in the heading (公告日期：…) or in brackets that the first paragraph begins with.
    """
    article = parsed.articles[passage.article]
    heading, first = _section(article, passage.start)
    texts = [parsed.clean.text[start:end] for start, end in (heading, first)]
    return _of_heading(texts[0]) or _of_opening(texts[1][: _REST + 60])


def _section(article: Article, place: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """The spans of the heading over a place and of the first paragraph below it."""
    blocks = article.blocks
    at = bisect_right(blocks, place, key=lambda block: block.start) - 1
    while at > 0 and blocks[at].kind is not BlockKind.HEADING:
        at -= 1
    if at < 0 or blocks[at].kind is not BlockKind.HEADING:
        return (0, 0), (0, 0)
    below = blocks[at + 1] if at + 1 < len(blocks) else blocks[at]
    return (blocks[at].start, blocks[at].end), (below.start, below.end)


@lru_cache(maxsize=256)
def _of_heading(heading: str) -> str:
    byline = read_byline(heading) if heading else None
    return byline.published if byline else ""


@lru_cache(maxsize=256)
def _of_opening(text: str) -> str:
    opened = _OPENING.match(fold(text))
    if opened is None or len(without_date(opened["inside"]).strip()) > _REST:
        return ""
    return read_date(opened["inside"])
