"""Finding conversations by words that stand in their titles, questions or answers."""

from __future__ import annotations

import sqlite3

from assistant.folding import fold, tidied

_MOST_WORDS = 16
_BEFORE, _AFTER = 12, 48
"""Characters that a snippet shows on either side of the place where it was found."""


class Wanted:
    """What is looked for: words between blanks, compared without script, width and case.

    A conversation is found when each of them stands in its title or in one of its exchanges.
    """

    def __init__(self, text: str) -> None:
        self.words = tuple(dict.fromkeys(fold(tidied(text)).split()))[:_MOST_WORDS]

    @property
    def clause(self) -> str:
        """The condition on `conversations`, one with two `?` a word; begins with AND, or is empty."""
        return "".join(
            " AND (instr(folded, ?) OR EXISTS (SELECT 1 FROM exchanges WHERE "
            "conversation = conversations.id AND instr(exchanges.folded, ?)))"
            for _ in self.words
        )

    @property
    def values(self) -> list[str]:
        """What stands for the `?` of the clause."""
        return [word for word in self.words for _ in range(2)]

    def snippet(self, connection: sqlite3.Connection, conversation: str, title: str) -> str:
        """The words around the first place where a word stands that the title lacks; empty without one."""
        folded = fold(title)
        for word in self.words:
            if word not in folded:
                order = (
                    "SELECT question || char(10) || answer, instr(folded, ?1) FROM exchanges "
                    "WHERE conversation = ?2 AND instr(folded, ?1) ORDER BY id LIMIT 1"
                )
                row = connection.execute(order, (word, conversation)).fetchone()
                return _around(row[0], row[1] - 1, len(word)) if row else ""
        return ""


def _around(text: str, place: int, length: int) -> str:
    """One line of the text with the place in it; folding keeps lengths, so it is that of the folded text."""
    start, end = max(0, place - _BEFORE), min(len(text), place + length + _AFTER)
    shown = " ".join(text[start:end].split())
    return f"{'…' if start else ''}{shown}{'…' if end < len(text) else ''}"
