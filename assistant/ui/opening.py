"""What the page shows until the assistant can be asked."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from assistant.errors import AssistantError
from assistant.ui.escaping import escape, literal
from assistant.ui.hosting import Host
from assistant.ui.texts import Texts


def wait_until_ready(host: Host, texts: Texts) -> None:
    """Show how far the first filling is until it ends, and stop the run if it failed."""
    if not host.wait(0):
        title, hint = escape(texts.preparing), escape(texts.preparing_hint)
        st.html(f'<div class="greeting"><h1>{title}</h1><p>{hint}</p></div>')
        bar = st.progress(0.0)
        while not host.wait(0.2):
            fraction, line = host.progress()
            bar.progress(fraction, text=literal(line))
        st.rerun()
    if host.failure:
        show_failure(host.failure, texts, host.fill)


def show_failure(error: AssistantError, texts: Texts, retry: Callable[[], None] | None = None) -> None:
    """Say why there is nothing to ask and what to do, offer to try again, and stop the run."""
    hint = next(texts.failures[kind] for kind in type(error).__mro__ if kind in texts.failures)
    st.html(f'<div class="greeting"><h1>{escape(texts.not_started)}</h1><p>{escape(hint)}</p></div>')
    st.error(literal(str(error)), icon=":material/error:")
    st.button(texts.start_again, key="start_again", icon=":material/refresh:", on_click=retry)
    st.stop()
