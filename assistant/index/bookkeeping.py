"""Writing down what has been ingested, each function inside the caller's transaction."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from assistant.index.database import Database
from assistant.index.ledger import FAILED, PENDING, READ, READY, REMOVED, FileRecord
from assistant.index.rows import PARSED
from assistant.records import IndexIdentity, ParsedFile

_NO_ARTICLES = '{"articles": [], "tables": []}'


@contextmanager
def writing(database: Database, unfinished: Sequence[str]) -> Iterator[sqlite3.Connection]:
    """A transaction of an ingestion that has not ended: whatever it leaves is known to be unfinished."""
    with database.writing() as connection:
        set_unfinished(connection, unfinished)
        yield connection


def set_identity(connection: sqlite3.Connection, identity: IndexIdentity) -> None:
    """Record what the index is built with."""
    connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", identity.as_mapping().items())


def set_unfinished(connection: sqlite3.Connection, paths: Sequence[str] | None) -> None:
    """Record that an ingestion of these paths has not ended; None records that all have."""
    connection.execute("DELETE FROM meta WHERE key IN ('unfinished', ?)", (READ,))
    if paths is not None:
        # As ASCII, since a path need not be valid Unicode.
        connection.execute("INSERT INTO meta VALUES ('unfinished', ?)", (json.dumps(paths),))


def note(connection: sqlite3.Connection, key: str, value: str) -> None:
    """Write down what `Ledger.noted` reads."""
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))


def outdate(connection: sqlite3.Connection, documents: Sequence[str] | None = None) -> None:
    """Have these documents, or all, read again by the next ingestion, and found as they are until then.

    Of all, those that failed are left alone; of these, they are tried again.
    """
    changed = "UPDATE documents SET sha256 = '', modified = 0"
    if documents is None:
        connection.execute(f"{changed} WHERE status = ?", (READY,))
        return
    names = json.dumps(list(documents))
    wanted = "name IN (SELECT value FROM json_each(?))"
    connection.execute(f"{changed} WHERE {wanted} AND status = ?", (names, READY))
    connection.execute(f"{changed}, status = ? WHERE {wanted} AND status = ?", (PENDING, names, FAILED))


def forget_vectors(connection: sqlite3.Connection, *, all_of_them: bool) -> None:
    """Drop the kept vectors of texts that no passage has any more; or all, made by another embedder."""
    unused = "content NOT IN (SELECT content FROM passages)"
    connection.execute(f"DELETE FROM vectors WHERE {'1' if all_of_them else unused}")


def put(connection: sqlite3.Connection, file: FileRecord, parsed: ParsedFile) -> None:
    """Record a file that was read; its old passages must have been removed."""
    _put(connection, file, {**parsed.columns, "passages": len(parsed.passages), "reason": ""})
    connection.executemany(
        "INSERT INTO articles VALUES (?, ?, ?)",
        ((file.name, number, signature) for number, signature in enumerate(parsed.signatures)),
    )
    columns = [name for name in parsed.passages[0] if name != "words"]
    _insert(connection, "INSERT INTO passages", columns, parsed.passages)


def put_failed(connection: sqlite3.Connection, file: FileRecord, reason: str) -> None:
    """Record a file that could not be read."""
    columns = {name: "" for name in (*PARSED, "form", "raw")}
    empty = {"companies": "[]", "notes": "[]", "pages": b"", "offsets": b"", "articles": _NO_ARTICLES}
    _put(connection, file, {**columns, **empty, "passages": 0, "reason": reason})


def remove_passages(connection: sqlite3.Connection, document: str) -> None:
    """Remove a document's articles and passages, but not its row."""
    connection.execute("DELETE FROM articles WHERE document = ?", (document,))
    connection.execute("DELETE FROM passages WHERE document = ?", (document,))


def remove(connection: sqlite3.Connection, document: str) -> None:
    """Remove a document's passages and its row."""
    remove_passages(connection, document)
    connection.execute("DELETE FROM documents WHERE name = ?", (document,))
    note(connection, REMOVED, "yes")


def touch(connection: sqlite3.Connection, file: FileRecord) -> None:
    """Record that a file lies elsewhere or has another time, with the same content."""
    connection.execute(
        "UPDATE documents SET path = ?, size = ?, modified = ? WHERE name = ?",
        (file.path, file.size, file.modified, file.name),
    )


def forget_content(connection: sqlite3.Connection) -> None:
    """Remove every passage and mark every document as one to be read again."""
    connection.execute("DELETE FROM passages_fts")
    connection.execute("DELETE FROM articles")
    connection.execute("DELETE FROM passages")
    connection.execute("UPDATE documents SET status = ?, sha256 = '', passages = 0, modified = 0", (PENDING,))


def _put(connection: sqlite3.Connection, file: FileRecord, columns: Mapping[str, object]) -> None:
    known = {name: getattr(file, name) for name in ("name", "path", "sha256", "size", "modified", "status")}
    row = {**columns, **known}
    _insert(connection, "INSERT OR REPLACE INTO documents", list(row), [row])


def _insert(
    connection: sqlite3.Connection, verb: str, columns: Sequence[str], values: Iterable[Mapping[str, object]]
) -> None:
    named = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join(f":{name}" for name in columns)
    connection.executemany(f"{verb} ({named}) VALUES ({marks})", values)
