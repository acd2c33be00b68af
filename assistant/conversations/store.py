"""The SQLite file that keeps conversations: what was asked, what was answered, what people thought of it."""

from __future__ import annotations

import secrets
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from pydantic import TypeAdapter

from assistant.conversations.tree import Tree
from assistant.errors import ConversationError, StorageError
from assistant.records.conversations import Conversation, Exchange, Rating

FILE = "conversations.sqlite3"
TITLE_CHARACTERS = 60
_SCHEMA_VERSION = 1
_SCHEMA = """
CREATE TABLE conversations (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, title TEXT NOT NULL, leaf INTEGER NOT NULL,
    created TEXT NOT NULL, changed TEXT NOT NULL
);
CREATE INDEX conversations_of ON conversations (owner, changed);
CREATE TABLE exchanges (
    id INTEGER PRIMARY KEY AUTOINCREMENT, parent INTEGER NOT NULL,
    conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    question TEXT NOT NULL, answer TEXT NOT NULL, rating TEXT, comment TEXT NOT NULL, content BLOB NOT NULL
);
CREATE INDEX exchanges_of ON exchanges (conversation);
"""
_HEAD = """
SELECT id, title, created, changed,
    (SELECT count(*) FROM exchanges WHERE conversation = conversations.id) AS exchanges
FROM conversations
"""


class Conversations:
    """The conversations of everybody; each method sees those of one `owner` only. Thread-safe.

    Raises:
        StorageError: the file cannot be used.
    """

    def __init__(self, storage: Path) -> None:
        self._path = storage / FILE
        self._exchange = TypeAdapter(Exchange)
        storage.mkdir(parents=True, exist_ok=True)
        with self._connected() as connection:
            if connection.execute("PRAGMA user_version").fetchone()[0] == 0:
                connection.executescript(f"{_SCHEMA}; PRAGMA user_version = {_SCHEMA_VERSION}")

    def newest(self, owner: str, wanted: str = "", most: int = 100) -> list[Conversation]:
        """The newest conversations, those whose title, questions or answers hold every word of `wanted`."""
        clauses, values = ["owner = ?"], [owner]
        for word in wanted.split():
            clauses.append(
                "(title LIKE ? ESCAPE '\\' OR EXISTS (SELECT 1 FROM exchanges WHERE "
                "conversation = conversations.id AND (question LIKE ? ESCAPE '\\' "
                "OR answer LIKE ? ESCAPE '\\')))"
            )
            values += [_like(word)] * 3
        order = f"{_HEAD} WHERE {' AND '.join(clauses)} ORDER BY changed DESC, id LIMIT ?"
        with self._connected() as connection:
            return [Conversation(*row) for row in connection.execute(order, [*values, most])]

    def start(self, owner: str, title: str) -> Conversation:
        """A new conversation without exchanges."""
        now, name = _now(), secrets.token_urlsafe(9)
        with self._connected() as connection:
            connection.execute(
                "INSERT INTO conversations VALUES (?, ?, ?, 0, ?, ?)", (name, owner, _title(title), now, now)
            )
        return Conversation(name, _title(title), now, now, 0)

    def open(self, owner: str, conversation: str) -> tuple[Conversation, Tree]:
        """A conversation and its exchanges.

        Raises:
            ConversationError: this person has none of that address.
        """
        with self._connected() as connection:
            self._require(connection, owner, conversation)
            head = Conversation(*connection.execute(f"{_HEAD} WHERE id = ?", (conversation,)).fetchone())
            leaf = connection.execute("SELECT leaf FROM conversations WHERE id = ?", (conversation,))
            rows = connection.execute("SELECT * FROM exchanges WHERE conversation = ?", (conversation,))
            return head, Tree(map(self._read, rows), leaf.fetchone()["leaf"])

    def keep(self, owner: str, conversation: str, exchange: Exchange) -> None:
        """Write an exchange down as it is now; a new one gets its `id` and is the last one shown.

        Raises:
            ConversationError: this person has no such conversation.
        """
        answer = exchange.answer.text if exchange.answer else exchange.text
        exchange.asked = exchange.asked or _now()
        with self._connected() as connection:
            self._require(connection, owner, conversation)
            if not exchange.id:
                exchange.id = int(
                    connection.execute(
                        "INSERT INTO exchanges (parent, conversation, question, answer, comment, content) "
                        "VALUES (?, ?, ?, '', '', '')",
                        (exchange.parent, conversation, exchange.question),
                    ).lastrowid
                    or 0
                )
                connection.execute(
                    "UPDATE conversations SET leaf = ?, changed = ? WHERE id = ?",
                    (exchange.id, _now(), conversation),
                )
            content = zlib.compress(self._exchange.dump_json(exchange, exclude={"rating", "comment"}))
            connection.execute(
                "UPDATE exchanges SET answer = ?, content = ? WHERE id = ? AND conversation = ?",
                (answer, content, exchange.id, conversation),
            )

    def show(self, owner: str, conversation: str, leaf: int) -> None:
        """Remember which exchange is shown last. Raises as `keep`."""
        self._change(owner, conversation, "leaf", leaf)

    def rename(self, owner: str, conversation: str, title: str) -> None:
        """Give a conversation another title. Raises as `keep`."""
        self._change(owner, conversation, "title", _title(title))

    def delete(self, owner: str, conversation: str) -> None:
        """Forget a conversation with all its exchanges. Raises as `keep`."""
        with self._connected() as connection:
            self._require(connection, owner, conversation)
            connection.execute("DELETE FROM conversations WHERE id = ?", (conversation,))

    def rate(
        self, owner: str, conversation: str, exchange: Exchange, rating: Rating | None, comment: str = ""
    ) -> None:
        """Keep what a person thought of an answer; None takes it back. Raises as `keep`."""
        exchange.rating, exchange.comment = rating, comment
        with self._connected() as connection:
            self._require(connection, owner, conversation)
            connection.execute(
                "UPDATE exchanges SET rating = ?, comment = ? WHERE id = ? AND conversation = ?",
                (rating, comment, exchange.id, conversation),
            )

    def rated(self, owner: str) -> list[Exchange]:
        """Every exchange of this person that was rated, oldest first."""
        order = (
            "SELECT exchanges.* FROM exchanges JOIN conversations ON conversations.id = conversation "
            "WHERE owner = ? AND rating IS NOT NULL ORDER BY exchanges.id"
        )
        with self._connected() as connection:
            return [self._read(row) for row in connection.execute(order, (owner,))]

    def _change(self, owner: str, conversation: str, column: str, value: str | int) -> None:
        with self._connected() as connection:
            self._require(connection, owner, conversation)
            connection.execute(f"UPDATE conversations SET {column} = ? WHERE id = ?", (value, conversation))

    def _read(self, row: sqlite3.Row) -> Exchange:
        exchange = self._exchange.validate_json(zlib.decompress(row["content"]))
        exchange.id, exchange.parent, exchange.comment = row["id"], row["parent"], row["comment"]
        exchange.rating = Rating(row["rating"]) if row["rating"] else None
        return exchange

    def _require(self, connection: sqlite3.Connection, owner: str, conversation: str) -> None:
        order = "SELECT 1 FROM conversations WHERE id = ? AND owner = ?"
        if connection.execute(order, (conversation, owner)).fetchone() is None:
            raise ConversationError("there is no such conversation; it may have been deleted")

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self._path, timeout=10.0)) as connection, connection:
                connection.row_factory = sqlite3.Row
                connection.execute("PRAGMA foreign_keys = ON")
                yield connection
        except sqlite3.Error as error:
            raise StorageError(f"{self._path} cannot be used ({error})") from error


def _like(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def _title(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= TITLE_CHARACTERS else line[: TITLE_CHARACTERS - 1] + "…"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
