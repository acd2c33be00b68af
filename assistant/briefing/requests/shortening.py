"""A briefing or a comparison cut down to what is read in a chat, its citations numbered anew."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from assistant.briefing.renumbering import renumbered
from assistant.folding import compact
from assistant.records.briefings import (
    Briefing,
    Bullet,
    Comparison,
    ConflictKind,
    Figure,
    FigureRow,
    Theme,
    ThemeRow,
)

_Line = TypeVar("_Line", Bullet, Figure)
_THEMES, _BULLETS = 6, 3
_FIGURES = 10
_CONFLICTS = 3
_READINGS = 4
_ROWS = 10
_CITED = 3
"""Sources of one figure that are named."""
_CELL = 2
"""Bullets and figures of one company in one line of a comparison."""
_LONGEST = 240
"""Characters of a bullet that fits into a chat; a longer one is left out where there are others."""
_SCALED = re.compile(r"[万亿%]|百分点|元|倍")
_INDICATOR = range(2, 25)


def shortened(briefing: Briefing) -> Briefing:
    """Its headline, the first bullets of the first themes, weighty figures and where sources disagree."""
    said = {compact(bullet.text) for bullet in briefing.headline}
    themes = [
        Theme(theme.title, tuple(_first(theme.bullets, _BULLETS, said)))
        for theme in briefing.themes[:_THEMES]
    ]
    shown = [*briefing.headline, *(bullet for theme in themes for bullet in theme.bullets)]
    differing = [c for c in briefing.conflicts if c.kind is ConflictKind.DISAGREEMENT]
    disagreeing = [replace(c, readings=c.readings[:_READINGS]) for c in differing[:_CONFLICTS]]
    return renumbered(
        replace(
            briefing,
            themes=tuple(theme for theme in themes if theme.bullets),
            figures=tuple(_weighty(briefing, "".join(compact(bullet.text) for bullet in shown))),
            timeline=(),
            conflicts=tuple(
                replace(c, readings=tuple(replace(r, citations=r.citations[:_CITED]) for r in c.readings))
                for c in disagreeing
            ),
        )
    )


def shortened_comparison(comparison: Comparison) -> Comparison:
    """The first bullets of themes and the figures of indicators that several companies have."""
    themes = [replace(row, bullets=_cells(row.bullets)) for row in comparison.themes]
    figures = [replace(row, figures=_cells(row.figures)) for row in comparison.figures]
    return _numbered(
        replace(
            comparison,
            themes=tuple([row for row in themes if _is_shared(row.bullets)][:_THEMES] or themes[:_THEMES]),
            figures=tuple([row for row in figures if _is_shared(row.figures)][:_ROWS]),
        )
    )


def _first(bullets: Sequence[Bullet], most: int, said: set[str]) -> list[Bullet]:
    new = [bullet for bullet in bullets if compact(bullet.text) not in said]
    brief = [bullet for bullet in new if len(bullet.text) <= _LONGEST and "\t" not in bullet.text]
    return (brief or new)[:most]


def _weighty(briefing: Briefing, shown: str) -> Iterable[Figure]:
    """Of the company's own figures that no bullet says yet those that most sources state, in their order."""
    fit = [
        figure
        for figure in briefing.figures
        if figure.company == briefing.company
        and len(figure.indicator) in _INDICATOR
        and not any(compact(text) in shown for text in (figure.value + figure.unit, figure.text) if text)
    ]
    by_indicator = {figure.indicator: figure for figure in sorted(fit, key=_weight)}
    chosen = sorted(by_indicator.values(), key=_weight, reverse=True)[:_FIGURES]
    return (replace(f, citations=f.citations[:_CITED]) for f in fit if f in chosen)


def _weight(figure: Figure) -> tuple[bool, int, bool, str]:
    return not figure.is_row, len(figure.citations), bool(_SCALED.search(figure.unit)), figure.as_of


def _cells(cells: Sequence[tuple[_Line, ...]]) -> tuple[tuple[_Line, ...], ...]:
    return tuple(cell[:_CELL] for cell in cells)


def _is_shared(cells: Sequence[Sequence[object]]) -> bool:
    return sum(map(bool, cells)) > 1


def _numbered(comparison: Comparison) -> Comparison:
    """The comparison without the citations that no line cites, the others numbered in reading order."""
    lines: list[Bullet | Figure] = [
        *(line for row in comparison.themes for cell in row.bullets for line in cell),
        *(line for row in comparison.figures for cell in row.figures for line in cell),
    ]
    numbers = {n: at for at, n in enumerate(dict.fromkeys(n for x in lines for n in x.citations), start=1)}
    known = {citation.n: citation for citation in comparison.citations}

    def moved(cells: Sequence[tuple[_Line, ...]]) -> tuple[tuple[_Line, ...], ...]:
        return tuple(
            tuple(replace(line, citations=tuple(numbers[n] for n in line.citations)) for line in cell)
            for cell in cells
        )

    return replace(
        comparison,
        themes=tuple(ThemeRow(row.title, moved(row.bullets)) for row in comparison.themes),
        figures=tuple(FigureRow(row.indicator, moved(row.figures)) for row in comparison.figures),
        citations=tuple(replace(known[n], n=at) for n, at in numbers.items()),
    )
