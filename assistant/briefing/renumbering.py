"""The citations of a briefing: those that its lines cite, numbered from 1 in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from assistant.records.briefings import Briefing, Bullet, Event, Figure, Reading

_Line = TypeVar("_Line", Bullet, Figure, Event, Reading)


def cited(briefing: Briefing) -> list[int]:
    """The numbers that lines of the briefing cite, each once, in reading order."""
    return list(dict.fromkeys(n for line in _lines(briefing) for n in line.citations))


def renumbered(briefing: Briefing) -> Briefing:
    """The briefing without the citations that no line cites, the others numbered from 1 in reading order.

    Raises:
        KeyError: a line cites a number that none of the citations has.
    """
    known = {citation.n: citation for citation in briefing.citations}
    numbers = {n: at for at, n in enumerate(cited(briefing), start=1)}

    def moved(line: _Line) -> _Line:
        return replace(line, citations=tuple(numbers[n] for n in line.citations))

    return replace(
        briefing,
        headline=tuple(map(moved, briefing.headline)),
        themes=tuple(replace(theme, bullets=tuple(map(moved, theme.bullets))) for theme in briefing.themes),
        figures=tuple(map(moved, briefing.figures)),
        timeline=tuple(map(moved, briefing.timeline)),
        conflicts=tuple(
            replace(conflict, readings=tuple(map(moved, conflict.readings)))
            for conflict in briefing.conflicts
        ),
        citations=tuple(replace(known[n], n=at) for n, at in numbers.items()),
    )


def _lines(briefing: Briefing) -> Iterator[Bullet | Figure | Event | Reading]:
    yield from briefing.headline
    for theme in briefing.themes:
        yield from theme.bullets
    yield from briefing.figures
    yield from briefing.timeline
    for conflict in briefing.conflicts:
        yield from conflict.readings
