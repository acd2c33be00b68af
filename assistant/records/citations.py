"""Where something stands, and what writing it took: shared by answers and briefings."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.records.documents import Table


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered source: `quote` is verbatim cleaned text; `start`/`end` are raw character offsets.

    `clean_start`/`clean_end` are the same place in the document's cleaned text. `section` is the path
    of headings above it. `reprints` are the other documents that hold the same passage. `table` is that of a
    quoted row, whose cells stand between tabs.
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
    reprints: tuple[str, ...] = ()
    section: str = ""
    table: Table | None = None

    def stands_in(self, document: str, start: int, end: int) -> bool:
        """Whether some of the quote stands in this span of a document's cleaned text."""
        return self.document == document and self.clean_start < end and start < self.clean_end


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens used by the endpoint; zero for the quoting engine."""

    prompt: int = 0
    completion: int = 0
