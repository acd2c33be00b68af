"""The sources of an answer: a row of buttons under it, and the drawer that one opens."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from assistant.errors import AssistantError
from assistant.records import Answer, Citation
from assistant.ui.escaping import escape, literal
from assistant.ui.reading import cited_article_html, cited_raw_html
from assistant.ui.rendering import citation_line, citation_title
from assistant.ui.texts import Texts

if TYPE_CHECKING:
    from assistant.service import Assistant

_LABEL_CHARACTERS = 22
_CHOSEN = "source_chosen"


def draw_sources(assistant: Assistant, answer: Answer, place: int, texts: Texts) -> None:
    """One button a citation; pressing it opens the drawer at that source."""
    if not answer.citations:
        return
    with st.container(key=f"sources-{place}", horizontal=True, gap="small"):
        for citation in answer.citations:
            if st.button(_label(citation), key=f"source-{place}-{citation.n}"):
                _open(assistant, answer.citations, citation.n, texts)


def _label(citation: Citation) -> str:
    title = citation_title(citation)
    short = title if len(title) <= _LABEL_CHARACTERS else title[: _LABEL_CHARACTERS - 1] + "…"
    return f"**{citation.n}** {literal(' · '.join(part for part in (short, citation.published) if part))}"


def _open(assistant: Assistant, citations: tuple[Citation, ...], n: int, texts: Texts) -> None:
    st.session_state[_CHOSEN] = n
    drawer = st.dialog(texts.sources, width="medium", position="right")
    drawer(partial(_draw, assistant, citations, texts))()


def _draw(assistant: Assistant, citations: tuple[Citation, ...], texts: Texts) -> None:
    by_number = {citation.n: citation for citation in citations}
    if len(by_number) > 1:
        numbers = list(by_number)
        st.segmented_control(texts.sources, numbers, key=_CHOSEN, required=True, label_visibility="collapsed")
    citation = by_number[st.session_state[_CHOSEN]]
    st.html(_head_html(citation, texts))
    try:
        view = assistant.show(citation.document)
    except AssistantError as error:
        st.warning(literal(str(error)), icon=":material/warning:")
        return
    article, raw = st.tabs([texts.article, texts.raw_file])
    with article:
        whole = st.toggle(texts.whole_article, key="whole_article")
        st.html(cited_article_html(view, citation, whole=whole))
    with raw:
        whole = st.toggle(texts.whole_file, key="whole_file")
        st.html(cited_raw_html(view, citation, whole=whole))


def _head_html(citation: Citation, texts: Texts) -> str:
    location = texts.location.format(citation.start + 1, citation.end)
    return (
        f'<div class="source"><h3><span class="number">{citation.n}</span>'
        f"{escape(citation_title(citation))}</h3>"
        f"<p>{escape(citation_line(citation, texts))}</p>"
        f"<blockquote>{escape(citation.quote)}</blockquote>"
        f"<p>{escape(citation.document)} · {escape(location)}</p></div>"
    )
