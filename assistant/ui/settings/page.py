"""The settings: what is running and whether it is well, models, the interface for programs, feedback."""

from __future__ import annotations

import streamlit as st

from assistant.hosting import Host
from assistant.ui.escaping import escape
from assistant.ui.settings import endpoints, feedback, health, overview, programs, setting_list
from assistant.ui.words.texts import Texts


def draw(host: Host, texts: Texts) -> None:
    """Draw the tabs."""
    words = texts.settings
    st.html(f'<div class="heading"><h2>{escape(words.title)}</h2><p>{escape(words.tagline)}</p></div>')
    running, models, interface, rated, everything = st.tabs(
        [words.overview, words.models, words.programs, words.feedback, words.all]
    )
    with running:
        overview.draw(host, texts)
        health.draw(host.health, texts)
    with models:
        endpoints.draw(host, texts)
    with interface:
        programs.draw(host.settings, texts)
    with rated:
        feedback.draw(host, texts)
    with everything:
        setting_list.draw(host.settings, texts)
