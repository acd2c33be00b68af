"""The documents: a list of them, and each one raw and cleaned side by side."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from assistant.errors import AssistantError
from assistant.records import DocumentInfo, DocumentView, Status
from assistant.ui.escaping import escape, literal
from assistant.ui.hosting import Host
from assistant.ui.reading import part_count, part_html
from assistant.ui.texts import Texts


def draw(host: Host, texts: Texts) -> None:
    """Draw the list and the chosen document."""
    st.html(f'<div class="heading"><h2>{escape(texts.documents)}</h2></div>')
    documents = host.assistant.documents()
    readable = {info.document: info for info in documents if info.status != Status.FAILED}
    failed = [info for info in documents if info.status == Status.FAILED]
    if failed:
        lines = [
            texts.failed_documents.format(len(failed)),
            *(f"{info.document}: {info.reason}" for info in failed),
        ]
        st.warning("  \n".join(literal(line) for line in lines), icon=":material/warning:")
    if not readable:
        st.info(texts.no_documents, icon=":material/folder_open:")
        return
    document = st.selectbox(
        texts.choose_document,
        list(readable),
        format_func=lambda name: _option(readable[name]),
        key="document",
        label_visibility="collapsed",
    )
    try:
        _draw_document(host.assistant.show(document), texts)
    except AssistantError as error:
        st.warning(literal(str(error)), icon=":material/warning:")
    with st.expander(texts.all_documents.format(len(documents))):
        _draw_table(documents, texts)


def _option(info: DocumentInfo) -> str:
    return f"{info.title} · {info.document}" if info.title else info.document


def _draw_document(view: DocumentView, texts: Texts) -> None:
    st.html(_head_html(view.info, texts))
    parts, part = part_count(view), 0
    if parts > 1:
        part = st.number_input(texts.part.format(parts), 1, parts, key=f"part-{view.info.document}") - 1
    raw_html, clean_html = part_html(view, part)
    raw, clean = st.columns(2, gap="medium")
    with raw, st.container(border=True, key="raw"):
        st.html(f'<div class="side">{escape(texts.raw)}</div>{raw_html}')
    with clean, st.container(border=True, key="clean"):
        st.html(f'<div class="side">{escape(texts.clean)}</div>{clean_html}')


def _head_html(info: DocumentInfo, texts: Texts) -> str:
    known = [part for part in (info.publisher, info.published, info.author, info.document) if part]
    lines = [" · ".join(known)]
    if info.companies:
        lines.append(f"{texts.companies} {texts.separator.join(info.companies)}")
    body = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return f'<div class="source"><h3>{escape(info.title or info.document)}</h3>{body}</div>'


def _draw_table(documents: Sequence[DocumentInfo], texts: Texts) -> None:
    rows = [
        {
            title: texts.statuses.get(info.status, info.status) if name == "status" else getattr(info, name)
            for name, title in texts.columns.items()
        }
        for info in documents
    ]
    st.dataframe(rows, hide_index=True)
