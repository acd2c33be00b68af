"""The sources of an answer: a row of buttons under it, and the drawer that one opens."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from assistant.errors import AssistantError
from assistant.records import Answer, Citation
from assistant.ui.escaping import literal
from assistant.ui.rendering import citation_title
from assistant.ui.sources import view as source_view
from assistant.ui.sources.page_view import forget_failures
from assistant.ui.words.texts import Texts

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
            if st.button(source_label(citation), key=f"source-{place}-{citation.n}"):
                open_source(assistant, answer.citations, citation.n, texts)


def open_source(assistant: Assistant, citations: tuple[Citation, ...], n: int, texts: Texts) -> None:
    """Open the drawer at the source `n`, with a choice of all these; a run of the page may open one."""
    _choose(n)
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


def _choose(n: int) -> None:
    st.session_state[_CHOSEN] = n
    source_view.begin()


def _draw(assistant: Assistant, citations: tuple[Citation, ...], texts: Texts) -> None:
    by_number = {citation.n: citation for citation in citations}
    if len(by_number) > 1:
        _draw_steps(list(by_number), texts)
    citation = by_number[st.session_state[_CHOSEN]]
    try:
        view = assistant.show(citation.document)
    except AssistantError as error:
        st.html(source_view.head_html(citation, None, texts))
        st.warning(literal(texts.said(str(error))), icon=":material/warning:")
        return
    st.html(source_view.head_html(citation, view, texts) + source_view.link_html(citation, texts))
    source_view.draw_view(assistant, citation, view, texts)


def _draw_steps(numbers: list[int], texts: Texts) -> None:
    """The source before, all of them, the source after; the arrow keys step too."""
    place = numbers.index(st.session_state[_CHOSEN])
    with st.container(key="source_steps", horizontal=True, vertical_alignment="center", gap="small"):
        _draw_step(numbers, place - 1, "chevron_left", "Left", texts.source.previous)
        st.segmented_control(
            texts.sources,
            numbers,
            key=_CHOSEN,
            on_change=source_view.begin,
            required=True,
            label_visibility="collapsed",
        )
        _draw_step(numbers, place + 1, "chevron_right", "Right", texts.source.next)


def _draw_step(numbers: list[int], place: int, icon: str, shortcut: str, label: str) -> None:
    is_there = 0 <= place < len(numbers)
    st.button(
        label,
        key=f"source_{shortcut.lower()}",
        icon=f":material/{icon}:",
        type="tertiary",
        disabled=not is_there,
        shortcut=shortcut,
        on_click=_choose,
        args=(numbers[place] if is_there else 0,),
    )
