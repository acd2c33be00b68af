"""The settings: what is running and whether it is well, models, the interface for programs, feedback."""

from __future__ import annotations

import streamlit as st

from assistant.hosting import Host
from assistant.ui import (
    settings_endpoints,
    settings_feedback,
    settings_health,
    settings_list,
    settings_overview,
    settings_programs,
)
from assistant.ui.escaping import escape
from assistant.ui.texts import Texts


def draw(host: Host, texts: Texts) -> None:
    """Draw the tabs."""
    words = texts.settings
    st.html(f'<div class="heading"><h2>{escape(words.title)}</h2><p>{escape(words.tagline)}</p></div>')
    overview, models, programs, feedback, everything = st.tabs(
        [words.overview, words.models, words.programs, words.feedback, words.all]
    )
    with overview:
        settings_overview.draw(host, texts)
        settings_health.draw(host.health, texts)
    with models:
        settings_endpoints.draw(host, texts)
    with programs:
        settings_programs.draw(host.settings, texts)
    with feedback:
        settings_feedback.draw(host, texts)
    with everything:
        settings_list.draw(host.settings, texts)
