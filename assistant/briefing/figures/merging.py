"""The same fact stated at several places as one, with the best of its names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.briefing.dating.moments import end_of
from assistant.briefing.figures.comparable import is_of_source
from assistant.briefing.figures.measures import measure
from assistant.briefing.figures.things import alike, same_indicator, words_of
from assistant.briefing.material import Fact
from assistant.folding import compact

_AROUND = 10
"""Characters on both sides of a value by which a copied sentence is known."""
_BEST_LENGTH = range(3, 19)
_TRIED = 4
"""Places of a group that a further one is compared with."""
_PARTS = ("H", "Q")
_UNTIDY = re.compile(r"[，,。；;：:“”\"\t]|^[的了和与及]")


@dataclass(frozen=True, slots=True)
class _Place:
    """A fact with what it is compared by. `around` is empty for a row, whose cells stand beside anything."""

    fact: Fact
    value: str
    kind: str
    unit: str
    around: str
    is_dated: bool

    @property
    def sentence(self) -> tuple[str, int]:
        statement = self.fact.statement
        return statement.passage.id, statement.start


def merged(facts: Iterable[Fact]) -> list[tuple[Fact, ...]]:
    """The facts, each distinct one once with all the places that state it, in order of the first.

    One fact is the same amount (1.06万个, 10600个) of a thing with nearly the same name, of one company, over
    times that do not exclude each other, both targets or both results. Of each the best named place comes
    first, with the date that the text of any of the places gives.
    """
    groups: list[list[_Place]] = []
    buckets: dict[tuple[str, str, str, bool], list[list[_Place]]] = defaultdict(list)
    for fact in facts:
        place = _place(fact)
        bucket = buckets[fact.statement.company, place.value, place.kind, fact.is_plan]
        group = next((group for group in bucket if _belongs(place, group)), None)
        if group is None:
            group = []
            groups.append(group)
            bucket.append(group)
        group.append(place)
    return [_ordered(group) for group in groups]


def _place(fact: Fact) -> _Place:
    amount = measure(fact.value, fact.unit)
    value = str(amount.value.normalize()) if amount else compact(fact.value)
    unit = amount.unit if amount else compact(fact.unit)
    around = "" if fact.statement.is_row else _around(fact)
    return _Place(fact, value, amount.kind if amount else unit, unit, around, not is_of_source(fact))


def _belongs(place: _Place, group: Sequence[_Place]) -> bool:
    return all(_in_time(place, other) for other in group) and any(
        _same(place, other) for other in group[:_TRIED]
    )


def _same(place: _Place, other: _Place) -> bool:
    """Whether two places with one amount state one fact: as a copy, or under nearly the same name."""
    a, b = place.fact, other.fact
    if compact(a.indicator) == compact(b.indicator):
        return True
    if place.sentence == other.sentence:
        return False  # one sentence does not say the same twice
    if a.statement.is_row and b.statement.is_row:
        return words_of(a.indicator) == words_of(b.indicator) != frozenset()
    if place.around and place.around == other.around:
        return True
    if place.unit == other.unit and place.around and other.around:
        return alike(a.indicator, b.indicator)
    return same_indicator(a.indicator, b.indicator)


def _in_time(place: _Place, other: _Place) -> bool:
    """Whether two places may speak of one time. When a source was published says it to a year or so."""
    a, b = place.fact.as_of, other.fact.as_of
    if a == b:
        return True
    if not a or not b:
        return not (place.fact.statement.is_row or other.fact.statement.is_row)
    if place.is_dated and other.is_dated:
        return _compatible(a, b)
    return abs(_year(a) - _year(b)) <= 1


def _year(date: str) -> int:
    return int(date[:4]) if date[:4].isdigit() else 0


def _compatible(a: str, b: str) -> bool:
    """Whether two dates may be those of one figure: 2021 and 2021-12-31, 2021H1 and its last day."""
    if a[4:5] not in _PARTS and b[4:5] not in _PARTS:
        return a.startswith(b) or b.startswith(a)
    first, second = end_of(a), end_of(b)
    return first.startswith(second) or second.startswith(first)


def _around(fact: Fact) -> str:
    text = fact.statement.text
    return compact(text[max(0, fact.start - _AROUND) : fact.end + _AROUND])


def _ordered(group: Sequence[_Place]) -> tuple[Fact, ...]:
    if len(group) == 1:
        return (group[0].fact,)
    best = max(group, key=_naming)
    dates = sorted((place.fact.as_of for place in group if place.is_dated), key=len)
    first = replace(best.fact, as_of=dates[-1]) if dates and not best.is_dated else best.fact
    return (first, *(place.fact for place in group if place is not best))


def _naming(place: _Place) -> tuple[bool, bool, bool, int]:
    """How well a fact is named; of two the first is kept."""
    name = place.fact.indicator
    is_tidy = not _UNTIDY.search(name)
    return is_tidy, len(compact(name)) in _BEST_LENGTH, place.is_dated, min(len(words_of(name)), 6)
