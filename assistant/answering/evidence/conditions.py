"""What a question names and evidence must not contradict: companies, years, exact names.

Evidence about another company or year is not weak evidence but none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.answering.evidence.matching import contains, hit
from assistant.answering.evidence.strangers import stranger
from assistant.answering.evidence.units import Unit
from assistant.answering.evidence.values import years
from assistant.answering.understanding.question import Query
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
    """What a question names and evidence speaks of otherwise, or not at all.

    `companies` and `years`: it speaks of others. `unsaid`: companies and years that it does not name.
    `names`: exact words, names and counted things that its passage does not hold.
    """

    companies: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Each once."""
        return tuple(dict.fromkeys((*self.companies, *self.years, *self.unsaid, *self.names)))


def contradictions(query: Query, unit: Unit, absent: tuple[str, ...]) -> Contradictions:
    """What the question names and this evidence contradicts or lacks; `absent` as `absent_names` gives it."""
    company, is_another = _company(query, unit)
    years, are_others = _years(query, unit)
    return Contradictions(
        companies=company if is_another else (),
        years=years if are_others else (),
        unsaid=(*(() if is_another else company), *(() if are_others else years)),
        names=absent,
    )


def absent_names(query: Query, passage: Passage, known_names: frozenset[str]) -> tuple[str, ...]:
    """Exact words, names and counted things of the question that a passage does not speak of."""
    folded = _around(passage)
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


def _around(passage: Passage) -> str:
    """Everything that a passage says and stands under, folded."""
    return fold(f"{passage.text} {passage.table} {passage.section} {passage.metadata.title}")


def _company(query: Query, unit: Unit) -> tuple[tuple[str, ...], bool]:
    """The company asked for, if neither named here nor what the passage is about; whether others are."""
    about = set(query.subjects(unit.passage))
    if not query.companies:
        other = _other(query, unit, about)
        return (other,) if other else (), True
    here = _named(query, unit.text, about)
    sentence = _named(query, unit.passage.text[slice(*unit.sentence)], about)
    if any(name in here or (not here and name in sentence) for name in query.companies):
        return (), False
    if not here and any(name in about for name in query.companies):
        return (), False
    headed = set(query.catalogue.find(f"{unit.passage.section} {unit.passage.metadata.title}"))
    groups = {group for name in query.companies for group in query.catalogue.ancestors(name)}
    if (
        here
        and here <= groups
        and about & set(query.companies)
        or (not here and headed & set(query.companies))
    ):
        return (), False
    # What is said of a branch may be meant of its own unit, what is said of the group is not.
    branches = {group for group in groups if query.catalogue.ancestors(group)}
    return query.companies[:1], bool((here or about) - branches)


def _other(query: Query, unit: Unit, about: set[str]) -> str:
    """A company in the question that nobody knows, where the unit speaks of one of its kind."""
    return stranger(query, query.catalogue.find(unit.text) or sorted(about), _around(unit.passage))


def _named(query: Query, text: str, about: set[str]) -> set[str]:
    """The companies that a text speaks of, not merely mentions, and the groups of their units."""
    catalogue = query.catalogue
    named = {name for name in catalogue.find(text) if name in about or name in query.companies}
    units = [name for name in named if not catalogue.brand_of(name)]
    return named | {group for name in units for group in catalogue.ancestors(name)}


def _years(query: Query, unit: Unit) -> tuple[tuple[str, ...], bool]:
    """The years asked for, if the sentence states others or nothing around states them.

    And whether it is of others: nothing around states them, or it states others itself and only the day of
    publication is of theirs.
    """
    if not query.years:
        return (), False
    passage = unit.passage
    stated = years(unit.text) or years(passage.text[slice(*unit.sentence)])
    title = set(_YEAR_IN_TITLE.findall(fold(passage.metadata.title)))
    text = title | years(f"{passage.text} {passage.section}") | {passage.metadata.period[:4]}
    around = text | {passage.metadata.published[:4]}
    missing = tuple(year for year in query.years if year not in stated)
    told = text if stated else around
    is_told = any(year in told for year in query.years)
    return (missing if stated or not is_told else ()), not is_told
