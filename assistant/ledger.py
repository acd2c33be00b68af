"""What has been ingested: files, their text, their passages, and what the index was built with."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.database import Database
from assistant.errors import DocumentError, IndexMismatchError
from assistant.records import DocumentInfo, DocumentView, IndexIdentity, ParsedDocument, Passage
from assistant.rows import (
    INFO,
    PASSAGE,
    metadata_columns,
    parsed_columns,
    passage_columns,
    to_info,
    to_json,
    to_parsed,
    to_passage,
)

READY, FAILED, PENDING = "ready", "failed", "pending"
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class FileRecord:
    """What is remembered of a file: enough to see that it has not changed."""

    name: str
    path: str
    sha256: str
    size: int
    modified: int
    status: str
    passages: int = 0


class Ledger:
    """Queries over the documents and passages. Thread-safe; writing happens in the caller's transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def identity(self) -> IndexIdentity | None:
        """What the index was built with; None while nothing has been ingested."""
        with self._database.reading() as connection:
            found = {row["key"]: row["value"] for row in connection.execute("SELECT key, value FROM meta")}
        if "embedder" not in found:
            return None
        return IndexIdentity(found["embedder"], int(found["dimension"]), found["cleaner"])

    def require(self, wanted: IndexIdentity) -> None:
        """See that the index was built with `wanted`; a dimension of 0 is one not yet known.

        Raises:
            IndexMismatchError: it was built with something else.
        """
        found = self.identity()
        if found is None:
            return
        same_dimension = found.dimension == wanted.dimension or 0 in (found.dimension, wanted.dimension)
        if (found.embedder, found.cleaner) != (wanted.embedder, wanted.cleaner) or not same_dimension:
            raise IndexMismatchError(
                f"the index in {self._database.path.parent} was built with {_described(found)}, the settings "
                f"now ask for {_described(wanted)}; run: python -m assistant ingest --rebuild PATH…"
            )

    def unfinished(self) -> tuple[str, ...] | None:
        """The paths of an ingestion that is going on or was cut short; None when every one has ended."""
        with self._database.reading() as connection:
            named = connection.execute("SELECT value FROM meta WHERE key = 'unfinished'").fetchone()
            waiting = connection.execute("SELECT 1 FROM documents WHERE status = ?", (PENDING,)).fetchone()
        if named is not None:
            return tuple(json.loads(named["value"]))
        return () if waiting else None

    def is_empty(self) -> bool:
        """Whether no file is recorded, not even one that failed."""
        with self._database.reading() as connection:
            return connection.execute("SELECT 1 FROM documents LIMIT 1").fetchone() is None

    def files(self) -> list[FileRecord]:
        """Every file known, by name."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT name, path, sha256, size, modified, status, passages FROM documents ORDER BY name"
            )
            return [FileRecord(*row) for row in rows]

    def documents(self) -> list[DocumentInfo]:
        """One row a file, by name."""
        with self._database.reading() as connection:
            return [to_info(row) for row in connection.execute(f"SELECT {INFO} FROM documents ORDER BY name")]

    def view(self, document: str) -> DocumentView:
        """A document raw and clean.

        Raises:
            DocumentError: there is none of that name.
        """
        with self._database.reading() as connection:
            row = connection.execute("SELECT * FROM documents WHERE name = ?", (document,)).fetchone()
        if row is None:
            raise DocumentError(
                f"there is no document {document!r}; python -m assistant documents lists them"
            )
        return DocumentView(to_info(row), row["raw"], to_parsed(row))

    def titles(self) -> list[str]:
        """Every title of an article, once, by document and place."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT title FROM passages WHERE title != '' ORDER BY document, ordinal"
            )
            return list(dict.fromkeys(row["title"] for row in rows))

    def count(self) -> int:
        """How many passages there are."""
        with self._database.reading() as connection:
            return int(connection.execute("SELECT count(*) FROM passages").fetchone()[0])

    def passage_ids(self) -> set[str]:
        """The id of every passage."""
        with self._database.reading() as connection:
            return {row["id"] for row in connection.execute("SELECT id FROM passages")}

    def passages(self, document: str) -> list[Passage]:
        """A document's passages in text order; empty for an unknown document."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT * FROM passages WHERE document = ? ORDER BY ordinal", (document,)
            )
            return [to_passage(row) for row in rows]

    def passages_by_id(self, ids: Iterable[str]) -> dict[str, Passage]:
        """The passages of those ids that exist."""
        wanted = list(ids)
        found: dict[str, Passage] = {}
        with self._database.reading() as connection:
            for start in range(0, len(wanted), _CHUNK):
                chunk = wanted[start : start + _CHUNK]
                marks = ",".join("?" * len(chunk))
                rows = connection.execute(f"SELECT * FROM passages WHERE id IN ({marks})", chunk)
                found.update((row["id"], to_passage(row)) for row in rows)
        return found

    def neighbours(self, passage: Passage, reach: int = 1) -> list[Passage]:
        """The passages of the same document at most `reach` places before or after, in text order."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT * FROM passages WHERE document = ? AND ordinal BETWEEN ? AND ? AND id != ? "
                "ORDER BY ordinal",
                (passage.document, passage.ordinal - reach, passage.ordinal + reach, passage.id),
            )
            return [to_passage(row) for row in rows]


def set_identity(connection: sqlite3.Connection, identity: IndexIdentity) -> None:
    """Record what the index is built with."""
    connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", identity.as_mapping().items())


def set_unfinished(connection: sqlite3.Connection, paths: Sequence[str] | None) -> None:
    """Record that an ingestion of these paths has not ended; None records that all have."""
    connection.execute("DELETE FROM meta WHERE key = 'unfinished'")
    if paths is not None:
        # As ASCII, since a path need not be valid Unicode.
        connection.execute("INSERT INTO meta VALUES ('unfinished', ?)", (json.dumps(paths),))


def put(
    connection: sqlite3.Connection,
    file: FileRecord,
    raw: str,
    parsed: ParsedDocument,
    passages: Sequence[Passage],
) -> None:
    """Record a file that was read; its old passages must have been removed."""
    about = metadata_columns(parsed.metadata)
    companies = dict.fromkeys(name for article in parsed.articles for name in article.companies)
    _put(connection, file, "", len(passages), *about, to_json(companies), raw, *parsed_columns(parsed))
    connection.executemany(
        f"INSERT INTO passages ({PASSAGE}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
        map(passage_columns, passages),
    )


def put_failed(connection: sqlite3.Connection, file: FileRecord, reason: str) -> None:
    """Record a file that could not be read."""
    _put(connection, file, reason, 0, "", "", "", "", "[]", "", "", b"", "[]")


def remove_passages(connection: sqlite3.Connection, document: str) -> None:
    """Remove a document's passages, but not its row."""
    connection.execute("DELETE FROM passages WHERE document = ?", (document,))


def remove(connection: sqlite3.Connection, document: str) -> None:
    """Remove a document's passages and its row."""
    remove_passages(connection, document)
    connection.execute("DELETE FROM documents WHERE name = ?", (document,))


def touch(connection: sqlite3.Connection, file: FileRecord) -> None:
    """Record that a file lies elsewhere or has another time, with the same content."""
    connection.execute(
        "UPDATE documents SET path = ?, size = ?, modified = ? WHERE name = ?",
        (file.path, file.size, file.modified, file.name),
    )


def forget_content(connection: sqlite3.Connection) -> None:
    """Remove every passage and mark every document as one to be read again."""
    connection.execute("DELETE FROM passages_fts")
    connection.execute("DELETE FROM passages")
    connection.execute("UPDATE documents SET status = ?, sha256 = '', passages = 0, modified = 0", (PENDING,))


def _put(connection: sqlite3.Connection, file: FileRecord, *columns: object) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO documents (name, path, sha256, size, modified, status, reason, passages, "
        "title, published, publisher, author, companies, raw, clean, offsets, articles) "
        "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (file.name, file.path, file.sha256, file.size, file.modified, file.status, *columns),
    )


def _described(identity: IndexIdentity) -> str:
    dimension = identity.dimension or "unknown"
    return f"embedder {identity.embedder} (dimension {dimension}), cleaner {identity.cleaner}"
