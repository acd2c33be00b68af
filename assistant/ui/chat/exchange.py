"""A question and what has come back for it, as they are drawn when nothing is being written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from assistant.records import Answer
from assistant.records.conversations import Exchange
from assistant.ui import session
from assistant.ui.chat.actions import draw_actions
from assistant.ui.chat.hint_chips import draw_hints, understood_html
from assistant.ui.chat.question_limits import limits_line
from assistant.ui.chat.scene import Scene
from assistant.ui.chat.summary_answer import draw_summary
from assistant.ui.clicks import listen
from assistant.ui.escaping import escape, literal
from assistant.ui.rendering import answer_html, broken_off_html, doubts_html, question_html
from assistant.ui.sources.panel import draw_sources, open_source
from assistant.ui.words.texts import Texts

if TYPE_CHECKING:
    from assistant.service import Assistant


def draw_exchange(scene: Scene, exchange: Exchange, place: int) -> None:
    """Draw it; `place` is its number in the conversation, from 0."""
    if scene.talk.editing == exchange.id:
        _draw_editing(scene, exchange)
    else:
        draw_question(exchange, scene.texts)
        draw_hints(scene.talk, exchange, place, scene.texts)
    with st.chat_message("assistant"):
        _draw_interrupted(exchange, scene.texts)
        for notice in exchange.answer.notices if exchange.answer else exchange.notices:
            st.warning(literal(notice), icon=":material/warning:")
        if exchange.error:
            st.warning(literal(scene.texts.said(exchange.error)), icon=":material/help:")
        _draw_answer(scene, exchange, place)
        draw_actions(scene, exchange, place)


def draw_question(exchange: Exchange, texts: Texts) -> None:
    """What was asked, what it was taken to mean, and what it was limited to."""
    limits = limits_line(exchange.filters, texts)
    with st.chat_message("user"):
        st.html(
            question_html(exchange.question)
            + understood_html(exchange, texts)
            + (f'<div class="limits">{escape(limits)}</div>' if limits else "")
        )


def _draw_answer(scene: Scene, exchange: Exchange, place: int) -> None:
    answer, assistant, texts = exchange.answer, scene.host.assistant, scene.texts
    if answer is None:
        return
    if answer.briefing or answer.comparison:
        draw_summary(assistant, answer, place, texts)
    else:
        _draw_text(assistant, answer, place, texts)


@st.fragment
def _draw_text(assistant: Assistant, answer: Answer, place: int, texts: Texts) -> None:
    """The text, whose numbers open their sources as the buttons below do; neither ends an answer that is
    being written elsewhere on the page.
    """
    scope = f"answer-{place}"
    with st.container(key=scope):
        st.html(answer_html(answer, texts, is_clickable=True) + doubts_html(answer, texts))
        draw_sources(assistant, answer, place, texts)
    n = listen(scope).n
    if any(citation.n == n for citation in answer.citations):
        open_source(assistant, answer.citations, n, texts)


def _draw_interrupted(exchange: Exchange, texts: Texts) -> None:
    """What had arrived when the endpoint failed or the person went on."""
    if exchange.finished:
        text = exchange.answer.partial_text if exchange.answer else ""
    else:
        text = exchange.text or exchange.superseded
    if text or not exchange.finished:
        badge = f'<span class="badge">{escape(texts.stopped)}</span>'
        st.html(f'<div class="interrupted">{broken_off_html(text)}{badge}</div>')


def _draw_editing(scene: Scene, exchange: Exchange) -> None:
    """The question as a field; what is sent is asked in its place, as another version."""
    words = scene.texts.conversation
    with st.chat_message("user"), st.form(f"editing-{exchange.id}"):
        text = st.text_area(
            words.edited, exchange.question, key=f"edited-{exchange.id}", label_visibility="collapsed"
        )
        with st.container(horizontal=True, horizontal_alignment="right", gap="xsmall"):
            is_left = st.form_submit_button(words.cancel, key=f"leave-{exchange.id}")
            is_sent = st.form_submit_button(words.send, key=f"send-{exchange.id}", type="primary")
    if is_sent and text and text.strip():
        session.ask_next(text.strip(), (), exchange.parent)
    if is_left or is_sent:
        scene.talk.editing = 0
        st.rerun()
