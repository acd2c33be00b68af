"""Passages to statements, each with the company that it is stated of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from assistant.answering.evidence.units import units_of
from assistant.briefing.material import Statement
from assistant.companies import Catalogue
from assistant.companies.resolution import Mentions, read
from assistant.companies.subjects import of_passage
from assistant.records import BlockKind, DocumentView, ParsedDocument, Passage


def statements(
    passages: Sequence[Passage], view: Callable[[str], DocumentView], catalogue: Catalogue
) -> Iterator[Statement]:
    """What the passages state, in their order.

    Args:
        passages: those of one document next to each other.
        view: gives a document by its name; asked once for each.
    """
    for document, own in groupby(passages, key=lambda passage: passage.document):
        parsed = view(document).parsed
        mentions = _mentions(parsed, catalogue)
        for passage in own:
            yield from _of_passage(passage, parsed, mentions)


def _mentions(parsed: ParsedDocument, catalogue: Catalogue) -> Mentions:
    blocks = [block for article in parsed.articles for block in article.blocks]
    rows = [(block.start, block.end) for block in blocks if block.kind in (BlockKind.HEAD, BlockKind.ROW)]
    return read(parsed.clean.text, catalogue, rows)


def _of_passage(passage: Passage, parsed: ParsedDocument, mentions: Mentions) -> Iterator[Statement]:
    article = parsed.articles[passage.article]
    for unit in units_of(passage):
        found = of_passage(
            mentions,
            unit.start,
            unit.end,
            section=passage.section,
            article=article.companies,
            first=article.blocks[0].start,
            rows="\t" in unit.text,
        )
        company = next(iter(found), passage.companies[0])
        yield Statement(passage, unit.text, unit.start, unit.end, company, "\t" in unit.text)
