"""What came of asking an endpoint, in words."""

from __future__ import annotations

from dataclasses import fields

import streamlit as st

from assistant.records.endpoints import EndpointKind, EndpointTrial
from assistant.settings import Endpoint, Settings
from assistant.ui.escaping import literal
from assistant.ui.words.texts import Texts


def configured(settings: Settings, kind: EndpointKind) -> Endpoint | None:
    """The endpoint that is set for this use."""
    return {
        EndpointKind.CHAT: settings.chat,
        EndpointKind.EMBEDDINGS: settings.embeddings,
        EndpointKind.RERANK: settings.rerank,
    }[kind]


def draw_trial(trial: EndpointTrial, kind: EndpointKind, texts: Texts) -> None:
    """What came of a trial, and what to do."""
    line = literal(trial_line(trial, kind, texts))
    if trial.works:
        st.success(line, icon=":material/check_circle:")
    else:
        st.error(line, icon=":material/error:")


def trial_line(trial: EndpointTrial, kind: EndpointKind, texts: Texts) -> str:
    """A trial in one line."""
    words = texts.settings
    facts = {field.name: getattr(trial, field.name) for field in fields(trial)}
    if not trial.works:
        return words.outcomes[trial.outcome].format(**facts)
    counted = words.counted.format(trial.sent, trial.received) if trial.received else ""
    return words.works[kind].format(**facts) + counted
