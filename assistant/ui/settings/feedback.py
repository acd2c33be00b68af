"""What the person at the page thought of answers, and the file of it that an evaluation takes."""

from __future__ import annotations

import streamlit as st

from assistant.hosting import Host
from assistant.records.conversations import Rating
from assistant.ui import identity
from assistant.ui.escaping import escape
from assistant.ui.feedback_file import offer
from assistant.ui.words.texts import Texts


def draw(host: Host, texts: Texts) -> None:
    """Draw the counts and the download."""
    words = texts.settings
    st.html(f'<div class="side">{escape(words.feedback_hint)}</div>')
    found = host.conversations.rated(identity.owner())
    rated = [exchange for _, tree in found for exchange in tree if exchange.rating]
    if not rated:
        st.info(words.feedback_none, icon=":material/thumbs_up_down:")
        return
    counts = (
        (words.rated_up, sum(exchange.rating is Rating.UP for exchange in rated)),
        (words.rated_down, sum(exchange.rating is Rating.DOWN for exchange in rated)),
        (words.commented, sum(bool(exchange.comment) for exchange in rated)),
    )
    cards = "".join(f"<div><span>{escape(name)}</span><b>{count}</b></div>" for name, count in counts)
    st.html(f'<div class="cards">{cards}</div>')

    def made() -> bytes:
        from assistant.exports.feedback_questions import feedback_jsonl, feedback_questions

        return feedback_jsonl(feedback_questions(found))

    offer(words.feedback_download, "settings_feedback", made, "secondary")
