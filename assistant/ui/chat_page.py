"""The chat: what was asked, what was answered, and the line to ask in."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from contextlib import closing
from typing import TYPE_CHECKING

import streamlit as st

from assistant.errors import AssistantError
from assistant.hosting import Host
from assistant.records import Turn
from assistant.records.conversations import Exchange
from assistant.ui import identity, session
from assistant.ui.escaping import escape, literal
from assistant.ui.hint_chips import draw_hints, understood_html
from assistant.ui.limits import draw_limits, limits_line
from assistant.ui.rendering import (
    answer_html,
    arriving_html,
    broken_off_html,
    doubts_html,
    meta_html,
    question_html,
)
from assistant.ui.source_panel import draw_sources
from assistant.ui.streaming import ticking
from assistant.ui.summary_answer import draw_summary
from assistant.ui.texts import Texts

if TYPE_CHECKING:
    from assistant.service import Assistant

_FRAME_SECONDS = 0.05


def draw(host: Host, texts: Texts) -> None:
    """Draw the conversation and answer what was asked."""
    owner = identity.owner()
    talk = session.talk(host.conversations, owner)
    exchanges = talk.tree.path()
    filters = draw_limits(host.assistant.documents(), texts)
    asked = session.pending()
    if question := st.chat_input(texts.placeholder, key="question"):
        asked = Exchange(question, parent=talk.tree.leaf)
    if asked is not None:
        asked.filters = filters
        exchanges = talk.tree.path(asked.parent)
    blank = st.empty()  # filled with nothing at the first question, which takes the suggestions away at once
    if not exchanges and asked is None:
        with blank.container():
            _draw_empty(host, texts)
    for place, exchange in enumerate(exchanges):
        _draw_exchange(host.assistant, exchange, place, texts)
    if asked is not None:
        session.keep(host.conversations, owner, asked)
        try:
            _answer(host.assistant, asked, session.history(exchanges), texts)
        finally:
            session.keep(host.conversations, owner, asked)
        st.rerun()


def _draw_empty(host: Host, texts: Texts) -> None:
    """What a newcomer sees: what this is, what can be asked, what does not work."""
    st.html(f'<div class="greeting"><h1>{escape(texts.greeting)}</h1><p>{escape(texts.tagline)}</p></div>')
    for notice in host.assistant.notices:
        st.warning(literal(notice), icon=":material/info:")
    suggestions = host.suggestions()
    if not suggestions and not any(info.passages for info in host.assistant.documents()):
        st.info(literal(texts.corpus_empty.format(host.settings.seeds)), icon=":material/folder_open:")
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


def _draw_exchange(assistant: Assistant, exchange: Exchange, place: int, texts: Texts) -> None:
    _draw_question(exchange, place, texts)
    with st.chat_message("assistant"):
        _draw_interrupted(exchange, texts)
        for notice in exchange.answer.notices if exchange.answer else exchange.notices:
            st.warning(literal(notice), icon=":material/warning:")
        if exchange.error:
            st.warning(literal(exchange.error), icon=":material/help:")
        if answer := exchange.answer:
            if answer.briefing or answer.comparison:
                draw_summary(assistant, answer, place, texts)
            else:
                st.html(answer_html(answer, texts) + doubts_html(answer, texts))
                draw_sources(assistant, answer, place, texts)
            st.html(meta_html(answer, texts))
        if not exchange.finished:
            st.button(
                texts.retry,
                key=f"retry-{place}",
                icon=":material/refresh:",
                type="tertiary",
                on_click=_ask_again,
                args=(exchange,),
            )


def _draw_question(exchange: Exchange, place: int, texts: Texts) -> None:
    with st.chat_message("user"):
        limits = limits_line(exchange.filters, texts)
        st.html(
            question_html(exchange.question)
            + understood_html(exchange, texts)
            + (f'<div class="limits">{escape(limits)}</div>' if limits else "")
        )
        draw_hints(exchange, place, texts)


def _draw_interrupted(exchange: Exchange, texts: Texts) -> None:
    """What had arrived when the endpoint failed or the person went on."""
    if exchange.finished:
        text = exchange.answer.partial_text if exchange.answer else ""
    else:
        text = exchange.text or exchange.superseded
    if text or not exchange.finished:
        badge = f'<span class="badge">{escape(texts.stopped)}</span>'
        st.html(f'<div class="interrupted">{broken_off_html(text)}{badge}</div>')


def _ask_again(exchange: Exchange) -> None:
    session.ask_next(exchange.question, exchange.dropped, exchange.parent)


def _answer(assistant: Assistant, exchange: Exchange, history: Sequence[Turn], texts: Texts) -> None:
    """Fill the exchange while drawing it. Whatever ends this run, what arrived stays in the exchange."""
    _draw_question(exchange, -1, texts)
    with st.chat_message("assistant"):
        slot = st.empty()
        slot.html(_live_html(exchange, 0.0, texts))
        st.button(texts.stop, key="stop", icon=":material/stop_circle:", type="tertiary")
        try:
            _stream(assistant, exchange, history, slot, texts)
        except AssistantError as error:
            exchange.error = str(error)
        except Exception:
            logging.getLogger(__name__).exception("the question could not be answered")
            exchange.error = texts.unexpected


def _stream(
    assistant: Assistant,
    exchange: Exchange,
    history: Sequence[Turn],
    slot: st.delta_generator.DeltaGenerator,
    texts: Texts,
) -> None:
    begun = drawn = time.monotonic()
    asking = assistant.ask_stream(exchange.question, history, exchange.filters, dropped=exchange.dropped)
    with closing(ticking(asking)) as items:
        for item in items:
            if item is not None:
                exchange.take(item)
            now = time.monotonic()
            if exchange.answer is None and now - drawn >= _FRAME_SECONDS:
                slot.html(_live_html(exchange, now - begun, texts))
                drawn = now


def _live_html(exchange: Exchange, seconds: float, texts: Texts) -> str:
    """The answer as far as it has come; before its first word, that it is being worked on."""
    notices = "".join(f'<div class="notice">{escape(notice)}</div>' for notice in exchange.notices)
    if exchange.text:
        return f'{notices}<div class="live">{arriving_html(exchange.text)}</div>'
    waited = f" · {texts.seconds.format(int(seconds))}" if seconds >= 1 else ""
    return f'{notices}<div class="working">{escape(texts.working + waited)}<i></i><i></i><i></i></div>'
