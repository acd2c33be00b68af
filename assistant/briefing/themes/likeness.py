"""How much lines are about the same: the telling words that they and their surroundings share."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

Vector = Mapping[str, float]

_AROUND = 0.7
"""The weight of what the rest of the passage says."""
_MOST_AROUND = 24
"""Words of a passage that count, the weightiest."""


class Likeness:
    """Lines as weighted words of length 1."""

    def __init__(
        self, words: Sequence[Iterable[str]], places: Sequence[str], key: Mapping[str, float]
    ) -> None:
        """
        Args:
            words: of each line.
            places: of each line the passage.
            key: how telling each word is.
        """
        bags = [frozenset(word for word in line if key.get(word, 0.0) > 1) for line in words]
        spread = Counter(word for bag in bags for word in bag)
        weight = {word: key[word] * math.log(1 + len(bags) / count) for word, count in spread.items()}
        own = [_unit({word: weight[word] for word in sorted(bag)}) for bag in bags]
        around: dict[str, dict[str, float]] = defaultdict(dict)
        for place, vector in zip(places, own, strict=True):
            _add(around[place], vector)
        context = {place: _unit(_heaviest(vector)) for place, vector in around.items()}
        self._vectors = [
            _unit(_sum(vector, context[place], _AROUND)) for place, vector in zip(places, own, strict=True)
        ]

    def middle(self, lines: Iterable[int]) -> Vector:
        """What the lines have in common."""
        total: dict[str, float] = {}
        for n in lines:
            _add(total, self._vectors[n])
        return _unit(total)

    def cohesion(self, lines: Sequence[int]) -> float:
        """How alike lines are among each other, 0 to 1; of a single line 0."""
        if len(lines) < 2:
            return 0.0
        total: dict[str, float] = {}
        for n in lines:
            _add(total, self._vectors[n])
        size = len(lines)
        return max(0.0, (sum(x * x for x in total.values()) - size) / (size * (size - 1)))

    def to(self, line: int, middle: Vector) -> float:
        """How alike a line is to what some lines have in common, 0 to 1."""
        return alike(self._vectors[line], middle)


def alike(one: Vector, two: Vector) -> float:
    """How much two have in common, 0 to 1."""
    return sum(x * two.get(word, 0.0) for word, x in one.items())


def _add(total: dict[str, float], vector: Vector) -> None:
    for word, x in vector.items():
        total[word] = total.get(word, 0.0) + x


def _sum(one: Vector, two: Vector, weight: float) -> dict[str, float]:
    total = dict(one)
    for word, x in two.items():
        total[word] = total.get(word, 0.0) + weight * x
    return total


def _heaviest(vector: Vector) -> Vector:
    return dict(sorted(vector.items(), key=lambda item: (-item[1], item[0]))[:_MOST_AROUND])


def _unit(vector: Vector) -> dict[str, float]:
    length = math.sqrt(sum(x * x for x in vector.values())) or 1.0
    return {word: x / length for word, x in vector.items()}
