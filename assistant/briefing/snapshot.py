"""Documents as they stand when a briefing is begun, whatever is ingested while it is made."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.briefing.reading.rereading import Source
from assistant.errors import DocumentError
from assistant.records import DocumentView, Passage


class Snapshot:
    """A source of which each document is read once. Of one briefing.

    A passage that does not stand in its document any more, since that was changed or removed in between, is
    none.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._views: dict[str, DocumentView] = {}

    def view(self, document: str) -> DocumentView:
        """A document raw and clean.

        Raises:
            DocumentError: there is none of that name.
        """
        if document not in self._views:
            self._views[document] = self._source.view(document)
        return self._views[document]

    def passages(self, document: str) -> list[Passage]:
        """A document's passages in text order."""
        return list(filter(self._holds, self._source.passages(document)))

    def passages_about(self, companies: Iterable[str]) -> list[Passage]:
        """The passages that one of the companies is a subject of, by document and place."""
        return list(filter(self._holds, self._source.passages_about(companies)))

    def tables_naming(self, names: Iterable[str]) -> list[Passage]:
        """The passages of tables that have a row which begins with one of the names."""
        return list(filter(self._holds, self._source.tables_naming(names)))

    def _holds(self, passage: Passage) -> bool:
        try:
            parsed = self.view(passage.document).parsed
        except DocumentError:
            return False
        is_there = parsed.clean.text[passage.start : passage.end] == passage.text
        return is_there and passage.article < len(parsed.articles)
