"""What comes back for a question."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from assistant.records.briefings import Briefing, Comparison
from assistant.records.citations import Citation, Tokens
from assistant.records.documents import Passage
from assistant.records.trails import Trail


@dataclass(frozen=True, slots=True)
class ScoredPassage:
    """A passage found for a query, with both legs' own scores (None where a leg did not find it).

    `reprints` are the other documents whose reprint of the article holds the same passage. The ranks count
    from 1 among what the leg found; `rerank` is what a reranking endpoint gave it, None where none did.
    """

    passage: Passage
    score: float
    dense: float | None
    lexical: float | None
    reprints: tuple[str, ...] = ()
    dense_rank: int | None = None
    lexical_rank: int | None = None
    rerank: float | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier exchange of a conversation."""

    question: str
    answer: str


class HintKind(StrEnum):
    """What a hint names."""

    COMPANY = "company"
    YEAR = "year"
    PERIOD = "period"


@dataclass(frozen=True, slots=True)
class Hint:
    """What a question names and the search was steered by.

    `value` is a company under its one name, a year (`2022`) or a reporting period (`2022H1`).
    """

    kind: HintKind
    value: str

    @classmethod
    def of(cls, typed: str) -> Hint:
        """What is named by its value alone: a period or year by its form, else a company."""
        if form := re.fullmatch(r"\d{4}(FY|H1|Q[1-4])?", typed.upper()):
            return cls(HintKind.PERIOD if form[1] else HintKind.YEAR, form[0])
        return cls(HintKind.COMPANY, typed)


class Verdict(StrEnum):
    """Whether the corpus answers the question."""

    ANSWER = "answer"
    PARTIAL = "partial"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Source:
    """A numbered window of a passage, as shown to a model: `text == clean_text[start:end]`, verbatim."""

    n: int
    passage: Passage
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as a PNG; `aspect` is its width divided by its height.

    What is marked lies between `top` and `bottom`, as shares of the height; both 0 where nothing is.
    """

    png: bytes
    aspect: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """One sentence of an answer, without citation marks.

    `citations` are the numbers of its sources. `grounded`: every figure, date, company and quote in it
    occurs in one of them. `emphasis` are spans of `text` that hold the figure or name asked for.
    """

    text: str
    citations: tuple[int, ...]
    grounded: bool
    emphasis: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What comes back for a question. A refusal is an answer too.

    `text` is plain text with `[n]` marks. `notices` are lines for the reader (an endpoint that failed, a leg
    that did not serve). `partial_text` is what had arrived from an endpoint that failed. `nearest` are
    the titles closest to a question that was refused. `hints` are what the search was steered by.
    `rewritten` is what a question that refers back was taken to mean, empty where it stands on its own.
    `briefing` or `comparison` holds the lines of the text, which are not all that is known, where a company
    was to be summed up or several to be compared; their citations are those of the answer. `trail` tells how
    any other answer came about.
    """

    question: str
    text: str
    verdict: Verdict
    engine: str
    seconds: float
    citations: tuple[Citation, ...] = ()
    sentences: tuple[AnswerSentence, ...] = ()
    notices: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()
    partial_text: str = ""
    tokens: Tokens = field(default_factory=Tokens)
    hints: tuple[Hint, ...] = ()
    rewritten: str = ""
    briefing: Briefing | None = None
    comparison: Comparison | None = None
    trail: Trail | None = None


@dataclass(frozen=True, slots=True)
class Delta:
    """A piece of an answer as it is written; `text` is to be appended to what came before."""

    text: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A line for the reader while an answer is written; what was streamed so far is superseded."""

    text: str


@dataclass(frozen=True, slots=True)
class Check:
    """One line of `doctor`: what was looked at, whether it is well, and what to do if it is not.

    `code` and `facts` say the same as `detail`, for a door that words it in another language; `code` is empty
    where the detail is an error of its own.
    """

    name: str
    ok: bool
    detail: str
    code: str = ""
    facts: Mapping[str, str | int | float] = field(default_factory=dict)
