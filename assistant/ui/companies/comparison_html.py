"""Companies side by side as HTML; on a narrow screen one below the other."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.records.briefings import Bullet, Comparison, Figure, FigureRow, ThemeRow
from assistant.ui.clicks import company_link
from assistant.ui.companies.briefing_figures import plan_html, value_html
from assistant.ui.companies.briefing_html import coverage_html, folded_html, when
from assistant.ui.companies.briefing_sources import Sources, tag_html
from assistant.ui.escaping import escape
from assistant.ui.rendering import quote_html
from assistant.ui.words.texts import Texts

_FIGURES = 6
"""Figures of one company for one indicator."""
_LINES = {"bullets": 3, "own": 12}
"""Points and figures of one company that are shown at once."""


def heads_html(comparison: Comparison, texts: Texts) -> str:
    """Of each company a link to its briefing, and how much of the corpus its side rests upon."""
    cells = [
        f'<div class="source company"><h3>{company_link(name)}</h3>{coverage_html(coverage, texts)}</div>'
        for name, coverage in zip(comparison.companies, comparison.coverages, strict=True)
    ]
    return _beside(cells)


def themes_html(rows: Sequence[ThemeRow], companies: Sequence[str], sources: Sources) -> str:
    """The themes, of each company its own points."""
    other = sources.texts.briefing.other_points
    return "".join(
        f'<section class="theme side-by-side"><h4>{escape(row.title or other)}</h4>'
        f"{_beside([_points(*pair, sources) for pair in zip(companies, row.bullets, strict=True)])}</section>"
        for row in rows
    )


def shared_html(rows: Sequence[FigureRow], companies: Sequence[str], sources: Sources) -> str:
    """Indicators that several companies have, of each its values."""
    heads = "".join(f"<th>{escape(name)}</th>" for name in companies)
    body = "".join(_figure_row(row, companies, sources) for row in rows)
    indicator = escape(sources.texts.briefing.indicator)
    return (
        f'<div class="numbers compared"><table><thead><tr><th>{indicator}</th>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def own_html(rows: Sequence[FigureRow], companies: Sequence[str], sources: Sources) -> str:
    """Indicators that one company alone has, side by side the columns of the companies."""
    return _beside([_own(rows, at, name, sources) for at, name in enumerate(companies)])


def _own(rows: Sequence[FigureRow], at: int, company: str, sources: Sources) -> str:
    lines = [
        f"<li>{escape(row.indicator)}{_values(row.figures[at], company, sources)}</li>"
        for row in rows
        if row.figures[at]
    ]
    return f'<div><div class="who">{escape(company)}</div>{_list(lines, "own", sources) or "–"}</div>'


def _list(lines: Sequence[str], kind: str, sources: Sources) -> str:
    """The first lines as a list, the others on demand."""
    first, rest = lines[: _LINES[kind]], lines[_LINES[kind] :]
    shown = f'<ul class="{kind}">{"".join(first)}</ul>' if first else ""
    label = sources.texts.briefing.further.format(len(rest))
    return shown + (folded_html(label, f'<ul class="{kind}">{"".join(rest)}</ul>') if rest else "")


def _beside(cells: Sequence[str]) -> str:
    return f'<div class="beside" style="--sides: {len(cells)}">{"".join(cells)}</div>'


def _points(company: str, bullets: Sequence[Bullet], sources: Sources) -> str:
    name = f'<div class="who">{escape(company)}</div>'
    if not bullets:
        return f'<div class="silent">{name}<p>{escape(sources.texts.briefing.nothing_said)}</p></div>'
    lines = [f"<li>{_point(bullet, company, sources)}</li>" for bullet in bullets]
    return f"<div>{name}{_list(lines, 'bullets', sources)}</div>"


def _point(bullet: Bullet, company: str, sources: Sources) -> str:
    whose = tag_html(bullet.company) if bullet.company not in ("", company) else ""
    return f"{whose}{quote_html(bullet.text)}{sources.marks(bullet.citations)}"


def _figure_row(row: FigureRow, companies: Sequence[str], sources: Sources) -> str:
    cells = "".join(
        f'<td data-label="{escape(name)}">{_values(figures, name, sources)}</td>'
        for name, figures in zip(companies, row.figures, strict=True)
    )
    return f"<tr><td>{escape(row.indicator)}</td>{cells}</tr>"


def _values(figures: Sequence[Figure], company: str, sources: Sources) -> str:
    lines = [_value(figure, company, sources) for figure in figures[:_FIGURES]]
    rest = f"<div>+{len(figures) - _FIGURES}</div>" if len(figures) > _FIGURES else ""
    return "".join(f"<div>{line}</div>" for line in lines) + rest or '<span class="silent">–</span>'


def _value(figure: Figure, company: str, sources: Sources) -> str:
    whose = tag_html(figure.company) if figure.company not in ("", company) else ""
    as_of = when(figure.as_of, sources.texts)
    dated = f"<i>{escape(as_of)}</i>" if as_of else ""
    plan = plan_html(figure, sources.texts)
    return f"{value_html(figure)}{dated}{plan}{sources.marks(figure.citations)}{whose}"
