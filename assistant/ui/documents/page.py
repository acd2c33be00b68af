"""The documents: handing them in, a list of them, and each one raw and cleaned side by side."""

from __future__ import annotations

import streamlit as st

from assistant.hosting import Host
from assistant.records import DocumentInfo
from assistant.ui.documents import view as documents_view
from assistant.ui.documents.actions import begin, draw_actions, draw_rebuild
from assistant.ui.documents.document_list import draw_filters, draw_table, draw_troubles
from assistant.ui.documents.plots import draw_plots
from assistant.ui.documents.upload import draw_drop, draw_work
from assistant.ui.escaping import escape
from assistant.ui.sources.place_view import draw_addressed
from assistant.ui.words.texts import Texts

_FEW = 3


def draw(host: Host, texts: Texts) -> None:
    """Draw the place to drop files on, the work, what could not be read, the list, the chosen document."""
    begin()
    st.html(f'<div class="heading"><h2>{escape(texts.documents)}</h2></div>')
    draw_addressed(host.assistant, texts)
    draw_drop(host, texts)
    draw_work(host, texts)
    documents = host.assistant.documents()
    if not documents:
        if not host.work.is_idle:
            return
        words = texts.management
        title, hint = escape(words.empty), escape(words.empty_hint)
        st.html(f'<div class="greeting empty"><h1>{title}</h1><p>{hint}</p></div>')
        return
    draw_troubles(documents, texts)
    if len(documents) > _FEW:
        with st.expander(texts.management.spread, expanded=True, icon=":material/bar_chart:"):
            draw_plots(documents, texts)
    fitting = draw_filters(documents, texts)
    if fitting:
        _draw_list(host, fitting, len(documents), texts)
    else:
        st.info(texts.nothing_fits, icon=":material/filter_alt:")
    documents_view.draw_chosen(host, documents, fitting, texts)


def _draw_list(host: Host, fitting: list[DocumentInfo], total: int, texts: Texts) -> None:
    head = st.container(horizontal=True, vertical_alignment="center", key="list_head")
    ticked = draw_table(fitting, texts, documents_view.choose)
    count = texts.list_of.format(len(fitting), total)
    if ticked:
        count = f"{count} · {texts.management.chosen.format(len(ticked))}"
    with head:
        st.html(f'<div class="side">{escape(count)}</div>', width="content")
        if ticked:
            draw_actions(host, ticked, "ticked", texts)
        else:
            draw_rebuild(host, texts)
