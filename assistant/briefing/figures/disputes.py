"""What is said differently of one time: by two sources, or where one denies or corrects what was said."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from assistant.briefing.figures.comparable import Group, Stated, is_comparable, is_of_source, stated
from assistant.briefing.figures.things import head_of, words_of
from assistant.folding import fold

_GROWTH = re.compile(r"增长率|增长幅度|增[速幅长]|年增率?|增$")
_NEAR, _FAR = 2, 20
"""Two values of one thing and time are not so many times apart; not so many where one denies the other."""
_YEAR = len("2021")
_FEWEST = 3
"""Characters of a name by which alone two figures are held against each other."""


def disputed(groups: Sequence[Group]) -> Iterator[list[Stated]]:
    """Pairs of distinct facts that disagree over one time, at least one of them in no periodic report.

    Two documents must give one value each under one name, or one of the two deny the other: then the name
    of one may be the shorter and both may stand in one document.
    """
    lots: dict[tuple[str, str, str], list[Stated]] = defaultdict(list)
    for group in groups:
        is_dated = len(group[0].as_of) == _YEAR or not is_of_source(group[0])
        if is_dated and (found := stated(group)) is not None and is_comparable(found):
            lots[group[0].statement.company, found.amount.kind, group[0].as_of].append(found)
    for lot in lots.values():
        yield from _by_name(lot)
        yield from _by_denial(lot)


def _by_name(lot: Sequence[Stated]) -> Iterator[list[Stated]]:
    named: dict[frozenset[str], list[Stated]] = defaultdict(list)
    for one in lot:
        if len(one.fact.indicator) >= _FEWEST:
            named[words_of(_GROWTH.sub("增长", fold(one.fact.indicator)))].append(one)
    for same in named.values():
        pair = _pair(same)
        if pair and not all(one.fact.statement.passage.metadata.period for one in pair):
            yield pair


def _pair(same: Sequence[Stated]) -> list[Stated]:
    """Two values of two documents, neither of which gives both."""
    if len(same) < 2 or any(a.documents & b.documents for a, b in combinations(same, 2)):
        return []
    return next(([a, b] for a, b in combinations(same, 2) if _differ(a, b, _NEAR)), [])


def _by_denial(lot: Sequence[Stated]) -> Iterator[list[Stated]]:
    for one in lot:
        if not one.fact.is_denied:
            continue
        words = words_of(one.fact.indicator)
        for other in lot:
            shared = words_of(other.fact.indicator)
            is_one = head_of(one.fact.indicator) == head_of(other.fact.indicator)
            if is_one and (words <= shared or shared <= words) and _differ(one, other, _FAR):
                yield [one, other]


def _differ(first: Stated, second: Stated, far: int) -> bool:
    low, high = sorted((first.amount.value, second.amount.value))
    same_unit = first.amount.unit == second.amount.unit
    return same_unit and low > 0 and high <= low * far and not first.amount.agrees(second.amount)
