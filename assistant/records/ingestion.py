"""What becomes of files when they are ingested, and what an index was built with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """What became of a file at ingestion."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REMOVED = "removed"
    FAILED = "failed"


class Stage(StrEnum):
    """Long work: the two steps of an ingestion (files are read and found by their words, then passages get
    vectors), asking the questions of an evaluation, and writing about a company."""

    FILES = "files"
    EMBEDDING = "embedding"
    QUESTIONS = "questions"
    BRIEFING = "briefing"


@dataclass(frozen=True, slots=True)
class FileResult:
    """One file's outcome.

    `reason` is the one line that says why it failed; `notes` say what of it could not be read.
    """

    document: str
    status: Status
    passages: int = 0
    reason: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IngestReport:
    """The outcome of one ingestion, one result a file, in the order worked on.

    `searchable` is how many seconds passed until every file could be found by its words, `seconds` until
    every passage had its vector; `embedded` counts the vectors that were added.
    """

    results: tuple[FileResult, ...]
    seconds: float
    searchable: float = 0.0
    embedded: int = 0

    def count(self, status: Status) -> int:
        """How many files ended with `status`."""
        return sum(result.status is status for result in self.results)


@dataclass(frozen=True, slots=True)
class Progress:
    """A step of long work: `done` of `total` units (files or passages) of `stage`."""

    stage: Stage
    done: int
    total: int
    detail: str = ""


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
class ParsedFile:
    """What a child process made of a file, as columns of the database.

    `columns` are `form`, `raw`, `notes` and those of `rows.PARSED`; each of `passages` has those of
    `rows.passage_values`, its `content` key and its `words`; `signatures` has one entry an article.
    """

    sha256: str
    columns: Mapping[str, str | bytes]
    passages: tuple[Mapping[str, str | int | None], ...]
    signatures: tuple[bytes, ...]
