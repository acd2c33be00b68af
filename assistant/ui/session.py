"""What belongs to one browser session: its conversation and its language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import streamlit as st

from assistant.records import Answer, Delta, Filters, Hint, Notice, Turn
from assistant.ui.languages import LANGUAGES
from assistant.ui.texts import Texts

LANGUAGE = "language"
_CONVERSATION = "conversation"
_PENDING = "pending_question"


@dataclass(slots=True)
class Exchange:
    """One question and what has come back for it so far.

    `superseded` is what an endpoint had sent before it failed. Without `answer` and `error` the exchange
    is still being answered or was interrupted. `dropped` are hints that it was asked without; `follows` is
    how many exchanges of the conversation it continues.
    """

    question: str
    filters: Filters = Filters()
    dropped: tuple[Hint, ...] = ()
    follows: int = 0
    text: str = ""
    superseded: str = ""
    notices: list[str] = field(default_factory=list)
    answer: Answer | None = None
    error: str = ""

    @property
    def finished(self) -> bool:
        """Whether the answer, or the reason why there is none, has come."""
        return self.answer is not None or bool(self.error)

    def take(self, item: Delta | Notice | Answer) -> None:
        """Add what the service sent."""
        if isinstance(item, Delta):
            self.text += item.text
        elif isinstance(item, Notice):
            self.notices.append(item.text)
            self.superseded, self.text = self.text or self.superseded, ""
        else:
            self.answer = item

    def turn(self) -> Turn:
        """The exchange as the service wants earlier turns."""
        return Turn(self.question, self.answer.text if self.answer else self.text)


def conversation() -> list[Exchange]:
    """The exchanges of this session, oldest first; the list itself, to be appended to."""
    exchanges: list[Exchange] = st.session_state.setdefault(_CONVERSATION, [])
    return exchanges


def history(exchanges: Sequence[Exchange]) -> list[Turn]:
    """The turns that had an answer, or part of one."""
    return [turn for exchange in exchanges if (turn := exchange.turn()).answer]


def start_conversation() -> None:
    """Forget the conversation of this session."""
    st.session_state[_CONVERSATION] = []


def ask_next(question: str, dropped: tuple[Hint, ...] = (), follows: int | None = None) -> None:
    """Have the next run of the page ask a question, as one that `follows` so many exchanges (None: all)."""
    length = len(conversation())
    st.session_state[_PENDING] = Exchange(
        question, dropped=dropped, follows=length if follows is None else min(follows, length)
    )


def pending() -> Exchange | None:
    """The question that the last run left to be asked, once."""
    exchange: Exchange | None = st.session_state.pop(_PENDING, None)
    return exchange


def texts(default: str = "zh") -> Texts:
    """The words of the language chosen in this session."""
    return LANGUAGES[st.session_state.get(LANGUAGE, default)]
