"""A comparison of companies: themes and indicators side by side, fit for a page and for the conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from assistant.records.briefings import Comparison
from assistant.ui.briefing_files import draw_comparison_files
from assistant.ui.briefing_sources import Sources, follow
from assistant.ui.briefing_view import shown
from assistant.ui.comparison_html import figures_html, heads_html, themes_html
from assistant.ui.escaping import escape
from assistant.ui.rendering import duration
from assistant.ui.texts import Texts

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
            count, more = shown(scope, "figures", len(comparison.figures), _FIGURES, texts)
            if comparison.figures:
                st.html(figures_html(comparison.figures[:count], comparison.companies, sources))
            else:
                st.html(f'<div class="hint slim">{escape(words.no_figure)}</div>')
            more()
        draw_comparison_files(comparison, scope, texts)
        st.html(f'<div class="meta"><span>{escape(duration(comparison.seconds, texts))}</span></div>')
    follow(assistant, sources, scope)


def _none(texts: Texts) -> str:
    return f'<div class="hint slim">{escape(texts.briefing.no_points)}</div>'
