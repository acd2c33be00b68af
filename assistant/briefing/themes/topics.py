"""Statements by subject; the subjects and their names are found in the text."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.briefing.material import Statement, Topic
from assistant.briefing.themes.choosing import chosen
from assistant.briefing.themes.formality import without_formal
from assistant.briefing.themes.grouping import grouped
from assistant.briefing.themes.lines import lines

_MOST = 12
_MOST_OF_MANY = 8
_MANY = 300
"""Lines from which on a topic shows its best ones only."""


def topics(statements: Sequence[Statement]) -> list[Topic]:
    """The statements by subject, the weightiest subject first; of each the weightiest statement first.

    Statements that need each other to be understood are one. Left out are headings, rows of tables, slogans,
    what people said and, of a company with much else, what an office has to write; what is said twice is
    with the rest.
    """
    read = lines(statements)
    kept = [read[n] for n in without_formal([line.text for line in read])]
    most = _MOST if len(kept) < _MANY else _MOST_OF_MANY
    made = [
        Topic(group.title, *chosen([(kept[n], sure) for n, sure in group.members], most))
        for group in grouped(kept)
    ]
    return sorted((topic for topic in made if topic.statements), key=lambda topic: -_breadth(topic))


def _breadth(topic: Topic) -> int:
    """The passages that it is stated in."""
    return len({line.passage.id for line in (*topic.statements, *topic.rest)})
