"""A briefing or a comparison cut down to what is read in a chat, its citations numbered anew."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from assistant.briefing.renumbering import renumbered, renumbered_comparison
from assistant.folding import compact
from assistant.records.briefings import (
    Briefing,
    Bullet,
    Comparison,
    ConflictKind,
    Figure,
    Theme,
)

_Line = TypeVar("_Line", Bullet, Figure)
_THEMES = 5
_BULLETS, _LINES = 3, 10
"""Bullets of one theme, and of all of them."""
_FIGURES = 10
_FEW = 3
_CONFLICTS = 3
_READINGS = 4
_ROWS = 10
_CITED = 3
"""Sources of one figure that are named."""
_CELL = 2
"""Bullets and figures of one company in one line of a comparison."""
_LONGEST = 140
"""Characters of a bullet that fits into a chat; a longer one is left out where there are others."""
_INDICATOR = range(2, 25)


def shortened(briefing: Briefing) -> Briefing:
    """Its headline, the first bullets of the first themes, weighty figures and where sources disagree."""
    said = {compact(bullet.text) for bullet in briefing.headline}
    first = briefing.themes[:_THEMES]
    each = min(_BULLETS, _LINES // max(1, len(first)))
    themes = [Theme(theme.title, tuple(_first(theme.bullets, each, said))) for theme in first]
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
    themes = [replace(row, bullets=_brief(row.bullets)) for row in comparison.themes]
    figures = [replace(row, figures=_cells(row.figures)) for row in comparison.figures]
    return renumbered_comparison(
        replace(
            comparison,
            themes=tuple([row for row in themes if _is_shared(row.bullets)][:_THEMES] or themes[:_THEMES]),
            figures=tuple([row for row in figures if _is_shared(row.figures)][:_ROWS]),
        )
    )


def _first(bullets: Sequence[Bullet], most: int, said: Collection[str] = ()) -> list[Bullet]:
    new = [bullet for bullet in bullets if compact(bullet.text) not in said]
    brief = [bullet for bullet in new if len(bullet.text) <= _LONGEST and "\t" not in bullet.text]
    return (brief or new)[:most]


def _weighty(briefing: Briefing, shown: str) -> Iterable[Figure]:
    """The first of the company's own figures, one an indicator; few only if no bullet says them yet."""
    own = (figure for figure in briefing.figures if figure.company == briefing.company)
    by_indicator: dict[str, Figure] = {}
    for figure in own:
        if len(figure.indicator) in _INDICATOR:
            by_indicator.setdefault(figure.indicator, figure)
    chosen = list(by_indicator.values())[:_FIGURES]
    kept = chosen if len(chosen) >= _FEW else [f for f in chosen if compact(f.amount) not in shown]
    return (replace(f, citations=f.citations[:_CITED]) for f in kept)


def _cells(cells: Sequence[tuple[_Line, ...]]) -> tuple[tuple[_Line, ...], ...]:
    return tuple(cell[:_CELL] for cell in cells)


def _brief(cells: Sequence[tuple[Bullet, ...]]) -> tuple[tuple[Bullet, ...], ...]:
    return tuple(tuple(_first(cell, _CELL)) for cell in cells)


def _is_shared(cells: Sequence[Sequence[object]]) -> bool:
    return sum(map(bool, cells)) > 1
