"""Briefings and comparisons as Markdown documents, sources included.

All that comes from documents goes through `literal`; the only Markdown is our own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from assistant.exports.escaping import literal
from assistant.exports.sentences import marked, marks, running
from assistant.exports.wording import Wording, coverage_line, source_line, wording
from assistant.records import Citation
from assistant.records.briefings import (
    Briefing,
    Bullet,
    Comparison,
    Conflict,
    Figure,
    Reading,
)


def briefing_markdown(briefing: Briefing, language: str = "zh") -> str:
    """A briefing as a document to be filed: what was read, the briefing, its numbered sources.

    Args:
        language: of headings and labels, `zh` or `en`; what is quoted stays as it is.
    """
    words = wording(language)
    return _document(
        [
            f"# {literal(words.briefing.format(company=briefing.company))}",
            *_about(briefing, words),
            *_section(words.headline, [running(briefing.headline, literal)]),
            *_section(words.themes, _themes(briefing, words)),
            *_section(words.figures, _figures(briefing, words)),
            *_section(words.timeline, _timeline(briefing)),
            *_section(words.conflicts, _conflicts(briefing.conflicts, words)),
            *_section(words.sources, source_blocks(briefing.citations, words)),
        ]
    )


def comparison_markdown(comparison: Comparison, language: str = "zh") -> str:
    """A comparison as a document to be filed. Arguments as of `briefing_markdown`."""
    words, names = wording(language), comparison.companies
    about = [
        f"- {literal(name)}: {coverage_line(coverage, words)}"
        for name, coverage in zip(names, comparison.coverages, strict=True)
    ]
    return _document(
        [
            f"# {literal(words.comparison.format(companies=words.between.join(names)))}",
            "\n".join(about),
            *(f"> {literal(notice)}" for notice in comparison.notices),
            *_section(words.figures, _figures_side_by_side(comparison, words)),
            *_section(words.themes, _themes_side_by_side(comparison, words)),
            *_section(words.sources, source_blocks(comparison.citations, words)),
        ]
    )


def _document(blocks: Iterable[str]) -> str:
    return "\n\n".join(block for block in blocks if block) + "\n"


def _section(heading: str, blocks: Iterable[str]) -> Iterator[str]:
    """A heading and what stands under it, and nothing where that is nothing."""
    held = [block for block in blocks if block]
    if held:
        yield f"## {heading}"
        yield from held


def _about(briefing: Briefing, words: Wording) -> Iterator[str]:
    yield coverage_line(briefing.coverage, words)
    branches = (f"{branch.name} ({branch.passages})" for branch in briefing.branches)
    named = ((words.group, briefing.group), (words.branches, words.between.join(branches)))
    included = (words.included, words.between.join(briefing.included))
    yield "\n".join(f"- {literal(text.format(names=names))}" for text, names in (*named, included) if names)
    yield from (f"> {literal(notice)}" for notice in briefing.notices)


def _themes(briefing: Briefing, words: Wording) -> Iterator[str]:
    for theme in briefing.themes:
        yield f"### {literal(theme.title)}"
        yield "\n".join(f"- {_bullet(bullet, briefing.company, words)}" for bullet in theme.bullets)


def _bullet(bullet: Bullet, company: str, words: Wording) -> str:
    """A statement with its sources, whose it is where it is another's, and whether it is in doubt."""
    whose = "" if bullet.company in ("", company) else f"（{bullet.company}）"
    doubt = "" if bullet.grounded else f"（{words.unverified}）"
    return literal(whose) + marked(bullet.text, bullet.citations, literal) + doubt


def _figures(briefing: Briefing, words: Wording) -> Iterator[str]:
    others = any(figure.company != briefing.company for figure in briefing.figures)
    heads = (*((words.company,) if others else ()), *words.columns)
    rows = (
        (
            *((literal(figure.company),) if others else ()),
            *map(literal, (_named(figure, words), figure.amount, figure.as_of)),
            marks(figure.citations),
        )
        for figure in briefing.figures
    )
    yield _table(heads, rows)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are Markdown already; empty for one without rows."""
    lines = [_row(row) for row in rows]
    return "\n".join([_row(heads), _row(["---"] * len(heads)), *lines]) if lines else ""


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _timeline(briefing: Briefing) -> Iterator[str]:
    yield "\n".join(
        f"- **{literal(event.date)}** {marked(event.text, event.citations, literal)}"
        for event in briefing.timeline
    )


def _conflicts(conflicts: Sequence[Conflict], words: Wording) -> Iterator[str]:
    for conflict in conflicts:
        readings = (f"  - {_reading(reading, words)}" for reading in conflict.readings)
        yield "\n".join([f"- **{literal(conflict.indicator)}** ({words.kinds[conflict.kind]})", *readings])


def _reading(reading: Reading, words: Wording) -> str:
    when = reading.as_of or words.undated
    published = words.published.format(date=reading.published) if reading.published else ""
    about = " · ".join(filter(None, (when, published)))
    said = marked(reading.text, reading.citations, literal)
    return f"**{literal(reading.amount)}** ({literal(about)}): {said}"


def _figures_side_by_side(comparison: Comparison, words: Wording) -> Iterator[str]:
    rows = (
        (literal(row.indicator), *(_figures_cell(cell, words) for cell in row.figures))
        for row in comparison.figures
    )
    yield _table((words.indicator, *map(literal, comparison.companies)), rows)


def _figures_cell(figures: Sequence[Figure], words: Wording) -> str:
    return "；".join(_figure(figure, words) for figure in figures)


def _figure(figure: Figure, words: Wording) -> str:
    about = ", ".join(filter(None, (figure.as_of, words.plan if figure.is_plan else "")))
    return literal(f"{figure.amount} ({about})" if about else figure.amount) + marks(figure.citations)


def _named(figure: Figure, words: Wording) -> str:
    return f"{figure.indicator}（{words.plan}）" if figure.is_plan else figure.indicator


def _themes_side_by_side(comparison: Comparison, words: Wording) -> Iterator[str]:
    for row in comparison.themes:
        yield f"### {literal(row.title)}"
        for name, bullets in zip(comparison.companies, row.bullets, strict=True):
            if bullets:
                yield f"**{literal(name)}**"
                yield "\n".join(f"- {_bullet(bullet, name, words)}" for bullet in bullets)


def source_blocks(citations: Iterable[Citation], words: Wording) -> Iterator[str]:
    """Numbered sources, each with what is known of it and its words."""
    for citation in citations:
        yield f"**[{citation.n}]** {literal(source_line(citation, words))}\n> {literal(citation.quote)}"
