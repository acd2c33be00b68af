"""The parts of a briefing as HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from assistant.records.briefings import Branch, Briefing, Bullet, Conflict, Coverage, Event, Reading
from assistant.ui.clicks import company_link
from assistant.ui.companies.briefing_sources import Sources, tag_html
from assistant.ui.escaping import escape
from assistant.ui.rendering import quote_html
from assistant.ui.words.texts import Texts

_PERIOD = re.compile(r"\d{4}(?:FY|[HQ]\d)")
_BRANCHES = 24
"""Branches shown at once where there are many; the others on demand."""
_MANY = 30
_ALIASES = 6
"""Forms of a name that are shown."""


def head_html(briefing: Briefing, aliases: Sequence[str], texts: Texts, *, links_group: bool = True) -> str:
    """The name, the group, other forms of the name, and how much of the corpus the briefing rests upon."""
    words = texts.briefing
    about = []
    if briefing.group:
        before, _, after = words.belongs_to.partition("{}")
        group = company_link(briefing.group) if links_group else escape(briefing.group)
        about.append(f"{escape(before)}{group}{escape(after)}")
    if aliases:
        about.append(escape(aliases_line(aliases, texts)))
    if briefing.included:
        about.append(escape(words.includes.format(len(briefing.included))))
    lines = "".join(f"<p>{line}</p>" for line in about)
    return (
        f'<div class="source company"><h3>{escape(briefing.company)}</h3>{lines}'
        f"{coverage_html(briefing.coverage, texts)}</div>"
    )


def aliases_line(aliases: Sequence[str], texts: Texts) -> str:
    """The first other forms of a name."""
    more = "……" if len(aliases) > _ALIASES else ""
    return texts.briefing.aliases.format(texts.separator.join(aliases[:_ALIASES])) + more


def coverage_html(coverage: Coverage, texts: Texts) -> str:
    """Passages, documents, reprints and how many are used, as a line with a bar."""
    words, different = texts.briefing, coverage.passages - coverage.reprints
    share = f"{min(1.0, coverage.used / max(1, different)):.0%}"
    counts = (coverage.documents, coverage.passages, coverage.used, coverage.reprints)
    line = words.coverage_reprints if coverage.reprints else words.coverage
    line = line.format(*(f"{count:,}" for count in counts))
    return (
        f'<div class="coverage"><i aria-hidden="true"><b style="width: {share}"></b></i>'
        f"<span>{escape(line)}</span></div>"
    )


def headline_html(bullets: Sequence[Bullet], briefing: Briefing, sources: Sources) -> str:
    """The opening sentences as one paragraph."""
    said = " ".join(statement_html(bullet, briefing, sources) for bullet in bullets)
    return f'<div class="answer lede">{said}</div>'


def bullets_html(bullets: Sequence[Bullet], briefing: Briefing, sources: Sources) -> str:
    """A list of statements."""
    items = "".join(f"<li>{statement_html(bullet, briefing, sources)}</li>" for bullet in bullets)
    return f'<ul class="bullets">{items}</ul>'


def theme_html(title: str, count: int, body: str) -> str:
    """A theme: its name, how many statements there are, and those that are shown."""
    heading = f"<h4>{escape(title)} <span>{count}</span></h4>" if title else ""
    return f'<section class="theme">{heading}{body}</section>'


def statement_html(bullet: Bullet, briefing: Briefing, sources: Sources) -> str:
    """A statement with its numbers; whose it is where it is another company's, and whether it is in doubt."""
    texts = sources.texts
    whose = whose_html(bullet.company, briefing, texts)
    said = quote_html(bullet.text)
    if not bullet.grounded:
        why = f'title="{escape(texts.unverified_why)}"'
        said = f'<span class="doubt">{said}</span><span class="tag" {why}>{escape(texts.unverified)}</span>'
    return f"{whose}{said}{sources.marks(bullet.citations)}"


def whose_html(company: str, briefing: Briefing, texts: Texts) -> str:
    """A label where something is stated of another company than the briefing's."""
    if company in ("", briefing.company):
        return ""
    words = texts.briefing
    if company == briefing.group:
        return tag_html(words.of_group.format(company))
    is_branch = any(branch.name == company for branch in briefing.branches)
    return tag_html(words.of_branch.format(company) if is_branch else company)


def timeline_html(events: Sequence[Event], briefing: Briefing, sources: Sources) -> str:
    """Dated statements under their years."""
    pieces = []
    for year, own in groupby(events, key=lambda event: event.date[:4]):
        items = "".join(_event_html(event, briefing, sources) for event in own)
        pieces.append(f"<section><h4>{escape(year)}</h4><ol>{items}</ol></section>")
    return f'<div class="timeline">{"".join(pieces)}</div>'


def conflicts_html(conflicts: Sequence[Conflict], sources: Sources) -> str:
    """Of each indicator all values, with their times and the words of the sources."""
    words = sources.texts.briefing
    pieces = []
    for conflict in conflicts:
        kind = escape(words.conflict_kinds[conflict.kind])
        meaning = escape(words.conflict_meanings[conflict.kind])
        readings = "".join(_reading_html(reading, sources) for reading in conflict.readings)
        pieces.append(
            f'<section class="conflict"><h4>{escape(conflict.indicator)} '
            f'<span class="kind {conflict.kind}" title="{meaning}">{kind}</span></h4>'
            f"<ul>{readings}</ul></section>"
        )
    return "".join(pieces)


def branches_html(branches: Sequence[Branch], texts: Texts) -> str:
    """Links to the branches with their passages, most spoken of first."""
    shown = [f"{company_link(branch.name)}<i>{branch.passages:,}</i>" for branch in branches]
    return chips_html(shown, texts)


def chips_html(links: Sequence[str], texts: Texts) -> str:
    """Links as chips; of many the first ones, the others on demand."""
    chips = [f"<span>{link}</span>" for link in links]
    rest = chips[_BRANCHES:] if len(chips) > _MANY else []
    folded = folded_html(texts.briefing.more_branches.format(len(rest)), "".join(rest)) if rest else ""
    return f'<div class="names">{"".join(chips[: len(chips) - len(rest)])}{folded}</div>'


def folded_html(label: str, body: str) -> str:
    """What is shown on demand, under a label."""
    return f"<details><summary>{escape(label)}</summary>{body}</details>"


def when(as_of: str, texts: Texts) -> str:
    """What a figure holds for, in words where it is a reporting period."""
    return texts.period(as_of) if _PERIOD.fullmatch(as_of) else as_of


def _event_html(event: Event, briefing: Briefing, sources: Sources) -> str:
    whose = whose_html(event.company, briefing, sources.texts)
    said = f"{whose}{quote_html(event.text)}{sources.marks(event.citations)}"
    day = f"<time>{escape(event.date)}</time>" if len(event.date) > len("2020") else ""
    return f"<li>{day}<div>{said}</div></li>"


def _reading_html(reading: Reading, sources: Sources) -> str:
    texts = sources.texts
    published = texts.briefing.published.format(reading.published) if reading.published else ""
    dates = " · ".join(filter(None, (when(reading.as_of, texts) or texts.briefing.undated, published)))
    return (
        f"<li><b>{escape(reading.amount)}</b><i>{escape(dates)}</i>"
        f"{sources.marks(reading.citations)}<q>{quote_html(reading.text)}</q></li>"
    )
