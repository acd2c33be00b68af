"""Answers in the sources' own words: the chosen units, verbatim, each cited, the value asked for marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.bylines import Line
from assistant.answering.evidence import Evidence
from assistant.answering.question import Query
from assistant.folding import compact, is_traditional, to_simplified, to_traditional
from assistant.records import Passage

_HAN = re.compile(r"[\u3400-\u9fff]")
# Numbers in brackets that the document itself has: as they stand they would pass for the answer's own marks.
_FOREIGN_MARK = re.compile(r"[\[［【](\s*\d+\s*)[\]］】]")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A verbatim stretch of a document and how the answer shows it.

    `start`/`end` are offsets in the document's cleaned text. `text` is the same words in the script of the
    question, with a full stop (but a row of a table) and 〔1〕 for its own [1]; `emphasis` are spans of it.
    """

    passage: Passage
    start: int
    end: int
    quote: str
    text: str
    emphasis: tuple[tuple[int, int], ...]


class QuotingEngine:
    """Needs no endpoint: it never says a word that no source says."""

    name = "quoting"

    def __init__(self, limit: int) -> None:
        """`limit`: the longest answer, in characters."""
        self._limit = limit

    def quote(self, query: Query, evidence: Sequence[Evidence]) -> list[Quotation]:
        """The evidence as quotations, best first, no words twice, together no longer than the limit."""
        share = self._limit // max(1, len(evidence)) - 8
        quotations: dict[str, Quotation] = {}
        for one in evidence:
            quotation = _quotation(query, one, max(share, 60))
            quotations.setdefault(compact(quotation.quote), quotation)
        kept: list[Quotation] = []
        length = 0
        for quotation in quotations.values():
            length += len(quotation.text) + 4
            if not kept or length <= self._limit:
                kept.append(quotation)
        return kept


def quotation_of_line(query: Query, line: Line) -> Quotation:
    """A title or byline; white space that set its parts apart on the page is shown as one blank."""
    text = _squeezed(_shown(query, line.text))
    if text[-1:] not in tuple("。！？!?…"):
        text += "。"
    emphasis = [
        (len(_squeezed(line.text[:s])), len(_squeezed(line.text[:e]))) for s, e in filter(None, [line.value])
    ]
    return Quotation(line.passage, line.start, line.end, line.text, text, tuple(emphasis))


def in_script_of(query: Query, text: str) -> str:
    """The text in the question's script; a question without Chinese leaves it as it is."""
    if not _HAN.search(query.text):
        return text
    if query.traditional:
        return text if is_traditional(text) else to_traditional(text)
    return to_simplified(text)


def _shown(query: Query, text: str) -> str:
    """The text as an answer shows it, of the same length."""
    return in_script_of(query, _FOREIGN_MARK.sub(r"〔\1〕", text))


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _quotation(query: Query, evidence: Evidence, limit: int) -> Quotation:
    unit = evidence.unit
    first, last = _tightened(evidence, limit)
    quote = unit.text[first:last]
    body = quote.rstrip("；;，,、：: ")
    text = _shown(query, body)
    if text and "\t" not in text and text[-1] not in "。！？!?…”’」』）)":
        text += "。"
    spans = evidence.spans[: max(1, query.slots)]
    emphasis = [(s - first, e - first) for s, e in spans if first <= s and e <= first + len(body)]
    start = unit.start + first
    return Quotation(unit.passage, start, start + len(body), body, text, tuple(sorted(emphasis)))


def _tightened(evidence: Evidence, limit: int) -> tuple[int, int]:
    """The unit, or where it is too long the run of its clauses that holds most of what matters."""
    text = evidence.unit.text
    if len(text) <= limit:
        return 0, len(text)
    cuts = [0, *(m.end() for m in re.finditer(r"[，,；;：]", text)), len(text)]
    best, best_worth = (0, limit), -1.0
    for i, first in enumerate(cuts[:-1]):
        for last in cuts[i + 1 :]:
            if last - first > limit:
                break
            piece = text[first:last]
            worth = sum(3.0 for s, e in evidence.spans[:3] if first <= s and e <= last)
            worth += sum(term in piece for term in evidence.matched) - 0.002 * (last - first) - 0.001 * first
            if worth > best_worth:
                best, best_worth = (first, last), worth
    return best
