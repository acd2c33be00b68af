"""The settings: what is running and whether it is well, models, the interface for programs, feedback."""

from __future__ import annotations

import streamlit as st

from assistant.hosting import Host
from assistant.ui.escaping import escape
from assistant.ui.settings import endpoints as settings_endpoints
from assistant.ui.settings import feedback as settings_feedback
from assistant.ui.settings import health as settings_health
from assistant.ui.settings import overview as settings_overview
from assistant.ui.settings import programs as settings_programs
from assistant.ui.settings import setting_list as settings_list
from assistant.ui.words.texts import Texts


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
