"""What speaks for a unit and against it, as named numbers; what each is worth is in a file of weights.

Most lie between 0 and 1. Those of the words say how much of the question the unit and its surroundings
hold, those of the form whether it is shaped like an answer of the kind asked for, those of the place where it
stands, those of the search what the retriever thought of its passage.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.answering.blocks.lists import count_in
from assistant.answering.evidence.conditions import Contradictions
from assistant.answering.evidence.matching import hit
from assistant.answering.evidence.rows import is_row
from assistant.answering.evidence.values import needs_value
from assistant.answering.evidence.weighing import Asked, Place, pairs_of
from assistant.answering.understanding.interrogatives import Kind
from assistant.answering.understanding.mentions import names_in_title
from assistant.answering.understanding.question import Query

Features = dict[str, float]

IN_SENTENCE, NEARBY, IN_PASSAGE, IN_HEADING = 0.9, 0.75, 0.6, 0.6
"""What a word of the question is worth that stands there and not in the unit itself."""
_LONG, _SHORT = 120, 16
_LONG_RUN = 10
"""Characters of the question that stand in a passage in one piece: so many are hardly there by chance."""
_DEEPEST = 8
_WORST = -6.0
_COSINES = 0.05
"""By how much the cosines of one question differ at least, for an embedder whose cosines are all alike."""


@dataclass(frozen=True, slots=True)
class Held:
    """How well a unit holds each word of the question.

    `inside` is by itself (a row under its heads), `around` with its sentence, neighbours, passage and
    headings, `values` are the values of the kind asked for, nearest first, with their nearness.
    """

    inside: Mapping[str, float]
    around: Mapping[str, float]
    heads: str | None
    values: Sequence[tuple[float, tuple[int, int]]]


def features_of(
    asked: Asked, place: Place, at: int, held: Held, against: Contradictions, shared: Features
) -> Features:
    """Every feature of the unit at a place of its passage; `shared` as `features_of_passage` gives them."""
    return {
        **shared,
        **_words(asked, place, at, held),
        **_pairs(asked, place, at),
        **_values(asked.query, held),
        **_form(asked.query, place, at),
        **_position(place, at),
        **_conditions(asked.query, place, at, held, against),
    }


def features_of_passage(asked: Asked, place: Place) -> Features:
    """The features that all units of a passage have alike."""
    query, companies = asked.query, asked.query.subjects(place.item.passage)
    return {
        "words in title": asked.share(asked.hits(place.title)),
        "title in question": float(any(name in query.folded for name in names_in_title(place.title))),
        "words in section": asked.share(asked.hits(place.section)),
        "asked noun in heading": hit(query.head, f"{place.section} {place.title}") if query.head else 0.0,
        "pairs in passage": place.pair_share,
        "pairs in title": place.title_pair_share,
        "longest run around": min(1.0, place.longest_run / _LONG_RUN),
        "first of its companies": float(query.companies[:1] == companies[:1] != ()),
        **_search(asked, place),
        **_period(query, place),
    }


def _words(asked: Asked, place: Place, at: int, held: Held) -> Features:
    query, before = asked.query, place.before(at)
    own = place.held[at - 1] if at else {}
    neighbour = {term: own.get(term, 0.0) for term in asked.weights}
    sentence = place.sentence(at)
    focus = [(asked.weights[term], term) for term in query.focus]
    inside = held.inside
    near_focus = sum(w * max(inside[term], IN_SENTENCE * hit(term, sentence)) for w, term in focus)
    unheld = [weight for term, weight in asked.weights.items() if inside[term] < 0.3]
    missing = [weight for term, weight in asked.weights.items() if held.around[term] < 0.3]
    heaviest = max(asked.weights.values(), default=1.0)
    coverage = asked.share(held.around)
    said = f"{before} {place.folded[at]}" if place.points_back(at) else place.folded[at]
    return {
        "words here": asked.share(inside),
        "words around": coverage,
        "words before": place.shares[at - 1] if at else 0.0,
        "words two before": place.shares[at - 2] if at > 1 else 0.0,
        "words after": place.shares[at + 1] if at + 1 < len(place.units) else 0.0,
        "words here or before": asked.share({t: max(inside[t], neighbour[t]) for t in asked.weights}),
        "words at the interrogative": near_focus / (sum(w for w, _ in focus) or 1.0) if focus else coverage,
        "rarest word not here": max(unheld, default=0.0) / heaviest,
        "rarest word nowhere": max(missing, default=0.0) / heaviest,
        "phrase": _phrase_share(query.phrase, f"{said} {held.heads or ''}"),
        "asked noun here": hit(query.head, place.folded[at]) if query.head else 0.0,
        "asked noun in sentence": hit(query.head, sentence) if query.head else 0.0,
        "asked noun before": hit(query.head, before) if query.head and before else 0.0,
    }


def _phrase_share(phrase: str, folded: str) -> float:
    """How much of the phrase next to the interrogative stands in the unit in one piece, from 0 to 1."""
    if len(phrase) < 3:
        return 0.0
    for length in range(len(phrase), 2, -1):
        if any(phrase[i : i + length] in folded for i in range(len(phrase) - length + 1)):
            return length / len(phrase)
    return 0.0


def _pairs(asked: Asked, place: Place, at: int) -> Features:
    first, last = place.units[at].sentence
    pairs = place.pairs[at]
    return {
        "pairs here": asked.pair_share(pairs),
        "pairs in sentence": asked.pair_share(pairs_of(place.text[first:last])),
        "echo": sum(pair in asked.pairs for pair in pairs) / max(_DEEPEST, len(pairs)),
        "longest run": min(1.0, place.longest_runs[at] / max(4, len(asked.bare))),
    }


def _values(query: Query, held: Held) -> Features:
    has_value = bool(held.values)
    return {
        "value": float(has_value),
        "value near words": held.values[0][0] if has_value else 0.0,
        "value for each slot": float(query.slots > 1 and len(held.values) >= query.slots),
        "no value": float(not has_value and needs_value(query)),
        "no person": float(not has_value and query.kind is Kind.PERSON),
        "no place": float(not has_value and query.kind is Kind.PLACE),
    }


_DEFINES = re.compile(
    r"(?<![不还就只也])是(?!否|不是).{0,24}(?:的|个)|(?:平台|系统|app|软件|工程|计划|行动|模式|活动|品牌|项目|服务|"
    r"产品)“[^”]{2,20}”(?!的)|“[^”]{6,}”的|指的?是|即|定位[为是]"
)
_FORMS: Mapping[Kind, re.Pattern[str]] = {
    Kind.REASON: re.compile(r"由于|因为|因此|为了|为满足|导致|使得|原因|鉴于|容易|难题|所致|影响|得益"),
    Kind.PURPOSE: re.compile(
        r"旨在|为了|以期|从而|目的|意在|初衷|以便|致力于|为.{2,30}(?:提供|注入|贡献|奠定|打下|[做作]出)|助力|推动|寓意|象征|意味"
    ),
    Kind.MANNER: re.compile(
        r"通过|采取|开展|利用|建立|依托|组织|积极|加快|加强|推出|打造|实施|推进|成立|启动|安排|以.{2,20}(?:方式|为)"
    ),
    Kind.DEFINITION: _DEFINES,
}
_SETS_OUT = re.compile(
    r"[一二三四]是|首先|第[一二三](?![季届批])|分别|包括|包含|[(（][一二三1-9][)）]|一方面|涵盖|以及"
)


def _form(query: Query, place: Place, at: int) -> Features:
    text, folded = place.units[at].text, place.folded[at]
    pattern = _FORMS.get(query.kind)
    asked_for = count_in(query.folded)
    is_list = query.kind is Kind.LIST or asked_for > 0
    ends = text.rstrip()[-1:]
    return {
        **{f"form of {kind.value}": 0.0 for kind in _FORMS},
        **({f"form of {query.kind.value}": 1.0} if pattern and pattern.search(folded) else {}),
        "items of a list": min(len(re.findall(r"、|；|“[^”]+”", text)), 6) / 6 if is_list else 0.0,
        "sets out a list": float(is_list and _SETS_OUT.search(folded) is not None),
        "as many as asked for": float(asked_for > 0 and count_in(folded) == asked_for),
        "asks": float(ends in tuple("？?")),
        "ends in a colon": float(ends in tuple("：:")),
        "points back": float(place.points_back(at)),
        "row": float(is_row(place.units[at])),
        "length beyond": min(2.0, max(0, len(text) - _LONG) / 100),
        "very short": float(len(text) < _SHORT),
    }


def _position(place: Place, at: int) -> Features:
    return {
        "first of passage": float(at == 0),
        "depth in passage": min(at, _DEEPEST) / _DEEPEST,
    }


def _search(asked: Asked, place: Place) -> Features:
    best, best_dense, best_lexical = asked.highest
    item = place.item
    dense = asked.lowest_dense if item.dense is None else item.dense
    return {
        "rank": 1 / (1 + 0.25 * place.rank),
        "behind the best": max(_WORST, item.score - best),
        "behind the best by meaning": (dense - best_dense) / max(_COSINES, best_dense - asked.lowest_dense),
        "share of the best by words": (item.lexical or 0.0) / (best_lexical or 1.0),
    }


def _conditions(query: Query, place: Place, at: int, held: Held, against: Contradictions) -> Features:
    return {
        "another company": float(len(against.companies)),
        "another year": float(len(against.years)),
        "company or year unsaid": float(len(against.unsaid)),
        "a name that is not there": float(len(against.names)),
        "another row": float(held.heads is None),
        "another subject": float(not any(held.around[term] >= 0.3 for term in query.terms)),
        "a company not asked about": float(
            not query.companies and bool(query.catalogue.find(place.units[at].text))
        ),
        "every year here": float(bool(query.years) and all(y in place.folded[at] for y in query.years)),
    }


def _period(query: Query, place: Place) -> Features:
    """Whether its document reports on what the question names; a year alone means the whole year."""
    if not query.years:
        return {"of the period": 0.0, "of another period": 0.0, "year in title": 0.0, "of another year": 0.0}
    metadata, title = place.item.passage.metadata, place.title
    wanted = set(query.periods) | {
        f"{year}FY" for year in query.years if not any(p[:4] == year for p in query.periods)
    }
    told = f"{metadata.published} {title} {metadata.period} {place.section} {place.text}"
    headed = f"{title} {metadata.published} {metadata.period}"
    return {
        "of the period": float(metadata.period in wanted),
        "of another period": float(bool(metadata.period) and metadata.period not in wanted),
        "year in title": float(any(year in headed for year in query.years)),
        "of another year": float(bool(metadata.published) and not any(year in told for year in query.years)),
    }
