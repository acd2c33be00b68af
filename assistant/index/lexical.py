"""The words of every passage, in SQLite's full-text index: BM25 over segmented Chinese."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterable

from assistant.folding import tokenize
from assistant.index.database import Database
from assistant.index.filters import where
from assistant.records import Filters

_MOST_TOKENS = 400


def add(connection: sqlite3.Connection, words: Iterable[tuple[str, str]]) -> None:
    """Index passages that stand in the table already, inside the caller's transaction.

    Args:
        words: the id of each passage and its search tokens with a blank between them.
    """
    connection.executemany(
        "INSERT INTO passages_fts (rowid, words) SELECT row, ? FROM passages WHERE id = ?",
        ((text, id) for id, text in words),
    )


def remove(connection: sqlite3.Connection, document: str) -> None:
    """Take a document's passages out of the index, before they leave the table."""
    connection.execute(
        "DELETE FROM passages_fts WHERE rowid IN (SELECT row FROM passages WHERE document = ?)", (document,)
    )


class Lexical:
    """Search by words. Thread-safe."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def search(self, text: str, k: int, filters: Filters | None = None) -> list[tuple[str, float]]:
        """The ids of the k best passages that share a word with the text, with their BM25, best first.

        Raises:
            QuestionError: a filter that cannot be.
        """
        condition, values = where(filters)
        words = list(dict.fromkeys(tokenize(text)))[:_MOST_TOKENS]
        if not words:
            return []
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT p.id, -bm25(passages_fts) AS score FROM passages_fts JOIN passages p "
                f"ON p.row = passages_fts.rowid WHERE passages_fts MATCH ? AND {condition} "
                "ORDER BY score DESC, p.id LIMIT ?",
                (" OR ".join(f'"{word}"' for word in words), *values, k),
            )
            return [(row["id"], row["score"]) for row in rows]

    def document_frequency(self, tokens: Iterable[str]) -> dict[str, int]:
        """In how many passages each token occurs. Tokens are those of `folding.tokenize`."""
        with self._database.reading() as connection:
            find = "SELECT doc FROM passages_vocabulary WHERE term = ?"
            rows = {token: connection.execute(find, (token,)).fetchone() for token in set(tokens)}
        return {token: row["doc"] if row else 0 for token, row in rows.items()}

    def idf(self, tokens: Iterable[str]) -> dict[str, float]:
        """How rare each token is: ln(1 + (N - n + 0.5) / (n + 0.5)) over N passages, always positive."""
        with self._database.reading() as connection:
            total = connection.execute("SELECT count(*) FROM passages").fetchone()[0]
        frequencies = self.document_frequency(tokens)
        return {token: math.log(1 + (total - n + 0.5) / (n + 0.5)) for token, n in frequencies.items()}
