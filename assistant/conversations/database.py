"""The SQLite file of the conversations: its layout, its connections, what can be wrong with it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Lock

from assistant.errors import StorageError

FILE = "conversations.sqlite3"
LAYOUT = 2
_PATIENCE_SECONDS = 10.0
_ONLY_ITS_OWNER = 0o600
_SCHEMA = """
CREATE TABLE conversations (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, title TEXT NOT NULL, folded TEXT NOT NULL,
    leaf INTEGER NOT NULL, created TEXT NOT NULL, changed TEXT NOT NULL
);
CREATE INDEX conversations_of ON conversations (owner, changed DESC, id);
CREATE TABLE exchanges (
    id INTEGER PRIMARY KEY AUTOINCREMENT, parent INTEGER NOT NULL,
    conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    rating TEXT, comment TEXT NOT NULL, question TEXT NOT NULL, answer TEXT NOT NULL,
    folded TEXT NOT NULL, content BLOB NOT NULL
);
CREATE INDEX exchanges_of ON exchanges (conversation);
CREATE INDEX exchanges_rated ON exchanges (conversation) WHERE rating IS NOT NULL
"""


class Database:
    """Opens the file anew for each transaction: threads and processes share it, and need not close it.

    What is deleted or overwritten is wiped. Nothing is opened or made before the first transaction.
    """

    def __init__(self, storage: Path) -> None:
        self.path = storage / FILE
        self._making = Lock()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One consistent view for the length of the block.

        Raises:
            StorageError: the file cannot be used, is damaged, or was made by another version.
        """
        with self._transaction("BEGIN") as connection:
            yield connection

    @contextmanager
    def writing(self, *, erases: bool = False) -> Iterator[sqlite3.Connection]:
        """All of the block is kept, or nothing of it. Raises as `reading`.

        Args:
            erases: what it deletes is to leave the log of recent changes at once.
        """
        with self._transaction("BEGIN IMMEDIATE", erases=erases) as connection:
            yield connection

    @contextmanager
    def _transaction(self, begin: str, *, erases: bool = False) -> Iterator[sqlite3.Connection]:
        try:
            with closing(self._open()) as connection:
                connection.execute(begin)
                try:
                    yield connection
                except BaseException:
                    if connection.in_transaction:  # a full disk has ended it already
                        connection.execute("ROLLBACK")
                    raise
                connection.execute("COMMIT")
                if erases:
                    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.Error as error:
            raise self._failure(error) from error

    def _open(self) -> sqlite3.Connection:
        self._make()
        connection = sqlite3.connect(self.path, timeout=_PATIENCE_SECONDS, isolation_level=None)
        try:
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("PRAGMA synchronous = NORMAL")
            self._require_layout(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _make(self) -> None:
        """The file, readable by its owner alone, unless it is there.

        Under a lock: to close a file takes SQLite's locks on it away from every thread of the process.
        """
        with self._making:
            if self.path.exists():
                return
            try:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                os.close(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_EXCL, _ONLY_ITS_OWNER))
            except FileExistsError:
                return
            except OSError as error:
                raise StorageError(
                    f"{self.path} cannot be made ({error.strerror}); see that this user may write there"
                ) from error

    def _require_layout(self, connection: sqlite3.Connection) -> None:
        layout = _layout(connection)
        if layout == 0:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("BEGIN IMMEDIATE")
            if _layout(connection) == 0:  # another process may have been faster
                for statement in _SCHEMA.split(";\n"):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {LAYOUT}")
            connection.execute("COMMIT")
        elif layout != LAYOUT:
            raise StorageError(
                f"{self.path} was made by another version of this program (layout {layout}, this one uses "
                f"{LAYOUT}); use that version, or move the file away to begin without conversations"
            )

    def _failure(self, error: sqlite3.Error) -> StorageError:
        if isinstance(error, sqlite3.OperationalError):
            return StorageError(
                f"{self.path} cannot be used ({error}); see that this user may write to {self.path.parent}, "
                "that the disk is not full and that nothing else holds the file"
            )
        return StorageError(
            f"{self.path} is damaged ({error}); move it away to begin without conversations; "
            "documents and index are well"
        )


def _layout(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
