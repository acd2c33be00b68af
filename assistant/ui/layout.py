"""What stands around every page: the style and the sidebar."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from assistant.hosting import Host
from assistant.ui import gestures, identity, session
from assistant.ui.chat import conversation_list
from assistant.ui.escaping import escape
from assistant.ui.words.languages import LANGUAGES, NAMES
from assistant.ui.words.texts import Texts

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

ICON = Path(__file__).with_name("icon.svg")  # a Material icon would be fetched from another host
_SHEETS = ("style", "conversation", "settings", "documents")
_STYLES = [Path(__file__).with_name("styles") / f"{name}.css" for name in _SHEETS]


def apply_style() -> None:
    """Put the style sheets on the page."""
    for style in _STYLES:
        st.html(style)


def draw_sidebar(chat: StreamlitPage, pages: Mapping[str, StreamlitPage], host: Host, texts: Texts) -> None:
    """The name, a new conversation, the pages by their icons, the conversations, and what is set and runs."""
    opened = session.current(identity.owner()).id
    with st.sidebar:
        st.html(f'<div class="brand">{escape(texts.product)}</div>')
        if st.button(
            texts.new_conversation, key="new_conversation", icon=":material/edit_square:", width="stretch"
        ):
            session.start_conversation()
            st.switch_page(chat)
        with st.container(key="pages", gap=None):
            for icon, page in pages.items():
                address = {session.ADDRESS: opened} if page is chat and opened else None
                st.page_link(page, icon=f":material/{icon}:", query_params=address, width="stretch")
        conversation_list.draw_list(host, chat, texts)
        with st.container(key="footer"):
            _draw_footer(host, texts)
        gestures.listen(session.language(host.settings.language), texts.skip)


def _draw_footer(host: Host, texts: Texts) -> None:
    st.segmented_control(
        texts.language,
        list(LANGUAGES),
        default=session.first_language(host.settings.language),
        format_func=NAMES.__getitem__,
        key=session.LANGUAGE,
        required=True,
        label_visibility="collapsed",
    )
    if host.wait(0):
        st.html(f'<div class="about">{escape(_about(host, texts))}</div>')
    identity.draw_visitor(host.settings, texts.access)


def _about(host: Host, texts: Texts) -> str:
    engine = host.assistant.engine
    parts = [texts.document_count.format(len(host.assistant.documents())), texts.engines.get(engine, engine)]
    if host.settings.chat:
        parts.append(host.settings.chat.model)
    return " · ".join(parts)
