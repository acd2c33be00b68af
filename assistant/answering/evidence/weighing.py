"""What a question's words weigh and where the passages hold them: computed once, used by every feature."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant import companies
from assistant.answering.evidence.conditions import known_names_of
from assistant.answering.evidence.matching import hit
from assistant.answering.evidence.units import units_of
from assistant.answering.understanding.interrogatives import INTERROGATIVE
from assistant.answering.understanding.question import Query
from assistant.folding import fold, is_word
from assistant.records import ScoredPassage

Idf = Callable[[Sequence[str]], Mapping[str, float]]

_UNKNOWN_WORD = 0.7
"""Weight of a word that no passage holds, as a share of the rarest known word's."""
_POINTS_BACK = re.compile(
    r"^(?:该|其(?![他它余])|此|对此|为此|因此|这)|该(?:公司|平台|系统|项目|企业|app|地|村|乡|县|活动|产品|中心|机制|工程)"
)
_WORDLESS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what its words are worth in this index and among these passages.

    `weights` say how much each word counts, `pairs` the same of its pairs of characters. `bare` is the
    question without its interrogatives and white space. `highest`: the best score of a passage by fusion
    and by each leg; `lowest_dense` stands for what the dense leg did not find.
    """

    query: Query
    weights: Mapping[str, float]
    pairs: Mapping[str, float]
    bare: str
    known_names: frozenset[str]
    highest: tuple[float, float, float]
    lowest_dense: float

    def share(self, held: Mapping[str, float]) -> float:
        """How much of the question's words is held, from 0 to 1.

        Args:
            held: for each word how well.
        """
        total = sum(self.weights.values()) or 1.0
        return sum(weight * held[term] for term, weight in self.weights.items()) / total

    def hits(self, text: str) -> dict[str, float]:
        """How well a folded text holds each word."""
        return {term: hit(term, text) for term in self.weights}

    def pair_share(self, pairs: frozenset[str]) -> float:
        """How much of the question's pairs of characters is among these, from 0 to 1."""
        total = sum(self.pairs.values()) or 1.0
        return sum(weight for pair, weight in self.pairs.items() if pair in pairs) / total


class Place:
    """A found passage: its units with the words of the question that each holds, and what stands above."""

    def __init__(self, asked: Asked, item: ScoredPassage, rank: int) -> None:
        """`rank`: its place among the passages found, from 0."""
        passage = item.passage
        self.item = item
        self.rank = rank
        self.units = units_of(passage)
        self.text = fold(passage.text)
        spans = [(unit.start - passage.start, unit.end - passage.start) for unit in self.units]
        self.folded = [self.text[start:end] for start, end in spans]
        self.pairs = [pairs_of(text) for text in self.folded]
        self.held = [asked.hits(text) for text in self.folded]
        self.title = fold(passage.metadata.title)
        self.section = fold(passage.section)
        self.table = fold(passage.table)
        self.in_text = asked.hits(self.text)
        self.in_heading = asked.hits(f"{self.section} {self.title}")
        self.pair_share = asked.pair_share(pairs_of(f"{self.title} {self.section} {self.text}"))
        self.title_pair_share = asked.pair_share(pairs_of(self.title))
        letters = _WORDLESS.sub("", f"{self.title} {self.section} {self.text}")
        self.longest_run = _longest_run(asked.bare, letters)
        self.longest_runs = [_longest_run(asked.bare, _WORDLESS.sub("", text)) for text in self.folded]
        self._asked = asked

    @cached_property
    def shares(self) -> list[float]:
        """How much of the question each unit holds by itself."""
        return [self._asked.share(held) for held in self.held]

    def sentence(self, at: int) -> str:
        """The folded sentence that a unit is part of, with what names its table."""
        first, last = self.units[at].sentence
        return f"{self.text[first:last]} {self.table}"

    def before(self, at: int) -> str:
        """The folded unit before a unit; empty before the first."""
        return self.folded[at - 1] if at else ""

    def near(self, at: int) -> list[int]:
        """The two units before a unit and the one after it."""
        return [n for n in range(max(0, at - 2), min(at + 2, len(self.units))) if n != at]

    def points_back(self, at: int) -> bool:
        """Whether a unit speaks of what was named before it (该平台, 其)."""
        return _POINTS_BACK.search(self.folded[at]) is not None


def asked_of(query: Query, found: Sequence[ScoredPassage], idf: Idf) -> Asked:
    """Weigh the words of a question.

    Args:
        query: the question, understood.
        found: the passages found, best first.
        idf: rarity of tokens in the index, as `Lexical.idf` gives it.
    """
    bare = INTERROGATIVE.sub(" ", query.folded)
    pairs = frozenset().union(*(pairs_of(run) for run in bare.split()))
    texts = [
        pairs_of(fold(f"{item.passage.metadata.title} {item.passage.section} {item.passage.text}"))
        for item in found
    ]
    dense = [item.dense for item in found if item.dense is not None] or [0.0]
    return Asked(
        query=query,
        weights=_weights(query, idf),
        pairs={pair: (1 + sum(pair in text for text in texts)) ** -0.5 for pair in sorted(pairs)},
        bare=_WORDLESS.sub("", bare),
        known_names=known_names_of(query.entities, idf),
        highest=(
            found[0].score if found else 0.0,
            max(dense),
            max((i.lexical or 0.0 for i in found), default=0.0),
        ),
        lowest_dense=min(dense),
    )


def pairs_of(folded: str) -> frozenset[str]:
    """The pairs of characters that stand together in a folded text, whatever punctuation is between them."""
    letters = _WORDLESS.sub("", folded)
    return frozenset(letters[i : i + 2] for i in range(len(letters) - 1))


def _longest_run(wanted: str, text: str) -> int:
    """The most characters of the one text that stand in the other in one piece."""
    longest = 0
    for start in range(len(wanted)):
        while start + longest < len(wanted) and wanted[start : start + longest + 1] in text:
            longest += 1
    return longest


def _weights(query: Query, idf: Idf) -> dict[str, float]:
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
