"""Documents read once more by a longer list of companies than the one that they were stored with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol

from assistant.companies import Catalogue
from assistant.companies.subjects import assigned
from assistant.index.ledger import Ledger
from assistant.records import Article, DocumentView, Passage


class Source(Protocol):
    """Where passages come from: a `Ledger`, or a part of it read once more."""

    def view(self, document: str) -> DocumentView:
        """A document raw and clean."""

    def passages(self, document: str) -> list[Passage]:
        """A document's passages in text order."""

    def passages_about(self, companies: Iterable[str]) -> list[Passage]:
        """The passages that one of the companies is a subject of, by document and place."""

    def tables_naming(self, names: Iterable[str]) -> list[Passage]:
        """The passages of tables that have a row which begins with one of the names."""


class Reread:
    """Some documents of an index, with the companies that a catalogue finds in them."""

    def __init__(self, ledger: Ledger, catalogue: Catalogue, documents: Iterable[str]) -> None:
        self._ledger = ledger
        self._articles: dict[str, tuple[Article, ...]] = {}
        self._passages: dict[str, list[Passage]] = {}
        for document in sorted(documents):
            parsed = ledger.view(document).parsed
            parsed = replace(
                parsed, articles=tuple(_renamed(article, catalogue) for article in parsed.articles)
            )
            parsed, about = assigned(parsed, ledger.passages(document), catalogue)
            self._articles[document], self._passages[document] = parsed.articles, about

    def view(self, document: str) -> DocumentView:
        """A document raw and clean."""
        view = self._ledger.view(document)
        return replace(view, parsed=replace(view.parsed, articles=self._articles[document]))

    def passages(self, document: str) -> list[Passage]:
        """A document's passages in text order."""
        return self._passages[document]

    def passages_about(self, companies: Iterable[str]) -> list[Passage]:
        """The passages that one of the companies is a subject of, by document and place."""
        wanted = set(companies)
        about = (passage for passages in self._passages.values() for passage in passages)
        return [passage for passage in about if not wanted.isdisjoint(passage.companies)]

    def tables_naming(self, names: Iterable[str]) -> list[Passage]:
        """The passages of tables that have a row which begins with one of the names."""
        rows = tuple(f"\n{name}\t" for name in names)
        tables = (one for passages in self._passages.values() for one in passages if one.table)
        return [passage for passage in tables if any(row in f"\n{passage.text}" for row in rows)]


def _renamed(article: Article, catalogue: Catalogue) -> Article:
    names = dict.fromkeys(map(catalogue.name_of, article.companies))
    return replace(article, companies=tuple(names))
