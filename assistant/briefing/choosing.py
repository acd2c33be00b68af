"""Which lines of a topic are shown, and in which order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from assistant.briefing.material import Statement
from assistant.briefing.worth import worth
from assistant.folding import compact

_Grams = tuple[frozenset[str], frozenset[str]]
_LEAST_WORTH = 0.7
_SAME = 0.55


def chosen(lines: Sequence[tuple[Statement, float]], most: int) -> list[Statement]:
    """The lines worth reading, weightiest first; of those that say the same one; spread over documents.

    Args:
        lines: each with how surely it is about the topic.
        most: lines to show.
    """
    open_ = [
        (value + 0.35 * min(strength, 6.0) + _recent(line), line)
        for line, strength in lines
        if (value := worth(line.text, line.company)) >= _LEAST_WORTH
    ]
    open_.sort(key=lambda pair: (-pair[0], pair[1].passage.document, pair[1].start))
    open_ = open_[: 25 * most]
    found: list[Statement] = []
    grams: list[_Grams] = []
    documents: Counter[str] = Counter()
    years: Counter[str] = Counter()
    while open_ and len(found) < most:
        at = max(
            range(len(open_)),
            key=lambda n: (
                open_[n][0]
                - 0.5 * documents[open_[n][1].passage.document]
                - 0.15 * years[_year(open_[n][1])],
                -n,
            ),
        )
        _, line = open_.pop(at)
        own = _grams(line.text)
        if any(_same(own, other) for other in grams):
            continue
        grams.append(own)
        found.append(line)
        documents[line.passage.document] += 1
        years[_year(line)] += 1
    return found


def alike(one: str, two: str) -> bool:
    """Whether two lines say the same."""
    return _same(_grams(one), _grams(two))


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
    return shared > _SAME and not one[1] ^ two[1] or shared > 0.85


def _year(line: Statement) -> str:
    about = line.passage.metadata
    return (about.published or about.period)[:4]


def _recent(line: Statement) -> float:
    year = _year(line)
    return 0.04 * max(0, min(10, int(year) - 2015)) if year.isdigit() else 0.0
