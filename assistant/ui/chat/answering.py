"""A question while it is being answered: what has come so far, drawn and kept as it comes."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from contextlib import closing

import streamlit as st

from assistant.errors import AssistantError
from assistant.records import Turn
from assistant.records.conversations import Exchange
from assistant.ui import session
from assistant.ui.chat.exchange import draw_question
from assistant.ui.chat.scene import Scene
from assistant.ui.escaping import escape
from assistant.ui.rendering import arriving_html
from assistant.ui.streaming import ticking
from assistant.ui.words.languages import language_of
from assistant.ui.words.texts import Texts

_FRAME_SECONDS = 0.05
_KEEPING_SECONDS = 1.0


def answer(scene: Scene, exchange: Exchange, history: Sequence[Turn]) -> None:
    """Fill the exchange while drawing it, and keep it: at once, each second, and whatever ends this run."""
    draw_question(exchange, scene.texts)
    st.html('<div class="chips"></div>')  # where the chips will stand, so that nothing jumps
    with st.chat_message("assistant"):
        slot = st.empty()
        slot.html(_live_html(exchange, 0.0, scene.texts))
        st.button(scene.texts.stop, key="stop", icon=":material/stop_circle:", type="tertiary")
    session.keep(scene.host.conversations, scene.talk, exchange)
    try:
        _stream(scene, exchange, history, slot)
    except AssistantError as error:
        exchange.error = str(error)
    except Exception:
        logging.getLogger(__name__).exception("the question could not be answered")
        exchange.error = scene.texts.unexpected
    finally:
        session.keep(scene.host.conversations, scene.talk, exchange)


def _stream(
    scene: Scene, exchange: Exchange, history: Sequence[Turn], slot: st.delta_generator.DeltaGenerator
) -> None:
    begun = drawn = time.monotonic()
    kept = begun - _KEEPING_SECONDS
    asking = scene.host.assistant.ask_stream(
        exchange.question,
        history,
        exchange.filters,
        dropped=exchange.dropped,
        language=language_of(scene.texts),
    )
    with closing(ticking(asking)) as items:
        for item in items:
            if item is not None:
                exchange.take(item)
            now = time.monotonic()
            if exchange.answer is None and exchange.text and now - kept >= _KEEPING_SECONDS:
                session.keep(scene.host.conversations, scene.talk, exchange)
                kept = now
            if exchange.answer is None and now - drawn >= _FRAME_SECONDS:
                slot.html(_live_html(exchange, now - begun, scene.texts))
                drawn = now


def _live_html(exchange: Exchange, seconds: float, texts: Texts) -> str:
    """The answer as far as it has come; before its first word, that it is being worked on."""
    notices = "".join(f'<div class="notice">{escape(notice)}</div>' for notice in exchange.notices)
    if exchange.text:
        return f'{notices}<div class="live">{arriving_html(exchange.text)}</div>'
    waited = f" · {texts.seconds.format(int(seconds))}" if seconds >= 1 else ""
    return f'{notices}<div class="working">{escape(texts.working + waited)}<i></i><i></i><i></i></div>'
