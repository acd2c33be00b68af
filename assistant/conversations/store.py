"""Conversations that are kept: what was asked, what was answered, what people thought of it."""

from __future__ import annotations

import secrets
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from assistant.conversations.database import Database
from assistant.conversations.packing import columns, exchange_of, storable
from assistant.conversations.searching import Wanted
from assistant.conversations.tree import Tree
from assistant.errors import ConversationError
from assistant.folding import fold
from assistant.records.conversations import Conversation, Exchange, Rating

TITLE_CHARACTERS = 60
_HEAD = """
SELECT id, title, created, changed,
    (SELECT count(*) FROM exchanges WHERE conversation = conversations.id) AS exchanges
FROM conversations
"""


class Conversations:
    """The conversations of everybody; each method sees those of one `owner` only, a name or "" for nobody's.

    For threads and processes at once. Nothing is opened before it is needed: every method raises
    `StorageError` where the file cannot be used, which keeps nobody from asking.
    """

    def __init__(self, storage: Path) -> None:
        """`storage` is the storage directory; it is made when there is something to keep."""
        self._database = Database(storage)

    @property
    def path(self) -> Path:
        """The file that they are kept in."""
        return self._database.path

    def newest(self, owner: str, wanted: str = "", most: int = 100) -> list[Conversation]:
        """Conversations, the last changed first.

        Args:
            wanted: words, each of which stands in the title, a question or an answer; all without any.
            most: how many at most.
        """
        looked_for = Wanted(wanted)
        order = f"{_HEAD} WHERE owner = ?{looked_for.clause} ORDER BY changed DESC, id LIMIT ?"
        with self._database.reading() as connection:
            rows = connection.execute(order, [owner, *looked_for.values, most])
            heads = [Conversation(*row) for row in rows]
            return [replace(h, found=looked_for.snippet(connection, h.id, h.title)) for h in heads]

    def start(self, owner: str, title: str) -> Conversation:
        """A new conversation without exchanges; a long title is cut."""
        now, name, line = _now(), secrets.token_urlsafe(9), _title(title)
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO conversations VALUES (?, ?, ?, ?, 0, ?, ?)",
                (name, owner, line, fold(line), now, now),
            )
        return Conversation(name, line, now, now, 0)

    def open(self, owner: str, conversation: str) -> tuple[Conversation, Tree]:
        """A conversation and its exchanges.

        Raises:
            ConversationError: this person has none of that address.
        """
        with self._database.reading() as connection:
            return _opened(connection, conversation, _leaf(connection, owner, conversation))

    def keep(self, owner: str, conversation: str, exchange: Exchange) -> None:
        """Write an exchange down as it is now; a new one gets its `id` and is the last one shown.

        Raises:
            ConversationError: this person has no such conversation, or it has no such exchange or parent.
        """
        exchange.asked = exchange.asked or _now()
        exchange.question = storable(exchange.question)
        kept = columns(exchange)
        with self._database.writing() as connection:
            _leaf(connection, owner, conversation)
            if exchange.id:
                order = "UPDATE exchanges SET (question, answer, folded, content) = (?, ?, ?, ?)"
                found = (exchange.id, conversation)
                _require(connection.execute(f"{order} WHERE id = ? AND conversation = ?", (*kept, *found)))
            else:
                exchange.id = _added(connection, conversation, exchange.parent, kept)

    def show(self, owner: str, conversation: str, leaf: int) -> None:
        """Remember which exchange is shown last. Raises as `keep`."""
        self._change(owner, conversation, leaf=leaf)

    def rename(self, owner: str, conversation: str, title: str) -> None:
        """Give a conversation another title, which is cut as by `start`. Raises as `keep`."""
        self._change(owner, conversation, title=_title(title), folded=fold(_title(title)))

    def delete(self, owner: str, conversation: str) -> None:
        """Wipe a conversation with all its exchanges from the file. Raises as `keep`."""
        with self._database.writing(erases=True) as connection:
            order = "DELETE FROM conversations WHERE id = ? AND owner = ?"
            _require(connection.execute(order, (conversation, owner)))

    def rate(
        self, owner: str, conversation: str, exchange: Exchange, rating: Rating | None, comment: str = ""
    ) -> None:
        """Keep what a person thought of an answer; None takes it back. Raises as `keep`."""
        comment = storable(comment)
        with self._database.writing() as connection:
            _leaf(connection, owner, conversation)
            order = "UPDATE exchanges SET rating = ?, comment = ? WHERE id = ? AND conversation = ?"
            _require(connection.execute(order, (rating, comment, exchange.id, conversation)))
        exchange.rating, exchange.comment = rating, comment

    def rated(self, owner: str | None = None) -> list[tuple[Conversation, Tree]]:
        """The conversations in which an answer was rated, the oldest first; without `owner` everybody's."""
        order = (
            "SELECT id, leaf FROM conversations WHERE (?1 IS NULL OR owner = ?1) AND EXISTS "
            "(SELECT 1 FROM exchanges WHERE conversation = conversations.id AND rating IS NOT NULL) "
            "ORDER BY created, id"
        )
        with self._database.reading() as connection:
            rows = connection.execute(order, (owner,)).fetchall()
            return [_opened(connection, row["id"], row["leaf"]) for row in rows]

    def _change(self, owner: str, conversation: str, **values: str | int) -> None:
        """Set columns, named by this module alone."""
        places = ", ".join(f"{column} = ?" for column in values)
        order = f"UPDATE conversations SET {places} WHERE id = ? AND owner = ?"
        with self._database.writing() as connection:
            _require(connection.execute(order, (*values.values(), conversation, owner)))


def _opened(connection: sqlite3.Connection, conversation: str, leaf: int) -> tuple[Conversation, Tree]:
    head = Conversation(*connection.execute(f"{_HEAD} WHERE id = ?", (conversation,)).fetchone())
    order = "SELECT * FROM exchanges WHERE conversation = ? ORDER BY id"
    return head, Tree(map(exchange_of, connection.execute(order, (conversation,))), leaf)


def _leaf(connection: sqlite3.Connection, owner: str, conversation: str) -> int:
    """The exchange shown last of a conversation that must be this person's."""
    order = "SELECT leaf FROM conversations WHERE id = ? AND owner = ?"
    if (row := connection.execute(order, (conversation, owner)).fetchone()) is None:
        raise _missing()
    return int(row["leaf"])


def _added(
    connection: sqlite3.Connection, conversation: str, parent: int, kept: tuple[str, str, str, bytes]
) -> int:
    """Add an exchange that follows another of the conversation, or none; its id."""
    followed = "SELECT 1 FROM exchanges WHERE id = ? AND conversation = ?"
    if parent and connection.execute(followed, (parent, conversation)).fetchone() is None:
        raise _missing()
    order = (
        "INSERT INTO exchanges (parent, conversation, comment, question, answer, folded, content) "
        "VALUES (?, ?, '', ?, ?, ?, ?)"
    )
    added = int(connection.execute(order, (parent, conversation, *kept)).lastrowid or 0)
    shown = "UPDATE conversations SET leaf = ?, changed = ? WHERE id = ?"
    connection.execute(shown, (added, _now(), conversation))
    return added


def _require(changed: sqlite3.Cursor) -> None:
    if changed.rowcount != 1:
        raise _missing()


def _missing() -> ConversationError:
    return ConversationError("there is no such conversation; it may have been deleted")


def _title(text: str) -> str:
    line = " ".join(storable(text).split())
    return line if len(line) <= TITLE_CHARACTERS else line[: TITLE_CHARACTERS - 1] + "…"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
