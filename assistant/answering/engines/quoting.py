"""Answers in the sources' own words: the chosen units, verbatim, each cited, the value asked for marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.blocks.runs import Run
from assistant.answering.bylines import Line
from assistant.answering.understanding.question import Query
from assistant.answering.verifying.quoted_text import ended, without_foreign_marks, without_pause
from assistant.folding import compact, is_traditional, to_simplified, to_traditional
from assistant.records import Passage

_HAN = re.compile(r"[\u3400-\u9fff]")


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
        self.limit = limit

    def quote(self, query: Query, runs: Sequence[Run]) -> list[Quotation]:
        """The runs as quotations in their order, no words twice, together no longer than the limit.

        The first is always there.
        """
        quotations: dict[str, Quotation] = {}
        for run in runs:
            quotation = _quotation(query, run)
            quotations.setdefault(compact(quotation.quote), quotation)
        kept: list[Quotation] = []
        length = 0
        for quotation in quotations.values():
            length += len(quotation.text) + 4
            if not kept or length <= self.limit:
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
    return in_script_of(query, without_foreign_marks(text))


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _quotation(query: Query, run: Run) -> Quotation:
    body = without_pause(run.text)
    text = ended(_shown(query, body))
    emphasis = [(start, end) for start, end in run.values if end <= len(body)]
    return Quotation(run.passage, run.start, run.start + len(body), body, text, tuple(emphasis))
