"""Passages to evidence: the units in them that answer, ranked, with what speaks for each.

A unit's score adds up how much of the question's words it and its surroundings hold (by rarity), whether
it offers a value of the kind asked for and how near that stands to the words, and what the retriever
thought of its passage. What contradicts the question (see `conditions`) is held against it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant import companies
from assistant.answering.conditions import known_names_of, misses
from assistant.answering.interrogatives import Kind
from assistant.answering.matching import hit, occurrences
from assistant.answering.question import Query
from assistant.answering.rows import figures, heads_of, under_heads
from assistant.answering.units import Unit, units_of
from assistant.answering.values import needs_value, values
from assistant.folding import fold, is_word
from assistant.records import ScoredPassage

IN_SENTENCE, NEARBY, IN_PASSAGE, IN_HEADING = 0.9, 0.75, 0.6, 0.6
_UNKNOWN_WORD = 0.7
"""Weight of a word that no passage holds, as a share of the rarest known word's."""
_OTHER_ROW = "row"
_NEAR = 24
"""Characters within which a value counts as standing with a word."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A unit with what speaks for it, each from 0 to 1 but `score`, which adds them up.

    `coverage`: share of the question's words held by the unit or its surroundings; `held`: by the unit
    itself, and `matched` the words so held. `spans`: values of the kind asked for, nearest first, in
    `unit.text`. `misses`: what contradicts the question.
    """

    unit: Unit
    score: float
    coverage: float
    held: float
    spans: tuple[tuple[int, int], ...]
    misses: tuple[str, ...]
    matched: frozenset[str]


def rank(
    query: Query, found: Sequence[ScoredPassage], idf: Callable[[Sequence[str]], Mapping[str, float]]
) -> list[Evidence]:
    """Every unit of the passages, best first; ties in text order.

    Args:
        query: the question, understood.
        found: retrieved passages, best first.
        idf: rarity of tokens in the index, as `Lexical.idf` gives it.
    """
    weights = _weights(query, idf)
    known_names = known_names_of(query.entities, idf)
    ranked: list[Evidence] = []
    for position, item in enumerate(found):
        if item.passage.front:
            continue
        prior = 1.0 / (1.0 + 0.25 * position)
        units = units_of(item.passage)
        ranked.extend(_weigh(query, weights, known_names, units, at, prior) for at in range(len(units)))
    return sorted(ranked, key=lambda e: (-e.score, e.unit.passage.document, e.unit.start))


def _weights(query: Query, idf: Callable[[Sequence[str]], Mapping[str, float]]) -> dict[str, float]:
    """How much each term counts: by rarity, less if short or a region, more next to the interrogative.

    A company asked about counts as a term too: evidence that names a rarely named one has found much.
    """
    names = {name: query.catalogue.region_of(name) or name for name in query.companies}
    rarity = idf([*query.terms, *names.values()])
    known = idf([""])[""]
    weights = {name: rarity[token] for name, token in names.items() if rarity[token] < known}
    for term in query.terms:
        weight = rarity[term] if rarity[term] < known else known * _UNKNOWN_WORD
        if len(term) == 1 or (rarity[term] >= known and not is_word(term)):
            weight *= 0.3
        if term in query.focus:
            weight *= 1.3
        if term in companies.regions() and len(query.terms) > 1:
            weight *= 0.4
        weights[term] = weight
    return weights


def _weigh(
    query: Query,
    weights: Mapping[str, float],
    known_names: frozenset[str],
    units: Sequence[Unit],
    at: int,
    prior: float,
) -> Evidence:
    unit = units[at]
    held, surrounding = _places(units, at)
    levels = {term: _level(term, held, surrounding) for term in weights}
    total = sum(weights.values()) or 1.0
    coverage = sum(weights[t] * levels[t] for t in weights) / total
    inside = {t: hit(t, held) for t in weights}
    if _POINTS_BACK.search(held):
        # What it points back to is half said here.
        inside = {t: max(own, IN_PASSAGE * hit(t, surrounding[1][1])) for t, own in inside.items()}
    heads = heads_of(unit, query, weights, inside)
    if heads:
        inside = under_heads(inside, heads)
    own = sum(weights[t] * inside[t] for t in weights) / total
    focus_total = sum(weights[t] for t in query.focus) or 1.0
    focus = (
        sum(weights[t] * max(inside[t], 0.9 * hit(t, surrounding[0][1])) for t in query.focus) / focus_total
    )
    spans = (figures(unit, query, weights) if heads else []) or _ordered_values(
        query, weights, unit.text, held
    )
    contradicted = (*misses(query, unit, known_names), *([_OTHER_ROW] if heads is None else []))
    score = coverage + 0.8 * own + 0.25 * (focus if query.focus else coverage) + 0.25 * prior
    said = f"{surrounding[1][1]} {held}" if _POINTS_BACK.search(held) else held
    score += 0.35 * _phrase_share(query, f"{said} {heads or ''}")
    if spans:
        score += 0.25 + 0.35 * spans[0][0]
        score += 0.15 if query.slots > 1 and len(spans) >= query.slots else 0.0
    elif needs_value(query):
        score -= 0.6
    score += _form(query, held) - 0.6 * len(contradicted)
    if not query.companies and query.catalogue.find(unit.text):
        score -= 0.05
    score -= 0.0006 * max(0, len(unit.text) - 120)
    return Evidence(
        unit,
        score,
        coverage,
        own,
        tuple(span for _, span in spans),
        contradicted,
        frozenset(t for t in weights if inside[t] >= 0.5),
    )


def _places(units: Sequence[Unit], at: int) -> tuple[str, list[tuple[float, str]]]:
    """The unit's folded text, and those around it with what a word is worth there."""
    unit = units[at]
    passage = unit.passage
    first, last = unit.sentence
    near = [u.text for u in units[max(0, at - 2) : at + 2] if u is not unit]
    around = [
        (IN_SENTENCE, fold(f"{passage.text[first:last]} {passage.table}")),
        (NEARBY, fold(" ".join(near))),
        (IN_PASSAGE, fold(passage.text)),
        (IN_HEADING, fold(f"{passage.section} {passage.metadata.title}")),
    ]
    return fold(unit.text), around


def _level(term: str, held: str, surrounding: Sequence[tuple[float, str]]) -> float:
    return max([hit(term, held), *(worth * hit(term, text) for worth, text in surrounding)])


def _ordered_values(
    query: Query, weights: Mapping[str, float], text: str, folded: str
) -> list[tuple[float, tuple[int, int]]]:
    """The values in the unit with how near the question's words stand to each, nearest first."""
    places = [(t, *match.span()) for t in weights if len(t) > 1 for match in occurrences(t, folded)]
    total = sum(weights.values()) or 1.0
    scored: list[tuple[float, tuple[int, int]]] = []
    for start, end in values(text, query):
        nearness: dict[str, float] = {}
        for term, first, last in places:
            gap = max(0, start - last, first - end)
            near = weights[term] * max(0.0, 1 - gap / _NEAR)
            if re.search(r"[，,；。]", folded[min(end, last) : max(start, first)]):
                near *= 0.5
            nearness[term] = max(near, nearness.get(term, 0.0))
        scored.append((min(1.0, sum(nearness.values()) / total), (start, end)))
    return sorted(scored, key=lambda pair: (-pair[0], pair[1]))


def _phrase_share(query: Query, folded: str) -> float:
    """How much of the phrase next to the interrogative stands in the unit in one piece, from 0 to 1."""
    phrase = query.phrase
    if len(phrase) < 3:
        return 0.0
    for length in range(len(phrase), 2, -1):
        if any(phrase[i : i + length] in folded for i in range(len(phrase) - length + 1)):
            return length / len(phrase)
    return 0.0


_POINTS_BACK = re.compile(
    r"^(?:该|其(?![他它余])|此|对此|为此|因此|这)|该(?:公司|平台|系统|项目|企业|app|地|村|乡|县|活动|产品|中心|机制|工程)"
)
_DEFINES = re.compile(
    r"(?<![不还就只也])是(?!否|不是).{0,24}(?:的|个)|(?:平台|系统|app|软件|工程|计划|行动|模式|活动|品牌|项目|服务|"
    r"产品)“[^”]{2,20}”(?!的)|“[^”]{6,}”的|指的?是|即"
)
_FORMS: Mapping[Kind, str] = {
    Kind.REASON: r"由于|因为|因此|为了|为满足|导致|使得|原因|鉴于|容易|难题",
    Kind.MANNER: r"通过|采取|开展|利用|建立|依托|组织|以.{2,20}方式",
    Kind.LIST: r"、|和|包括|分别|一是",
}


def _form(query: Query, folded: str) -> float:
    if query.kind is Kind.DEFINITION:
        return 0.2 if _DEFINES.search(folded) else 0.0
    pattern = _FORMS.get(query.kind)
    return 0.1 if pattern and re.search(pattern, folded) else 0.0
