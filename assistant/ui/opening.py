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
        bar = st.progress(0.0, text=" ")
        while not host.wait(0.2):
            _draw_progress(bar, host, texts)
        st.rerun()
    if host.failure:
        show_failure(host.failure, texts, host.fill)


def show_failure(error: AssistantError, texts: Texts, retry: Callable[[], None] | None = None) -> None:
    """Say in one line why there is nothing to ask, offer to try again, and stop the run."""
    st.html(f'<div class="greeting"><h1>{escape(texts.not_started)}</h1></div>')
    st.error(literal(str(error)), icon=":material/error:")
    st.button(texts.start_again, key="start_again", icon=":material/refresh:", on_click=retry)
    st.stop()


def _draw_progress(bar: st.delta_generator.DeltaGenerator, host: Host, texts: Texts) -> None:
    progress = host.progress
    if progress is None or not progress.total:
        return
    stage = texts.stages.get(progress.stage, progress.stage)
    line = f"{stage} {progress.done}/{progress.total} {progress.detail}"
    bar.progress(min(progress.done / progress.total, 1.0), text=literal(line))
