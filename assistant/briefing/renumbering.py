"""The citations of a briefing or a comparison: those that lines cite, numbered from 1 in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from assistant.records import Citation
from assistant.records.briefings import Briefing, Bullet, Comparison, Event, Figure, Reading

_AnyLine = Bullet | Figure | Event | Reading
_Line = TypeVar("_Line", Bullet, Figure, Event, Reading)


def cited(briefing: Briefing) -> list[int]:
    """The numbers that lines of the briefing cite, each once, in reading order."""
    return _cited(_lines(briefing))


def renumbered(briefing: Briefing) -> Briefing:
    """The briefing without the citations that no line cites, the others numbered from 1 in reading order.

    Raises:
        KeyError: a line cites a number that none of the citations has.
    """
    moved = _Moved(_lines(briefing), briefing.citations)
    return replace(
        briefing,
        headline=moved(briefing.headline),
        themes=tuple(replace(theme, bullets=moved(theme.bullets)) for theme in briefing.themes),
        figures=moved(briefing.figures),
        timeline=moved(briefing.timeline),
        conflicts=tuple(
            replace(conflict, readings=moved(conflict.readings)) for conflict in briefing.conflicts
        ),
        citations=moved.citations,
    )


def renumbered_comparison(comparison: Comparison) -> Comparison:
    """As `renumbered`, of a comparison."""
    moved = _Moved(_lines_side_by_side(comparison), comparison.citations)
    return replace(
        comparison,
        themes=tuple(replace(row, bullets=tuple(map(moved, row.bullets))) for row in comparison.themes),
        figures=tuple(replace(row, figures=tuple(map(moved, row.figures))) for row in comparison.figures),
        citations=moved.citations,
    )


class _Moved:
    """Gives lines the new numbers; `citations` are those cited, under them."""

    def __init__(self, lines: Iterable[_AnyLine], citations: Sequence[Citation]) -> None:
        known = {citation.n: citation for citation in citations}
        self._numbers = {n: at for at, n in enumerate(_cited(lines), start=1)}
        self.citations = tuple(replace(known[n], n=at) for n, at in self._numbers.items())

    def __call__(self, lines: Iterable[_Line]) -> tuple[_Line, ...]:
        return tuple(
            replace(line, citations=tuple(self._numbers[n] for n in line.citations)) for line in lines
        )


def _cited(lines: Iterable[_AnyLine]) -> list[int]:
    return list(dict.fromkeys(n for line in lines for n in line.citations))


def _lines(briefing: Briefing) -> Iterator[_AnyLine]:
    yield from briefing.headline
    for theme in briefing.themes:
        yield from theme.bullets
    yield from briefing.figures
    yield from briefing.timeline
    for conflict in briefing.conflicts:
        yield from conflict.readings


def _lines_side_by_side(comparison: Comparison) -> Iterator[_AnyLine]:
    for themes in comparison.themes:
        for bullets in themes.bullets:
            yield from bullets
    for row in comparison.figures:
        for figures in row.figures:
            yield from figures
