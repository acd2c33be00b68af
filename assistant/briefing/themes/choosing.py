"""Which lines of a topic are shown, and in which order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from assistant.briefing.material import Statement
from assistant.briefing.themes.worth import worth
from assistant.folding import compact

_Grams = tuple[frozenset[str], frozenset[str]]
_FIGURES = re.compile(r"[\d.,，]+")
_LEAST_WORTH, _LEAST_TELLING = 0.7, 0.1
"""Below these a line is not shown, and is left out altogether."""
_SURE, _SUREST = 0.2, 8.0
"""What it counts how surely a line is about its topic; one that names it goes before its neighbours."""
_SAME, _WITHIN = 0.55, 0.65


def chosen(
    lines: Sequence[tuple[Statement, float]], most: int
) -> tuple[tuple[Statement, ...], tuple[Statement, ...]]:
    """The lines to show and the others that tell something, the strongest of these first.

    The weightiest line to show comes first, then the others document by document, as they stand there. Of
    lines that say the same one is shown; they are spread over documents and years.

    Args:
        lines: each with how surely it is about the topic; 0 for one that is shown only where there is room.
        most: lines to show.
    """
    graded = sorted(
        ((_weight(line, strength), line) for line, strength in lines),
        key=lambda pair: (-pair[0], pair[1].passage.document, pair[1].start),
    )
    open_ = [(weight, line) for weight, line in graded if worth(line.text, line.company) >= _LEAST_WORTH]
    open_ = open_[: 25 * most]
    found: list[Statement] = []
    grams: list[_Grams] = []
    seen: Counter[str] = Counter()
    while open_ and len(found) < most:
        at = max(range(len(open_)), key=lambda n: (open_[n][0] - _told(open_[n][1], seen), -n))
        _, line = open_.pop(at)
        own = _grams(line.text)
        if not any(_same(own, other) for other in grams):
            grams.append(own)
            found.append(line)
            seen.update((line.passage.document, _year(line)))
    shown = set(map(id, found))
    rest = [line for _, line in graded if id(line) not in shown and worth(line.text) >= _LEAST_TELLING]
    return _in_reading_order(found), tuple(rest)


def _weight(line: Statement, strength: float) -> float:
    return worth(line.text, line.company) + _SURE * min(strength, _SUREST) + _recent(line)


def _told(line: Statement, seen: Counter[str]) -> float:
    return 0.5 * seen[line.passage.document] + 0.15 * seen[_year(line)]


def _in_reading_order(found: Sequence[Statement]) -> tuple[Statement, ...]:
    """The first line first, then those of each document together, in the order of the text."""
    documents = {line.passage.document: -n for n, line in reversed(list(enumerate(found)))}
    others = sorted(found[1:], key=lambda line: (-documents[line.passage.document], line.start))
    return (*found[:1], *others)


def alike(one: str, two: str) -> bool:
    """Whether two lines say the same."""
    return _same(_grams(one), _grams(two))


def overlap(one: str, two: str) -> float:
    """The share of the shorter line's pairs of characters that the other has, figures left out, 0 to 1."""
    pairs = _grams(_FIGURES.sub("", one))[0], _grams(_FIGURES.sub("", two))[0]
    return len(pairs[0] & pairs[1]) / max(1, min(map(len, pairs)))


@lru_cache(maxsize=4096)
def _grams(text: str) -> _Grams:
    """The pairs of characters of a text, and its figures."""
    folded = compact(text)
    plain = re.sub(r"[\W_]+", "", folded)
    pairs = frozenset(plain[i : i + 2] for i in range(len(plain) - 1))
    return pairs, frozenset(re.findall(r"\d[\d.]*", folded))


def _same(one: _Grams, two: _Grams) -> bool:
    shared = len(one[0] & two[0]) / max(1, min(len(one[0]), len(two[0])))
    figures = one[1] | two[1]
    if figures and one[1] == two[1]:
        return shared > 0.35
    is_within = bool(one[1]) and one[1] <= two[1] and shared > _WITHIN
    return is_within or (shared > _SAME and not figures) or shared > 0.85


def _year(line: Statement) -> str:
    about = line.passage.metadata
    return (about.published or about.period)[:4]


def _recent(line: Statement) -> float:
    year = _year(line)
    return 0.04 * max(0, min(10, int(year) - 2015)) if year.isdigit() else 0.0
