"""How the command line shows a briefing and a comparison to people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from assistant.exports.sentences import line, marked, marks, running
from assistant.exports.wording import Wording, coverage_line, source_line, wording
from assistant.records import Citation
from assistant.records.briefings import Briefing, Bullet, Comparison, Conflict, Figure
from assistant.terminal import pad, width

_FIGURES = 40
"""Figures shown; the files have all of them."""
_INDICATOR = 40
_VALUE = 16


def briefing_lines(briefing: Briefing, language: str) -> Iterator[str]:
    """What a briefing says, part by part, the sources of what is shown, and who wrote it."""
    words = wording(language)
    figures = briefing.figures[:_FIGURES]
    yield from (f"！{line(notice)}" for notice in briefing.notices)
    yield from _head(briefing, words)
    parts: tuple[tuple[str, Iterable[str]], ...] = (
        (words.headline, filter(None, [running(briefing.headline)])),
        (words.themes, _themes(briefing, words)),
        (words.figures, _figures(figures, len(briefing.figures), briefing.company, words)),
        (words.timeline, (f"{e.date:<10}  {marked(e.text, e.citations)}" for e in briefing.timeline)),
        (words.conflicts, _conflicts(briefing.conflicts, words)),
        (words.sources, _sources(_of_shown(briefing, figures), words)),
    )
    yield from _under_headings(parts)
    yield ""
    yield f"{briefing.engine} · {briefing.seconds:.2f} s"


def comparison_lines(comparison: Comparison, language: str) -> Iterator[str]:
    """Companies side by side: of each indicator and theme what there is of each of them."""
    words, names = wording(language), comparison.companies
    yield from (f"！{line(notice)}" for notice in comparison.notices)
    for name, coverage in zip(names, comparison.coverages, strict=True):
        yield f"{line(name)} · {coverage_line(coverage, words)}"
    yield from _under_headings(
        (
            (words.figures, _figures_of_each(comparison, words)),
            (words.themes, _themes_of_each(comparison, words)),
            (words.sources, _sources(comparison.citations, words)),
        )
    )
    yield ""
    yield f"{comparison.seconds:.2f} s"


def _under_headings(parts: Iterable[tuple[str, Iterable[str]]]) -> Iterator[str]:
    """The parts that are not empty, each below its heading."""
    for heading, lines in parts:
        held = list(lines)
        if held:
            yield from ("", f"【{heading}】", *held)


def _head(briefing: Briefing, words: Wording) -> Iterator[str]:
    yield f"{line(briefing.company)} · {coverage_line(briefing.coverage, words)}"
    branches = [f"{branch.name} {branch.passages}" for branch in briefing.branches]
    named = ((words.group, briefing.group), (words.branches, words.between.join(branches)))
    included = (words.included, words.between.join(briefing.included))
    yield from (line(text.format(names=names)) for text, names in (*named, included) if names)


def _themes(briefing: Briefing, words: Wording) -> Iterator[str]:
    for theme in briefing.themes:
        yield line(theme.title)
        yield from (f"  · {_bullet(bullet, briefing.company, words)}" for bullet in theme.bullets)


def _bullet(bullet: Bullet, company: str, words: Wording) -> str:
    whose = "" if bullet.company in ("", company) else f"（{line(bullet.company)}）"
    doubt = "" if bullet.grounded else f"（{words.unverified}）"
    return f"{whose}{marked(bullet.text, bullet.citations)}{doubt}"


def _figures(figures: Sequence[Figure], total: int, company: str, words: Wording) -> Iterator[str]:
    for figure in figures:
        whose = "" if figure.company in ("", company) else f"（{line(figure.company)}）"
        indicator, value = line(figure.indicator) + _plan(figure, words), line(figure.amount)
        fields = (_filled(indicator, _INDICATOR), _filled(value, _VALUE), f"{figure.as_of:<10}")
        yield f"{'  '.join(fields)}  {marks(figure.citations)}{whose}"
    if total > len(figures):
        yield words.more.format(count=total - len(figures))


def _filled(text: str, columns: int) -> str:
    """A text in its column; a longer one stays whole."""
    return text if width(text) > columns else pad(text, columns)


def _conflicts(conflicts: Sequence[Conflict], words: Wording) -> Iterator[str]:
    for conflict in conflicts:
        yield f"{line(conflict.indicator)}（{words.kinds[conflict.kind]}）"
        for reading in conflict.readings:
            when = reading.as_of or words.undated
            published = words.published.format(date=reading.published) if reading.published else ""
            about = " · ".join(filter(None, (when, line(published))))
            value = line(reading.amount)
            yield f"  · {value}（{about}）：{marked(reading.text, reading.citations)}"


def _figures_of_each(comparison: Comparison, words: Wording) -> Iterator[str]:
    for row in comparison.figures:
        yield line(row.indicator)
        for name, figures in zip(comparison.companies, row.figures, strict=True):
            if figures:
                shown = "；".join(_figure(figure, words) for figure in figures)
                yield f"  {line(name)}: {shown}"


def _figure(figure: Figure, words: Wording) -> str:
    when = f"（{figure.as_of}）" if figure.as_of else ""
    return f"{line(figure.amount)}{when}{_plan(figure, words)}{marks(figure.citations)}"


def _plan(figure: Figure, words: Wording) -> str:
    return f"（{words.plan}）" if figure.is_plan else ""


def _themes_of_each(comparison: Comparison, words: Wording) -> Iterator[str]:
    for row in comparison.themes:
        yield line(row.title)
        for name, bullets in zip(comparison.companies, row.bullets, strict=True):
            if bullets:
                yield f"  {line(name)}"
                yield from (f"    · {_bullet(bullet, name, words)}" for bullet in bullets)


def _of_shown(briefing: Briefing, figures: Sequence[Figure]) -> list[Citation]:
    """The sources of all that is shown."""
    said = [briefing.headline, *(theme.bullets for theme in briefing.themes)]
    numbers = {n for bullets in said for bullet in bullets for n in bullet.citations}
    numbers |= {
        n for conflict in briefing.conflicts for reading in conflict.readings for n in reading.citations
    }
    numbers |= {n for event in briefing.timeline for n in event.citations}
    numbers |= {n for figure in figures for n in figure.citations}
    return [citation for citation in briefing.citations if citation.n in numbers]


def _sources(citations: Iterable[Citation], words: Wording) -> Iterator[str]:
    for citation in citations:
        yield f"[{citation.n}] {line(source_line(citation, words))}"
        yield f"    “{line(citation.quote)}”"
