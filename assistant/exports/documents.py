"""Briefings and comparisons as Markdown documents, sources included.

All that comes from documents goes through `literal`; the only Markdown is our own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from assistant.exports.escaping import literal
from assistant.exports.sentences import line, marked, marks, running
from assistant.exports.wording import Wording, wording
from assistant.records import Citation
from assistant.records.briefings import (
    Briefing,
    Bullet,
    Comparison,
    Conflict,
    Coverage,
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
            *_section(words.headline, _paragraph(running(briefing.headline))),
            *_section(words.themes, _themes(briefing, words)),
            *_section(words.figures, _figures(briefing, words)),
            *_section(words.timeline, _timeline(briefing)),
            *_section(words.conflicts, _conflicts(briefing.conflicts, words)),
            *_section(words.sources, _sources(briefing.citations, words)),
        ]
    )


def comparison_markdown(comparison: Comparison, language: str = "zh") -> str:
    """A comparison as a document to be filed. Arguments as of `briefing_markdown`."""
    words, names = wording(language), comparison.companies
    about = [
        f"- {literal(name)}: {_coverage(coverage, words)}"
        for name, coverage in zip(names, comparison.coverages, strict=True)
    ]
    return _document(
        [
            f"# {literal(words.comparison.format(companies=words.between.join(names)))}",
            "\n".join(about),
            *(f"> {literal(notice)}" for notice in comparison.notices),
            *_section(words.figures, _figures_side_by_side(comparison, words)),
            *_section(words.themes, _themes_side_by_side(comparison, words)),
            *_section(words.sources, _sources(comparison.citations, words)),
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


def _paragraph(text: str) -> Iterator[str]:
    yield _with_marks(text)


def _with_marks(text: str) -> str:
    # A mark may look like one of a document's own brackets: both are shown literally.
    return literal(text)


def _about(briefing: Briefing, words: Wording) -> Iterator[str]:
    yield _coverage(briefing.coverage, words)
    branches = (f"{branch.name} ({branch.passages})" for branch in briefing.branches)
    named = ((words.group, briefing.group), (words.branches, words.between.join(branches)))
    included = (words.included, words.between.join(briefing.included))
    yield "\n".join(f"- {literal(text.format(names=names))}" for text, names in (*named, included) if names)
    yield from (f"> {literal(notice)}" for notice in briefing.notices)


def _coverage(coverage: Coverage, words: Wording) -> str:
    return words.coverage.format(
        documents=coverage.documents,
        passages=coverage.passages,
        used=coverage.used,
        reprints=coverage.reprints,
    )


def _themes(briefing: Briefing, words: Wording) -> Iterator[str]:
    for theme in briefing.themes:
        yield f"### {literal(theme.title)}"
        yield "\n".join(f"- {_bullet(bullet, briefing.company, words)}" for bullet in theme.bullets)


def _bullet(bullet: Bullet, company: str, words: Wording) -> str:
    """A statement with its sources, whose it is where it is another's, and whether it is in doubt."""
    whose = "" if bullet.company in ("", company) else f"（{bullet.company}）"
    doubt = "" if bullet.grounded else f"（{words.unverified}）"
    return _with_marks(whose + marked(line(bullet.text), bullet.citations) + doubt)


def _figures(briefing: Briefing, words: Wording) -> Iterator[str]:
    others = any(figure.company != briefing.company for figure in briefing.figures)
    heads = (*((words.company,) if others else ()), *words.columns)
    rows = (
        (
            *((figure.company,) if others else ()),
            *(figure.indicator, figure.value, figure.unit, figure.as_of, marks(figure.citations)),
        )
        for figure in briefing.figures
    )
    yield _table(heads, rows)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of texts that are shown literally; empty for one without rows."""
    lines = [_row(row) for row in rows]
    return "\n".join([_row(heads), _rule(heads), *lines]) if lines else ""


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(literal(cell) or ' ' for cell in cells)} |"


def _rule(heads: Sequence[str]) -> str:
    return f"|{' --- |' * len(heads)}"


def _timeline(briefing: Briefing) -> Iterator[str]:
    yield "\n".join(
        f"- **{literal(event.date)}** {_with_marks(marked(line(event.text), event.citations))}"
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
    said = marked(line(reading.text), reading.citations)
    return f"**{literal(reading.value + reading.unit)}** ({literal(about)}): {_with_marks(said)}"


def _figures_side_by_side(comparison: Comparison, words: Wording) -> Iterator[str]:
    rows = ((row.indicator, *(_figures_cell(cell) for cell in row.figures)) for row in comparison.figures)
    yield _table((words.indicator, *comparison.companies), rows)


def _figures_cell(figures: Sequence[Figure]) -> str:
    return "；".join(
        f"{figure.value}{figure.unit}{f' ({figure.as_of})' if figure.as_of else ''}{marks(figure.citations)}"
        for figure in figures
    )


def _themes_side_by_side(comparison: Comparison, words: Wording) -> Iterator[str]:
    for row in comparison.themes:
        yield f"### {literal(row.title)}"
        for name, bullets in zip(comparison.companies, row.bullets, strict=True):
            if bullets:
                yield f"**{literal(name)}**"
                yield "\n".join(f"- {_bullet(bullet, name, words)}" for bullet in bullets)


def _sources(citations: Iterable[Citation], words: Wording) -> Iterator[str]:
    for citation in citations:
        page = words.page.format(page=citation.page) if citation.page is not None else ""
        copies = (
            words.reprints.format(names=words.between.join(citation.reprints)) if citation.reprints else ""
        )
        about = (citation.title, citation.publisher, citation.published, page, citation.document, copies)
        yield "\n".join(
            [
                f"**{literal(f'[{citation.n}]')}** {literal(' · '.join(filter(None, about)))}",
                f"> {literal(citation.quote)}",
            ]
        )
