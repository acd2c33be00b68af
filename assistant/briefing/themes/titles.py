"""What groups of lines are called: the phrase that most of a group's lines hold and few others."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from assistant.briefing.material import Statement
from assistant.briefing.themes.labels import SHAPES, Label
from assistant.folding import fold, to_simplified

_FOUND_BY = 1.5
"""The advantage of the phrase that a group was gathered about."""
_SMALL = 4
"""Lines of a group that keeps the phrase that it was gathered about."""


def titles(
    groups: Sequence[tuple[str, Sequence[int]]], labels: Sequence[Label], lines: Sequence[Statement]
) -> list[str]:
    """A name for each group, no two the same and none part of another.

    Args:
        groups: the phrase that each was gathered about, and its lines.
        labels: phrases that can be a name.
    """
    found: dict[int, str] = {}
    for at in sorted(range(len(groups)), key=lambda at: (-len(groups[at][1]), at)):
        about, members = groups[at][0], set(groups[at][1])
        graded = [(_grade(label, members, about), label.text) for label in labels]
        free = [pair for pair in graded if pair[0] and not any(_overlap(pair[1], n) for n in found.values())]
        keeps = len(members) < _SMALL and not any(_overlap(about, name) for name in found.values())
        found[at] = about if keeps else max(free, default=(0.0, about))[1]
    return [_as_written(found[at], [lines[n] for n in group]) for at, (_, group) in enumerate(groups)]


def _grade(label: Label, members: set[int], about: str) -> float:
    held = label.lines
    within = sum(n in members for n in held)
    if not within or (within == 1 and label.text != about):
        return 0.0
    grade = label.quality * SHAPES.get(len(label.text), 0.9)
    grade *= within / math.sqrt(len(members) * len(held))
    return grade * (_FOUND_BY if label.text == about else 1.0)


def _overlap(one: str, two: str) -> bool:
    return bool(two) and (one in two or two in one)


def _as_written(name: str, lines: Sequence[Statement]) -> str:
    """The name as most lines write it, in Simplified characters if any does."""
    forms: Counter[str] = Counter()
    for line in lines:
        at = fold(line.text).find(name)
        if at >= 0 and name:
            forms[line.text[at : at + len(name)]] += 1
    return max(forms, key=lambda form: (to_simplified(form) == form, forms[form], form), default=name)
