"""The sources of an answer: a row of buttons under it, and the drawer that one opens."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from assistant.errors import AssistantError
from assistant.records import Answer, Citation, DocumentView
from assistant.ui.escaping import escape, literal
from assistant.ui.page_view import draw_page, forget_failures
from assistant.ui.reading import article_at, cited_article_html, cited_raw_html
from assistant.ui.rendering import citation_title, quote_html
from assistant.ui.texts import Texts

if TYPE_CHECKING:
    from assistant.service import Assistant

_LABEL_CHARACTERS = 22
_CHOSEN = "source_chosen"
_PDF = "pdf"


def draw_sources(assistant: Assistant, answer: Answer, place: int, texts: Texts) -> None:
    """One button a citation; pressing it opens the drawer at that source."""
    if not answer.citations:
        return
    with st.container(key=f"sources-{place}", horizontal=True, gap="small"):
        for citation in answer.citations:
            if st.button(source_label(citation), key=f"source-{place}-{citation.n}"):
                open_source(assistant, answer.citations, citation.n, texts)


def open_source(assistant: Assistant, citations: tuple[Citation, ...], n: int, texts: Texts) -> None:
    """Open the drawer at the source `n`, with a choice of all these; a run of the page may open one."""
    st.session_state[_CHOSEN] = n
    forget_failures()
    drawer = st.dialog(texts.sources, width="medium", position="right")
    drawer(partial(_draw, assistant, citations, texts))()


def source_label(citation: Citation) -> str:
    """The words of its button; of a long title both ends: reports of one company differ in the last words."""
    title = citation_title(citation)
    half = _LABEL_CHARACTERS // 2
    short = title if len(title) <= _LABEL_CHARACTERS else f"{title[: half - 1]}…{_end_of(title, half)}"
    return f"**{citation.n}** {literal(' · '.join(part for part in (short, citation.published) if part))}"


def _end_of(title: str, length: int) -> str:
    """The last characters, or some more, so that no number or Latin word is cut in two."""
    cut = re.match(r"[a-zA-Z\d]", title[-length:]) and re.search(r"[a-zA-Z\d]{1,8}$", title[:-length])
    return (cut[0] if cut else "") + title[-length:]


def _draw(assistant: Assistant, citations: tuple[Citation, ...], texts: Texts) -> None:
    by_number = {citation.n: citation for citation in citations}
    if len(by_number) > 1:
        numbers = list(by_number)
        st.segmented_control(texts.sources, numbers, key=_CHOSEN, required=True, label_visibility="collapsed")
    citation = by_number[st.session_state[_CHOSEN]]
    try:
        view = assistant.show(citation.document)
    except AssistantError as error:
        st.html(head_html(citation, None, texts))
        st.warning(literal(str(error)), icon=":material/warning:")
        return
    st.html(head_html(citation, view, texts))
    _draw_tabs(assistant, citation, view, texts)


def _draw_tabs(assistant: Assistant, citation: Citation, view: DocumentView, texts: Texts) -> None:
    """The page first, though drawn last: it takes longest to make."""
    has_picture = view.info.form == _PDF and citation.page is not None
    *page, article, raw = st.tabs([*[texts.page_picture] * has_picture, texts.article, texts.raw_file])
    with article:
        whole = st.toggle(texts.whole_article, key="whole_article")
        st.html(cited_article_html(view, citation, texts, whole=whole))
    with raw:
        whole = st.toggle(texts.whole_file, key="whole_file")
        st.html(cited_raw_html(view, citation, texts, whole=whole))
    if page:
        with page[0]:
            _draw_pages(assistant, citation, view, texts)


def _draw_pages(assistant: Assistant, citation: Citation, view: DocumentView, texts: Texts) -> None:
    """The page, and the next one where the quotation runs on to it."""
    numbers = pages_of(citation, view)
    for number in numbers:
        if len(numbers) > 1:
            st.html(f'<div class="side">{escape(texts.page.format(number))}</div>')
        draw_page(assistant, replace(citation, page=number), texts)


def pages_of(citation: Citation, view: DocumentView) -> range:
    """The pages that the quotation stands on, from 1; none where the format has none."""
    if citation.page is None:
        return range(0)
    last = bisect_right(view.parsed.pages, max(citation.start, citation.end - 1))
    return range(citation.page, max(citation.page, last) + 1)


def head_html(citation: Citation, view: DocumentView | None, texts: Texts) -> str:
    """Everything that is known of the source, the quotation, and where in the file it stands."""
    place = [citation.document, _page(citation, view, texts)]
    place.append(texts.location.format(citation.start + 1, citation.end))
    lines = [_about(citation, view, texts), citation.section, " · ".join(filter(None, place))]
    if citation.reprints:
        copies = texts.reprints.format(len(citation.reprints))
        lines.append(texts.named.format(copies, texts.separator.join(citation.reprints)))
    said = "".join(f"<p>{escape(line)}</p>" for line in lines if line)
    return (
        f'<div class="source"><h3><span class="number">{citation.n}</span>'
        f"{escape(citation_title(citation))}</h3>{said}"
        f"<blockquote>{quote_html(citation.quote)}</blockquote></div>"
    )


def _about(citation: Citation, view: DocumentView | None, texts: Texts) -> str:
    parts = [citation.publisher, citation.published]
    if view is not None:
        metadata = article_at(view.parsed, citation.clean_start).metadata
        parts += [metadata.author, texts.kind(metadata.kind), texts.period(metadata.period)]
    return " · ".join(dict.fromkeys(filter(None, parts)))


def _page(citation: Citation, view: DocumentView | None, texts: Texts) -> str:
    if citation.page is None:
        return ""
    if view is None or not view.info.pages:
        return texts.page.format(citation.page)
    pages = pages_of(citation, view)
    return texts.page_of.format("–".join(map(str, dict.fromkeys((pages[0], pages[-1])))), view.info.pages)
