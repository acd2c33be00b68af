"""The list of documents: what it is narrowed to, the table, and what could not be read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from zlib import crc32

import streamlit as st

from assistant.records import DocumentInfo
from assistant.ui.choices import FIELDS, draw_choice
from assistant.ui.documents.plots import TIME_FILTER, bucket_of
from assistant.ui.escaping import escape
from assistant.ui.words.texts import Texts

FAILED = "failed"
_ROWS = 9
_FEW = 5
_WIDTHS = {"document": 130, "title": 300, "published": 100, "companies": 150}
_WIDTH = 90
_ROW_PIXELS = 35


def draw_filters(documents: Sequence[DocumentInfo], texts: Texts) -> list[DocumentInfo]:
    """Fields to narrow the list with; the documents that fit all of them, newest first, unread last."""
    with st.container(key="filters"):
        label = texts.title_holds
        wanted = st.text_input(label, key="filter-title", placeholder=label, label_visibility="collapsed")
        fitting = [info for info in documents if _holds(info, wanted)]
        for name, values in FIELDS.items():
            chosen = set(draw_choice(name, documents, f"filter-{name}", texts))
            fitting = [info for info in fitting if not chosen or chosen & set(values(info))]
        fitting = _within(fitting, documents, texts)
    fitting.sort(key=lambda info: info.published, reverse=True)
    return sorted(fitting, key=lambda info: info.status == FAILED)


def draw_table(
    documents: Sequence[DocumentInfo], texts: Texts, choose: Callable[[DocumentInfo], None]
) -> list[str]:
    """One row a document; `choose` is called with the one that is clicked. The documents that are ticked."""
    # Rows are chosen by their places: with other rows, nothing is chosen any more.
    key = f"list-{crc32(chr(0).join(info.document for info in documents).encode())}"

    def clicked() -> None:
        for place, _ in st.session_state[key].selection.cells:
            choose(documents[place])

    state = st.dataframe(
        _table(documents, texts),
        key=key,
        hide_index=True,
        column_config={
            title: st.column_config.Column(width=_WIDTHS.get(name, _WIDTH))
            for name, title in texts.columns.items()
        },
        height=_ROW_PIXELS * (min(len(documents), _ROWS) + 1) + 3,
        on_select=clicked,
        selection_mode=["multi-row", "single-cell"],
        alt=texts.documents,
    )
    return [documents[place].document for place in state.selection.rows if place < len(documents)]


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
    """A reason may name the file itself."""
    said = texts.management.reason(why)
    return f"<li>{escape(said if name in said else texts.named.format(name, said))}</li>"


def _within(
    fitting: list[DocumentInfo], documents: Sequence[DocumentInfo], texts: Texts
) -> list[DocumentInfo]:
    """Those of the months or years chosen, which are the bars of the plot."""
    bucket = bucket_of(documents)
    times = sorted({bucket(info) for info in documents} - {""}, reverse=True)
    if len(times) < 2:
        return fitting
    label = texts.columns["published"]
    chosen = st.multiselect(
        label,
        times,
        key=TIME_FILTER,
        placeholder=label,
        label_visibility="collapsed",
        select_all=False,
    )
    return [info for info in fitting if not chosen or bucket(info) in chosen]


def _holds(info: DocumentInfo, wanted: str) -> bool:
    words = wanted.casefold().split()
    return all(word in f"{info.title} {info.document}".casefold() for word in words)


def _table(documents: Sequence[DocumentInfo], texts: Texts) -> list[dict[str, object]]:
    """A row each, without the columns that are empty in all of them."""
    rows = [_row(info, texts) for info in documents]
    used = [title for title in texts.columns.values() if any(row[title] for row in rows)]
    return [{title: row[title] for title in used} for row in rows]


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
