"""Columns of a page: the margins that lines around share, by which one sees where a paragraph ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median

from assistant.readers.pdf_lines import Line, Role

_OTHER_MARGIN = 3.2
_FEW = 4
_REACH = 2.0
"""A line that reaches so many font sizes into the column beside it goes across both."""


@dataclass(slots=True)
class Column:
    """Margins that lines around share, the usual distance between them, whether first lines are indented."""

    left: float
    right: float
    pitch: float


def usual_column(lines: Sequence[Line]) -> Column:
    """The margins that most of a document's lines have."""
    lines = [line for line in lines if _is_text(line)]
    if not lines:
        return Column(0, 0, 0)
    lefts = Counter(round(line.left) for line in lines)
    left = min((left for left, count in lefts.items() if count >= 0.1 * len(lines)), default=min(lefts))
    right, count = Counter(round(line.right) for line in lines).most_common(1)[0]
    if count < _FEW:
        right = max(round(line.right) for line in lines)
    return Column(left, right, _pitch(lines))


def columns(lines: Sequence[Line], usual: Column) -> dict[int, Column]:
    """The column of each line of a page, by its id: of lines that follow one another and overlap."""
    bands: list[list[Line]] = []
    for line in filter(_is_text, lines):
        if bands and not _leaves(bands[-1], line):
            bands[-1].append(line)
        else:
            bands.append([line])
    bands = [part for band in bands for part in _narrowed(band, bands)]
    return {
        id(line): column
        for band in bands
        for column in [_margins(band, usual, any(_is_beside(band, other) for other in bands))]
        for line in band
    }


def _narrowed(band: list[Line], bands: Sequence[list[Line]]) -> Iterator[list[Line]]:
    """The lines of a column apart from those above or below it that go across to the column beside it."""
    sides = [other for other in bands if other is not band and len(other) >= _FEW]
    sides = [other for other in sides if any(_is_at_side(line, other) for line in band)]
    start = at = 0
    for across, run in groupby(band, key=lambda line: any(_is_across(line, other) for other in sides)):
        end = at + len(list(run))
        if across:
            yield from filter(None, (band[start:at], band[at:end]))
            start = end
        at = end
    if start < len(band):
        yield band[start:]


def _is_at_side(line: Line, other: Sequence[Line]) -> bool:
    """Whether a line stands next to one of the lines of a column."""
    return other[0].base <= line.base <= other[-1].base and not _is_across(line, other)


def _is_across(line: Line, other: Sequence[Line]) -> bool:
    """Whether a line stands where the column would stand further up or down, a good part of it at least."""
    left, right = median(o.left for o in other), median(o.right for o in other)
    return min(line.right, right) - max(line.left, left) > _REACH * line.size


def _is_beside(band: Sequence[Line], other: Sequence[Line]) -> bool:
    """Whether two groups of lines stand next to each other on the page."""
    below = band[0].base > other[-1].base or other[0].base > band[-1].base
    return not below and (
        max(line.right for line in band) < min(line.left for line in other)
        or max(line.right for line in other) < min(line.left for line in band)
    )


def _leaves(band: Sequence[Line], line: Line) -> bool:
    """Whether a line stands in another column: beside the lines above, or with another left margin."""
    last = band[-3:]
    if line.left > max(other.right for other in last) or line.right < min(other.left for other in last):
        return True
    left = min(other.left for other in band)
    long = line.right - line.left > 0.5 * max(other.right - other.left for other in band)
    return long and abs(line.left - left) > _OTHER_MARGIN * line.size


def _margins(band: Sequence[Line], usual: Column, beside: bool) -> Column:
    """The margins that a column's lines share; where they are too few, those of the document."""
    if len(band) < _FEW:
        return usual
    lefts = Counter(round(line.left) for line in band)
    rights = Counter(round(line.right) for line in band)
    left = min((left for left, count in lefts.items() if count > 1), default=min(lefts))
    right, count = rights.most_common(1)[0]
    shared = count >= 3 and right - left > 0.6 * (usual.right - usual.left)
    if not shared:
        right = sorted(round(line.right) for line in band)[-2]
    if not beside and (not shared or abs(left - usual.left) < _OTHER_MARGIN * band[0].size):
        left, right = min(left, round(usual.left)), max(right, round(usual.right))
    return Column(left, right, _pitch(band) or usual.pitch)


def _pitch(lines: Sequence[Line]) -> float:
    """The usual distance from line to line."""
    steps = [
        other.base - line.base
        for line, other in zip(lines, lines[1:], strict=False)
        if line.size < other.base - line.base < 4 * line.size
    ]
    return median(steps) if steps else 0.0


def _is_text(line: Line) -> bool:
    return line.role is Role.TEXT and not line.table
