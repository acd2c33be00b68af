"""The same fact stated at several places as one, and what is stated differently."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from assistant.briefing.material import Fact
from assistant.folding import compact


def merged(facts: Iterable[Fact]) -> list[tuple[Fact, ...]]:
    """The facts, each distinct one once with all the places that state it, in order of the first."""
    groups: dict[tuple[str, ...], list[Fact]] = defaultdict(list)
    for fact in facts:
        key = (fact.statement.company, compact(fact.indicator), compact(fact.value + fact.unit), fact.as_of)
        groups[key].append(fact)
    return [tuple(group) for group in groups.values()]


def differing(groups: Sequence[tuple[Fact, ...]]) -> list[list[tuple[Fact, ...]]]:
    """Distinct facts of one indicator and unit that differ in value; of each the earlier first."""
    return []


def same_indicator(a: str, b: str) -> bool:
    """Whether two names are those of one thing."""
    return compact(a) == compact(b)
