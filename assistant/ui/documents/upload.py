"""The place to drop files on, and what becomes of each of them."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from assistant.hosting import Host
from assistant.hosting.inbox import FileState, HandedIn
from assistant.records import Stage, Status
from assistant.ui.documents.actions import is_asking
from assistant.ui.escaping import escape
from assistant.ui.words.texts import Texts

_ROUND = "upload_round"
_SECONDS = 1.0
_REDRAWN_SECONDS = 5.0
_MINUTE = 60
_SHOWN = 200
_ORDER = [FileState.REFUSED, FileState.READING, FileState.WAITING, FileState.READ, FileState.KNOWN]
"""What wants a person's eye comes first."""


def draw_drop(host: Host, texts: Texts) -> None:
    """A field that takes many files at once; it is empty again when they are taken."""
    words, most = texts.management, host.assistant.originals.archive_megabytes
    key = f"upload-{st.session_state.setdefault(_ROUND, 0)}"

    def taken() -> None:
        files = st.session_state[key]
        st.session_state[_ROUND] += 1
        host.inbox.take((file.name, file.getvalue()) for file in files)

    with st.container(key="drop-upload"):
        st.html(f'<style>.st-key-drop-upload {{ --words: "{words.drop_button}" }}</style>')
        st.file_uploader(
            words.drop.format(host.settings.file_megabytes, most),
            accept_multiple_files=True,
            key=key,
            on_change=taken,
            max_upload_size=most,
        )


def draw_work(host: Host, texts: Texts) -> None:
    """What is being done to the index and how far the uploads are; drawn each second while it is."""
    is_busy = not host.work.is_idle
    if is_busy or host.inbox.items:
        drawn = _Drawn(is_busy, _stamp(host), time.monotonic())
        st.fragment(_follow, run_every=_SECONDS if is_busy else None)(host, drawn, texts)


def status_line(host: Host, texts: Texts) -> str:
    """What is being done, how far it is and how long it takes; empty when nothing is."""
    words, work, task = texts.management, host.work, host.work.current
    if work.busy is not None:
        return words.busy
    if task is None:
        return ""
    progress, vectors = work.progress, host.assistant.vectors()
    parts = [words.tasks[task.kind]]
    if progress.stage is Stage.EMBEDDING and vectors.total:
        parts = [words.all_vectors.format(vectors.done, vectors.total)]
    elif progress.total:
        parts.append(words.step.format(progress.done, progress.total))
    if (left := work.seconds_left) is not None:
        minutes = round(left / _MINUTE)
        parts.append(
            words.minutes_left.format(minutes) if minutes else words.seconds_left.format(round(left))
        )
    if work.waiting:
        parts.append(words.tasks_waiting.format(len(work.waiting)))
    return " · ".join(parts)


def item_html(item: HandedIn, waiting: Mapping[str, int], texts: Texts, *, has_vectors: bool) -> str:
    """One line: the file, its state, and what there is to say of it; `waiting` counts passages a document."""
    state = f'<span class="state {item.state}">{escape(texts.management.states[item.state])}</span>'
    detail = escape(" · ".join(_details(item, waiting, texts, has_vectors=has_vectors)))
    return f"<li>{state}<b>{escape(item.name)}</b><span>{detail}</span></li>"


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What the whole page showed when it was drawn, and when that was."""

    is_busy: bool
    stamp: tuple[int, ...]
    at: float

    def is_past(self, host: Host) -> bool:
        """Whether it is time to draw it anew: all is done, or the list of documents has changed.

        Not at every file: it would take the page from under the hands of whoever uses it.
        """
        if not self.is_busy or host.work.is_idle:
            return self.is_busy
        is_read = host.work.progress.stage is Stage.EMBEDDING
        return (is_read or time.monotonic() - self.at > _REDRAWN_SECONDS) and _stamp(host) != self.stamp


def _follow(host: Host, drawn: _Drawn, texts: Texts) -> None:
    if drawn.is_past(host) and not is_asking():
        st.rerun()
    if line := status_line(host, texts):
        st.html(f'<div class="work" role="status">{escape(line)}</div>')
    items = host.inbox.items
    if not items:
        return
    ended = sum(item.has_ended for item in items)
    with st.container(horizontal=True, vertical_alignment="center", key="upload_head"):
        counts = escape(texts.management.handed_in.format(len(items), ended))
        st.html(f'<div class="side">{counts}</div>', width="content")
        if ended:
            st.button(texts.management.clear, key="upload_clear", type="tertiary", on_click=host.inbox.clear)
    shown = sorted(items[:_SHOWN], key=lambda item: _ORDER.index(item.state))
    st.html(_items_html(host, shown, texts))


def _items_html(host: Host, items: Sequence[HandedIn], texts: Texts) -> str:
    documents = [name for item in items if item.state is not FileState.WAITING for name in item.results]
    waiting = host.assistant.waiting(documents) if documents else {}
    has_vectors = host.assistant.can_embed
    lines = (item_html(item, waiting, texts, has_vectors=has_vectors) for item in items)
    return f'<ul class="uploads" tabindex="0">{"".join(lines)}</ul>'


def _details(item: HandedIn, waiting: Mapping[str, int], texts: Texts, *, has_vectors: bool) -> list[str]:
    words = texts.management
    if item.same_as:
        return [words.same_as.format(item.same_as)]
    if item.state is FileState.REFUSED:
        return [words.reason(item.reason).removeprefix(item.name).lstrip(" :")]
    details = []
    results = item.results.values()
    if len(item.results) > 1:
        details.append(words.documents_in.format(len(item.results)))
    if failed := sum(result.status is Status.FAILED for result in results):
        details.append(words.unread_in.format(failed))
    if passages := sum(result.passages for result in results):
        left = sum(waiting.get(document, 0) for document in item.results)
        is_counting = has_vectors and left
        details.append(
            words.vectors.format(passages - left, passages)
            if is_counting
            else words.passages.format(passages)
        )
    if item.is_replaced and item.state is FileState.READ:
        details.append(words.replaced)
    return details + [words.reason(note) for result in results for note in result.notes]


def _stamp(host: Host) -> tuple[int, ...]:
    """Changes with what the list of documents shows."""
    documents = host.assistant.documents()
    unread = sum(info.status != "ready" for info in documents)
    return len(documents), sum(info.passages for info in documents), unread
