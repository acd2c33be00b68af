"""The endpoints: which are set, whether they work, and, where nobody has to log in, other ones."""

from __future__ import annotations

import streamlit as st

from assistant.hosting import Host
from assistant.records.endpoints import EndpointKind
from assistant.ui.escaping import escape, literal
from assistant.ui.settings import endpoint_fields
from assistant.ui.settings.overview import facts_html, is_open, place_of
from assistant.ui.settings.trials import configured, draw_trial
from assistant.ui.words.texts import Texts


def draw(host: Host, texts: Texts) -> None:
    """Draw the fields, or, where people log in, what is set and a button to test it."""
    if is_open(host.settings):
        endpoint_fields.draw(host, texts)
    else:
        _draw_configured(host, texts)


@st.fragment
def _draw_configured(host: Host, texts: Texts) -> None:
    words = texts.settings
    st.html(f'<div class="notice">{escape(words.test_only)}</div>')
    for kind in EndpointKind:
        endpoint = configured(host.settings, kind)
        shown = (
            words.configured.format(endpoint.model, place_of(endpoint)) if endpoint else words.not_configured
        )
        st.html(facts_html([(words.kinds[kind], shown)]))
        if endpoint and st.button(words.test, key=f"settings_test-{kind}", icon=":material/network_check:"):
            with st.spinner(words.testing.format(literal(place_of(endpoint)))):
                trial = host.assistant.try_endpoint(kind, endpoint)
            draw_trial(trial, kind, texts)
