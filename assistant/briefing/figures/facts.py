"""The figures that statements state: what of, how much, in which unit, as of when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from assistant.briefing.dating.as_of import as_of
from assistant.briefing.figures.hearsay import is_hearsay
from assistant.briefing.figures.hedges import hedged
from assistant.briefing.figures.indicators import indicators
from assistant.briefing.figures.plans import goes_on, is_ahead, is_planned
from assistant.briefing.figures.quantities import quantities
from assistant.briefing.figures.sharing import of_others
from assistant.briefing.figures.table_figures import cells, head_cells
from assistant.briefing.material import Fact, Statement
from assistant.folding import fold

_DIGIT = re.compile(r"[\d二两三四五六七八九十百千]")
_SENTENCE = re.compile(r"[\u3400-\u9fff]{2}.*[。；;，,]")
_PROSE = 16
"""A cell of more characters holds sentences rather than one figure."""


def all_facts(statements: Iterable[Statement]) -> Iterator[Fact]:
    """The figures of statements in the order of their documents.

    A row that says when its columns hold does so for the rows below it that have no heads of their own.
    """
    document = ""
    heads: tuple[str, ...] = ()
    for statement in statements:
        if statement.passage.document != document:
            document, heads = statement.passage.document, ()
        if statement.is_row:
            heads = head_cells(statement) or heads
        yield from facts(statement, heads)


def facts(statement: Statement, heads: Sequence[str] = ()) -> Iterator[Fact]:
    """The figures of a statement, in their order; no dates, and no numbers that are part of a name.

    Args:
        heads: of a row, the cells of the nearest row above that says when its columns hold.
    """
    if not _DIGIT.search(statement.text):
        return
    if statement.is_row:
        found = chain(_of_row(statement, heads), _of_sentences(statement))
        yield from sorted(found, key=lambda fact: fact.start)
    else:
        yield from _of_prose(statement)


def _of_prose(statement: Statement) -> Iterator[Fact]:
    folded = fold(statement.text)
    found = list(quantities(statement.text, folded))
    others = of_others(folded, found, statement.company)
    is_plan = False
    for at, (quantity, indicator) in enumerate(zip(found, indicators(statement, folded, found), strict=True)):
        when = as_of(statement, quantity.start)
        is_plan = (
            (is_plan and goes_on(folded, found[at - 1], quantity))
            or is_planned(folded, quantity)
            or is_ahead(statement, when)
        )
        if quantity.is_denied or at in others:
            continue
        start, end = hedged(folded, quantity.start, quantity.end)
        is_denied = is_hearsay(statement, folded, quantity.start)
        yield Fact(statement, indicator, quantity.value, quantity.unit, when, start, end, is_plan, is_denied)


def _of_row(statement: Statement, heads: Sequence[str]) -> Iterator[Fact]:
    folded = fold(statement.text)
    for cell in cells(statement, heads):
        when = as_of(statement, cell.start) if cell.as_of is None else cell.as_of
        start, end = hedged(folded, cell.start, cell.end)
        yield Fact(statement, cell.indicator, cell.value, cell.unit, when, start, end)


def _of_sentences(statement: Statement) -> Iterator[Fact]:
    """The figures of those cells of a row that hold sentences."""
    start = 0
    for text in statement.text.split("\t"):
        if len(text) > _PROSE and _DIGIT.search(text) and _SENTENCE.search(text):
            part = replace(statement, text=text, start=statement.start + start, is_row=False, before="")
            for fact in _of_prose(part):
                yield replace(fact, statement=statement, start=fact.start + start, end=fact.end + start)
        start += len(text) + 1
