"""What has been ingested: files, their text, their passages, and what the index was built with."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.errors import DocumentError, IndexMismatchError
from assistant.index import filters
from assistant.index.database import Database
from assistant.index.rows import INFO, to_info, to_numbers, to_parsed, to_passage
from assistant.records import DocumentInfo, DocumentView, Filters, IndexIdentity, Passage

READY, FAILED, PENDING = "ready", "failed", "pending"
VECTORS, COMPANIES, READ, REMOVED = "vectors", "companies", "read", "removed"
"""Keys of `noted`: the state of the vectors when they were complete, the company list that was read with,
whether the unfinished ingestion has read its files, whether a document has ever been taken out."""
_CHUNK = 500
_FILE = "name, path, sha256, size, modified, status, passages, reason"


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
    reason: str = ""


def is_waiting(file: FileRecord) -> bool:
    """Whether a file is to be read again although it may not have changed."""
    return file.status == PENDING or (file.status == READY and not file.sha256)


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

    def is_new(self) -> bool:
        """Whether no file has ever been recorded; after the last one was taken out it is empty, not new."""
        return self.is_empty() and not self.noted(REMOVED)

    def files(self) -> list[FileRecord]:
        """Every file known, by name."""
        with self._database.reading() as connection:
            rows = connection.execute(f"SELECT {_FILE} FROM documents ORDER BY name")
            return [FileRecord(*row) for row in rows]

    def file(self, document: str) -> FileRecord:
        """The file of a document.

        Raises:
            DocumentError: there is none of that name.
        """
        with self._database.reading() as connection:
            row = connection.execute(f"SELECT {_FILE} FROM documents WHERE name = ?", (document,)).fetchone()
        if row is None:
            raise _unknown(document)
        return FileRecord(*row)

    def pages(self, document: str) -> tuple[int, ...]:
        """The raw offsets at which a document's pages begin; empty where its format has none."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT pages FROM documents WHERE name = ?", (document,)).fetchone()
            return to_numbers(row["pages"]) if row else ()

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
            row = connection.execute(
                "SELECT *, length(pages) / 4 AS page_count FROM documents WHERE name = ?", (document,)
            ).fetchone()
        if row is None:
            raise _unknown(document)
        return DocumentView(to_info(row), row["raw"], to_parsed(row))

    def titles(self) -> list[str]:
        """Every title of an article, once, by document and place."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT title FROM passages WHERE title != '' ORDER BY document, ordinal"
            )
            return list(dict.fromkeys(row["title"] for row in rows))

    def signatures(self) -> dict[tuple[str, int], bytes]:
        """The signature of every article, by document and the article's place in it."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT document, number, signature FROM articles ORDER BY 1, 2")
            return {(row["document"], row["number"]): row["signature"] for row in rows}

    def generation(self) -> int:
        """Goes up whenever what there is to read changes."""
        return self._database.generation()

    def companies(self) -> list[str]:
        """Every company that a passage is about, by name."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT DISTINCT value FROM passages, json_each(companies) ORDER BY 1")
            return [row["value"] for row in rows]

    def count(self) -> int:
        """How many passages there are."""
        with self._database.reading() as connection:
            return int(connection.execute("SELECT count(*) FROM passages").fetchone()[0])

    def waiting(self) -> int:
        """How many passages have no vector yet."""
        with self._database.reading() as connection:
            return int(connection.execute("SELECT count(*) FROM passages WHERE embedded = 0").fetchone()[0])

    def waiting_of(self, documents: Iterable[str]) -> dict[str, int]:
        """How many passages of these documents have no vector yet; those with none are left out."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT document, count(*) FROM passages WHERE embedded = 0 AND document IN "
                "(SELECT value FROM json_each(?)) GROUP BY document",
                (json.dumps(list(documents)),),
            )
            return {row[0]: row[1] for row in rows}

    def noted(self, key: str) -> str:
        """What was written down under `key`; empty where nothing was."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
            return str(row["value"]) if row else ""

    def without_vector(self, ids: Iterable[str]) -> set[str]:
        """Those of the passages that have no vector yet."""
        with self._database.reading() as connection:
            if connection.execute("SELECT 1 FROM passages WHERE embedded = 0 LIMIT 1").fetchone() is None:
                return set()
            rows = connection.execute(
                "SELECT id FROM passages WHERE embedded = 0 AND id IN (SELECT value FROM json_each(?))",
                (json.dumps(list(ids)),),
            )
            return {row["id"] for row in rows}

    def ids_with_vector(self, limits: Filters) -> list[str]:
        """The ids of the passages that the filters let in and that have a vector.

        Raises:
            QuestionError: a filter that cannot be.
        """
        condition, values = filters.where(limits)
        with self._database.reading() as connection:
            rows = connection.execute(f"SELECT id FROM passages p WHERE embedded = 1 AND {condition}", values)
            return [row["id"] for row in rows]

    def ids_within(self, limits: Filters) -> frozenset[str]:
        """The ids of the passages that the filters let in.

        Raises:
            QuestionError: a filter that cannot be.
        """
        condition, values = filters.where(limits)
        with self._database.reading() as connection:
            rows = connection.execute(f"SELECT id FROM passages p WHERE {condition}", values)
            return frozenset(row["id"] for row in rows)

    def holds(self, limits: Filters | None) -> bool:
        """Whether the filters let any passage in.

        Raises:
            QuestionError: a filter that cannot be.
        """
        condition, values = filters.where(limits)
        with self._database.reading() as connection:
            found = connection.execute(f"SELECT 1 FROM passages p WHERE {condition} LIMIT 1", values)
            return found.fetchone() is not None

    def passage_ids(self) -> set[str]:
        """The id of every passage."""
        with self._database.reading() as connection:
            return {row["id"] for row in connection.execute("SELECT id FROM passages")}

    def embedded_ids(self, document: str) -> set[str]:
        """The ids of a document's passages that have a vector."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT id FROM passages WHERE document = ? AND embedded = 1", (document,)
            )
            return {row["id"] for row in rows}

    def passages(self, document: str) -> list[Passage]:
        """A document's passages in text order; empty for an unknown document."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT * FROM passages WHERE document = ? ORDER BY ordinal", (document,)
            )
            return [to_passage(row) for row in rows]

    def passages_about(self, companies: Iterable[str]) -> list[Passage]:
        """The passages that one of the companies is a subject of, by document and place."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT * FROM passages WHERE EXISTS (SELECT 1 FROM json_each(companies) WHERE value IN "
                "(SELECT value FROM json_each(?))) ORDER BY document, ordinal",
                (json.dumps(list(companies)),),
            )
            return [to_passage(row) for row in rows]

    def tables_naming(self, names: Iterable[str]) -> list[Passage]:
        """The passages of tables that have a row which begins with one of the names."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT * FROM passages WHERE table_line <> '' AND EXISTS (SELECT 1 FROM json_each(?) "
                "WHERE instr(char(10) || text, char(10) || value || char(9))) ORDER BY document, ordinal",
                (json.dumps(list(names)),),
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


def _unknown(document: str) -> DocumentError:
    return DocumentError(f"there is no document {document!r}; python -m assistant documents lists them")


def _described(identity: IndexIdentity) -> str:
    dimension = identity.dimension or "unknown"
    return f"embedder {identity.embedder} (dimension {dimension}), cleaner {identity.cleaner}"
