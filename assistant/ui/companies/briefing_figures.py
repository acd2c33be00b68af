"""The figures of a briefing: the first of them to read, all of them to search and sort."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import streamlit as st

from assistant.records.briefings import Briefing, Figure
from assistant.ui.companies.briefing_html import when, whose_html
from assistant.ui.companies.briefing_sources import Sources, remember_row, tag_html
from assistant.ui.escaping import escape, printable
from assistant.ui.rendering import citation_title
from assistant.ui.words.texts import Texts

_FIRST = 20
_ROWS = 14
_ROW_PIXELS = 35
_WIDTHS = {0: 240, 4: 110, 5: 60, 6: 260}
_WIDTH = 85
_NUMBER = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?")


def draw_figures(briefing: Briefing, sources: Sources, scope: str) -> None:
    """A field to search, the first figures that fit, and on demand all of them as a table to sort."""
    words = sources.texts.briefing
    with st.container(key=f"{scope}-figures", horizontal=True, vertical_alignment="center"):
        wanted = ""
        if len(briefing.figures) > _FIRST // 2:
            wanted = st.text_input(
                words.find_figure,
                key=f"{scope}-find",
                placeholder=words.find_figure,
                label_visibility="collapsed",
                icon=":material/search:",
            )
        fitting = [figure for figure in briefing.figures if holds(figure, wanted)]
        whole = len(fitting) > _FIRST and st.toggle(
            words.show_all.format(f"{len(fitting):,}"), key=f"{scope}-all"
        )
    if not fitting:
        st.html(f'<div class="hint slim">{escape(words.no_figure)}</div>')
    elif whole:
        _draw_all(fitting, sources, scope)
    else:
        st.html(figures_html(fitting[:_FIRST], briefing, sources))


def holds(figure: Figure, wanted: str) -> bool:
    """Whether every word that is looked for stands in the figure."""
    text = f"{figure.indicator} {figure.value}{figure.unit} {figure.as_of} {figure.company} {figure.text}"
    return all(word in text.casefold() for word in wanted.casefold().split())


def figures_html(
    figures: Sequence[Figure], briefing: Briefing, sources: Sources, *, is_titled: bool = True
) -> str:
    """The figures as a table, on a narrow screen one below the other; with the titles of their sources."""
    words = sources.texts.briefing
    heads = "".join(
        f"<th>{escape(h)}</th>" for h in (words.indicator, words.value, words.as_of, words.source)
    )
    rows = "".join(_row_html(figure, briefing, sources, is_titled=is_titled) for figure in figures)
    return f'<div class="numbers"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'


def value_html(figure: Figure) -> str:
    """The figure in the source's words, the number itself in bold."""
    before, value, behind = figure.amount.partition(figure.value)
    return f"{escape(before)}<b>{escape(value)}</b>{escape(behind)}" if value else escape(figure.amount)


def plan_html(figure: Figure, texts: Texts) -> str:
    """A label where the figure is a target and no result."""
    return tag_html(texts.briefing.plan) if figure.is_plan else ""


def number(value: str) -> float | None:
    """The value to sort by; None for one that is no plain number."""
    return float(value.replace(",", "")) if _NUMBER.fullmatch(value) else None


def _row_html(figure: Figure, briefing: Briefing, sources: Sources, *, is_titled: bool) -> str:
    texts = sources.texts
    whose = whose_html(figure.company, briefing, texts)
    return (
        f"<tr><td>{whose}{plan_html(figure, texts)}{escape(figure.indicator)}</td>"
        f"<td>{value_html(figure)}</td><td>{escape(when(figure.as_of, texts))}</td>"
        f"<td>{sources.marks(figure.citations)}{_title_html(figure, sources) if is_titled else ''}</td></tr>"
    )


def _title_html(figure: Figure, sources: Sources) -> str:
    first = sources.cited.get(figure.citations[0]) if figure.citations else None
    return f'<span class="title">{escape(citation_title(first))}</span>' if first else ""


def _draw_all(figures: Sequence[Figure], sources: Sources, scope: str) -> None:
    key = f"{scope}-table"

    def clicked() -> None:
        for row in st.session_state[key].selection.rows:
            remember_row(scope, figures[row].citations)

    words = sources.texts.briefing
    whose = {words.company: lambda figure: printable(figure.company)}
    is_mixed = len({figure.company for figure in figures}) > 1
    columns = _columns(sources) | (whose if is_mixed else {})
    if not any(figure.is_plan for figure in figures):
        del columns[words.plan]
    st.dataframe(
        [{title: cell(figure) for title, cell in columns.items()} for figure in figures],
        key=key,
        hide_index=True,
        height=_ROW_PIXELS * (min(len(figures), _ROWS) + 1) + 3,
        on_select=clicked,
        selection_mode="single-row",
        column_config={
            title: st.column_config.Column(width=_WIDTHS.get(place, _WIDTH))
            for place, title in enumerate(columns)
        },
        placeholder="",
        alt=words.figures,
    )


def _columns(sources: Sources) -> dict[str, Callable[[Figure], object]]:
    """The heads of the table's columns and what stands below them; the value is a number, to sort by."""
    texts, words = sources.texts, sources.texts.briefing
    return {
        words.indicator: lambda figure: printable(figure.indicator),
        words.value: lambda figure: number(figure.value),
        words.unit: lambda figure: printable(figure.unit),
        words.as_of: lambda figure: printable(when(figure.as_of, texts)),
        words.words: lambda figure: printable(figure.amount),
        words.plan: lambda figure: words.plan if figure.is_plan else "",
        words.source: lambda figure: printable(_source(figure, sources)),
    }


def _source(figure: Figure, sources: Sources) -> str:
    first = next((sources.cited[n] for n in figure.citations if n in sources.cited), None)
    if first is None:
        return ""
    more = f" +{len(figure.citations) - 1}" if len(figure.citations) > 1 else ""
    return f"[{first.n}] {citation_title(first)}{more}"
