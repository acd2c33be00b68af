"""A briefing in the sources' own words: every statement verbatim, chosen and ordered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answering.verifying.quoted_text import ended, without_foreign_marks, without_pause
from assistant.briefing.dating.timeline import events
from assistant.briefing.figures.differing import differing, kind_of
from assistant.briefing.figures.facts import all_facts
from assistant.briefing.figures.merging import merged
from assistant.briefing.figures.ordering import by_weight
from assistant.briefing.material import Fact, Gathered, Statement, Topic
from assistant.briefing.numbering import Numbering
from assistant.briefing.themes.headline import headline
from assistant.briefing.themes.topics import topics
from assistant.records.briefings import (
    Briefing,
    Bullet,
    Conflict,
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
    found = topics(statements)
    return Findings(
        headline(statements, company, found),
        found,
        facts_of(statements),
        events(statements),
    )


def facts_of(statements: Sequence[Statement]) -> list[tuple[Fact, ...]]:
    """The distinct facts that the statements state in figures, each with all places that state it."""
    return merged(all_facts(statements))


class Composer:
    """Puts what was found out into lines, each with its numbers. Of one briefing."""

    def __init__(self, number: Numbering, script: Callable[[str], str]) -> None:
        self._number = number
        self.script = script
        """Writes a text in the script of the request, character for character."""

    def briefing(self, company: str, gathered: Gathered, findings: Findings) -> Briefing:
        """The briefing of the quoting engine."""
        headline = tuple(map(self.bullet, findings.headline))
        themes = tuple(map(self._theme, findings.topics))
        conflicts = tuple(map(self._conflict, differing(findings.facts)))
        figures = tuple(map(self.figure, by_weight(findings.facts, company)))
        timeline = tuple(self._event(date, statement) for date, statement in findings.events)
        return Briefing(
            company=company,
            engine="quoting",
            headline=headline,
            themes=themes,
            figures=figures,
            timeline=timeline,
            conflicts=conflicts,
            coverage=self.coverage(gathered),
            citations=self._number.citations,
            included=gathered.names[1:],
        )

    def bullet(self, statement: Statement) -> Bullet:
        """The statement as a line of a briefing."""
        return Bullet(self._shown(statement), (self._number(statement),), statement.company)

    def figure(self, group: Sequence[Fact]) -> Figure:
        """One distinct fact with all the places that state it."""
        first = group[0]
        return Figure(
            indicator=self.script(first.indicator),
            value=first.value,
            unit=self.script(first.unit),
            as_of=first.as_of,
            citations=self._numbers(group),
            company=first.statement.company,
            text=self.script(first.statement.text[first.start : first.end]),
            is_row=first.statement.is_row,
            is_plan=first.is_plan,
        )

    def coverage(self, gathered: Gathered) -> Coverage:
        """How much of what was gathered has a number by now."""
        cited = self._number.passages
        return Coverage(
            documents=len(gathered.documents),
            passages=len(gathered.passages) + gathered.repeated,
            used=sum(passage.id in cited for passage in gathered.passages),
            reprints=gathered.repeated,
        )

    def _theme(self, topic: Topic) -> Theme:
        return Theme(self.script(topic.title), tuple(map(self.bullet, topic.statements)))

    def _event(self, date: str, statement: Statement) -> Event:
        return Event(date, self._shown(statement), (self._number(statement),), statement.company)

    def _conflict(self, groups: Sequence[tuple[Fact, ...]]) -> Conflict:
        readings = tuple(map(self._reading, groups))
        return Conflict(self.script(groups[0][0].indicator), kind_of(groups), readings)

    def _reading(self, group: Sequence[Fact]) -> Reading:
        first = group[0]
        published = first.statement.passage.metadata.published
        text = self._shown(first.statement)
        unit = self.script(first.unit)
        words = self.script(first.statement.text[first.start : first.end])
        return Reading(first.value, unit, first.as_of, published, text, self._numbers(group), words)

    def _shown(self, statement: Statement) -> str:
        return ended(self.script(without_foreign_marks(without_pause(statement.text))))

    def _numbers(self, facts: Sequence[Fact]) -> tuple[int, ...]:
        return tuple(dict.fromkeys(self._number(fact.statement) for fact in facts))
