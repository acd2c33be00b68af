"""Companies side by side: the same themes, the same indicators."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from assistant.briefing.composing import Composer
from assistant.briefing.figures.measures import measure
from assistant.briefing.figures.things import same_indicator
from assistant.briefing.material import Fact, Statement
from assistant.briefing.themes.choosing import alike
from assistant.briefing.themes.topics import topics
from assistant.folding import compact
from assistant.records.briefings import FigureRow, ThemeRow

_BULLETS = 6
"""Bullets of one company in one theme."""
_LINES = 280
"""Lines of all companies that are looked at for themes; of so few every one is given a theme."""
_UNSHARED = 40
"""Figures of one company that no other has, beside those that several have."""


def theme_rows(own: Sequence[Sequence[Statement]], composer: Composer) -> tuple[ThemeRow, ...]:
    """What the companies' statements are about, of each company its own bullets; shared themes first.

    Of each company about as many lines are looked at, so that the themes are not those of the one with the
    most alone.

    Args:
        own: of each company the statements that count for it.
    """
    weightiest = [_weightiest(stated, _LINES // len(own)) for stated in own]
    places = [set(map(_place, lines)) for lines in weightiest]
    rows: list[ThemeRow] = []
    for topic in topics([line for lines in weightiest for line in lines]):
        lines = (*topic.statements, *topic.rest)
        cells = (_different(line for line in lines if _place(line) in place) for place in places)
        bullets = tuple(tuple(map(composer.bullet, cell)) for cell in cells)
        rows.append(ThemeRow(composer.script(topic.title), bullets))
    return tuple(sorted(rows, key=lambda row: -sum(map(bool, row.bullets))))


def _weightiest(stated: Sequence[Statement], most: int) -> list[Statement]:
    """The first lines of each theme of a company, then the second ones and so on; in order of place."""
    themes = [(*topic.statements, *topic.rest) for topic in topics(stated)]
    ranked = [line for rank in zip_longest(*themes) for line in rank if line is not None]
    return sorted(ranked[:most], key=lambda line: (line.passage.document, line.start))


def _place(statement: Statement) -> tuple[str, str, int]:
    return statement.passage.id, statement.company, statement.start


def _different(lines: Iterable[Statement]) -> list[Statement]:
    """The first few that do not say the same."""
    found: list[Statement] = []
    for line in lines:
        if len(found) < _BULLETS and not any(alike(line.text, other.text) for other in found):
            found.append(line)
    return found


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
                    if _kind(other) == _kind(fact) and same_indicator(other.indicator, fact.indicator):
                        yield row


def _pairs(indicator: str) -> list[str]:
    text = compact(indicator)
    return list(dict.fromkeys(text[i : i + 2] for i in range(max(1, len(text) - 1))))


def _kind(fact: Fact) -> str:
    """What the fact may be compared with: 万元 with 亿元, 个 with 座; its unit where the value is none."""
    found = measure(fact.value, fact.unit)
    return found.kind if found else fact.unit


def _alone(rows: Sequence[_Row], at: int) -> list[_Row]:
    return [row for row in rows if row[at] and sum(map(bool, row)) == 1]


def _row(row: _Row, composer: Composer) -> FigureRow:
    first = next(group for cell in row for group in cell)
    cells = tuple(tuple(composer.figure(group) for group in cell) for cell in row)
    return FigureRow(composer.script(first[0].indicator), cells)
