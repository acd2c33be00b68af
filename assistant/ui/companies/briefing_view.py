"""A briefing: headline, points by theme, figures, timeline and differences, each line with its sources.

Fit for a page and for the conversation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from assistant.records.briefings import Briefing, Bullet, Theme
from assistant.ui.companies.briefing_figures import draw_figures
from assistant.ui.companies.briefing_files import draw_briefing_files
from assistant.ui.companies.briefing_html import (
    branches_html,
    bullets_html,
    conflicts_html,
    folded_html,
    head_html,
    headline_html,
    theme_html,
    timeline_html,
)
from assistant.ui.companies.briefing_sources import Sources, follow
from assistant.ui.escaping import escape, literal
from assistant.ui.rendering import duration
from assistant.ui.words.texts import Texts

if TYPE_CHECKING:
    from assistant.service import Assistant

_THEMES = 8
_OF_EACH = 4
_OF_ONE = 24
_FEW = 60
"""Points up to which all are shown at once."""
_EVENTS = 24
_CONFLICTS = 12
_STEP = 24
_PILLS = 4
"""Themes from which on there is a choice of them."""
_TITLE = 14
"""Characters of a theme's name in that choice."""
_ALL = -1


def draw(
    assistant: Assistant,
    briefing: Briefing,
    place: int | str,
    texts: Texts,
    *,
    aliases: Sequence[str] = (),
    links_group: bool = True,
) -> None:
    """Draw the briefing.

    Args:
        place: tells it from the other briefings of the page.
        aliases: other forms of the company's name.
        links_group: whether there is a briefing of the group to go to.
    """
    scope = f"briefing-{place}"
    sources = Sources.of(briefing.citations, texts)
    with st.container(key=scope):
        st.html(head_html(briefing, aliases, texts, links_group=links_group))
        for notice in briefing.notices:
            st.html(f'<div class="notice">{escape(notice)}</div>')
        if briefing.headline:
            st.html(headline_html(briefing.headline, briefing, sources))
        _draw_parts(briefing, sources, scope)
        draw_briefing_files(briefing, scope, texts)
        st.html(about_html(briefing, texts))
    follow(assistant, sources, scope)


def partial_html(briefing: Briefing, texts: Texts) -> str:
    """As much of a briefing as there is while it is being made."""
    sources = Sources.of(briefing.citations, texts)
    head = headline_html(briefing.headline, briefing, sources) if briefing.headline else ""
    return head + _themes_html(briefing.themes[:_THEMES], _OF_EACH, briefing, sources)


def about_html(briefing: Briefing, texts: Texts) -> str:
    """One small line: engine, seconds, tokens."""
    parts = [texts.engines.get(briefing.engine, briefing.engine), duration(briefing.seconds, texts)]
    if used := briefing.tokens.prompt + briefing.tokens.completion:
        parts.append(texts.tokens.format(f"{used:,}"))
    return f'<div class="meta"><span>{escape(" · ".join(parts))}</span></div>'


def shown(scope: str, part: str, total: int, first: int, texts: Texts) -> tuple[int, Callable[[], None]]:
    """How many of `total` lines to show by now, and what draws a button for more below them."""
    key = f"{scope}-{part}-count"
    count = min(total, st.session_state.get(key, first))
    more = min(_STEP, total - count)

    def grow() -> None:
        st.session_state[key] = count + more

    def draw_more() -> None:
        if more:
            label = texts.briefing.more.format(more, f"{total:,}")
            icon = ":material/expand_more:"
            st.button(label, key=f"{scope}-{part}-more", type="tertiary", icon=icon, on_click=grow)

    return count, draw_more


def _draw_parts(briefing: Briefing, sources: Sources, scope: str) -> None:
    """The parts that hold something, in tabs."""
    words = sources.texts.briefing
    counted = (
        (words.figures, briefing.figures, draw_figures),
        (words.timeline, briefing.timeline, _draw_timeline),
        (words.conflicts, briefing.conflicts, _draw_conflicts),
        (words.branches, briefing.branches, _draw_branches),
    )
    parts = [(f"{label} {len(held):,}", drawn) for label, held, drawn in counted if held]
    labels = [words.points, *(label for label, _ in parts)]
    for tab, drawn in zip(st.tabs(labels), (_draw_themes, *(drawn for _, drawn in parts)), strict=True):
        with tab:
            drawn(briefing, sources, scope)


def _draw_themes(briefing: Briefing, sources: Sources, scope: str) -> None:
    """All themes with their first points, or all points of the one chosen."""
    words = sources.texts.briefing
    if not briefing.themes:
        st.html(f'<div class="hint slim">{escape(words.no_points)}</div>')
        return
    chosen = _ALL if len(briefing.themes) < _PILLS else _chosen_theme(briefing.themes, scope, sources.texts)
    if chosen != _ALL:
        theme = briefing.themes[chosen]
        count, more = shown(scope, f"theme-{chosen}", len(theme.bullets), _OF_ONE, sources.texts)
        st.html(_one_below_the_other([_theme_html(theme, count, (), briefing, sources)]))
    else:
        is_short = sum(len(theme.bullets) for theme in briefing.themes) <= _FEW
        count, more = shown(scope, "themes", len(briefing.themes), _THEMES, sources.texts)
        each = _FEW if is_short else _OF_EACH
        st.html(_themes_html(briefing.themes[:count], each, briefing, sources))
    more()


def _chosen_theme(themes: Sequence[Theme], scope: str, texts: Texts) -> int:
    labels = {_ALL: literal(texts.briefing.every_theme)} | {
        place: f"{literal(_short(theme.title) or texts.briefing.other_points)} {len(theme.bullets)}"
        for place, theme in enumerate(themes)
    }
    key = f"{scope}-theme"
    if st.session_state.get(key) not in labels:
        st.session_state[key] = _ALL
    chosen = st.pills(
        texts.briefing.points,
        list(labels),
        format_func=labels.__getitem__,
        key=key,
        required=True,
        label_visibility="collapsed",
    )
    return _ALL if chosen is None else chosen


def _short(title: str) -> str:
    return title if len(title) <= _TITLE else title[: _TITLE - 1] + "…"


def _themes_html(themes: Sequence[Theme], each: int, briefing: Briefing, sources: Sources) -> str:
    """Of each theme so many points, and some further ones on demand."""
    return _one_below_the_other(
        _theme_html(theme, each, theme.bullets[each : each + _OF_ONE], briefing, sources) for theme in themes
    )


def _theme_html(
    theme: Theme, count: int, folded: Sequence[Bullet], briefing: Briefing, sources: Sources
) -> str:
    words = sources.texts.briefing
    body = bullets_html(theme.bullets[:count], briefing, sources)
    if folded:
        body += folded_html(words.further.format(len(folded)), bullets_html(folded, briefing, sources))
    return theme_html(theme.title or words.other_points, len(theme.bullets), body)


def _one_below_the_other(themes: Iterable[str]) -> str:
    return f'<div class="themes">{"".join(themes)}</div>'


def _draw_timeline(briefing: Briefing, sources: Sources, scope: str) -> None:
    count, more = shown(scope, "timeline", len(briefing.timeline), _EVENTS, sources.texts)
    st.html(timeline_html(briefing.timeline[:count], briefing, sources))
    more()


def _draw_conflicts(briefing: Briefing, sources: Sources, scope: str) -> None:
    count, more = shown(scope, "conflicts", len(briefing.conflicts), _CONFLICTS, sources.texts)
    st.html(conflicts_html(briefing.conflicts[:count], sources))
    more()


def _draw_branches(briefing: Briefing, sources: Sources, scope: str) -> None:
    st.html(branches_html(briefing.branches, sources.texts))
