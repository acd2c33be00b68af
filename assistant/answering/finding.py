"""What is found for one answer, whose several searches keep to the same limits and the same reprints."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.answering.retrieval import HybridRetriever
from assistant.records import Filters, Passage, ScoredPassage

_RETRIEVED = 12


class Finding:
    """The searches made for one answer. Of one thread."""

    def __init__(self, retriever: HybridRetriever, filters: Filters | None = None) -> None:
        """`filters`: what every search is limited to."""
        self._retriever = retriever
        self._filters = filters
        self._known: dict[str, Passage] = {}
        self._reprints: dict[str, set[str]] = {}
        self._notices: dict[str, None] = {}

    @property
    def notices(self) -> list[str]:
        """Lines for the reader about a leg that did not serve."""
        return list(self._notices)

    def find(self, texts: Iterable[str]) -> list[ScoredPassage]:
        """What the retriever finds for any of the texts, best first, each passage once with its best score.

        A passage that an earlier search found stands for its reprints.

        Raises:
            QuestionError: a filter that cannot be.
        """
        best: dict[str, ScoredPassage] = {}
        for text in texts:
            shown = list(self._known.values())
            found, said = self._retriever.search(text, _RETRIEVED, filters=self._filters, shown=shown)
            self._notices |= dict.fromkeys(said)
            for item in found:
                self._known[item.passage.id] = item.passage
                self._reprints.setdefault(item.passage.id, set()).update(item.reprints)
                known = best.get(item.passage.id)
                best[item.passage.id] = max(known or item, item, key=lambda one: one.score)
        return sorted(best.values(), key=lambda item: (-item.score, item.passage.id))

    def reprints(self, passage: Passage) -> tuple[str, ...]:
        """The other documents that were found to hold the passage, by name."""
        return tuple(sorted(self._reprints.get(passage.id, ())))
