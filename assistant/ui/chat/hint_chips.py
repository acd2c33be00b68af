"""Under a question: the way to change it, and what steered its answer, as chips that can be pressed away."""

from __future__ import annotations

import streamlit as st

from assistant.records import Hint, HintKind
from assistant.records.conversations import Exchange
from assistant.ui import session
from assistant.ui.escaping import escape, literal
from assistant.ui.session import Talk
from assistant.ui.words.texts import Texts


def draw_hints(talk: Talk, exchange: Exchange, place: int, texts: Texts) -> None:
    """A button to edit the question, and one chip a hint once the answer is there."""
    edit = texts.conversation.edit
    with st.container(key=f"hints-{place}", horizontal=True, horizontal_alignment="right", gap="xsmall"):
        st.button(
            edit,
            key=f"edit-{place}",
            icon=":material/edit:",
            type="tertiary",
            help=edit,
            on_click=lambda: setattr(talk, "editing", exchange.id),
        )
        for n, hint in enumerate(exchange.answer.hints if exchange.answer else ()):
            st.button(
                literal(_named(hint, texts)),
                key=f"hint-{place}-{n}",
                icon=":material/close:",
                icon_position="right",
                on_click=session.ask_next,
                args=(exchange.question, (*exchange.dropped, hint), exchange.parent),
            )


def understood_html(exchange: Exchange, texts: Texts) -> str:
    """Lines under the question: what it was taken to mean and what was left out of it; empty for neither."""
    rewritten = exchange.answer.rewritten if exchange.answer else ""
    dropped = texts.separator.join(_named(hint, texts) for hint in exchange.dropped)
    lines = (
        texts.understood_as.format(rewritten) if rewritten else "",
        texts.left_out.format(dropped) if dropped else "",
    )
    return "".join(f'<div class="limits">{escape(line)}</div>' for line in lines if line)


def _named(hint: Hint, texts: Texts) -> str:
    value = texts.period(hint.value) if hint.kind is HintKind.PERIOD else hint.value
    return texts.named.format(texts.hints[hint.kind], value)
