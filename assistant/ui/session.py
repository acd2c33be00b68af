"""What belongs to one browser session: its open conversation, its next question, its language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import streamlit as st

from assistant.conversations import Conversations, Tree
from assistant.records import Hint, Turn
from assistant.records.conversations import Exchange
from assistant.ui.languages import LANGUAGES
from assistant.ui.texts import Texts

LANGUAGE = "language"
ADDRESS = "conversation"
_TALK = "talk"
_PENDING = "pending_question"


@dataclass(slots=True)
class Talk:
    """The conversation that is open; `id`, its address, is empty until its first question is asked."""

    id: str = ""
    title: str = ""
    tree: Tree = field(default_factory=Tree)


def talk(conversations: Conversations, owner: str) -> Talk:
    """The conversation that the address of the page names, else the one that was open.

    Raises:
        ConversationError: this person has none of that address.
    """
    wanted = st.query_params.get(ADDRESS, "")
    opened: Talk = st.session_state.setdefault(_TALK, Talk())
    if wanted and wanted != opened.id:
        head, tree = conversations.open(owner, wanted)
        opened = st.session_state[_TALK] = Talk(head.id, head.title, tree)
    if opened.id:
        st.query_params[ADDRESS] = opened.id
    return opened


def keep(conversations: Conversations, owner: str, exchange: Exchange) -> None:
    """Write an exchange of the open conversation down, which begins with its first. Raises StorageError."""
    opened: Talk = st.session_state[_TALK]
    if not opened.id:
        head = conversations.start(owner, exchange.question)
        opened.id, opened.title = head.id, head.title
        st.query_params[ADDRESS] = head.id
    is_new = not exchange.id
    conversations.keep(owner, opened.id, exchange)
    if is_new:
        opened.tree.add(exchange)


def history(exchanges: Sequence[Exchange]) -> list[Turn]:
    """The turns that had an answer, or part of one."""
    return [turn for exchange in exchanges if (turn := exchange.turn()).answer]


def start_conversation() -> None:
    """Close the conversation that is open; the next question begins another."""
    st.session_state[_TALK] = Talk()
    st.query_params.pop(ADDRESS, None)


def ask_next(question: str, dropped: tuple[Hint, ...] = (), parent: int | None = None) -> None:
    """Have the next run of the page ask a question that follows `parent` (None: the last exchange)."""
    opened: Talk = st.session_state.get(_TALK) or Talk()
    follows = opened.tree.leaf if parent is None else parent
    st.session_state[_PENDING] = Exchange(question, dropped=dropped, parent=follows)


def pending() -> Exchange | None:
    """The question that the last run left to be asked, once."""
    exchange: Exchange | None = st.session_state.pop(_PENDING, None)
    return exchange


def texts(default: str = "zh") -> Texts:
    """The words of the language chosen in this session."""
    return LANGUAGES[st.session_state.get(LANGUAGE, default)]
