"""A field to choose some of the values that documents have."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from assistant.records import DocumentInfo
from assistant.ui.words.texts import Texts

FIELDS: dict[str, Callable[[DocumentInfo], Sequence[str]]] = {
    "kind": lambda info: (info.kind,),
    "period": lambda info: (info.period,),
    "publisher": lambda info: (info.publisher,),
    "companies": lambda info: info.companies,
}


def draw_choice(name: str, documents: Sequence[DocumentInfo], key: str, texts: Texts) -> list[str]:
    """The values chosen of a field, most documents first; with fewer than two there is nothing to choose."""
    counts: dict[str, int] = {}
    for value in (value for info in documents for value in FIELDS[name](info) if value):
        counts[value] = counts.get(value, 0) + 1
    if len(counts) < 2:
        return []
    label = texts.columns[name]
    return st.multiselect(
        label,
        sorted(counts, reverse=True) if name == "period" else sorted(counts, key=lambda v: (-counts[v], v)),
        format_func=lambda value: f"{shown(name, value, texts)} ({counts[value]})",
        key=key,
        placeholder=label,
        label_visibility="collapsed",
        select_all=False,
    )


def shown(name: str, value: str, texts: Texts) -> str:
    """A value of a field in words."""
    return {"kind": texts.kind, "period": texts.period}.get(name, str)(value)
