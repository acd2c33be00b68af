"""Questions with what is expected of them, what became of each, and the report over all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from assistant.records.answers import Answer, Hint, Turn
from assistant.records.citations import Tokens
from assistant.records.documents import Filters


@dataclass(frozen=True, slots=True)
class Question:
    """A row of a question file; what the file does not give is empty or None, and is then not measured.

    `line` counts from 1 and is that of the file. Every one of `keywords` must be in a right answer, and
    each is a choice of spellings. `gold` is the passage that answers, `short_answers` are answers of some
    words, any of them right. `documents` are file names, with or without their ending; `alternatives` are
    others that say the same. Rows of one `conversation` are asked in order, each after the answers before;
    `history` is what was said before a row that gives it itself. It is asked within `filters` and without
    what `without` names. `columns` are the file's own.
    """

    line: int
    id: str
    question: str
    keywords: tuple[tuple[str, ...], ...] = ()
    gold: str = ""
    short_answers: tuple[str, ...] = ()
    keyword_weight: float | None = None
    difficulty: float | None = None
    documents: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    answerable: bool | None = None
    kind: str = ""
    conversation: str = ""
    history: tuple[Turn, ...] = ()
    filters: Filters = Filters()
    without: tuple[Hint, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """A question file: its name, the SHA-256 of its bytes, its columns in order, its rows."""

    name: str
    sha256: str
    columns: tuple[str, ...]
    questions: tuple[Question, ...]


class Similarity(StrEnum):
    """How the contest score compares an answer with the gold passage.

    `BIGRAM` is the F1 of their character pairs, `EMBEDDER` the cosine of their vectors.
    """

    BIGRAM = "bigram"
    EMBEDDER = "embedder"


@dataclass(frozen=True, slots=True)
class EvaluationOptions:
    """What is asked and measured.

    `engine` is `quoting` or `llm`; empty for the one that the settings give. `retrieval_only` looks for
    passages and asks nothing. `judge` has the endpoint's model judge every answer that was given. `ks` are
    the depths of the retrieval metrics, none of which are measured without one.
    """

    engine: str = ""
    retrieval_only: bool = False
    similarity: Similarity = Similarity.BIGRAM
    judge: bool = False
    ks: tuple[int, ...] = (1, 3, 5, 10)


class Outcome(StrEnum):
    """What became of a question.

    `RIGHT`: answered with every keyword (without keywords: with a short answer), or refused where there is
    no answer. `WRONG`: answered otherwise, or at all where there is no answer. `REFUSED`: although there
    is an answer. `UNGRADED`: nothing to tell by, or not asked.
    """

    RIGHT = "right"
    WRONG = "wrong"
    REFUSED = "refused"
    UNGRADED = "ungraded"


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a judging model said of an answer: `score` is 1 for right, 0.5 for partly right, 0 for wrong."""

    score: float
    reason: str
    tokens: Tokens = field(default_factory=Tokens)


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage that retrieval found, in cleaned offsets of its document.

    `bears` are the places in `Question.keywords` (else 0 for a short answer) of what it holds; `is_expected`
    says whether its document, or that of a reprint, is one of those expected.
    """

    document: str
    title: str
    page: int | None
    start: int
    end: int
    text: str
    score: float
    bears: tuple[int, ...]
    is_expected: bool


@dataclass(frozen=True, slots=True)
class RowResult:
    """What became of one question.

    `answer` is None where it was not asked, or could not be. `plain` is its text without marks. `has` says of
    each keyword whether the answer holds it. `scores` are those of the metrics that the row supports, by
    name, from 0 to 1; a metric that it does not support is not in it. `passages` are what retrieval found,
    best first, where there is something to measure it by. `failure` says why it could not be asked or judged.
    """

    question: Question
    outcome: Outcome
    answer: Answer | None = None
    plain: str = ""
    has: tuple[bool, ...] = ()
    scores: Mapping[str, float] = field(default_factory=dict)
    passages: tuple[FoundPassage, ...] = ()
    opinion: Opinion | None = None
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Metric:
    """The mean of a score over the `count` rows that support it.

    `value` is None where none does. `error` is the standard error of the mean, s / sqrt(n) with the sample
    deviation s (n - 1), and None below two rows. The contest score alone weights its rows, by difficulty.
    """

    name: str
    value: float | None
    error: float | None
    count: int


@dataclass(frozen=True, slots=True)
class Line:
    """A question in a report: enough to compare it with that of another run and to find it again."""

    id: str
    question: str
    kind: str
    outcome: Outcome
    verdict: str
    answer: str
    scores: Mapping[str, float]
    citations: tuple[str, ...] = ()
    rewritten: str = ""
    failure: str = ""
    opinion: str = ""
    difficulty: float | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A question that fared otherwise than before; `score` is by which it is called better or worse."""

    id: str
    question: str
    score: str
    before: float
    after: float
    outcome_before: Outcome
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class MetricChange:
    """A metric over the questions of both runs; `difference` is None where one did not measure it."""

    name: str
    before: float | None
    after: float | None
    difference: float | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """This run against an earlier one, over the questions that both asked.

    `only_before` and `only_now` are ids. `notes` say in a line each what else differs (engine, index,
    settings, the question file), so that nobody takes one for the other.
    """

    earlier: str
    better: tuple[Change, ...]
    worse: tuple[Change, ...]
    metrics: tuple[MetricChange, ...]
    only_before: tuple[str, ...] = ()
    only_now: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexFacts:
    """Which index was asked: what it was built with, and a hash of the passages that it holds.

    `waiting` passages had no vector yet.
    """

    embedder: str
    dimension: int
    cleaner: str
    documents: int
    passages: int
    waiting: int
    content: str


@dataclass(frozen=True, slots=True)
class RunFacts:
    """What differs from run to run, however equal the answers: times, and the command.

    `latency` are the seconds of an answer at p50 and p95, empty where nothing was asked; `seconds` is that
    of each answer in the order of the questions, None for those not asked.
    """

    command: str
    started: str
    latency: Mapping[str, float]
    seconds: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class EvaluationReport:
    """The whole of a run. Two runs of the quoting engine over one index differ in `run` alone.

    `is_whole` is False for a run that was stopped. `engine` is what was asked for and `answered_by` counts
    what answered. `metrics` are over all rows, `by_kind` and `by_difficulty` over those of a kind or
    difficulty, as far as they were measured. `worst` are the ids of the ten rows that fared worst, worst
    first, none that fared as well as it can. `settings`, `versions` and `definitions` (of each metric, in a
    sentence) are there to be read.
    """

    questions: str
    sha256: str
    count: int
    is_whole: bool
    engine: str
    model: str
    judge: str
    similarity: str
    retrieval_only: bool
    ks: tuple[int, ...]
    index: IndexFacts
    settings: Mapping[str, str]
    versions: Mapping[str, str]
    answered_by: Mapping[str, int]
    outcomes: Mapping[str, int]
    tokens: Tokens
    metrics: tuple[Metric, ...]
    by_kind: Mapping[str, tuple[Metric, ...]]
    by_difficulty: Mapping[str, tuple[Metric, ...]]
    worst: tuple[str, ...]
    lines: tuple[Line, ...]
    definitions: Mapping[str, str]
    run: RunFacts
    comparison: Comparison | None = None
