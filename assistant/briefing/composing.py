"""A briefing in the sources' own words: every statement verbatim, chosen and ordered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.briefing.figures import facts
from assistant.briefing.material import Fact, Gathered, Statement, Topic
from assistant.briefing.merging import differing, merged
from assistant.briefing.numbering import Numbering
from assistant.briefing.themes import headline, topics
from assistant.briefing.timeline import events
from assistant.records.briefings import (
    Briefing,
    Bullet,
    Conflict,
    ConflictKind,
    Coverage,
    Event,
    Figure,
    Reading,
    Theme,
)


@dataclass(frozen=True, slots=True)
class Findings:
    """What the statements about a company come to, before any of it has a number."""

    headline: Sequence[Statement]
    topics: Sequence[Topic]
    facts: Sequence[tuple[Fact, ...]]
    events: Sequence[tuple[str, Statement]]


def find_out(statements: Sequence[Statement], company: str) -> Findings:
    """Order the statements: what they are about, their figures, their dates."""
    return Findings(
        headline(statements, company),
        topics(statements),
        merged(fact for statement in statements for fact in facts(statement)),
        events(statements),
    )


def compose(company: str, gathered: Gathered, findings: Findings, number: Numbering) -> Briefing:
    """The briefing of the quoting engine."""
    themes = tuple(
        Theme(topic.title, tuple(bullet(statement, number) for statement in topic.statements))
        for topic in findings.topics
    )
    opening = tuple(bullet(statement, number) for statement in findings.headline)
    figures = tuple(figure(group, number) for group in findings.facts)
    timeline = tuple(
        Event(date, statement.text, (number(statement),), statement.company)
        for date, statement in findings.events
    )
    conflicts = tuple(_conflict(groups, number) for groups in differing(findings.facts))
    return Briefing(
        company=company,
        engine="quoting",
        headline=opening,
        themes=themes,
        figures=figures,
        timeline=timeline,
        conflicts=conflicts,
        coverage=coverage(gathered, number),
        citations=number.citations,
        included=tuple(name for name in gathered.names if name != company),
    )


def bullet(statement: Statement, number: Numbering) -> Bullet:
    """The statement as a line of a briefing."""
    return Bullet(statement.text, (number(statement),), statement.company)


def figure(group: Sequence[Fact], number: Numbering) -> Figure:
    """One distinct fact with all the places that state it."""
    first = group[0]
    return Figure(
        indicator=first.indicator,
        value=first.value,
        unit=first.unit,
        as_of=first.as_of,
        citations=_numbers((fact.statement for fact in group), number),
        company=first.statement.company,
        text=first.statement.text[first.start : first.end],
        is_row=first.statement.is_row,
    )


def coverage(gathered: Gathered, number: Numbering) -> Coverage:
    """How much of what was gathered has a number by now."""
    cited = number.passages
    return Coverage(
        documents=gathered.documents,
        passages=gathered.found,
        used=sum(passage.id in cited for passage in gathered.passages),
        reprints=gathered.found - len(gathered.passages),
    )


def _conflict(groups: Sequence[tuple[Fact, ...]], number: Numbering) -> Conflict:
    readings = tuple(_reading(group, number) for group in groups)
    is_change = len({reading.as_of for reading in readings}) == len(readings)
    kind = ConflictKind.CHANGE if is_change else ConflictKind.DISAGREEMENT
    return Conflict(groups[0][0].indicator, kind, readings)


def _reading(group: Sequence[Fact], number: Numbering) -> Reading:
    first = group[0]
    return Reading(
        first.value,
        first.unit,
        first.as_of,
        first.statement.passage.metadata.published,
        first.statement.text,
        _numbers((fact.statement for fact in group), number),
    )


def _numbers(statements: Iterable[Statement], number: Numbering) -> tuple[int, ...]:
    return tuple(dict.fromkeys(number(statement) for statement in statements))
