"""The chat: what was asked, what was answered, and the line to ask in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from assistant.hosting import Host
from assistant.records import Filters
from assistant.records.conversations import Exchange
from assistant.ui import identity, session
from assistant.ui.chat import answering
from assistant.ui.chat.exchange import draw_exchange
from assistant.ui.chat.follow_ups import draw_follow_ups
from assistant.ui.chat.question_limits import draw_limits
from assistant.ui.chat.scene import Scene
from assistant.ui.escaping import escape, literal
from assistant.ui.words.languages import language_of
from assistant.ui.words.texts import Texts

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage


def draw(host: Host, texts: Texts, documents: StreamlitPage) -> None:
    """Draw the open conversation and answer what was asked; `documents` is where files are added."""
    scene = Scene(host, session.current(identity.owner()), texts)
    talk = scene.talk
    asked = _asked(scene)
    if asked is not None and not talk.tree:
        session.begin(host.conversations, talk, asked)
        st.rerun()  # so that the list and the address have it while it is answered
    exchanges = talk.tree.path(asked.parent if asked else None)
    blank = st.empty()  # filled with nothing at the first question, which takes the suggestions away at once
    if not exchanges and asked is None:
        with blank.container():
            _draw_empty(scene)
    _draw_exchanges(scene, exchanges)
    if not any(info.passages for info in host.assistant.documents()):
        st.info(literal(texts.conversation.nothing_yet), icon=":material/folder_open:")
        st.page_link(documents, label=literal(texts.conversation.to_documents), icon=":material/upload_file:")
    if asked is not None:
        answering.answer(scene, asked, session.history(exchanges))
        st.rerun()
    if talk.trouble:
        st.warning(literal(texts.conversation.unkept.format(talk.trouble)), icon=":material/cloud_off:")
    draw_follow_ups(scene, exchanges)


def _asked(scene: Scene) -> Exchange | None:
    """What this run is to answer."""
    filters = _draw_bottom(scene)
    asked = session.pending(scene.talk)
    if question := st.chat_input(scene.texts.placeholder, key=session.QUESTION):
        asked = Exchange(question, parent=scene.talk.tree.leaf)
    if asked is not None:
        asked.filters = filters
    return asked


def _draw_bottom(scene: Scene) -> Filters:
    with st.bottom:
        return draw_limits(scene.host.assistant.documents(), scene.texts)


def _draw_exchanges(scene: Scene, exchanges: Sequence[Exchange]) -> None:
    """The last of them; those before on demand."""
    talk = scene.talk
    hidden = max(0, len(exchanges) - talk.shown)

    def show_more() -> None:
        talk.shown += 2 * session.SHOWN

    if hidden:
        older = scene.texts.conversation.older.format(hidden)
        st.button(older, key="older", icon=":material/expand_less:", type="tertiary", on_click=show_more)
    for place, exchange in list(enumerate(exchanges))[hidden:]:
        draw_exchange(scene, exchange, place)


def _draw_empty(scene: Scene) -> None:
    """What a newcomer sees: what this is, what can be asked, what does not work."""
    host, texts = scene.host, scene.texts
    if scene.talk.is_missing:
        st.info(literal(texts.conversation.missing), icon=":material/search_off:")
    st.html(f'<div class="greeting"><h1>{escape(texts.greeting)}</h1><p>{escape(texts.tagline)}</p></div>')
    for notice in host.assistant.notices(language_of(texts)):
        st.warning(literal(notice), icon=":material/info:")
    suggestions = host.suggestions()
    if suggestions:
        st.html(f'<div class="hint">{escape(texts.try_asking)}</div>')
    with st.container(key="suggestions"):
        for place, suggestion in enumerate(suggestions):
            st.button(
                literal(suggestion),
                key=f"suggestion-{place}",
                on_click=session.ask_next,
                args=(suggestion,),
                width="stretch",
            )
