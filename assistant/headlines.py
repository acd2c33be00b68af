"""Which headline belongs to which text, on pages whose headlines stand after or between their articles."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from assistant import companies
from assistant.folding import tokenize

MOST = 8
"""With more free headlines than this the choice is not made; they stay where they stand."""
_RIGHT_ABOVE = 3.0
_RIGHT_BELOW = 1.0
_CHANGE_OF_COMPANY = 1.2
_CHANGE_OF_COLUMN = 3.0
_HARD_BREAK = 6.0
_BOUNDARY = 0.8


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph that awaits its headline, and the headlines (by index) right above and below it.

    `breaks`: an article certainly ends before it (a byline, a name set vertically).
    """

    text: str
    column: float
    preceded_by: tuple[int, ...] = ()
    followed_by: tuple[int, ...] = ()
    breaks: bool = False


def assign(headlines: Sequence[str], pieces: Sequence[Piece]) -> list[int]:
    """For each paragraph the index of its headline; paragraphs of one headline are neighbours.

    Every headline gets one run of paragraphs. The split maximises the words that headline and run share,
    weighted by rarity, plus what speaks for an article's end between two paragraphs: another company,
    another column width, a headline standing there. Dynamic programming over (paragraph, headlines used,
    current one).

    Raises:
        ValueError: more headlines than paragraphs, or more than `MOST`.
    """
    if not 0 < len(headlines) <= min(len(pieces), MOST):
        raise ValueError(f"{len(headlines)} headlines for {len(pieces)} paragraphs")
    affinity = _affinity(headlines, pieces)
    boundary = [0.0, *(_boundary(a, b) for a, b in zip(pieces, pieces[1:], strict=False))]
    count, full = len(headlines), (1 << len(headlines)) - 1

    @cache
    def best(at: int, used: int, current: int) -> tuple[float, int]:
        """Best total from paragraph `at` on, and the headline it takes."""
        if at == len(pieces):
            return (0.0 if used == full else -math.inf), -1
        options: list[tuple[float, int]] = []
        if current >= 0:
            stay = -_HARD_BREAK if pieces[at].breaks else 0.0
            options.append((stay + affinity[at][current] + best(at + 1, used, current)[0], current))
        for other in range(count):
            if not used >> other & 1:
                gain = boundary[at] + affinity[at][other] + _standing(pieces, at, other)
                options.append((gain + best(at + 1, used | 1 << other, other)[0], other))
        return max(options, key=lambda option: (option[0], -option[1]))

    chosen: list[int] = []
    used, current = 0, -1
    for at in range(len(pieces)):
        current = best(at, used, current)[1]
        used |= 1 << current
        chosen.append(current)
    return chosen


def _standing(pieces: Sequence[Piece], at: int, headline: int) -> float:
    """What speaks for a headline that stands right before the paragraph that its article begins with."""
    return _RIGHT_ABOVE if headline in pieces[at].preceded_by else 0.0


def _affinity(headlines: Sequence[str], pieces: Sequence[Piece]) -> list[list[float]]:
    """Shared words of each paragraph and headline, by rarity among the paragraphs."""
    words = [Counter(tokenize(piece.text)) for piece in pieces]
    frequency = Counter(word for counter in words for word in counter)
    table: list[list[float]] = []
    for counter, piece in zip(words, pieces, strict=True):
        row = []
        for index, headline in enumerate(headlines):
            shared = set(tokenize(headline)) & set(counter)
            weights = (
                math.log((len(pieces) + 0.5) / frequency[word]) * min(2.0, 1 + math.log(counter[word]))
                for word in shared
                if len(word) > 1
            )
            row.append(sum(weights) + (_RIGHT_BELOW if index in piece.followed_by else 0.0))
        table.append(row)
    return table


def _boundary(before: Piece, after: Piece) -> float:
    """How much speaks for the end of an article between two paragraphs."""
    score = -_BOUNDARY
    if after.breaks:
        score += _HARD_BREAK
    if after.preceded_by or before.followed_by:
        score += _RIGHT_BELOW
    if before.column and after.column and abs(before.column - after.column) > 4:
        score += _CHANGE_OF_COLUMN
    subjects = [set(companies.find(piece.text)) for piece in (before, after)]
    if all(subjects):
        score += -_CHANGE_OF_COMPANY if subjects[0] & subjects[1] else _CHANGE_OF_COMPANY
    return score
