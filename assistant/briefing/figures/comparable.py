"""Distinct facts side by side that are of one thing, by their names and by what stands around them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.briefing.figures.measures import Measure, measure
from assistant.briefing.figures.things import head_of, is_apart, is_telling, same_indicator, words_of
from assistant.briefing.material import Fact
from assistant.folding import compact, fold

_TRIED = 6
"""Facts of a lot that a further one is compared with."""
_AROUND = 30
"""Characters on both sides of a figure that tell what it is of where its name is one word."""
_ENOUGH = 3
"""So many words, or a mark such as 5G, name a thing well enough."""
_SHARED, _FEWEST_SHARED = 0.5, 3
"""The share and the number of words around two figures that both have, if they are of one thing."""
_AHEAD = re.compile(r"将(?!近)|预计|力争|计划|目标|有望|拟|规划|到20\d\d\s*年")

Group = tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Stated:
    """A distinct fact with what it is compared by."""

    group: Group
    amount: Measure
    time: str

    @property
    def fact(self) -> Fact:
        return self.group[0]

    @property
    def documents(self) -> set[str]:
        return {fact.statement.passage.document for fact in self.group}


def time_of(group: Group) -> str:
    """When a fact holds, or at least was published; empty where neither is known."""
    return group[0].as_of or group[0].statement.passage.metadata.published[:7]


def is_of_source(fact: Fact) -> bool:
    """Whether the fact's date is no more than when its source was published."""
    about = fact.statement.passage.metadata
    if not fact.as_of or about.period:
        return not fact.as_of
    return about.published.startswith(fact.as_of) or fact.statement.time.startswith(fact.as_of)


def near(groups: Sequence[Group]) -> Iterator[list[Stated]]:
    """The facts in lots within which indicators may be the same."""
    lots: dict[tuple[str, str, str, str], list[Stated]] = defaultdict(list)
    for group in groups:
        fact, found = group[0], stated(group)
        if found is None or not is_comparable(found):
            continue
        row = compact(fact.indicator) if fact.statement.is_row else ""
        lots[fact.statement.company, found.amount.kind, head_of(fact.indicator), row].append(found)
    yield from lots.values()


def stated(group: Group) -> Stated | None:
    """A distinct fact with its amount; None where its value is no number."""
    fact = group[0]
    amount = measure(fact.value, fact.unit, fact.statement.text[fact.start : fact.end])
    return Stated(group, amount, time_of(group)) if amount else None


def is_comparable(found: Stated) -> bool:
    """Whether a figure is a result of a thing that is named, in a unit."""
    is_named = found.fact.statement.is_row or is_telling(found.fact.indicator)
    return bool(found.amount.unit) and is_named and not _is_ahead(found.fact)


def clusters(lot: Sequence[Stated]) -> Iterator[Sequence[Stated]]:
    """Those of one indicator. The rows of a lot have one name."""
    if lot[0].fact.statement.is_row:
        yield lot
        return
    found: list[list[Stated]] = []
    by_words: dict[str, list[list[Stated]]] = defaultdict(list)
    for one in lot:
        words = words_of(one.fact.indicator)
        candidates = {id(known): known for word in words for known in by_words[word]}.values()
        own = next((known for known in candidates if _is_of(one, known)), None)
        if own is None:
            own = []
            found.append(own)
            for word in words:
                by_words[word].append(own)
        own.append(one)
    yield from found


def _is_of(one: Stated, cluster: Sequence[Stated]) -> bool:
    return any(_same(other.fact, one.fact) for other in cluster[:_TRIED])


def _same(first: Fact, second: Fact) -> bool:
    """Whether two facts are of one thing, by their names and by what stands around them."""
    if not same_indicator(first.indicator, second.indicator):
        return _completes(first, second) or _completes(second, first)
    words = words_of(first.indicator)
    is_loose = len(words) < _ENOUGH and not any(word[0].isascii() for word in words)
    return not (is_loose or first.statement.passage.metadata.period) or _alike_around(first, second)


def _completes(long: Fact, short: Fact) -> bool:
    """Whether the sentence of a fact with a short name has all that the longer name of another says."""
    words, few = words_of(long.indicator), words_of(short.indicator)
    if not few < words or any(map(is_apart, words - few)):
        return False
    text = fold(short.statement.text)
    return all(word in text for word in words - few)


def _is_ahead(fact: Fact) -> bool:
    """Whether the figure is a target or a forecast."""
    words = fact.statement.text[max(0, fact.start - _AROUND) : fact.start]
    return fact.is_plan or bool(_AHEAD.search(words))


def _alike_around(first: Fact, second: Fact) -> bool:
    a, b = (words_of(_around(fact)) for fact in (first, second))
    shared = len(a & b)
    return shared >= max(_FEWEST_SHARED, _SHARED * min(len(a), len(b)))


def _around(fact: Fact) -> str:
    text = fact.statement.text
    return text[max(0, fact.start - _AROUND) : fact.start] + text[fact.end : fact.end + _AROUND]
