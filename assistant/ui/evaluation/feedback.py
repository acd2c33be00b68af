"""The answers that a person has rated, as questions to evaluate or to take along."""

from __future__ import annotations

import streamlit as st

from assistant.hosting import Host
from assistant.records.evaluation import QuestionSet
from assistant.ui import identity
from assistant.ui.escaping import escape
from assistant.ui.feedback_file import NAME, offer
from assistant.ui.words.texts import Texts


def draw_rated(host: Host, texts: Texts) -> QuestionSet | None:
    """Say what these are, offer them as a file; None where the person has rated nothing.

    Raises:
        StorageError: the conversations cannot be used.
    """
    from assistant.evaluation.questions import parse_questions
    from assistant.exports import feedback_jsonl, feedback_questions

    words = texts.evaluation
    rows = feedback_questions(host.conversations.rated(identity.owner()))
    st.html(f'<div class="hint slim">{escape(words.rated_hint if rows else words.rated_none)}</div>')
    if not rows:
        return None
    data = feedback_jsonl(rows)
    offer(words.rated_file, "evaluation_feedback", data, "tertiary")
    return parse_questions(data, NAME)
