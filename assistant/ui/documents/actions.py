"""What is done to documents: read again, deleted, all rebuilt; after a question where much depends on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import streamlit as st

from assistant.errors import AssistantError
from assistant.hosting import Host
from assistant.records import DocumentFile
from assistant.ui.escaping import literal
from assistant.ui.words.texts import Texts

_ASKING = "documents_asking"
_REMOVE, _REBUILD = "remove", "rebuild"
_PATIENCE_SECONDS = 3.0
_NAMED = 5


def begin() -> None:
    """A new run of the page: the question that was open is closed by it."""
    st.session_state[_ASKING] = False


def is_asking() -> bool:
    """Whether a question is open, which a run of the whole page would take away unanswered."""
    return bool(st.session_state.get(_ASKING))


def draw_actions(host: Host, documents: Sequence[str], key: str, texts: Texts) -> None:
    """Buttons to read these documents again and to delete them."""
    words = texts.management

    def reread() -> None:
        host.reread(list(documents))

    icon = ":material/refresh:"
    st.button(words.reread, key=f"{key}-reread", icon=icon, type="tertiary", on_click=reread)
    if st.button(words.remove, key=f"{key}-remove", icon=":material/delete:", type="tertiary"):
        _ask(words.remove, _REMOVE, lambda: _remove(host, list(documents), texts))


def draw_rebuild(host: Host, texts: Texts) -> None:
    """A button to read everything again."""
    words = texts.management
    if st.button(words.rebuild, key="rebuild", icon=":material/restart_alt:", type="tertiary"):
        _ask(words.rebuild, _REBUILD, lambda: _rebuild(host, texts))


def consequences(files: Sequence[DocumentFile], texts: Texts) -> list[str]:
    """What becomes of the files when their documents are deleted, one line a kind."""
    words = texts.management
    uploads = [file for file in files if file.is_upload and not file.member]
    packed = [file for file in files if file.is_upload and file.member]
    others = [file for file in files if not file.is_upload and file.is_there]
    folders = list(dict.fromkeys(str(Path(file.path).parent) for file in others))
    lines = []
    if uploads:
        lines.append(words.deletes_files.format(len(uploads)))
    if packed:
        lines.append(words.leaves_archives.format(len(packed)))
    if others:
        lines.append(words.leaves_files.format(len(others), _named(folders, texts)))
    return lines


def _ask(title: str, key: str, draw: Callable[[], None]) -> None:
    """Open a question, which `_confirm` ends under the same key."""

    def body() -> None:
        if st.session_state.get(_sure(key)):  # the click did it: there is nothing left to ask about
            st.rerun()
        draw()

    st.session_state[_ASKING] = True
    st.dialog(title, on_dismiss="rerun")(body)()


def _remove(host: Host, documents: list[str], texts: Texts) -> None:
    words = texts.management
    st.write(literal(words.remove_sure.format(len(documents))))
    st.caption(literal(_named(documents, texts)))
    try:
        files = [host.assistant.originals.file(document) for document in documents]
    except AssistantError as error:
        st.warning(literal(texts.said(str(error))), icon=":material/warning:")
        return
    for line in consequences(files, texts):
        st.write(literal(line))

    def remove() -> None:
        # Mostly done at once; a task that cannot be interrupted is not waited for.
        host.remove(documents).ended.wait(_PATIENCE_SECONDS)

    _confirm(words.remove, _REMOVE, remove, texts)


def _rebuild(host: Host, texts: Texts) -> None:
    words = texts.management
    st.write(literal(words.rebuild_sure.format(len(host.assistant.documents()))))
    if missing := host.assistant.originals.missing():
        line = words.rebuild_missing.format(len(missing), _named(missing, texts))
        st.warning(literal(line), icon=":material/warning:")

    def rebuild() -> None:
        host.rebuild()

    _confirm(words.rebuild, _REBUILD, rebuild, texts)


def _confirm(label: str, key: str, do: Callable[[], None], texts: Texts) -> None:
    """Do it if the person is sure; either way the dialog closes."""
    with st.container(horizontal=True):
        st.button(label, key=_sure(key), type="primary", on_click=do)
        if st.button(texts.management.cancel, key=f"{key}-cancel"):
            st.rerun()


def _sure(key: str) -> str:
    return f"{key}-sure"


def _named(names: Sequence[str], texts: Texts) -> str:
    more = "…" if len(names) > _NAMED else ""
    return texts.separator.join(names[:_NAMED]) + more
