"""What a row of a table says: its cells, each under the head of its column."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.answering.evidence.matching import hit
from assistant.answering.evidence.units import Unit
from assistant.answering.understanding.interrogatives import Kind
from assistant.answering.understanding.question import Query
from assistant.folding import fold

_FIGURE = re.compile(r"[-+−(（]?\d[\d,]*(?:\.\d+)?[)）]?(?P<unit>[^\d\s]{0,3})")
_WORDS = re.compile(r"[\u3400-\u9fff]{2}|[A-Za-z]{3}")
_TOLD_IN_WORDS = (Kind.REASON, Kind.MANNER, Kind.DEFINITION)
_MOST = 0.5
_UNDER_HEAD = 0.8
"""What a word of the question is worth that stands in a head above the row."""


def heads_of(
    unit: Unit, query: Query, weights: Mapping[str, float], inside: Mapping[str, float]
) -> str | None:
    """The folded line of what the rows share, if the unit is a row that the question means.

    Every row of a table has the same heads. The one that is meant holds most of what the question says beyond
    heads, section and title, and some of it in its first cell. Empty for what is no row or may be another's,
    None for a row that speaks of something else, or in figures alone where words are asked for.

    Args:
        weights: how much each word of the question counts.
        inside: how well the unit itself holds each of them, from 0 to 1.
    """
    if not is_row(unit):
        return ""
    label, *cells = unit.text.split("\t")
    if query.kind in _TOLD_IN_WORDS and not any(_WORDS.search(cell) for cell in cells):
        return None
    passage = unit.passage
    heads = fold(passage.table)
    given = fold(" ".join((passage.table, passage.section, passage.metadata.title, *passage.companies)))
    beyond = {word: weight for word, weight in weights.items() if not hit(word, given)}
    held = sum(weight * inside[word] for word, weight in beyond.items())
    is_labelled = any(hit(word, fold(label)) for word in beyond)
    holds_most = held >= _MOST * sum(beyond.values())
    if not is_labelled and not holds_most:
        return None
    return heads if is_labelled and holds_most else ""


def under_heads(inside: Mapping[str, float], heads: str) -> dict[str, float]:
    """How well a row together with its heads holds each word."""
    return {word: max(worth, _UNDER_HEAD * hit(word, heads)) for word, worth in inside.items()}


def is_row(unit: Unit) -> bool:
    """Whether the unit is a row of a table with a caption or heads."""
    return "\t" in unit.text and bool(unit.passage.table)


def figures(unit: Unit, query: Query, weights: Mapping[str, float]) -> list[tuple[float, tuple[int, int]]]:
    """The cells of a row that hold the amount asked for, with how well head and row fit, best first.

    A figure without a unit of its own has that of its head or of the table.
    """
    if query.kind is not Kind.AMOUNT or not is_row(unit):
        return []
    shared = fold(unit.passage.table)
    cells = fold(unit.text).split("\t")
    heads = ([""] * len(cells) + shared.split(" | "))[-len(cells) :]
    total = sum(weights.values()) or 1.0
    found: list[tuple[float, tuple[int, int]]] = []
    start = 0
    for cell, head in zip(cells, heads, strict=True):
        figure = _FIGURE.fullmatch(cell.strip())
        named = bool(query.phrase) and query.phrase[-2:] in head
        if figure and (named or _fits(query.unit, f"{figure['unit']} {head} {shared}")):
            said = f"{cells[0]} {head}"
            fitting = sum(weight * hit(word, said) for word, weight in weights.items())
            found.append((min(1.0, fitting / total), (start, start + len(cell))))
        start += len(cell) + 1
    return sorted(found, key=lambda pair: (-pair[0], pair[1]))


def _fits(wanted: str, said: str) -> bool:
    return not wanted or re.search(wanted, said) is not None
