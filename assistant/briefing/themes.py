"""Statements by subject; the subjects and their names are found in the text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from assistant.briefing.material import Statement, Topic


def topics(statements: Sequence[Statement]) -> list[Topic]:
    """The statements by subject, the weightiest subject first; of each the weightiest statement first."""
    by_title: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        by_title[statement.passage.section or statement.passage.metadata.title].append(statement)
    return [Topic(title, tuple(own)) for title, own in by_title.items()]


def headline(statements: Sequence[Statement], company: str) -> list[Statement]:
    """Two or three statements that say what the company is about."""
    return list(statements[:2])
