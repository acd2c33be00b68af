"""Every setting with its value and where it comes from."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from assistant.errors import SettingsError
from assistant.setting_values import SettingValue, setting_values
from assistant.settings import Settings
from assistant.ui.escaping import escape, literal
from assistant.ui.words.texts import Texts


def draw(running: Settings, texts: Texts) -> None:
    """Draw the list; a `.env` that the next start could not read is said."""
    st.html(f'<div class="side">{escape(texts.settings.all_hint)}</div>')
    try:
        coming = Settings.from_env()
    except SettingsError as error:
        st.warning(literal(texts.said(str(error))), icon=":material/warning:")
        coming = running
    try:
        values = setting_values(running, coming)
    except SettingsError:  # said already
        return
    st.html(values_html(values, texts))


def values_html(values: Sequence[SettingValue], texts: Texts) -> str:
    """The settings as a table; of a secret only whether it is set."""
    words = texts.settings
    heads = "".join(
        f'<th><i class="silent">{escape(head)}</i></th>' for head in (words.name, words.value, words.origin)
    )
    rows = "".join(_row_html(value, texts) for value in values)
    return f'<table class="values"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'


def _row_html(value: SettingValue, texts: Texts) -> str:
    words = texts.settings
    shown = words.secret_set if value.is_secret and value.is_set else value.value
    cell = f"<span>{escape(shown)}</span>" if shown else f'<i class="silent">{escape(words.not_set)}</i>'
    if value.is_changing:
        cell += f' <span class="badge">{escape(words.changing)}</span>'
    origin = f'<i class="silent">{escape(words.origins[value.origin])}</i>'
    return f"<tr><th><code>{escape(value.name)}</code></th><td>{cell}</td><td>{origin}</td></tr>"
