"""The documents: a list of them, and each one raw and cleaned side by side."""

from __future__ import annotations

import streamlit as st

from assistant.errors import AssistantError
from assistant.hosting import Host
from assistant.records import DocumentInfo, DocumentView
from assistant.ui.documents_list import FAILED, draw_filters, draw_table, draw_troubles
from assistant.ui.escaping import escape, literal
from assistant.ui.reading import part_count, part_html
from assistant.ui.texts import Texts

_CHOSEN = "document"


def draw(host: Host, texts: Texts) -> None:
    """Draw what could not be read, the list and the chosen document."""
    st.html(f'<div class="heading"><h2>{escape(texts.documents)}</h2></div>')
    documents = host.assistant.documents()
    if not documents:
        st.info(texts.no_documents, icon=":material/folder_open:")
        return
    draw_troubles(documents, texts)
    fitting = draw_filters(documents, texts)
    if not fitting:
        st.info(texts.nothing_fits, icon=":material/filter_alt:")
        return
    st.html(f'<div class="side">{escape(texts.list_of.format(len(fitting), len(documents)))}</div>')
    draw_table(fitting, texts, _choose)
    readable = {info.document: info for info in fitting if info.status != FAILED}
    if readable:
        _draw_chosen(host, readable, texts)


def _choose(info: DocumentInfo) -> None:
    if info.status != FAILED:
        st.session_state[_CHOSEN] = info.document


def _draw_chosen(host: Host, readable: dict[str, DocumentInfo], texts: Texts) -> None:
    document = st.selectbox(
        texts.choose_document,
        list(readable),
        format_func=lambda name: _option(readable[name]),
        key=_CHOSEN,
        label_visibility="collapsed",
    )
    try:
        _draw_document(host.assistant.show(document), texts)
    except AssistantError as error:
        st.warning(literal(str(error)), icon=":material/warning:")


def _option(info: DocumentInfo) -> str:
    return f"{info.title} · {info.document}" if info.title else info.document


def _draw_document(view: DocumentView, texts: Texts) -> None:
    st.html(_head_html(view.info, texts))
    parts, part = part_count(view), 0
    if parts > 1:
        part = st.number_input(texts.part.format(parts), 1, parts, key=f"part-{view.info.document}") - 1
    raw_html, clean_html = part_html(view, part, texts)
    raw, clean = st.columns(2, gap="medium")
    with raw, st.container(border=True, key="raw"):
        st.html(f'<div class="side">{escape(texts.raw)}</div>{raw_html}')
    with clean, st.container(border=True, key="clean"):
        st.html(f'<div class="side">{escape(texts.clean)}</div>{clean_html}')


def _head_html(info: DocumentInfo, texts: Texts) -> str:
    about = (info.publisher, info.published, info.author, texts.kind(info.kind), texts.period(info.period))
    pages = texts.page_count.format(info.pages) if info.pages else ""
    lines = [" · ".join(part for part in (*about, pages, info.document) if part)]
    for label, names in (
        (texts.companies, info.companies),
        (texts.reprints.format(len(info.reprints)), info.reprints),
    ):
        if names:
            lines.append(texts.named.format(label, texts.separator.join(names)))
    body = "".join(f"<p>{escape(line)}</p>" for line in [*lines, *info.notes])
    return f'<div class="source"><h3>{escape(info.title or info.document)}</h3>{body}</div>'
