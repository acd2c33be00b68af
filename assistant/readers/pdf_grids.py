"""Ruling lines of a page to grids: tables that their maker drew."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.readers.pdf_page import Rule, Word

_NEAR = 3.0
_MOST_RULES = 4000
_MOST_LINES = 400
"""A page with more ruling lines, in pieces or put together, is a drawing."""
Cut = Callable[[Word, Sequence[float]], list[Word]]


@dataclass(frozen=True, slots=True)
class Cell:
    """Words between ruling lines: from row `top` to before `bottom`, from column `left` to before `right`."""

    top: int
    bottom: int
    left: int
    right: int
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Columns and rows between the ruling lines at `xs` and `ys`."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    rules: tuple[Rule, ...]

    def holds(self, word: Word) -> bool:
        """Whether a word stands inside."""
        middle, height = (word.left + word.right) / 2, _height(word)
        return self.xs[0] <= middle <= self.xs[-1] and self.ys[0] <= height <= self.ys[-1]

    def cells(self, words: Sequence[Word], cut: Cut) -> list[Cell]:
        """The cells that hold words, row by row; a word that runs over a ruling line is cut there."""
        rows, columns = len(self.ys) - 1, len(self.xs) - 1
        owner = self._merged(rows, columns)
        held: dict[int, list[Word]] = {}
        for word in words:
            row = self._at(self.ys, _height(word))
            for part in self._cut(word, row, owner, cut):
                column = self._at(self.xs, (part.left + part.right) / 2)
                held.setdefault(owner[row * columns + column], []).append(part)
        extents: dict[int, tuple[int, int, int, int]] = {}
        for place, root in enumerate(owner):
            row, column = divmod(place, columns)
            top, bottom, left, right = extents.get(root, (row, row + 1, column, column + 1))
            extents[root] = min(top, row), max(bottom, row + 1), min(left, column), max(right, column + 1)
        found = [Cell(*extents[root], tuple(_in_lines(inside))) for root, inside in held.items()]
        return sorted(found, key=lambda cell: (cell.top, cell.left))

    def _cut(self, word: Word, row: int, owner: Sequence[int], cut: Cut) -> list[Word]:
        columns = len(self.xs) - 1
        first, last = self._at(self.xs, word.left + _NEAR), self._at(self.xs, word.right - _NEAR)
        edges = [
            self.xs[column]
            for column in range(first + 1, last + 1)
            if owner[row * columns + column] != owner[row * columns + column - 1]
        ]
        return cut(word, edges) if edges else [word]

    @staticmethod
    def _at(edges: Sequence[float], value: float) -> int:
        return min(max(bisect_right(edges, value) - 1, 0), len(edges) - 2)

    def _merged(self, rows: int, columns: int) -> list[int]:
        """For each place of the grid the first place of the cell it belongs to."""
        owner = list(range(rows * columns))

        def root(place: int) -> int:
            while owner[place] != place:
                place = owner[place]
            return place

        uprights = [[r for r in self.rules if r.upright and abs(r.at - x) < _NEAR] for x in self.xs]
        levels = [[r for r in self.rules if not r.upright and abs(r.at - y) < _NEAR] for y in self.ys]
        for row in range(rows):
            middle = (self.ys[row] + self.ys[row + 1]) / 2
            for column in range(columns):
                place = row * columns + column
                across = (self.xs[column] + self.xs[column + 1]) / 2
                if column and not any(r.start <= middle <= r.end for r in uprights[column]):
                    owner[root(place)] = root(place - 1)
                if row and not any(r.start <= across <= r.end for r in levels[row]):
                    first, second = sorted((root(place), root(place - columns)))
                    owner[second] = first
        return [root(place) for place in range(len(owner))]


def grids(rules: Sequence[Rule]) -> list[Grid]:
    """Ruling lines that touch each other, where they make at least two columns and two rows."""
    found: list[Grid] = []
    if len(rules) > _MOST_RULES:
        return found
    lines = list(_merged_rules(rules))
    if len(lines) > _MOST_LINES:
        return found
    for group in _connected(lines):
        xs = _places(
            [r.at for r in group if r.upright] + [e for r in group if not r.upright for e in _ends(r)]
        )
        ys = _places(
            [r.at for r in group if not r.upright] + [e for r in group if r.upright for e in _ends(r)]
        )
        if len(xs) >= 3 and len(ys) >= 2 and any(r.upright for r in group):
            found.append(Grid(xs, ys, tuple(group)))
    return found


def _height(word: Word) -> float:
    return word.base - 0.35 * word.size


def _ends(rule: Rule) -> tuple[float, float]:
    return rule.start, rule.end


def _in_lines(words: Sequence[Word]) -> list[Word]:
    """Words of a cell line by line, each line from left to right."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.base):
        if lines and word.base - lines[-1][0].base <= 0.5 * word.size:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [word for line in lines for word in sorted(line, key=lambda word: word.left)]


def _merged_rules(rules: Sequence[Rule]) -> Iterator[Rule]:
    """Pieces of one line put together."""
    for upright in (False, True):
        same = [rule for rule in rules if rule.upright == upright]
        places = _places([rule.at for rule in same])
        by_place: dict[float, list[Rule]] = {place: [] for place in places}
        for rule in same:
            by_place[places[bisect_right(places, rule.at) - 1]].append(rule)
        for place, pieces in by_place.items():
            start = end = float("-inf")
            for piece in sorted(pieces, key=lambda rule: rule.start):
                if piece.start > end + _NEAR:
                    if end > start:
                        yield Rule(upright, place, start, end)
                    start = piece.start
                end = max(end, piece.end)
            if end > start:
                yield Rule(upright, place, start, end)


def _connected(rules: list[Rule]) -> Iterator[list[Rule]]:
    """Groups of lines that cross or touch."""
    waiting = rules
    while waiting:
        group, waiting = [waiting[0]], waiting[1:]
        at = 0
        while at < len(group):
            touching = [rule for rule in waiting if _touch(group[at], rule)]
            if touching:
                taken = set(map(id, touching))
                waiting = [rule for rule in waiting if id(rule) not in taken]
                group.extend(touching)
            at += 1
        yield group


def _touch(one: Rule, other: Rule) -> bool:
    if one.upright == other.upright:
        return abs(one.at - other.at) < _NEAR and one.start <= other.end + 1 and other.start <= one.end + 1
    return (
        one.start - _NEAR <= other.at <= one.end + _NEAR
        and other.start - _NEAR <= one.at <= other.end + _NEAR
    )


def _places(values: Sequence[float]) -> tuple[float, ...]:
    """Distinct places in order; what lies closer together than a ruling line is thick is one place."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return tuple(found)
