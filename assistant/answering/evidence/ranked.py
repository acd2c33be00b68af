"""Passages to evidence: the units in them that answer, ranked by what speaks for each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.answering.evidence.conditions import absent_names, contradictions
from assistant.answering.evidence.features import (
    IN_HEADING,
    IN_PASSAGE,
    IN_SENTENCE,
    NEARBY,
    Features,
    Held,
    features_of,
    features_of_passage,
)
from assistant.answering.evidence.matching import occurrences
from assistant.answering.evidence.ranker import ranker
from assistant.answering.evidence.rows import figures, heads_of, under_heads
from assistant.answering.evidence.units import Unit
from assistant.answering.evidence.values import values
from assistant.answering.evidence.weighing import Asked, Idf, Place, asked_of
from assistant.answering.understanding.question import Query
from assistant.records import ScoredPassage

_OTHER_ROW = "row"
_NEAR = 24
"""Characters within which a value counts as standing with a word."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A unit with what speaks for it.

    `score`: the learned sum of its `features`, which orders the units of one question. `coverage`: share of
    the question's words held by the unit or its surroundings; `held`: by the unit itself, and `matched` the
    words so held. `spans`: values of the kind asked for, nearest first, in `unit.text`. `misses`: what
    contradicts the question.
    """

    unit: Unit
    score: float
    coverage: float
    held: float
    spans: tuple[tuple[int, int], ...]
    misses: tuple[str, ...]
    matched: frozenset[str]
    features: Features = field(default_factory=dict, compare=False, repr=False)


def rank(query: Query, found: Sequence[ScoredPassage], idf: Idf) -> list[Evidence]:
    """Every unit of the passages, best first; ties in text order.

    Args:
        query: the question, understood.
        found: retrieved passages, best first.
        idf: rarity of tokens in the index, as `Lexical.idf` gives it.
    """
    body = [item for item in found if not item.passage.front]
    asked = asked_of(query, body, idf)
    ranked: list[Evidence] = []
    for position, item in enumerate(body):
        place = Place(asked, item, position)
        absent = absent_names(query, item.passage, asked.known_names)
        shared = features_of_passage(asked, place)
        ranked.extend(_weigh(asked, place, at, absent, shared) for at in range(len(place.units)))
    return sorted(ranked, key=lambda e: (-e.score, e.unit.passage.document, e.unit.start))


def _weigh(asked: Asked, place: Place, at: int, absent: tuple[str, ...], shared: Features) -> Evidence:
    query, unit = asked.query, place.units[at]
    held = _held(asked, place, at)
    against = contradictions(query, unit, absent)
    features = features_of(asked, place, at, held, against, shared)
    return Evidence(
        unit=unit,
        score=ranker().score(features),
        coverage=features["words around"],
        held=features["words here"],
        spans=tuple(span for _, span in held.values),
        misses=(*against.all, *([_OTHER_ROW] if held.heads is None else [])),
        matched=frozenset(term for term, worth in held.inside.items() if worth >= 0.5),
        features=features,
    )


def _held(asked: Asked, place: Place, at: int) -> Held:
    unit, own = place.units[at], place.held[at]
    sentence = asked.hits(place.sentence(at))
    near = place.near(at)
    around = {
        term: max(
            own[term],
            IN_SENTENCE * sentence[term],
            NEARBY * max((place.held[n][term] for n in near), default=0.0),
            IN_PASSAGE * place.in_text[term],
            IN_HEADING * place.in_heading[term],
        )
        for term in asked.weights
    }
    inside: Mapping[str, float] = own
    if place.points_back(at):
        # What it points back to is half said here.
        inside = {
            term: max(worth, IN_PASSAGE * max((place.held[n][term] for n in near), default=0.0))
            for term, worth in own.items()
        }
    heads = heads_of(unit, asked.query, asked.weights, inside)
    if heads:
        inside = under_heads(inside, heads)
    offered = figures(unit, asked.query, asked.weights) if heads else []
    return Held(inside, around, heads, offered or _ordered_values(asked, unit.text, place.folded[at]))


def _ordered_values(asked: Asked, text: str, folded: str) -> list[tuple[float, tuple[int, int]]]:
    """The values in the unit with how near the question's words stand to each, nearest first."""
    weights = asked.weights
    places = [(t, *match.span()) for t in weights if len(t) > 1 for match in occurrences(t, folded)]
    total = sum(weights.values()) or 1.0
    scored: list[tuple[float, tuple[int, int]]] = []
    for start, end in values(text, asked.query):
        nearness: dict[str, float] = {}
        for term, first, last in places:
            gap = max(0, start - last, first - end)
            near = weights[term] * max(0.0, 1 - gap / _NEAR)
            if re.search(r"[，,；;。]", folded[min(end, last) : max(start, first)]):
                near *= 0.5
            nearness[term] = max(near, nearness.get(term, 0.0))
        scored.append((min(1.0, sum(nearness.values()) / total), (start, end)))
    return sorted(scored, key=lambda pair: (-pair[0], pair[1]))
