"""The document that is chosen, by a click or by the address of the page: raw and cleaned side by side."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from assistant.errors import AssistantError
from assistant.exports.places import AT, DOCUMENT
from assistant.hosting import Host
from assistant.records import DocumentInfo, DocumentView
from assistant.ui.documents.actions import draw_actions
from assistant.ui.documents.document_list import FAILED
from assistant.ui.escaping import escape, literal
from assistant.ui.sources.reading import part_count, part_html
from assistant.ui.words.texts import Texts

_CHOSEN, _FOLLOWED = "document", "document_followed"


def choose(info: DocumentInfo) -> None:
    """Show a document, and have the address name it."""
    if info.status != FAILED:
        st.session_state[_CHOSEN] = info.document
        _named()


def draw_chosen(
    host: Host, documents: Sequence[DocumentInfo], fitting: Sequence[DocumentInfo], texts: Texts
) -> None:
    """A field to choose one of the documents that fit, and the chosen one; the address counts first."""
    readable = {info.document: info for info in documents if info.status != FAILED}
    addressed = _follow_address(readable, texts)
    options = [info.document for info in fitting if info.document in readable]
    if addressed and addressed not in options:
        options.insert(0, addressed)
    if not options:
        return
    # Written anew in every run: else the field shows the first of other options, and the page another one.
    st.session_state[_CHOSEN] = _chosen_of(options)
    document = st.selectbox(
        texts.choose_document,
        options,
        format_func=lambda name: _option(readable[name]),
        key=_CHOSEN,
        on_change=_named,
        label_visibility="collapsed",
    )
    try:
        view = host.assistant.show(document)
        _draw_head(host, view.info, texts)
        _draw_sides(view, texts)
    except AssistantError as error:
        st.warning(literal(texts.said(str(error))), icon=":material/warning:")


def _chosen_of(options: Sequence[str]) -> str:
    """What was chosen, as long as it is among these; else the first."""
    chosen: str = st.session_state.get(_CHOSEN) or options[0]
    return chosen if chosen in options else options[0]


def _follow_address(readable: dict[str, DocumentInfo], texts: Texts) -> str:
    """The document that the address names; chosen once, when it is new."""
    addressed = st.query_params.get(DOCUMENT, "")
    if addressed and addressed not in readable:
        st.warning(literal(texts.management.unknown.format(addressed)), icon=":material/link_off:")
        return ""
    if addressed and addressed != st.session_state.get(_FOLLOWED):
        st.session_state[_CHOSEN] = addressed
    st.session_state[_FOLLOWED] = addressed
    return addressed


def _named() -> None:
    """The address follows a choice made on the page."""
    chosen = st.session_state[_CHOSEN]
    st.query_params.pop(AT, None)
    st.query_params[DOCUMENT] = st.session_state[_FOLLOWED] = chosen


def _option(info: DocumentInfo) -> str:
    return f"{info.title} · {info.document}" if info.title else info.document


def _draw_head(host: Host, info: DocumentInfo, texts: Texts) -> None:
    st.html(_head_html(info, texts))
    words, originals = texts.management, host.assistant.originals
    file = originals.file(info.document)
    with st.container(horizontal=True, vertical_alignment="center", key="document_actions"):
        if not file.is_there:
            st.html(f'<div class="side">{escape(words.gone.format(file.path))}</div>')
        elif file.is_upload or not file.member:
            st.download_button(
                words.download_archive if file.member else words.download,
                lambda: originals.original(info.document).data,
                file_name=Path(file.path).name,
                key="download",
                icon=":material/download:",
                type="tertiary",
                on_click="ignore",
            )
        draw_actions(host, [info.document], "shown", texts)


def _draw_sides(view: DocumentView, texts: Texts) -> None:
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
    body = "".join(f"<p>{escape(line)}</p>" for line in [*lines, *map(texts.management.reason, info.notes)])
    return f'<div class="source"><h3>{escape(info.title or info.document)}</h3>{body}</div>'
