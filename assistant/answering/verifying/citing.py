"""Passages to citations."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from functools import lru_cache

from assistant.records import BlockKind, Citation, DocumentView, ParsedDocument, Passage, Table

Citing = Callable[[int, Passage, int, int], Citation]


def citing(view: Callable[[str], DocumentView], reprints: Callable[[Passage], tuple[str, ...]]) -> Citing:
    """What makes the citation with a number of a passage's document from one cleaned offset to another.

    Args:
        view: gives a document by its name; asked once for each.
        reprints: gives the other documents that hold a passage.
    """
    known = lru_cache(maxsize=None)(view)

    def citation(n: int, passage: Passage, start: int, end: int) -> Citation:
        parsed = known(passage.document).parsed
        raw_start, raw_end = parsed.clean.raw_span(start, end)
        return Citation(
            n=n,
            document=passage.document,
            title=passage.metadata.title,
            published=passage.metadata.published,
            publisher=passage.metadata.publisher,
            page=bisect_right(parsed.pages, raw_start) or passage.page,
            quote=parsed.clean.text[start:end],
            start=raw_start,
            end=raw_end,
            clean_start=start,
            clean_end=end,
            reprints=reprints(passage),
            section=passage.section,
            table=_table_of_row(parsed, passage.article, start),
        )

    return citation


def _table_of_row(parsed: ParsedDocument, article: int, start: int) -> Table | None:
    """The table whose row begins at the offset; None where none does."""
    rows = (b for b in parsed.articles[article].blocks if b.kind is BlockKind.ROW and b.start == start)
    return next((block.table for block in rows), None)
