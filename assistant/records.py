"""The values that travel between the modules. Frozen, without behaviour, importing no layer above.

Spans are half-open character offsets. `start`/`end` count in the *cleaned* text of the whole
document unless a name says raw; a `Citation` alone counts in the raw file's decoded text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from assistant.mapped_text import MappedText


class BlockKind(StrEnum):
    """What a block of cleaned text is."""

    TITLE = "title"
    HEADING = "heading"
    BYLINE = "byline"
    CAPTION = "caption"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, headline, byline or caption: `clean_text[start:end]`."""

    kind: BlockKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document or article says about itself; an empty string where it does not say."""

    title: str = ""
    published: str = ""
    publisher: str = ""
    author: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a document: its metadata, the companies it is about and its blocks in text order.

    A headline that stands after its article is among its blocks all the same.
    """

    metadata: Metadata
    blocks: tuple[Block, ...]
    companies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """A document after cleaning: its whole cleaned text, its articles in text order, its own metadata."""

    clean: MappedText
    metadata: Metadata
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences of one article: the unit that is indexed and retrieved.

    `text == clean_text[start:end]`. `section` is the heading that it stands under. `front` marks title and
    byline lines, which say who wrote an article, when and where, and nothing of its subject. `companies`
    are the ones it is about, most often named first.
    """

    id: str
    document: str
    ordinal: int
    text: str
    start: int
    end: int
    metadata: Metadata
    section: str = ""
    companies: tuple[str, ...] = ()
    page: int | None = None
    front: bool = False


@dataclass(frozen=True, slots=True)
class ScoredPassage:
    """A passage found for a query, with both legs' own scores (None where a leg did not find it)."""

    passage: Passage
    score: float
    dense: float | None
    lexical: float | None


class Status(StrEnum):
    """What became of a file at ingestion."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REMOVED = "removed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class FileResult:
    """One file's outcome; `reason` is the one line that says why it failed."""

    document: str
    status: Status
    passages: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class IngestReport:
    """The outcome of one ingestion, one result a file, in the order worked on."""

    results: tuple[FileResult, ...]
    seconds: float

    def count(self, status: Status) -> int:
        """How many files ended with `status`."""
        return sum(result.status is status for result in self.results)


@dataclass(frozen=True, slots=True)
class Progress:
    """A step of long work: `done` of `total` units (files, passages) of `stage`."""

    stage: str
    done: int
    total: int
    detail: str = ""


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """One row of the list of documents, as `documents --json` prints it."""

    document: str
    title: str
    published: str
    publisher: str
    author: str
    companies: tuple[str, ...]
    passages: int
    status: str
    reason: str


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier exchange of a conversation."""

    question: str
    answer: str


class Verdict(StrEnum):
    """Whether the corpus answers the question."""

    ANSWER = "answer"
    PARTIAL = "partial"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered source: `quote` is verbatim cleaned text; `start`/`end` are raw character offsets.

    `clean_start`/`clean_end` are the same place in the document's cleaned text.
    """

    n: int
    document: str
    title: str
    published: str
    publisher: str
    page: int | None
    quote: str
    start: int
    end: int
    clean_start: int
    clean_end: int


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """One sentence of an answer, without citation marks.

    `citations` are the numbers of its sources. `grounded`: every figure, date and company in it occurs in
    one of them. `emphasis` are spans of `text` that hold the figure or name asked for.
    """

    text: str
    citations: tuple[int, ...]
    grounded: bool
    emphasis: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens used by the endpoint; zero for the quoting engine."""

    prompt: int = 0
    completion: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What comes back for a question. A refusal is an answer too.

    `text` is plain text with `[n]` marks. `notices` are lines for the reader (an endpoint that failed, a leg
    that did not serve). `partial_text` is what had arrived from an endpoint that failed. `nearest` are
    the titles closest to a question that was refused.
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


@dataclass(frozen=True, slots=True)
class Delta:
    """A piece of an answer as it is written; `text` is to be appended to what came before."""

    text: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A line for the reader while an answer is written; what was streamed so far is superseded."""

    text: str


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document raw and clean, for showing both side by side and highlighting a citation."""

    info: DocumentInfo
    raw: str
    parsed: ParsedDocument


@dataclass(frozen=True, slots=True)
class Check:
    """One line of `doctor`: what was looked at, whether it is well, and what to do if it is not."""

    name: str
    ok: bool
    detail: str


@dataclass(frozen=True, slots=True)
class IndexIdentity:
    """What an index was built with; an index is only read with the same."""

    embedder: str
    dimension: int
    cleaner: str

    def as_mapping(self) -> Mapping[str, str]:
        """For storing."""
        return {"embedder": self.embedder, "dimension": str(self.dimension), "cleaner": self.cleaner}


@dataclass(frozen=True, slots=True)
class Source:
    """A numbered window of a passage, as shown to a model: `text == clean_text[start:end]`, verbatim."""

    n: int
    passage: Passage
    start: int
    end: int
    text: str
