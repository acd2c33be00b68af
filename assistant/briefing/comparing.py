"""Companies side by side: the same themes, the same indicators."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from assistant.briefing.composing import Composer
from assistant.briefing.figures.merging import same_indicator
from assistant.briefing.material import Fact, Statement
from assistant.briefing.themes.topics import topics
from assistant.folding import compact
from assistant.records.briefings import FigureRow, ThemeRow

_BULLETS = 6
"""Bullets of one company in one theme."""
_UNSHARED = 40
"""Figures of one company that no other has, beside those that several have."""


def theme_rows(own: Sequence[Sequence[Statement]], composer: Composer) -> tuple[ThemeRow, ...]:
    """What the companies' statements are about, of each company its own bullets; shared themes first.

    Args:
        own: of each company the statements that count for it.
    """
    places = [{(s.passage.id, s.company, s.start) for s in stated} for stated in own]
    rows: list[ThemeRow] = []
    for topic in topics([statement for stated in own for statement in stated]):
        cells: list[list[Statement]] = [[] for _ in own]
        for statement in topic.statements:
            cells[_whose(statement, places)].append(statement)
        bullets = tuple(tuple(composer.bullet(s) for s in cell[:_BULLETS]) for cell in cells)
        rows.append(ThemeRow(topic.title, bullets))
    return tuple(sorted(rows, key=lambda row: -sum(map(bool, row.bullets))))


def _whose(statement: Statement, places: Sequence[Container[tuple[str, str, int]]]) -> int:
    """Which of the companies a statement counts for, the first of them if several.

    One that was put together from several begins before the first that counts.
    """
    passage, company = statement.passage.id, statement.company
    for start in range(statement.start, statement.end):
        for at, place in enumerate(places):
            if (passage, company, start) in place:
                return at
    raise AssertionError("a topic holds what was stated")


def figure_rows(facts: Sequence[Sequence[tuple[Fact, ...]]], composer: Composer) -> tuple[FigureRow, ...]:
    """The figures of the companies, those of one indicator in one row; rows that several have first.

    Args:
        facts: of each company its distinct facts.
    """
    rows = _aligned(facts)
    shared = [row for row in rows if sum(map(bool, row)) > 1]
    alone = [row for at in range(len(facts)) for row in _alone(rows, at)[:_UNSHARED]]
    return tuple(_row(row, composer) for row in (*shared, *alone))


_Row = list[list[tuple[Fact, ...]]]


def _aligned(facts: Sequence[Sequence[tuple[Fact, ...]]]) -> list[_Row]:
    """Rows with a cell for each company; a fact joins the first row whose indicator is its own.

    The companies with few facts begin: of the one with the most only what it shares with them is looked for.
    """
    rows: list[_Row] = []
    near = _Near()
    by_size = sorted(range(len(facts)), key=lambda at: len(facts[at]))
    for at in by_size:
        for group in facts[at]:
            row = next(near.of(group[0]), None)
            if row is None:
                row = [[] for _ in facts]
                rows.append(row)
                if at != by_size[-1]:
                    near.add(group[0], row)
            row[at].append(group)
    return rows


class _Near:
    """The rows whose indicator may be that of a fact, by the pairs of characters they share."""

    def __init__(self) -> None:
        self._by_pair: dict[str, list[tuple[Fact, _Row]]] = {}

    def add(self, fact: Fact, row: _Row) -> None:
        for pair in _pairs(fact.indicator):
            self._by_pair.setdefault(pair, []).append((fact, row))

    def of(self, fact: Fact) -> Iterator[_Row]:
        seen: set[int] = set()
        for pair in _pairs(fact.indicator):
            for other, row in self._by_pair.get(pair, ()):
                if id(row) not in seen:
                    seen.add(id(row))
                    if _measure(other.unit) == _measure(fact.unit) and same_indicator(
                        other.indicator, fact.indicator
                    ):
                        yield row


def _pairs(indicator: str) -> list[str]:
    text = compact(indicator)
    return list(dict.fromkeys(text[i : i + 2] for i in range(max(1, len(text) - 1))))


def _measure(unit: str) -> str:
    """The unit without its scale and hedge: 万元 and 亿元 measure the same."""
    return compact(unit).lstrip("余多来几十百千万亿")


def _alone(rows: Sequence[_Row], at: int) -> list[_Row]:
    return [row for row in rows if row[at] and sum(map(bool, row)) == 1]


def _row(row: _Row, composer: Composer) -> FigureRow:
    first = next(group for cell in row for group in cell)
    cells = tuple(tuple(composer.figure(group) for group in cell) for cell in row)
    return FigureRow(first[0].indicator, cells)
