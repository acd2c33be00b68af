"""Passages to evidence: the sentences in them that answer, ranked, with what speaks for each.

A unit is a sentence, or a part of one between semicolons. Its score adds up how much of the question's words it
and its surroundings hold (by rarity), whether it offers a value of the kind asked for and how near that stands to
the words, and what the retriever thought of its passage. Company, year and exact names (5G, “渝扶通”) are
conditions: evidence about another company or year is held against, not just scored lower.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from assistant import companies
from assistant.folding import fold, is_word, tokenize
from assistant.passages import sentences
from assistant.question import Kind, Query
from assistant.records import Passage, ScoredPassage
from assistant.values import needs_value, values, years

IN_UNIT, IN_SENTENCE, NEARBY, IN_PASSAGE, IN_HEADING = 1.0, 0.9, 0.75, 0.6, 0.6
_UNKNOWN_WORD = 0.7
"""Weight of a word that no passage holds, as a share of the rarest known word's."""
_NEAR = 24
"""Characters within which a value counts as standing with a word."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A citable stretch of a passage: `clean_text[start:end]`, and where its sentence and passage lie."""

    passage: Passage
    text: str
    start: int
    end: int
    sentence: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A unit with what speaks for it, each from 0 to 1 but `score`, which adds them up.

    `coverage`: share of the question's words held by the unit or its surroundings; `held`: by the unit itself;
    `focus`: the same of the words next to the interrogative. `spans`: values of the kind asked for, nearest
    first, in `unit.text`. `misses`: what contradicts the question (company, year, an exact name).
    """

    unit: Unit
    score: float
    coverage: float
    held: float
    focus: float
    spans: tuple[tuple[int, int], ...]
    misses: tuple[str, ...]
    matched: frozenset[str]


def units_of(passage: Passage) -> list[Unit]:
    """The passage's sentences, long enumerations between semicolons apart."""
    found: list[Unit] = []
    for start, end in sentences(passage.text):
        for first, last in _parts(passage.text, start, end):
            text = passage.text[first:last]
            found.append(Unit(passage, text, passage.start + first, passage.start + last, (start, end)))
    return found


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
    known_names = _known(query.entities, idf)
    ranked: list[Evidence] = []
    for position, item in enumerate(found):
        if item.passage.front:
            continue
        prior = 1.0 / (1.0 + 0.25 * position)
        units = units_of(item.passage)
        for at, unit in enumerate(units):
            ranked.append(_weigh(query, weights, known_names, units, at, prior))
    return sorted(ranked, key=lambda e: (-e.score, e.unit.passage.document, e.unit.start))


def _parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    parts: list[tuple[int, int]] = []
    first = start
    for match in re.finditer(r"[；;]", text[start:end]):
        if _open_quotes(text[first : start + match.end()]):
            continue
        parts.append((first, start + match.end()))
        first = start + match.end()
    if first < end:
        parts.append((first, end))
    return parts


def _open_quotes(text: str) -> bool:
    return any(text.count(a) > text.count(b) for a, b in ("“”", "（）", "《》", "「」"))


def _weights(query: Query, idf: Callable[[Sequence[str]], Mapping[str, float]]) -> dict[str, float]:
    """How much each term counts: by rarity, less if short or a region, more next to the interrogative.

    A company asked about counts as a term too: evidence that names a rarely named one has found much.
    """
    names = {name: companies.region_of(name) or name for name in query.companies}
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


def _known(names: Sequence[str], idf: Callable[[Sequence[str]], Mapping[str, float]]) -> frozenset[str]:
    """The names whose every token occurs in the index."""
    tokens = {name: tokenize(name) for name in names}
    rarity = idf(["", *(token for parts in tokens.values() for token in parts)])
    return frozenset(n for n, parts in tokens.items() if all(rarity[t] < rarity[""] for t in parts))


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
    inside = {t: _hit(t, held) for t in weights}
    if _POINTS_BACK.search(held):
        # What it points back to is half said here.
        inside = {t: max(hit, IN_PASSAGE * _hit(t, surrounding[1][1])) for t, hit in inside.items()}
    own = sum(weights[t] * inside[t] for t in weights) / total
    focus_total = sum(weights[t] for t in query.focus) or 1.0
    focus = sum(weights[t] * max(inside[t], 0.9 * _hit(t, surrounding[0][1])) for t in query.focus) / focus_total
    spans = _ordered_values(query, weights, unit.text, held)
    misses = _misses(query, unit, known_names)
    score = coverage + 0.8 * own + 0.25 * (focus if query.focus else coverage) + 0.25 * prior
    said = f"{surrounding[1][1]} {held}" if _POINTS_BACK.search(held) else held
    score += 0.35 * _phrase_share(query, said)
    if spans:
        score += 0.25 + 0.35 * spans[0][0]
        score += 0.15 if query.slots > 1 and len(spans) >= query.slots else 0.0
    elif needs_value(query):
        score -= 0.6
    score += _form(query, held) - 0.6 * len(misses)
    if not query.companies and companies.find(unit.text):
        score -= 0.05
    score -= 0.0006 * max(0, len(unit.text) - 120)
    return Evidence(
        unit, score, coverage, own, focus if query.focus else 1.0,
        tuple(span for _, span in spans), misses, frozenset(t for t in weights if inside[t] >= 0.5),
    )


def _places(units: Sequence[Unit], at: int) -> tuple[str, list[tuple[float, str]]]:
    """The unit's folded text, and those around it with what a word is worth there."""
    unit = units[at]
    passage = unit.passage
    first, last = unit.sentence
    near = [u.text for u in units[max(0, at - 2) : at + 2] if u is not unit]
    around = [
        (IN_SENTENCE, fold(passage.text[first:last])),
        (NEARBY, fold(" ".join(near))),
        (IN_PASSAGE, fold(passage.text)),
        (IN_HEADING, fold(f"{passage.section} {passage.metadata.title}")),
    ]
    return fold(unit.text), around


def _level(term: str, held: str, surrounding: Sequence[tuple[float, str]]) -> float:
    return max([_hit(term, held), *(worth * _hit(term, text) for worth, text in surrounding)])


@lru_cache(maxsize=65536)
def _hit(term: str, text: str) -> float:
    """1 where the text holds the term, less for a synonym, less again for a part of it."""
    if _contains(term, text):
        return 1.0
    if any(_contains(other, text) for other in _synonyms().get(term, ())):
        return 0.8
    if len(term) >= 3 and not term[0].isascii():
        parts = [term[i : i + 2] for i in range(len(term) - 1)]
        return 0.6 * sum(part in text for part in parts) / len(parts)
    return 0.0


def _contains(term: str, text: str) -> bool:
    if term[0].isascii() and term[0].isalnum():
        return re.search(rf"(?<![a-z0-9.]){re.escape(term)}(?![a-z0-9]|\.\d)", text) is not None
    return term in text


@lru_cache(maxsize=1)
def _synonyms() -> dict[str, tuple[str, ...]]:
    lines = files("assistant").joinpath("data/synonyms.txt").read_text("utf-8").splitlines()
    groups = [line.split() for line in lines if line and not line.startswith("#")]
    table: dict[str, tuple[str, ...]] = {}
    for group in groups:
        for word in group:
            table[word] = (*table.get(word, ()), *(other for other in group if other != word))
    return table


def _ordered_values(
    query: Query, weights: Mapping[str, float], text: str, folded: str
) -> list[tuple[float, tuple[int, int]]]:
    """The values in the unit with how near the question's words stand to each, nearest first."""
    places = [(m.start(), m.end(), weights[t]) for t in weights if len(t) > 1 for m in _finditer(t, folded)]
    total = sum(weights.values()) or 1.0
    scored: list[tuple[float, tuple[int, int]]] = []
    for start, end in values(text, query):
        nearness: dict[int, float] = {}
        for first, last, weight in places:
            gap = max(0, start - last, first - end)
            if gap < _NEAR and not re.search(r"[，,；。]", folded[min(end, last) : max(start, first)]):
                nearness[first] = weight * (1 - gap / _NEAR)
            elif gap < _NEAR:
                nearness[first] = 0.5 * weight * (1 - gap / _NEAR)
        scored.append((min(1.0, sum(nearness.values()) / total), (start, end)))
    return sorted(scored, key=lambda pair: (-pair[0], pair[1]))


def _finditer(term: str, text: str) -> list[re.Match[str]]:
    words = [term, *_synonyms().get(term, ())]
    return [match for word in words for match in re.finditer(re.escape(word), text)]


def _phrase_share(query: Query, folded: str) -> float:
    """How much of the phrase next to the interrogative stands in the unit in one piece, from 0 to 1."""
    phrase = query.phrase
    if len(phrase) < 3:
        return 0.0
    for length in range(len(phrase), 2, -1):
        if any(phrase[i : i + length] in folded for i in range(len(phrase) - length + 1)):
            return length / len(phrase)
    return 0.0


_POINTS_BACK = re.compile(r"^(?:该|其|此|对此|为此|因此|这)|该(?:公司|平台|系统|项目|企业|app|地|村|乡|县|活动|产品|中心|机制|工程)")
_DEFINES = re.compile(
    r"(?<![不还就只也])是(?!否|不是).{0,24}(?:的|个)|(?:平台|系统|app|软件|工程|计划|行动|模式|活动|品牌|项目|服务|产品)“[^”]{2,20}”(?!的)|“[^”]{6,}”的|指的?是|即"
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


def _misses(query: Query, unit: Unit, known_names: frozenset[str]) -> tuple[str, ...]:
    """What the question names and this evidence contradicts or lacks."""
    misses = [*_company_misses(query, unit), *_year_misses(query, unit)]
    folded = fold(f"{unit.passage.text} {unit.passage.section} {unit.passage.metadata.title}")
    packed = re.sub(r"\s+", "", folded)
    for anchor in query.anchors:
        if not _contains(anchor, folded) and re.sub(r"\s+", "", anchor) not in packed:
            misses.append(anchor)
    for name in query.entities:
        # A name that the corpus knows must be spoken of here; an unknown one is a name only as the subject.
        known = name in known_names
        if _hit(name, folded) < (0.5 if known else 0.1) and (known or query.folded.startswith(name)):
            misses.append(name)
    return tuple(dict.fromkeys(misses))


def _company_misses(query: Query, unit: Unit) -> list[str]:
    """A company asked for that is neither named here nor what the passage is about."""
    if not query.companies:
        return []
    here = set(companies.find(unit.text))
    sentence = set(companies.find(unit.passage.text[slice(*unit.sentence)]))
    about = set(unit.passage.companies)
    if any(name in here or (not here and name in sentence) for name in query.companies):
        return []
    if not here and any(name in about for name in query.companies):
        return []
    headed = set(companies.find(f"{unit.passage.section} {unit.passage.metadata.title}"))
    groups = {"中国" + brand for name in query.companies if (brand := companies.brand_of(name))}
    if here and here <= groups and about & set(query.companies) or (not here and headed & set(query.companies)):
        return []
    return [query.companies[0]]


def _year_misses(query: Query, unit: Unit) -> list[str]:
    """A year asked for where the sentence states another one, or nothing around states it."""
    if not query.years:
        return []
    passage = unit.passage
    stated = years(unit.text) or years(passage.text[slice(*unit.sentence)])
    around = years(f"{passage.text} {passage.section} {passage.metadata.title}") | years(passage.metadata.published + "-1")
    missing = [year for year in query.years if year not in stated]
    if not missing:
        return []
    if stated or not any(year in around for year in query.years):
        return missing
    return []
