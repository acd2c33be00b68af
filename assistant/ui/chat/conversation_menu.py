"""What can be done to a conversation of the list: another name, a file of it, its end."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import partial

import streamlit as st

from assistant.errors import AssistantError
from assistant.hosting import Host
from assistant.records.conversations import Conversation
from assistant.ui import identity, session
from assistant.ui.escaping import escape, literal
from assistant.ui.words.texts import Texts

_TYPES = {"md": "text/markdown", "json": "application/json"}


class Wish(StrEnum):
    """What a person wants done."""

    RENAME = "rename"
    EXPORT = "export"
    DELETE = "delete"


def draw_menu(row: Conversation, texts: Texts) -> Wish | None:
    """The menu of a row; what was chosen in it in this run."""
    words = texts.conversation
    names = {Wish.RENAME: words.rename, Wish.EXPORT: words.export, Wish.DELETE: words.delete}
    return st.menu_button(
        words.menu,
        list(Wish),
        key=f"menu-{row.id}",
        icon=":material/more_horiz:",
        type="tertiary",
        format_func=names.__getitem__,
    )


def open_dialog(wish: Wish, host: Host, row: Conversation, texts: Texts) -> None:
    """Ask for what is still needed, and do it."""
    words = texts.conversation
    dialogs: Mapping[Wish, tuple[str, Callable[[], None]]] = {
        Wish.RENAME: (words.rename, partial(_rename, host, row, texts)),
        Wish.EXPORT: (words.export, partial(_export, host, row, texts)),
        Wish.DELETE: (words.delete, partial(_delete, host, row, texts)),
    }
    title, draw = dialogs[wish]
    st.dialog(title)(draw)()


def _rename(host: Host, row: Conversation, texts: Texts) -> None:
    words = texts.conversation
    with st.form(f"rename-{row.id}", border=False):
        title = st.text_input(words.new_title, row.title, key=f"title-{row.id}", max_chars=60) or ""
        if st.form_submit_button(words.save, type="primary") and title.strip():
            _do(partial(_renamed, host, row, title), texts)


def _renamed(host: Host, row: Conversation, title: str) -> None:
    opened = session.current(identity.owner())
    host.conversations.rename(identity.owner(), row.id, title)
    if opened.id == row.id:
        opened.title = title


def _export(host: Host, row: Conversation, texts: Texts) -> None:
    """The files are made while the dialog opens, of the conversation as it is now."""
    from assistant.exports import conversation_file_name, conversation_markdown, conversation_object

    words = texts.conversation
    try:
        head, tree = host.conversations.open(identity.owner(), row.id)
    except AssistantError as error:
        st.warning(literal(texts.said(str(error))), icon=":material/warning:")
        return
    markdown = conversation_markdown(head, tree.path(), session.language(host.settings.language))
    structured = json.dumps(conversation_object(head, tree), ensure_ascii=False, indent=2)
    st.html(f'<div class="about">{escape(head.title)}</div>')
    for label, ending, data in ((words.markdown, "md", markdown), (words.json, "json", structured)):
        st.download_button(
            label,
            data.encode("utf-8"),
            conversation_file_name(head, ending),
            _TYPES[ending],
            key=f"export-{ending}",
            on_click="ignore",
            icon=":material/download:",
            width="stretch",
        )


def _delete(host: Host, row: Conversation, texts: Texts) -> None:
    words = texts.conversation
    st.write(literal(words.delete_sure.format(row.title)))
    with st.container(horizontal=True):
        is_sure = st.button(words.delete, key=f"delete-{row.id}", type="primary")
        if st.button(words.cancel, key=f"keep-{row.id}"):
            st.rerun()
    if is_sure:
        _do(partial(host.conversations.delete, identity.owner(), row.id), texts, row.id)


def _do(change: Callable[[], None], texts: Texts, closing: str = "") -> None:
    """Make the change and close the dialog, and the conversation `closing` if it is open."""
    try:
        change()
    except AssistantError as error:
        st.warning(literal(texts.said(str(error))), icon=":material/warning:")
        return
    if closing and session.current(identity.owner()).id == closing:
        session.start_conversation()
    st.rerun()
