"""A comparison of companies: themes and indicators side by side, fit for a page and for the conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from assistant.records.briefings import Comparison
from assistant.ui.companies.briefing_files import draw_comparison_files
from assistant.ui.companies.briefing_sources import Sources, follow
from assistant.ui.companies.briefing_view import shown
from assistant.ui.companies.comparison_html import heads_html, own_html, shared_html, themes_html
from assistant.ui.escaping import escape
from assistant.ui.rendering import duration
from assistant.ui.words.texts import Texts

if TYPE_CHECKING:
    from assistant.service import Assistant

_THEMES = 6
_FIGURES = 24


def draw(assistant: Assistant, comparison: Comparison, place: int | str, texts: Texts) -> None:
    """Draw the comparison; `place` tells it from the other ones of the page."""
    scope, words = f"comparison-{place}", texts.briefing
    sources = Sources.of(comparison.citations, texts)
    with st.container(key=scope):
        st.html(heads_html(comparison, texts))
        for notice in comparison.notices:
            st.html(f'<div class="notice">{escape(notice)}</div>')
        rows = (
            (words.theme_rows, comparison.themes),
            (words.figure_rows, comparison.figures),
        )
        themes, figures = st.tabs([f"{label} {len(held):,}" for label, held in rows])
        with themes:
            count, more = shown(scope, "themes", len(comparison.themes), _THEMES, texts)
            st.html(themes_html(comparison.themes[:count], comparison.companies, sources) or _none(texts))
            more()
        with figures:
            _draw_figures(comparison, sources, scope)
        draw_comparison_files(comparison, scope, texts)
        st.html(f'<div class="meta"><span>{escape(duration(comparison.seconds, texts))}</span></div>')
    follow(assistant, sources, scope)


def _draw_figures(comparison: Comparison, sources: Sources, scope: str) -> None:
    """Indicators that several companies have, in rows; below them those of one company each."""
    words = sources.texts.briefing
    shared, own = (
        [row for row in comparison.figures if (sum(map(bool, row.figures)) > 1) is several]
        for several in (True, False)
    )
    if not comparison.figures:
        st.html(f'<div class="hint slim">{escape(words.no_figure)}</div>')
    if shared:
        count, more = shown(scope, "figures", len(shared), _FIGURES, sources.texts)
        rows = shared_html(shared[:count], comparison.companies, sources)
        st.html(f'<div class="part">{escape(words.shared_figures)}</div>{rows}')
        more()
    if own:
        columns = own_html(own, comparison.companies, sources)
        st.html(f'<div class="part">{escape(words.own_figures)}</div>{columns}')


def _none(texts: Texts) -> str:
    return f'<div class="hint slim">{escape(texts.briefing.no_points)}</div>'
