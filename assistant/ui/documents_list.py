"""The list of documents: what it is narrowed to, the table, and what could not be read."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from assistant.records import DocumentInfo
from assistant.ui.choices import FIELDS, draw_choice
from assistant.ui.escaping import escape
from assistant.ui.texts import Texts

FAILED = "failed"
_ROWS = 9
_FEW = 5
_WIDTHS = {"document": 130, "title": 300, "published": 100, "companies": 150}
_WIDTH = 90
_ROW_PIXELS = 35


def draw_filters(documents: Sequence[DocumentInfo], texts: Texts) -> list[DocumentInfo]:
    """Fields to narrow the list with; the documents that fit all of them."""
    with st.container(key="filters"):
        label = texts.title_holds
        wanted = st.text_input(label, key="filter-title", placeholder=label, label_visibility="collapsed")
        fitting = [info for info in documents if _holds(info, wanted)]
        for name, values in FIELDS.items():
            chosen = set(draw_choice(name, documents, f"filter-{name}", texts))
            fitting = [info for info in fitting if not chosen or chosen & set(values(info))]
    return fitting


def draw_table(
    documents: Sequence[DocumentInfo], texts: Texts, choose: Callable[[DocumentInfo], None]
) -> None:
    """One row a document; `choose` is called with the one whose row is clicked."""

    def clicked() -> None:
        for place in st.session_state["list"].selection.rows:
            choose(documents[place])

    st.dataframe(
        [_row(info, texts) for info in documents],
        key="list",
        hide_index=True,
        column_config={
            title: st.column_config.Column(width=_WIDTHS.get(name, _WIDTH))
            for name, title in texts.columns.items()
        },
        height=_ROW_PIXELS * (min(len(documents), _ROWS) + 1) + 3,
        on_select=clicked,
        selection_mode="single-row",
        alt=texts.documents,
    )


def draw_troubles(documents: Sequence[DocumentInfo], texts: Texts) -> None:
    """One line of reason for each file that failed, and what of others could not be read."""
    failed = [(info.document, info.reason) for info in documents if info.status == FAILED]
    noted = [(info.document, note) for info in documents for note in info.notes]
    count = len({name for name, _ in noted})
    _draw_lines(texts.failed_documents.format(len(failed)), failed, texts)
    _draw_lines(texts.noted_documents.format(count), noted, texts)


def _draw_lines(title: str, lines: Sequence[tuple[str, str]], texts: Texts) -> None:
    if lines:
        with st.expander(title, expanded=len(lines) <= _FEW, icon=":material/warning:"):
            st.html(f'<ul class="troubles">{"".join(_trouble(name, why, texts) for name, why in lines)}</ul>')


def _trouble(name: str, why: str, texts: Texts) -> str:
    """The reason names the file itself, as a rule."""
    return f"<li>{escape(why if name in why else texts.named.format(name, why))}</li>"


def _holds(info: DocumentInfo, wanted: str) -> bool:
    words = wanted.casefold().split()
    return all(word in f"{info.title} {info.document}".casefold() for word in words)


def _row(info: DocumentInfo, texts: Texts) -> dict[str, object]:
    special: dict[str, object] = {
        "kind": texts.kind(info.kind),
        "period": texts.period(info.period),
        "pages": info.pages or None,
        "reprints": texts.separator.join(info.reprints),
        "companies": texts.separator.join(info.companies),
        "status": texts.statuses.get(info.status, info.status),
    }
    return {title: special.get(name, getattr(info, name)) for name, title in texts.columns.items()}
