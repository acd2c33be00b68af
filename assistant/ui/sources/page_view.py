"""The page of a PDF that a citation stands on, as a picture."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import streamlit as st

from assistant.errors import AssistantError
from assistant.records import Citation, PagePicture
from assistant.ui.escaping import escape, literal
from assistant.ui.rendering import citation_title
from assistant.ui.words.texts import Texts

if TYPE_CHECKING:
    from assistant.service import Assistant

_PICTURES = "page_pictures"
_KEPT = 12


def draw_page(assistant: Assistant, citation: Citation, texts: Texts) -> None:
    """Show the page at the highlighted place, or in one line why it cannot be shown."""
    drawn = _picture(assistant, citation)
    if isinstance(drawn, PagePicture):
        st.html(picture_html(drawn, citation, texts))
    else:
        st.warning(literal(texts.said(drawn)), icon=":material/warning:")


def forget_failures() -> None:
    """Have pages that could not be drawn be tried again."""
    pictures = _pictures()
    for citation in [key for key, drawn in pictures.items() if isinstance(drawn, str)]:
        del pictures[citation]


def picture_html(picture: PagePicture, citation: Citation, texts: Texts) -> str:
    """The picture in a frame that scrolls by itself and begins at the highlighted place."""
    alt = texts.page_alt.format(citation_title(citation), citation.page)
    source = f"data:image/png;base64,{base64.b64encode(picture.png).decode('ascii')}"
    place = f"top: {picture.top:.2%}"
    return (
        f'<div class="page" tabindex="0"><div style="aspect-ratio: {picture.aspect:.4f}">'
        f'<img src="{source}" alt="{escape(alt)}"><i style="{place}"></i></div></div>'
    )


def _picture(assistant: Assistant, citation: Citation) -> PagePicture | str:
    """The picture or the reason why there is none, made once; the oldest of many are forgotten."""
    pictures = _pictures()
    if citation not in pictures:
        try:
            pictures[citation] = assistant.page_picture(citation)
        except AssistantError as error:
            pictures[citation] = str(error)
        for oldest in list(pictures)[:-_KEPT]:
            del pictures[oldest]
    return pictures[citation]


def _pictures() -> dict[Citation, PagePicture | str]:
    pictures: dict[Citation, PagePicture | str] = st.session_state.setdefault(_PICTURES, {})
    return pictures
