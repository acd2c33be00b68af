"""Places of the corpus to the numbers by which a briefing cites them."""

from __future__ import annotations

from assistant.answering.verifying.citing import Citing
from assistant.briefing.material import Statement
from assistant.records import Citation


class Numbering:
    """Gives places their numbers, from 1 in order of first use."""

    def __init__(self, citation: Citing) -> None:
        self._citation = citation
        self._numbers: dict[tuple[str, int, int], int] = {}
        self._citations: list[Citation] = []
        self.passages: set[str] = set()
        """The ids of the passages cited."""

    def __call__(self, statement: Statement) -> int:
        """The number of the statement's place."""
        self.passages.add(statement.passage.id)
        key = (statement.passage.document, statement.start, statement.end)
        if key not in self._numbers:
            n = self._numbers[key] = len(self._citations) + 1
            self._citations.append(self._citation(n, statement.passage, statement.start, statement.end))
        return self._numbers[key]

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All that have a number."""
        return tuple(self._citations)
