"""What a question names and evidence must not contradict: companies, years, exact names.

Evidence about another company or year is not weak evidence but none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.answering.matching import contains, hit
from assistant.answering.question import Query
from assistant.answering.units import Unit
from assistant.answering.values import years
from assistant.folding import fold, is_word, tokenize
from assistant.records import Passage

_YEAR_IN_TITLE = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


def known_names_of(
    names: Sequence[str], idf: Callable[[Sequence[str]], Mapping[str, float]]
) -> frozenset[str]:
    """The names whose every token occurs in the index."""
    tokens = {name: tokenize(name) for name in names}
    rarity = idf(["", *(token for parts in tokens.values() for token in parts)])
    return frozenset(n for n, parts in tokens.items() if all(rarity[t] < rarity[""] for t in parts))


@dataclass(frozen=True, slots=True)
class Contradictions:
    """What a question names and evidence speaks of otherwise, or not at all."""

    companies: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Each once."""
        return tuple(dict.fromkeys((*self.companies, *self.years, *self.names)))


def contradictions(query: Query, unit: Unit, absent: tuple[str, ...]) -> Contradictions:
    """What the question names and this evidence contradicts or lacks; `absent` as `absent_names` gives it."""
    return Contradictions(tuple(_company_misses(query, unit)), tuple(_year_misses(query, unit)), absent)


def absent_names(query: Query, passage: Passage, known_names: frozenset[str]) -> tuple[str, ...]:
    """Exact words, names and counted things of the question that a passage does not speak of."""
    folded = fold(f"{passage.text} {passage.table} {passage.section} {passage.metadata.title}")
    packed = re.sub(r"\s+", "", folded)
    lacking = [
        anchor
        for anchor in query.anchors
        if not contains(anchor, folded) and re.sub(r"\s+", "", anchor) not in packed
    ]
    for name in query.entities:
        # A name that the corpus knows must be spoken of here; what only looks like a name need not be.
        known = name in known_names
        certain = known or is_word(name) or query.folded.startswith(name)
        if certain and hit(name, folded) < (0.5 if known else 0.1):
            lacking.append(name)
    if query.counted and hit(query.counted, folded) == 0.0:
        lacking.append(query.counted)
    return tuple(dict.fromkeys(lacking))


def _company_misses(query: Query, unit: Unit) -> list[str]:
    """A company asked for that is neither named here nor what the passage is about."""
    if not query.companies:
        return []
    about = set(unit.passage.companies)
    here = _named(query, unit.text, about)
    sentence = _named(query, unit.passage.text[slice(*unit.sentence)], about)
    if any(name in here or (not here and name in sentence) for name in query.companies):
        return []
    if not here and any(name in about for name in query.companies):
        return []
    headed = set(query.catalogue.find(f"{unit.passage.section} {unit.passage.metadata.title}"))
    groups = {group for name in query.companies for group in query.catalogue.ancestors(name)}
    if (
        here
        and here <= groups
        and about & set(query.companies)
        or (not here and headed & set(query.companies))
    ):
        return []
    return [query.companies[0]]


def _named(query: Query, text: str, about: set[str]) -> set[str]:
    """The companies that a text speaks of, not merely mentions, and the groups of their units."""
    catalogue = query.catalogue
    named = {name for name in catalogue.find(text) if name in about or name in query.companies}
    units = [name for name in named if not catalogue.brand_of(name)]
    return named | {group for name in units for group in catalogue.ancestors(name)}


def _year_misses(query: Query, unit: Unit) -> list[str]:
    """A year asked for where the sentence states another one, or nothing around states it."""
    if not query.years:
        return []
    passage = unit.passage
    stated = years(unit.text) or years(passage.text[slice(*unit.sentence)])
    around = set(_YEAR_IN_TITLE.findall(fold(passage.metadata.title))) | years(
        f"{passage.text} {passage.section} {passage.metadata.title} {passage.metadata.published}-1"
    )
    missing = [year for year in query.years if year not in stated]
    if not missing:
        return []
    if stated or not any(year in around for year in query.years):
        return missing
    return []
