"""What the page shows until the assistant can be asked, and the line that follows the rest of the work."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from assistant.errors import AssistantError
from assistant.hosting import Host
from assistant.hosting.shared import Shared
from assistant.records import Progress, Stage
from assistant.ui.escaping import escape, literal
from assistant.ui.words.texts import Texts

_SECONDS = 1.0
_STARTING = "正在启动…… Starting…"


def opened(shared: Shared) -> Host:
    """The host of this process, opened by the first session. Raises as `Shared.get` does."""
    if shared.is_open:
        return shared.get()
    with st.spinner(_STARTING):
        return shared.get()


def wait_until_ready(host: Host, texts: Texts) -> None:
    """Show how far the reading of the files is until it ends, and stop the run if there is nothing to ask."""
    if not host.wait(0):
        _watch_reading(host, texts)
        st.rerun()
    if host.failure and host.assistant.is_empty():
        show_failure(host.failure, texts, host.fill)


def draw_filling(host: Host, texts: Texts) -> None:
    """While the index is completed behind the page: a line that follows it, or why it was not completed."""
    if host.is_filling or host.failure:
        _follow(host, texts)


def show_failure(error: AssistantError, texts: Texts, retry: Callable[[], None] | None = None) -> None:
    """Say why there is nothing to ask and what to do, offer to try again, and stop the run."""
    hint = _hint(error, texts)
    st.html(f'<div class="greeting"><h1>{escape(texts.not_started)}</h1><p>{escape(hint)}</p></div>')
    # No box of Streamlit: its Markdown needs invisible joiners, and a command copied from it would hold them.
    st.html(f'<div class="failure" role="alert">{escape(texts.said(str(error)))}</div>')
    st.button(texts.start_again, key="start_again", icon=":material/refresh:", on_click=retry)
    st.stop()


def filling_html(progress: Progress, texts: Texts) -> str:
    """One slim line: what is being done, how far it is, and that questions can be asked meanwhile."""
    share = f"{_share(progress):.0%}"
    line = texts.embedding if progress.stage is Stage.EMBEDDING else texts.reading
    state = f'role="progressbar" aria-valuenow="{share[:-1]}" aria-label="{texts.preparing}"'
    return (
        f'<div class="filling" {state}>'
        f'<i style="width: {share}"></i><span>{escape(line.format(share))}</span></div>'
    )


def _watch_reading(host: Host, texts: Texts) -> None:
    title, hint = escape(texts.preparing), escape(texts.preparing_hint)
    st.html(f'<div class="greeting"><h1>{title}</h1><p>{hint}</p></div>')
    bar, early, is_offered = st.progress(0.0), st.empty(), False
    while not host.wait(0.2):
        progress = host.progress
        line = f"{progress.done}/{progress.total} {progress.detail}" if progress.total else ""
        bar.progress(_share(progress), text=literal(line))
        if progress.done and not is_offered:
            is_offered = True
            early.button(texts.ask_early, key="ask_early", type="tertiary", on_click=host.serve_now)
    early.empty()


@st.fragment(run_every=_SECONDS)
def _follow(host: Host, texts: Texts) -> None:
    """Drawn again by itself. When the work is done it draws nothing: a whole new run would close a drawer."""
    if host.is_filling:
        with st.container(key="filling"):
            st.html(filling_html(host.progress, texts))
    elif host.failure:
        st.warning(
            literal(f"{_hint(host.failure, texts)} {texts.said(str(host.failure))}"),
            icon=":material/warning:",
        )
        st.button(texts.start_again, key="fill_again", icon=":material/refresh:", on_click=host.fill)


def _share(progress: Progress) -> float:
    return min(1.0, progress.done / progress.total) if progress.total else 0.0


def _hint(error: AssistantError, texts: Texts) -> str:
    return next(texts.failures[kind] for kind in type(error).__mro__ if kind in texts.failures)
