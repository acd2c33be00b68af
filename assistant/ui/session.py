"""What belongs to one browser session: its open conversation, its next question, its language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import streamlit as st

from assistant.conversations import Conversations, Tree
from assistant.errors import ConversationError, StorageError
from assistant.records import Hint, Turn
from assistant.records.conversations import Exchange, Rating
from assistant.ui.gestures import remembered_language
from assistant.ui.words.languages import LANGUAGES
from assistant.ui.words.texts import Texts

LANGUAGE = "language"
ADDRESS = "conversation"
QUESTION = "question"
TALK = "talk"
SHOWN = 10
_PENDING = "pending_question"
_PAGE, _CAME_FROM = "page", "page_before"
_UNKEPT = 1 << 40  # where the ids of exchanges begin that no store has given one


@dataclass(slots=True)
class Talk:
    """The conversation that is open; `id`, its address, is empty until its first question is asked.

    `trouble` is why what is asked now is not kept, empty where it is. `is_missing`: the address named none
    of this person's. `shown` exchanges are drawn at most. `editing`, `commenting` are the ids of exchanges
    whose question is being changed and whose rating is being explained, 0 for none; `explained` those whose
    answer shows how it was found, `searched` those for which what to ask next was looked for.
    """

    owner: str = ""
    id: str = ""
    title: str = ""
    tree: Tree = field(default_factory=Tree)
    trouble: str = ""
    is_missing: bool = False
    shown: int = SHOWN
    editing: int = 0
    commenting: int = 0
    explained: set[int] = field(default_factory=set)
    searched: set[int] = field(default_factory=set)


def visit(page: str) -> None:
    """Note which page this run draws; to be called once a run."""
    st.session_state[_CAME_FROM] = st.session_state.get(_PAGE, page)
    st.session_state[_PAGE] = page


def open_talk(conversations: Conversations, owner: str) -> None:
    """Open the conversation that the address names, or that which was open, coming from another page.

    An address that is none of this person's, or where nothing can be read, leads to a new one that says so.
    """
    wanted = st.query_params.get(ADDRESS, "")
    opened = current(owner)
    if wanted and wanted != opened.id:
        opened = _opened(conversations, owner, wanted)
    elif opened.id and not wanted and not _is_staying():
        opened = Talk(owner)  # the way back to before the first question
    st.session_state[TALK] = opened
    _write_address(opened.id)


def current(owner: str) -> Talk:
    """The conversation that is open, wherever the address leads."""
    opened: Talk | None = st.session_state.get(TALK)
    return opened if opened is not None and opened.owner == owner else Talk(owner)


def keep(conversations: Conversations, opened: Talk, exchange: Exchange) -> None:
    """Write an exchange down as it is now; the first begins the conversation.

    Where that fails `trouble` says so and the conversation goes on in memory. Of the page's state nothing
    is asked once the exchange has an id: a run that is being stopped has none.
    """
    is_new = not exchange.id
    if not opened.trouble:
        with _noting_trouble(opened):
            if not opened.id:
                head = conversations.start(opened.owner, exchange.question)
                opened.id, opened.title = head.id, head.title
                _write_address(head.id)
            conversations.keep(opened.owner, opened.id, exchange)
    if is_new:
        exchange.id = exchange.id or _UNKEPT + len(opened.tree)
        opened.tree.add(exchange)


def begin(conversations: Conversations, opened: Talk, exchange: Exchange) -> None:
    """Begin a conversation with its first question and leave that to the next run; fails as `keep` does."""
    keep(conversations, opened, exchange)
    st.session_state[_PENDING] = (opened.id, exchange)


def rate(
    conversations: Conversations, opened: Talk, exchange: Exchange, rating: Rating | None, comment: str
) -> None:
    """Keep what the person thinks of an answer; where that fails as in `keep`."""
    exchange.rating, exchange.comment = rating, comment
    if not opened.trouble:
        with _noting_trouble(opened):
            conversations.rate(opened.owner, opened.id, exchange, rating, comment)


def show(conversations: Conversations, opened: Talk, exchange: Exchange) -> None:
    """Show this version of an exchange and what followed it; remembered, where that fails as in `keep`."""
    opened.tree.show(exchange)
    if not opened.trouble:
        with _noting_trouble(opened):
            conversations.show(opened.owner, opened.id, opened.tree.leaf)


def history(exchanges: Sequence[Exchange]) -> list[Turn]:
    """The turns that had an answer, or part of one."""
    return [turn for exchange in exchanges if (turn := exchange.turn()).answer]


def start_conversation() -> None:
    """Close the conversation that is open; the next question begins another."""
    st.session_state.pop(TALK, None)
    _write_address("")


def ask_next(question: str, dropped: tuple[Hint, ...] = (), parent: int | None = None) -> None:
    """Have the next run of the page ask a question that follows `parent` (None: the last exchange)."""
    opened: Talk = st.session_state.get(TALK) or Talk()
    follows = opened.tree.leaf if parent is None else parent
    opened.editing = 0
    st.session_state[_PENDING] = (opened.id, Exchange(question, dropped=dropped, parent=follows))


def pending(opened: Talk) -> Exchange | None:
    """The question that the last run left to be asked here, once."""
    where, exchange = st.session_state.pop(_PENDING, ("", None))
    asked: Exchange | None = exchange if where == opened.id else None
    return asked


def texts(default: str = "zh") -> Texts:
    """The words of the language chosen in this session."""
    return LANGUAGES[language(default)]


def language(default: str) -> str:
    """The language chosen in this session, else the one it began with: `zh` or `en`."""
    chosen: str = st.session_state.get(LANGUAGE) or first_language(default)
    return chosen


def first_language(default: str) -> str:
    """The language that this session began with: of the visit before, which the browser remembers."""
    before = remembered_language()
    return before if before in LANGUAGES else default


def _opened(conversations: Conversations, owner: str, wanted: str) -> Talk:
    try:
        head, tree = conversations.open(owner, wanted)
    except ConversationError:
        return Talk(owner, is_missing=True)
    except StorageError as error:
        return Talk(owner, trouble=str(error))
    return Talk(owner, head.id, head.title, tree)


@contextmanager
def _noting_trouble(opened: Talk) -> Iterator[None]:
    """Go on in memory where the conversation cannot be kept."""
    try:
        yield
    except (ConversationError, StorageError) as error:
        opened.trouble = str(error)


def _is_staying() -> bool:
    """Whether an address without a conversation means the one that is open.

    It does when the person comes from another page, or asks before the browser knows the new address.
    """
    is_asking = bool(st.session_state.get(QUESTION)) or _PENDING in st.session_state
    return is_asking or st.session_state.get(_CAME_FROM) != st.session_state.get(_PAGE)


def _write_address(conversation: str) -> None:
    """Written even where it is known here: a link within the page tells it to the server alone."""
    if conversation:
        st.query_params[ADDRESS] = conversation
    else:
        st.query_params.pop(ADDRESS, None)
