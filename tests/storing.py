"""Passages put straight into an index, without files."""

from __future__ import annotations

from itertools import groupby

from assistant.index import bookkeeping, indexed_text, ledger, lexical, reprints, rows
from assistant.index.database import Database
from assistant.index.ledger import FileRecord
from assistant.mapped_text import MappedText
from assistant.records import Article, ParsedDocument, ParsedFile, Passage


def put(database: Database, *passages: Passage) -> None:
    """Store passages, those of a document side by side, as an ingestion does; their vectors wait."""
    for name, group in groupby(passages, key=lambda passage: passage.document):
        own = list(group)
        parsed = _parsed(own)
        with database.writing() as connection:
            bookkeeping.put(connection, FileRecord(name, f"/{name}", name, 0, 1, ledger.READY), parsed)
            lexical.add(connection, ((passage.id, indexed_text.words(passage)) for passage in own))


def _parsed(passages: list[Passage]) -> ParsedFile:
    texts = {
        number: "\n".join(passage.text for passage in passages if passage.article == number)
        for number in range(max(passage.article for passage in passages) + 1)
    }
    articles = tuple(Article(passages[0].metadata, ()) for _ in texts)
    clean = MappedText.identity("\n".join(passage.text for passage in passages))
    document = ParsedDocument(clean, passages[0].metadata, articles)
    columns = {"form": "txt", "raw": clean.text, "notes": "[]", **rows.parsed_values(document)}
    entries = tuple(rows.passage_values(p) | {"content": indexed_text.content_key(p)} for p in passages)
    return ParsedFile("", columns, entries, tuple(map(reprints.signature, texts.values())))
