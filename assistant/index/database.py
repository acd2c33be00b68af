"""The one SQLite file that holds the truth: its schema, its connections, its transactions."""

from __future__ import annotations

import os
import queue
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path

from assistant.errors import IndexMismatchError, StorageError
from assistant.folding import fold

SCHEMA_VERSION = 2
_METADATA = """
    title TEXT NOT NULL, published TEXT NOT NULL, publisher TEXT NOT NULL, author TEXT NOT NULL,
    kind TEXT NOT NULL, period TEXT NOT NULL
"""
_SCHEMA = f"""
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO meta VALUES ('generation', '0');
CREATE TABLE documents (
    name TEXT PRIMARY KEY, path TEXT NOT NULL UNIQUE,
    sha256 TEXT NOT NULL, size INTEGER NOT NULL, modified INTEGER NOT NULL,
    status TEXT NOT NULL, reason TEXT NOT NULL, passages INTEGER NOT NULL,
    form TEXT NOT NULL, notes TEXT NOT NULL, companies TEXT NOT NULL, {_METADATA},
    pages BLOB NOT NULL, articles TEXT NOT NULL, offsets BLOB NOT NULL, raw TEXT NOT NULL, clean TEXT NOT NULL
);
CREATE TABLE articles (
    document TEXT NOT NULL, number INTEGER NOT NULL, signature BLOB NOT NULL, PRIMARY KEY (document, number)
);
CREATE TABLE passages (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, document TEXT NOT NULL, ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL, page INTEGER,
    section TEXT NOT NULL, companies TEXT NOT NULL, article INTEGER NOT NULL, front INTEGER NOT NULL,
    table_line TEXT NOT NULL, {_METADATA},
    content TEXT NOT NULL, embedded INTEGER NOT NULL DEFAULT 0,
    UNIQUE (document, ordinal)
);
CREATE INDEX passages_waiting ON passages (row) WHERE embedded = 0;
CREATE TABLE vectors (content TEXT PRIMARY KEY, vector BLOB NOT NULL);
CREATE VIRTUAL TABLE passages_fts USING fts5(words, tokenize = "ascii tokenchars '.-+%'");
CREATE VIRTUAL TABLE passages_vocabulary USING fts5vocab(passages_fts, row);
"""

# In SQL too, for what the rows of many passages share: titles, publishers, authors.
_fold = lru_cache(maxsize=8192)(fold)


def is_unchanging(path: Path) -> bool:
    """Whether SQLite has to take a file for unchanging to read it, since it cannot make its own beside it."""
    return not os.access(path.parent, os.W_OK) and not path.with_name(f"{path.name}-wal").exists()


class Database:
    """Connections to `storage/corpus.sqlite3`, lent to one thread at a time. Thread-safe.

    Raises:
        StorageError: the directory cannot be used or the file is damaged.
        IndexMismatchError: the file was made by another version of the program.
    """

    def __init__(self, storage: Path) -> None:
        self.path = storage / "corpus.sqlite3"
        self._storage = storage
        self._idle: queue.LifoQueue[sqlite3.Connection] = queue.LifoQueue()
        try:
            storage.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(
                f"the storage directory {storage} cannot be made: {error.strerror}; "
                "choose another one with ASSISTANT_STORAGE or --storage"
            ) from error
        with self.reading() as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version == 0:
            self._create()
        elif version != SCHEMA_VERSION:
            raise IndexMismatchError(
                f"{self.path} was made by another version of this program (layout {version}, this one reads "
                f"{SCHEMA_VERSION}); move it away and run: python -m assistant ingest PATH…"
            )

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One consistent view of the file for the length of the block."""
        with self._lent("BEGIN") as connection:
            yield connection

    @contextmanager
    def writing(self, *, counts: bool = True) -> Iterator[sqlite3.Connection]:
        """One transaction: all of the block is kept, or nothing of it.

        Args:
            counts: it changes what there is to read, and so raises the generation.
        """
        with self._lent("BEGIN IMMEDIATE") as connection:
            yield connection
            if counts:
                connection.execute("UPDATE meta SET value = value + 1 WHERE key = 'generation'")

    def generation(self) -> int:
        """How many transactions have changed what there is to read."""
        with self.reading() as connection:
            return int(connection.execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()[0])

    def close(self) -> None:
        """Close the connections that nobody uses."""
        with suppress(queue.Empty):
            while True:
                self._idle.get_nowait().close()

    @contextmanager
    def _lent(self, begin: str) -> Iterator[sqlite3.Connection]:
        try:
            connection = self._take()
            try:
                connection.execute(begin)
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                connection.close()
                raise
        except sqlite3.Error as error:
            raise self._storage_error(error) from error
        if os.access(self._storage, os.W_OK):
            self._idle.put(connection)
        else:
            connection.close()

    def _take(self) -> sqlite3.Connection:
        with suppress(queue.Empty):
            return self._idle.get_nowait()
        address = self.path.absolute().as_uri()
        if is_unchanging(self.path):
            address += "?immutable=1"
        connection = sqlite3.connect(
            address, uri=True, timeout=10.0, isolation_level=None, check_same_thread=False
        )
        connection.row_factory = sqlite3.Row
        connection.create_function("fold", 1, _fold, deterministic=True)
        return connection

    def _create(self) -> None:
        # The mode stays with the file, and cannot be changed within a transaction.
        with self._lent("PRAGMA journal_mode = WAL") as connection:
            connection.execute("BEGIN EXCLUSIVE")
            if connection.execute("PRAGMA user_version").fetchone()[0] == 0:
                for statement in _SCHEMA.split(";\n"):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    def _storage_error(self, error: sqlite3.Error) -> StorageError:
        if isinstance(error, sqlite3.OperationalError):
            return StorageError(
                f"{self.path} cannot be used ({error}); see that this user may write to {self.path.parent}, "
                "that the disk is not full and that nothing else holds the file"
            )
        return StorageError(
            f"{self.path} is damaged ({error}); move it away and run: python -m assistant ingest PATH…"
        )
