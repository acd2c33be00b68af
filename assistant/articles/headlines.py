"""Which headline belongs to which text, on pages whose headlines stand after or between their articles."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant import companies
from assistant.folding import tokenize

_State = tuple[int, int]
_MOST_HEADLINES = 8
_MOST_PARAGRAPHS = 200
"""The choice is made for a printed page; with more, headlines stay where they stand."""
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


def can_assign(headlines: int, paragraphs: int) -> bool:
    """Whether there is a paragraph for every headline, and no more of either than on a printed page."""
    return 0 < headlines <= min(paragraphs, _MOST_HEADLINES) and paragraphs <= _MOST_PARAGRAPHS


def assign(headlines: Sequence[str], pieces: Sequence[Piece]) -> list[int]:
    """For each paragraph the index of its headline; paragraphs of one headline are neighbours.

    Every headline gets one run of paragraphs. The split maximises the words that headline and run share,
    weighted by rarity, plus what speaks for an article's end between two paragraphs: another company,
    another column width, a headline standing there. Dynamic programming over the paragraphs; a state is the
    set of headlines used and the current one.

    Raises:
        ValueError: more headlines than paragraphs, or more of either than are taken on.
    """
    if not can_assign(len(headlines), len(pieces)):
        raise ValueError(f"{len(headlines)} headlines for {len(pieces)} paragraphs")
    affinity = _affinity(headlines, pieces)
    boundary = [0.0, *(_boundary(a, b) for a, b in zip(pieces, pieces[1:], strict=False))]
    best: dict[_State, float] = {(0, -1): 0.0}
    came_from: list[dict[_State, _State]] = []
    for at, piece in enumerate(pieces):
        reached: dict[_State, float] = {}
        came_from.append({})
        for state, total in best.items():
            for following, gain in _steps(state, piece, affinity[at], boundary[at]):
                if total + gain > reached.get(following, -math.inf):
                    reached[following] = total + gain
                    came_from[at][following] = state
        best = reached
    every = (1 << len(headlines)) - 1
    state = max((state for state in best if state[0] == every), key=lambda state: best[state])
    chosen: list[int] = []
    for back in reversed(came_from):
        chosen.append(state[1])
        state = back[state]
    return chosen[::-1]


def _steps(
    state: _State, piece: Piece, affinity: Sequence[float], boundary: float
) -> Iterator[tuple[_State, float]]:
    """What the next paragraph may do, and what speaks for it: go on, or begin another headline's article."""
    used, current = state
    if current >= 0:
        yield state, affinity[current] - (_HARD_BREAK if piece.breaks else 0.0)
    for other, shared in enumerate(affinity):
        if not used >> other & 1:
            standing = _RIGHT_ABOVE if other in piece.preceded_by else 0.0
            yield (used | 1 << other, other), boundary + shared + standing


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
