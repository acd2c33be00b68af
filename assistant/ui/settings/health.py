"""What `doctor` finds, line by line, looked for in the background."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from assistant.hosting.health import Health
from assistant.records import Check
from assistant.ui.escaping import escape, literal
from assistant.ui.words.texts import Texts

_SECONDS = 1.0


def draw(health: Health, texts: Texts) -> None:
    """Draw what was found last; the first visit has it looked for."""
    if health.checked is None and health.failure is None:
        health.begin()
    with st.container(key="settings_health"):
        _draw_found(health, texts)


@st.fragment(run_every=_SECONDS)
def _draw_found(health: Health, texts: Texts) -> None:
    """Drawn again by itself, and never with the rest: what is being typed beside it would be lost."""
    words = texts.settings
    if health.failure is not None:
        st.error(literal(texts.said(health.failure) or words.unexpected), icon=":material/error:")
    st.html(_head_html(health, texts))
    if health.checks:
        st.html(checks_html(health.checks, texts))
    st.button(
        words.check_again,
        key="settings_check",
        icon=":material/refresh:",
        disabled=health.is_checking,
        on_click=health.begin,
    )


def checks_html(checks: Sequence[Check], texts: Texts) -> str:
    """A line for each check."""
    return f'<ul class="checks">{"".join(_check_html(check, texts) for check in checks)}</ul>'


def finding(check: Check, texts: Texts) -> str:
    """What a check found, in the language of the page where it is known there."""
    line = texts.settings.findings.get(check.code)
    return line.format(**check.facts) if line else check.detail


def _check_html(check: Check, texts: Texts) -> str:
    words = texts.settings
    state, kind = (words.well, "good") if check.ok else (words.not_well, "fair")
    return (
        f'<li><span class="verdict {kind}">{escape(state)}</span>'
        f"<b>{escape(words.checks.get(check.name, check.name))}</b>"
        f"<span>{escape(finding(check, texts))}</span></li>"
    )


def _head_html(health: Health, texts: Texts) -> str:
    words, wrong = texts.settings, sum(not check.ok for check in health.checks)
    about = [words.checking]
    if not health.is_checking and health.checked is not None:
        line = words.to_mend.format(wrong) if wrong else words.all_well
        about = [line, words.checked.format(_time(health.checked))]
    return (
        f'<div class="part">{escape(words.health)}</div><div class="side">{escape(" · ".join(about))}</div>'
    )


def _time(moment: datetime) -> str:
    return f"{moment.astimezone():%H:%M:%S}"
