"""Places of the corpus to the numbers by which a briefing cites them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from assistant.answering.verifying.citing import Citing
from assistant.briefing.material import Statement
from assistant.records import Citation


class Numbering:
    """Gives places their numbers, from 1 in order of first use. Of one briefing."""

    def __init__(self, citation: Citing) -> None:
        """`citation` makes the citation of a place."""
        self._citation = citation
        self._places: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
        self._citations: list[Citation] = []
        self.passages: set[str] = set()
        """The ids of the passages cited."""

    def __call__(self, statement: Statement) -> int:
        """The number of the statement's place, or of a place that holds it if one has a number already."""
        self.passages.add(statement.passage.id)
        places = self._places[statement.passage.id]
        for start, end, n in places:
            if start <= statement.start and statement.end <= end:
                return n
        n = len(self._citations) + 1
        places.append((statement.start, statement.end, n))
        self._citations.append(self._citation(n, statement.passage, statement.start, statement.end))
        return n

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All that have a number."""
        return tuple(self._citations)

    def passages_of(self, numbers: Collection[int]) -> set[str]:
        """The ids of the passages that the numbers cite."""
        wanted = set(numbers)
        return {passage for passage, places in self._places.items() if any(n in wanted for *_, n in places)}
