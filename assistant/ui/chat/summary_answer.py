"""A summary or a comparison as an answer in the conversation, with the way to the whole of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from assistant.records import Answer
from assistant.records.briefings import Briefing, Comparison
from assistant.ui.companies.briefing_figures import figures_html
from assistant.ui.companies.briefing_html import bullets_html, conflicts_html, headline_html
from assistant.ui.companies.briefing_sources import Sources, follow, go, go_to_comparison
from assistant.ui.companies.comparison_html import heads_html, shared_html, themes_html
from assistant.ui.escaping import escape
from assistant.ui.words.texts import Texts

if TYPE_CHECKING:
    from assistant.service import Assistant


@st.fragment
def draw_summary(assistant: Assistant, answer: Answer, place: int, texts: Texts) -> None:
    """Draw the answer's briefing or comparison; a click on a number opens its source.

    A fragment, so that this ends no answer that is being written elsewhere on the page.
    """
    scope = f"summary-{place}"
    sources = Sources.of(answer.citations, texts)
    with st.container(key=scope):
        if answer.briefing:
            st.html(_title_html(answer) + _briefing_html(answer.briefing, sources))
            if _whole(texts.briefing.whole_briefing, scope):
                go(answer.briefing.company)
        elif answer.comparison:
            st.html(_title_html(answer) + _comparison_html(answer.comparison, sources))
            if _whole(texts.briefing.whole_comparison, scope):
                go_to_comparison(answer.comparison.companies)
    follow(assistant, sources, scope)


def _whole(label: str, scope: str) -> bool:
    return st.button(label, key=f"{scope}-whole", icon=":material/article:")


def _title_html(answer: Answer) -> str:
    """The first lines of the answer: of whom, on what, and how much of the corpus it rests upon."""
    title, *coverage = answer.text.partition("\n\n")[0].split("\n")
    lines = "".join(f"<p>{escape(line)}</p>" for line in coverage)
    return f'<div class="source company"><h3>{escape(title)}</h3>{lines}</div>'


def _briefing_html(briefing: Briefing, sources: Sources) -> str:
    words = sources.texts.briefing
    themes = [
        (theme.title or words.other_points, bullets_html(theme.bullets, briefing, sources))
        for theme in briefing.themes
    ]
    if briefing.figures:
        figures = figures_html(briefing.figures, briefing, sources, is_titled=False)
        themes.append((words.key_figures, figures))
    sections = "".join(
        f'<section class="theme"><h4>{escape(title)}</h4>{body}</section>' for title, body in themes
    )
    opening = headline_html(briefing.headline, briefing, sources) if briefing.headline else ""
    disagreeing = conflicts_html(briefing.conflicts, sources)
    return f'{opening}<div class="themes">{sections}</div>{disagreeing}'


def _comparison_html(comparison: Comparison, sources: Sources) -> str:
    companies = comparison.companies
    figures = shared_html(comparison.figures, companies, sources) if comparison.figures else ""
    return (
        heads_html(comparison, sources.texts) + themes_html(comparison.themes, companies, sources) + figures
    )
