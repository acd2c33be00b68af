"""What can be done with an answer: a row of small buttons under it."""

from __future__ import annotations

import streamlit as st

from assistant.records import Answer
from assistant.records.conversations import Exchange, Rating
from assistant.ui import session
from assistant.ui.chat.scene import Scene
from assistant.ui.chat.why import why_html
from assistant.ui.escaping import escape
from assistant.ui.gestures import copy_html
from assistant.ui.rendering import citation_line, citation_title, meta_html
from assistant.ui.words.texts import Texts

_THUMBS = (Rating.DOWN, Rating.UP)  # as the widget counts them


@st.fragment
def draw_actions(scene: Scene, exchange: Exchange, place: int) -> None:
    """Copy, ask again, rate, explain, other versions, and how the answer was found.

    A fragment, so that none of them ends an answer that is being written.
    """
    texts, answer = scene.texts, exchange.answer
    kind = "actions" if exchange.finished else "resume"
    with st.container(key=f"{kind}-{place}", horizontal=True, vertical_alignment="center", gap="xsmall"):
        if answer:
            words = texts.conversation
            st.html(copy_html(copied_text(answer, texts), words.copy, words.copied), width="content")
        _draw_retry(exchange, place, texts)
        if answer:
            _draw_rating(scene, exchange)
            _draw_why_button(scene, exchange)
        _draw_versions(scene, exchange, place)
        if answer:
            st.html(meta_html(answer, texts), width="content")
    _draw_comment(scene, exchange)
    if answer and exchange.id in scene.talk.explained:
        st.html(why_html(answer, texts))


def copied_text(answer: Answer, texts: Texts) -> str:
    """The answer as it is pasted elsewhere: its text, and a line for each source."""
    sources = [
        " · ".join(filter(None, (f"[{c.n}] {citation_title(c)}", citation_line(c, texts))))
        for c in answer.citations
    ]
    return "\n".join(
        [answer.text.replace("\t", " │ "), *(["", texts.conversation.sources, *sources] if sources else [])]
    )


def _draw_retry(exchange: Exchange, place: int, texts: Texts) -> None:
    hint = texts.retry if exchange.finished else None
    if st.button(texts.retry, key=f"retry-{place}", icon=":material/refresh:", type="tertiary", help=hint):
        session.ask_next(exchange.question, exchange.dropped, exchange.parent)
        st.rerun()


def _draw_rating(scene: Scene, exchange: Exchange) -> None:
    words, key = scene.texts.conversation, f"rating-{exchange.id}"

    def rate() -> None:
        chosen = st.session_state[key]
        rating = None if chosen is None else _THUMBS[chosen]
        comment = exchange.comment if rating else ""
        session.rate(scene.host.conversations, scene.talk, exchange, rating, comment)
        scene.talk.commenting = exchange.id if rating else 0

    default = _THUMBS.index(exchange.rating) if exchange.rating else None
    st.feedback("thumbs", key=key, default=default, on_change=rate, width="content")
    if exchange.rating and scene.talk.commenting != exchange.id:
        st.button(
            words.comment,
            key=f"comment-{exchange.id}",
            icon=":material/rate_review:",
            type="tertiary",
            help=words.comment,
            on_click=lambda: setattr(scene.talk, "commenting", exchange.id),
        )


def _draw_why_button(scene: Scene, exchange: Exchange) -> None:
    def toggle() -> None:
        scene.talk.explained ^= {exchange.id}

    why = scene.texts.conversation.why
    st.button(
        why, key=f"why-{exchange.id}", icon=":material/help:", type="tertiary", help=why, on_click=toggle
    )


def _draw_versions(scene: Scene, exchange: Exchange, place: int) -> None:
    """The way to what else was asked or answered here: ‹ 2/3 ›."""
    versions = scene.talk.tree.versions(exchange)
    if len(versions) < 2:
        return
    words = scene.texts.conversation
    number = versions.index(exchange)
    steps = (
        ("before", number - 1, words.before, "chevron_left"),
        ("after", number + 1, words.after, "chevron_right"),
    )
    with st.container(
        key=f"versions-{place}", horizontal=True, vertical_alignment="center", gap=None, width="content"
    ):
        for name, to, label, icon in steps:
            is_last = not 0 <= to < len(versions)
            key = f"{name}-{place}"
            if st.button(label, key=key, icon=f":material/{icon}:", type="tertiary", disabled=is_last):
                session.show(scene.host.conversations, scene.talk, versions[to])
                st.rerun()
            if name == "before":
                said = escape(words.version.format(number + 1, len(versions)))
                st.html(
                    f'<span class="version" aria-label="{said}">{number + 1}/{len(versions)}</span>',
                    width="content",
                )


def _draw_comment(scene: Scene, exchange: Exchange) -> None:
    words = scene.texts.conversation
    if exchange.id != scene.talk.commenting:
        if exchange.comment:
            st.html(f'<div class="commented">{escape(words.commented.format(exchange.comment))}</div>')
        return
    key = f"comment-text-{exchange.id}"

    def save() -> None:
        comment = str(st.session_state[key] or "").strip()
        session.rate(scene.host.conversations, scene.talk, exchange, exchange.rating, comment)
        scene.talk.commenting = 0

    with (
        st.form(f"commenting-{exchange.id}", border=False),
        st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"),
    ):
        st.text_input(
            words.comment,
            exchange.comment,
            key=key,
            placeholder=words.comment_hint,
            label_visibility="collapsed",
            max_chars=2000,
        )
        st.form_submit_button(words.save, on_click=save)
