"""Statements by subject; the subjects and their names are found in the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.briefing.choosing import chosen
from assistant.briefing.grouping import grouped
from assistant.briefing.lines import lines
from assistant.briefing.material import Statement, Topic

_MOST = 12
_MOST_OF_MANY = 8
_FEW = 3
_ENOUGH = 12
"""Lines from which on a topic has more than one."""
_MANY = 300
"""Lines from which on a topic shows its best ones only."""


def topics(statements: Sequence[Statement]) -> list[Topic]:
    """The statements by subject, the weightiest subject first; of each the weightiest statement first.

    Statements that need each other to be understood are one. Left out are headings, rows of tables, slogans,
    what people said and what is said twice.
    """
    kept = lines(statements)
    most = _MOST if len(kept) < _MANY else _MOST_OF_MANY
    made = [
        Topic(group.title, tuple(chosen([(kept[n], sure) for n, sure in group.members], most)))
        for group in grouped(kept)
    ]
    shown = sorted((topic for topic in made if topic.statements), key=lambda topic: -min(_FEW, _size(topic)))
    return shown if len(kept) < _ENOUGH else _without_single(shown, most)


def _without_single(shown: Sequence[Topic], most: int) -> list[Topic]:
    """The topics, one of a single statement put to the one that has others of its article."""
    kept: list[Topic] = []
    for topic in shown:
        articles = {_article(statement) for statement in topic.statements}
        at = next(
            (
                n
                for n, other in enumerate(kept)
                if _size(topic) == 1
                and _size(other) < most
                and articles & set(map(_article, other.statements))
            ),
            None,
        )
        if at is None:
            kept.append(topic)
        else:
            kept[at] = replace(kept[at], statements=(*kept[at].statements, *topic.statements))
    return kept


def _size(topic: Topic) -> int:
    return len(topic.statements)


def _article(statement: Statement) -> tuple[str, int]:
    return statement.passage.document, statement.passage.article
