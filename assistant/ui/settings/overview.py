"""What is running, as a list of facts."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st

from assistant.hosting import Host
from assistant.settings import Endpoint, Settings
from assistant.ui import identity
from assistant.ui.documents.document_list import FAILED
from assistant.ui.escaping import escape
from assistant.ui.words.languages import NAMES
from assistant.ui.words.texts import Texts

_MEGABYTE = 1_000_000


def draw(host: Host, texts: Texts) -> None:
    """Draw the facts."""
    st.html(facts_html((*_parts(host, texts), *_place(host, texts))))


def facts_html(facts: Iterable[tuple[str, str]]) -> str:
    """Names and their values."""
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in facts)
    return f'<dl class="facts">{rows}</dl>'


def place_of(endpoint: Endpoint) -> str:
    """The host and port of an endpoint."""
    return urlsplit(endpoint.base_url).netloc


def is_open(settings: Settings) -> bool:
    """Whether nobody has to log in, so that whoever is at the page runs the program on this machine."""
    return not settings.passwords and identity.owner() == identity.NOBODY


def _parts(host: Host, texts: Texts) -> Iterable[tuple[str, str]]:
    words, settings = texts.settings, host.settings
    chat, rerank = settings.chat, settings.rerank
    facts = host.assistant.facts()
    answers = words.by_model.format(chat.model, place_of(chat)) if chat else words.by_quoting
    embedder = words.dimensions.format(facts.embedder, facts.dimension)
    if not host.assistant.can_embed:
        embedder = words.no_embedder
    elif settings.embeddings and settings.embeddings.model == facts.embedder:
        embedder = f"{embedder} · {place_of(settings.embeddings)}"
    yield words.answers, answers
    yield words.embedder, embedder
    yield (
        words.reranker,
        words.configured.format(rerank.model, place_of(rerank)) if rerank else words.own_order,
    )
    failed = sum(info.status == FAILED for info in host.assistant.documents())
    counts = words.corpus_counts.format(facts.documents, f"{facts.passages:,}")
    yield words.corpus, counts + (words.corpus_failed.format(failed) if failed else "")
    if host.assistant.can_embed:
        done = facts.passages - facts.waiting
        yield words.vectors, words.vectors_done.format(f"{done:,}", f"{facts.passages:,}")


def _place(host: Host, texts: Texts) -> Iterable[tuple[str, str]]:
    from assistant import __version__
    from assistant.evaluation.reporting import versions

    words, settings = texts.settings, host.settings
    storage = settings.storage.resolve()
    yield words.storage, f"{storage} · {_megabytes(storage):,.1f} MB"
    yield words.page_language, NAMES[settings.language]
    yield words.access, words.access_open if is_open(settings) else words.access_login
    found = versions()
    yield words.version, f"{__version__} ({found['assistant']}) · Python {found['python']}"


def _megabytes(folder: Path) -> float:
    size = 0
    for path in folder.rglob("*"):
        try:
            size += path.lstat().st_size if not path.is_dir() else 0
        except FileNotFoundError:
            continue  # gone since it was listed
    return size / _MEGABYTE
