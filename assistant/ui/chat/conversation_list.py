"""The conversations of a person, in the sidebar: by day, searched, each with what can be done to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import groupby
from typing import TYPE_CHECKING

import streamlit as st

from assistant.errors import StorageError
from assistant.hosting import Host
from assistant.records.conversations import Conversation
from assistant.ui import identity, session
from assistant.ui.chat import conversation_menu
from assistant.ui.escaping import escape, literal
from assistant.ui.words.texts import Texts

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

_SEARCH, _MOST = "conversations_search", "conversations_most"
_STEP = 30


def draw_list(host: Host, chat: StreamlitPage, texts: Texts) -> None:
    """The newest conversations, or those that hold what is looked for; more of them on demand."""
    owner, words = identity.owner(), texts.conversation
    most = st.session_state.setdefault(_MOST, _STEP)
    wanted = st.session_state.get(_SEARCH, "")
    try:
        rows = host.conversations.newest(owner, wanted, most + 1)
    except StorageError as error:
        st.html(f'<div class="about">{escape(words.list_failed.format(error))}</div>')
        return
    if not rows and not wanted:
        return
    with st.container(key="conversations"):
        st.text_input(
            words.search,
            key=_SEARCH,
            icon=":material/search:",
            placeholder=words.search,
            label_visibility="collapsed",
        )
        if not rows:
            st.html(f'<div class="about">{escape(words.none_found)}</div>')
        _draw_days(host, rows[:most], chat, texts)
        if len(rows) > most:
            st.button(words.more, key="conversations_more", type="tertiary", on_click=_show_more)


def _draw_days(host: Host, rows: Sequence[Conversation], chat: StreamlitPage, texts: Texts) -> None:
    now = _local(datetime.now(UTC)).date()
    opened = session.current(identity.owner()).id
    for day, some in groupby(rows, lambda row: day_of(row.changed, now, texts)):
        st.html(f'<div class="day">{escape(day)}</div>')
        for row in some:
            _draw_row(host, row, chat, row.id == opened, texts)


def _draw_row(host: Host, row: Conversation, chat: StreamlitPage, is_open: bool, texts: Texts) -> None:
    key = f"talk-{'open-' if is_open else ''}{row.id}"
    with st.container(key=key, horizontal=True, vertical_alignment="center", gap=None, wrap=False):
        st.page_link(chat, label=literal(row.title), query_params={session.ADDRESS: row.id}, width="stretch")
        wish = conversation_menu.draw_menu(row, texts)
    if row.found:
        st.html(f'<div class="found-in">{escape(row.found)}</div>')
    if wish:
        conversation_menu.open_dialog(wish, host, row, texts)


def day_of(changed: str, today: date, texts: Texts) -> str:
    """The heading that a conversation stands under; `changed` is UTC, ISO 8601, `today` the person's own."""
    words = texts.conversation
    days = (today - _local(datetime.fromisoformat(changed)).date()).days
    if days < 1:
        return words.today
    if days == 1:
        return words.yesterday
    return words.week if days < 7 else words.earlier


def _local(moment: datetime) -> datetime:
    """In the time of the person's browser; of this machine where that is not known."""
    minutes = st.context.timezone_offset
    return moment.astimezone(None if minutes is None else timezone(timedelta(minutes=-minutes)))


def _show_more() -> None:
    st.session_state[_MOST] += _STEP
