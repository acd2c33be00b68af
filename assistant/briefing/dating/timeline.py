"""What happened, in the order of its dates."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.briefing.dating.as_of import event_date
from assistant.briefing.dating.dates import mentions
from assistant.briefing.dating.happenings import is_of_others, tells, weight
from assistant.briefing.dating.moments import Role
from assistant.briefing.material import Statement
from assistant.folding import fold, tokenize
from assistant.passages import sentences

_MOST = 40
_LONGEST = 160
"""Characters of an event told in its whole sentence; else it is told in the part that is dated."""
_SHORTEST = 10
_SAME = 0.6
"""Share of the words of the shorter of two events of one date that makes them one."""
_TURN = 0.4
"""How much less each further event of a year weighs."""
_NUMBERING = re.compile(r"\s*(?:[（(]\d{1,2}[)）]|\d{1,2}[、)）]|[①-⑳])\s*")


@dataclass(frozen=True, slots=True)
class _Event:
    """A dated statement, its words, and how much it weighs."""

    date: str
    statement: Statement
    words: frozenset[str]
    weight: float


def events(statements: Sequence[Statement], most: int = _MOST) -> list[tuple[str, Statement]]:
    """What happened at a date, earliest first, each once though several sources tell of it.

    Args:
        most: events that are given; of more, the weightiest of each year.
    """
    told = [event for statement in statements if (event := _event(statement)) is not None]
    chosen = _spread(_distinct(told), most)
    return [(event.date, event.statement) for event in sorted(chosen, key=_order)]


def _order(event: _Event) -> tuple[str, str, int]:
    return event.date, event.statement.passage.document, event.statement.start


def _event(statement: Statement) -> _Event | None:
    """The event that a statement tells of; None where it tells of none, or does not say when."""
    if statement.is_row or not (date := event_date(statement)):
        return None
    statement = _without_number(_whole(statement))
    folded = fold(statement.text)
    if len(folded) < _SHORTEST or not tells(folded) or is_of_others(statement.company, folded):
        return None
    return _Event(
        date, statement, frozenset(tokenize(statement.text)), weight(statement.company, folded, date)
    )


def _without_number(statement: Statement) -> Statement:
    """The statement without the number that it has in a list."""
    match = _NUMBERING.match(statement.text)
    if match is None:
        return statement
    text = statement.text[match.end() :]
    return replace(statement, text=text, start=statement.start + match.end())


def _whole(statement: Statement) -> Statement:
    """The statement's whole sentence, unless that is long or tells of several dates."""
    passage = statement.passage
    first, last = statement.start - passage.start, statement.end - passage.start
    for start, end in sentences(passage.text):
        if start <= first and last <= end:
            text = passage.text[start:end]
            if (start, end) == (first, last) or "\n" in text or len(text) > _LONGEST or not _is_one(text):
                return statement
            start, end = passage.start + start, passage.start + end
            return replace(statement, text=text, start=start, end=end, before="")
    return statement


def _is_one(sentence: str) -> bool:
    """Whether a sentence tells of one date at most."""
    return sum(m.role is Role.GOVERNS and bool(m.year or m.month) for m in mentions(sentence)) < 2


def _distinct(told: Sequence[_Event]) -> list[_Event]:
    """Each event once, as the weightiest statement tells it."""
    by_year: dict[str, list[_Event]] = defaultdict(list)
    for event in sorted(told, key=lambda event: -event.weight):
        known = by_year[event.date[:4]]
        if not any(_are_one(event, other) for other in known):
            known.append(event)
    return [event for known in by_year.values() for event in known]


def _are_one(event: _Event, other: _Event) -> bool:
    """Whether two events are one: nearly the same words, and of two dates one lies within the other."""
    if not (event.date.startswith(other.date) or other.date.startswith(event.date)):
        return False
    shared = len(event.words & other.words)
    return shared >= _SAME * max(1, min(len(event.words), len(other.words)))


def _spread(found: Sequence[_Event], most: int) -> list[_Event]:
    """The weightiest, the years taking turns so that none crowds the others out."""
    by_year: dict[str, list[_Event]] = defaultdict(list)
    for event in sorted(found, key=lambda event: -event.weight):
        by_year[event.date[:4]].append(event)
    ranked = [
        (_TURN * turn - event.weight, event)
        for events in by_year.values()
        for turn, event in enumerate(events, start=1)
    ]
    ranked.sort(key=lambda pair: pair[0])
    return [event for _, event in ranked[:most]]
