"""Briefings and comparisons to take along, sources included."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from assistant.records.briefings import Briefing, Comparison
from assistant.ui.words.languages import language_of
from assistant.ui.words.texts import Texts

Files = Mapping[str, Callable[[], str | bytes]]


def draw_briefing_files(briefing: Briefing, scope: str, texts: Texts) -> None:
    """One button a file; each is made when its button is pressed."""
    from assistant.exports import briefing_markdown, briefing_object, figures_csv

    made: Files = {
        "md": lambda: briefing_markdown(briefing, language_of(texts)),
        "csv": lambda: figures_csv(briefing),
        "json": lambda: _json(briefing_object(briefing)),
    }
    _draw(briefing.company, made, scope, texts)


def draw_comparison_files(comparison: Comparison, scope: str, texts: Texts) -> None:
    """As for a briefing."""
    from assistant.exports import comparison_csv, comparison_markdown, comparison_object

    made: Files = {
        "md": lambda: comparison_markdown(comparison, language_of(texts)),
        "csv": lambda: comparison_csv(comparison),
        "json": lambda: _json(comparison_object(comparison)),
    }
    _draw("-".join(comparison.companies), made, scope, texts)


def _draw(stem: str, made: Files, scope: str, texts: Texts) -> None:
    words = texts.briefing
    labels = {"md": words.markdown, "csv": words.csv, "json": words.json}
    with st.container(key=f"{scope}-files", horizontal=True, gap="small"):
        for kind, file in made.items():
            st.download_button(
                labels[kind],
                partial(_bytes, file),
                file_name=f"{stem}.{kind}",
                key=f"{scope}-file-{kind}",
                icon=":material/download:",
                on_click="ignore",
            )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _bytes(file: Callable[[], str | bytes]) -> bytes:
    made = file()
    return made if isinstance(made, bytes) else made.encode("utf-8", "replace")
