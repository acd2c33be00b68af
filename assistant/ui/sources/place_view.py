"""The place in a document that an address names, on the page of the documents."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from contextlib import suppress
from typing import TYPE_CHECKING

import streamlit as st

from assistant.errors import DocumentError
from assistant.exports.places import AT, DOCUMENT, span_of
from assistant.records import Citation, DocumentView
from assistant.ui.escaping import escape
from assistant.ui.sources import view as source_view
from assistant.ui.sources.reading import article_at
from assistant.ui.words.texts import Texts

if TYPE_CHECKING:
    from assistant.service import Assistant

_SHOWN = "place_shown"
_MOST = 2000
"""Characters of a place that are quoted at its head."""


def draw_addressed(assistant: Assistant, texts: Texts) -> None:
    """Draw the place that the address of the page names; nothing where it names none."""
    document, span = st.query_params.get(DOCUMENT, ""), span_of(st.query_params.get(AT, ""))
    if not document or span is None:
        return
    with suppress(DocumentError):  # the page itself says that there is no such document
        draw_place(assistant, assistant.show(document), span, texts)


def draw_place(assistant: Assistant, view: DocumentView, span: tuple[int, int], texts: Texts) -> None:
    """Draw a document at a raw span, highlighted, with page, article and raw file; a line where it is not."""
    citation = place_of(view, *span)
    if citation is None:
        st.warning(texts.source.no_place, icon=":material/link_off:")
        return
    if st.session_state.get(_SHOWN) != (citation.document, span):
        st.session_state[_SHOWN] = (citation.document, span)
        source_view.begin()
    with st.container(border=True, key="place"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(f'<div class="side">{escape(texts.source.place)}</div>')
            st.button(
                texts.source.close,
                key="place_close",
                icon=":material/close:",
                type="tertiary",
                on_click=_leave,
            )
        st.html(source_view.head_html(citation, view, texts))
        source_view.draw_view(assistant, citation, view, texts)


def _leave() -> None:
    st.query_params.pop(AT, None)


def place_of(view: DocumentView, start: int, end: int) -> Citation | None:
    """A raw span of a document as a citation without a number; None where cleaning left nothing of it."""
    clean, pages = view.parsed.clean, view.parsed.pages
    first, last = bisect_left(clean.offsets, start), bisect_left(clean.offsets, end)
    if first >= last or not clean.text[first:last].strip():
        return None
    metadata = article_at(view.parsed, first).metadata
    return Citation(
        n=0,
        document=view.info.document,
        title=metadata.title or view.info.title,
        published=metadata.published,
        publisher=metadata.publisher,
        page=bisect_right(pages, start) or 1 if pages else None,
        quote=clean.text[first : min(last, first + _MOST)],
        start=start,
        end=min(end, len(view.raw)),
        clean_start=first,
        clean_end=last,
    )
