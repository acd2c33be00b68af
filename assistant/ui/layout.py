"""What stands around every page: the style and the sidebar."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from assistant.hosting import Host
from assistant.ui import session
from assistant.ui.escaping import escape
from assistant.ui.languages import LANGUAGES, NAMES
from assistant.ui.texts import Texts

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

ICON = Path(__file__).with_name("icon.svg")  # a Material icon would be fetched from another host
_STYLE = Path(__file__).with_name("style.css")


def apply_style() -> None:
    """Put the style sheet on the page."""
    st.html(_STYLE)


def draw_sidebar(
    chat: StreamlitPage,
    companies: StreamlitPage,
    documents: StreamlitPage,
    evaluation: StreamlitPage,
    host: Host,
    texts: Texts,
) -> None:
    """The name, a new conversation, the pages, the language, and a line on what is running."""
    with st.sidebar:
        st.html(f'<div class="brand">{escape(texts.product)}</div>')
        if st.button(
            texts.new_conversation, key="new_conversation", icon=":material/edit_square:", width="stretch"
        ):
            session.start_conversation()
            st.switch_page(chat)
        st.page_link(chat, label=texts.chat, icon=":material/forum:")
        st.page_link(companies, label=texts.briefing.title, icon=":material/apartment:")
        st.page_link(documents, label=texts.documents, icon=":material/description:")
        st.page_link(evaluation, label=texts.evaluation.title, icon=":material/checklist:")
        st.segmented_control(
            texts.language,
            list(LANGUAGES),
            default=host.settings.language,
            format_func=NAMES.__getitem__,
            key=session.LANGUAGE,
            required=True,
            label_visibility="collapsed",
        )
        if host.wait(0):
            st.html(f'<div class="about">{escape(_about(host, texts))}</div>')


def _about(host: Host, texts: Texts) -> str:
    engine = host.assistant.engine
    parts = [texts.document_count.format(len(host.assistant.documents())), texts.engines.get(engine, engine)]
    if host.settings.chat:
        parts.append(host.settings.chat.model)
    return " · ".join(parts)
