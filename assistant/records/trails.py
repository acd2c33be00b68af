"""How an answer came about: what was searched for, what was found and what decided."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.records.documents import Filters


class Reason(StrEnum):
    """The rule that decided whether the documents answer.

    For an answer: a sentence that is likely enough to answer (`LIKELY`), that answers a part of the question
    (`PART`), one for each company (`COMPANIES`) or each year or thing (`SIDES`) asked about, the best of what
    is about a company of which nothing else is asked (`OVERVIEW`), a title or byline (`BYLINE`). The first
    two of several may be of a refusal, where nothing was found of any of them.

    For a refusal: nothing was asked of the documents (`GREETING`), the filters let nothing in (`EXCLUDED`),
    no passage was found (`NOTHING_FOUND`), every sentence contradicts the question or lacks what it asks for
    (`RULED_OUT`), none is likely enough (`UNLIKELY`), what was found has nothing to do with what was typed
    (`UNRELATED`), no line names it (`NO_BYLINE`), the model found no answer in the passages (`DECLINED`).
    """

    LIKELY = "likely"
    PART = "part"
    COMPANIES = "companies"
    SIDES = "sides"
    OVERVIEW = "overview"
    BYLINE = "byline"
    GREETING = "greeting"
    EXCLUDED = "excluded"
    NOTHING_FOUND = "nothing_found"
    RULED_OUT = "ruled_out"
    UNLIKELY = "unlikely"
    UNRELATED = "unrelated"
    NO_BYLINE = "no_byline"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that was weighed, and what each step thought of it.

    `snippet` is verbatim, the sentence that fits best. `score` is both legs' added, in standard deviations.
    `lexical` is BM25, `dense` a cosine, `rerank` what a reranking endpoint gave it; ranks count from 1 among
    the candidates of that leg; None where a step did not find or rank it. `likelihood`, 0 to 1: that its best
    sentence answers, None where none may. `against`: what rules that sentence out. `cited`: whether the
    answer quotes it.
    """

    rank: int
    document: str
    title: str
    page: int | None
    snippet: str
    score: float
    lexical: float | None = None
    lexical_rank: int | None = None
    dense: float | None = None
    dense_rank: int | None = None
    rerank: float | None = None
    likelihood: float | None = None
    against: tuple[str, ...] = ()
    cited: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A step and the seconds it took; `name` is `understand`, `search`, `judge` or `write`."""

    name: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Trail:
    """How an answer came about.

    `searched` are the texts that were searched for: the one that decides first, then parts and sides of the
    question; `filters` what every search was limited to. `candidates` stand in their final order.
    `likelihood`, 0 to 1, is that the best sentence answers; below `threshold` the question is refused.
    `missing` are companies, years and periods asked about of which nothing was found.
    """

    reason: Reason
    searched: tuple[str, ...] = ()
    filters: Filters = Filters()
    candidates: tuple[Candidate, ...] = ()
    likelihood: float | None = None
    threshold: float = 0.0
    missing: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
