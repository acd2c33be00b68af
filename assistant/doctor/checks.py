"""The checks of `doctor`: each looks at one part and says what is wrong with it and what to do.

A check never raises for what it looks at. No check shows a key.
"""

from __future__ import annotations

import errno
import os
import shlex
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.doctor.endpoint_trials import try_endpoint
from assistant.doctor.lines import LINES
from assistant.errors import AssistantError
from assistant.index.database import is_unchanging
from assistant.records import Check, IndexIdentity
from assistant.records.endpoints import EndpointKind
from assistant.settings import Endpoint, Settings

if TYPE_CHECKING:
    from assistant.index.vectors import Drift

_FREE_MEGABYTES = 200
_ENDPOINT_SECONDS = 20.0


def check_settings(settings: Settings) -> Check:
    """Which engine and embedder were chosen and what the first start ingests; wrong values never get here."""
    chat, embeddings, seeds = settings.chat, settings.embeddings, settings.seeds
    code = ("prose" if chat else "quotes") + ("" if seeds.is_dir() else "_without_seeds")
    embedder = embeddings.model if embeddings else settings.embedder
    return _found(
        "settings", True, code, model=chat.model if chat else "", embedder=embedder, seeds=str(seeds)
    )


def check_storage(storage: Path) -> Check:
    """Whether files can be written there and enough room is left."""
    try:
        storage.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=storage) as file:
            file.write(b"x")
            file.flush()
        free = shutil.disk_usage(storage).free // 1_000_000
    except OSError as error:
        is_full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        code, reason = "full" if is_full else "not_writable", error.strerror or type(error).__name__
        return _found("storage", False, code, path=str(storage), reason=reason)
    is_ample = free >= _FREE_MEGABYTES
    code = "writable" if is_ample else "little_room"
    return _found("storage", is_ample, code, path=str(storage), free=free)


def check_database(path: Path) -> Check:
    """Whether SQLite finds its file whole."""
    if not path.exists():
        return _found("database", True, "no_database", path=str(path))
    address = f"{path.resolve().as_uri()}?{'immutable=1' if is_unchanging(path) else 'mode=ro'}"
    try:
        with closing(sqlite3.connect(address, uri=True, timeout=5)) as connection:
            found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(3)")]
    except sqlite3.OperationalError as error:
        return _found("database", False, "unreadable", path=str(path), reason=str(error))
    except sqlite3.DatabaseError as error:
        found = [str(error)]
    if found != ["ok"]:
        reason = "; ".join(found)
        return _found("database", False, "damaged", path=str(path), reason=reason, folder=str(path.parent))
    return _found("database", True, "whole", path=str(path))


def check_finished(unfinished: Sequence[str] | None) -> Check:
    """Whether every ingestion has ended; `unfinished` are the paths of one that has not, None if all have."""
    if unfinished is None:
        return _found("ingestion", True, "finished")
    paths = shlex.join(os.fsencode(path).decode(errors="replace") for path in unfinished) or "PATH…"
    return _found("ingestion", False, "unfinished", paths=paths)


def check_index(stored: IndexIdentity | None, require: Callable[[], None]) -> Check:
    """Whether the index was built as the settings say now; `require` raises AssistantError if it was not."""
    if stored is None:
        return _found("index", True, "no_index")
    try:
        require()
    except AssistantError as error:
        return Check("index", False, str(error))
    return _found("index", True, "built", embedder=stored.embedder, cleaner=stored.cleaner)


def check_vectors(passages: int, drift: Callable[[], Drift] | None) -> Check:
    """Whether passages and vectors belong to each other. `drift` may raise AssistantError."""
    if drift is None:
        return _found("vectors", True, "words_only", passages=passages)
    try:
        found = drift()
    except AssistantError as error:
        return Check("vectors", False, str(error))
    if found.missing or found.unknown:
        lost, extra = len(found.missing), len(found.unknown)
        return _found("vectors", False, "adrift", passages=passages, lost=lost, extra=extra)
    return _found("vectors", True, "in_line", passages=passages)


def check_embedder(name: str, dimension: int, embed: Callable[[str], Sequence[float]] | None) -> Check:
    """Whether the embedder gives vectors of `dimension`, 0 for any. `embed` may raise AssistantError."""
    if embed is None:
        return _found("embedder", True, "no_embedder")
    started = time.monotonic()
    try:
        length = len(embed("测试"))
    except AssistantError as error:
        return Check("embedder", False, str(error))
    seconds, is_other = time.monotonic() - started, bool(dimension) and length != dimension
    code = "other_length" if is_other else "embeds"
    facts = {"length": length, "dimension": dimension, "seconds": seconds}
    return _found("embedder", not is_other, code, model=name, **facts)


def check_reranker(
    name: str, characters: int, score: Callable[[str, Sequence[str]], Mapping[int, float]] | None
) -> Check:
    """Whether the reranking endpoint scores texts of `characters` each. `score` may raise AssistantError."""
    if score is None:
        return _found("reranker", True, "no_reranker")
    started = time.monotonic()
    try:
        scores = score("测试", ["测" * characters, "试" * characters])
    except AssistantError as error:
        return Check("reranker", False, str(error))
    code = "reranks" if len(scores) == 2 else "scores_missing"
    seconds = time.monotonic() - started
    return _found("reranker", code == "reranks", code, model=name, count=len(scores), seconds=seconds)


def check_endpoint(endpoint: Endpoint | None, timeout: float) -> Check:
    """Whether the chat endpoint answers in time: its address, its key and its model are right."""
    if endpoint is None:
        return _found("endpoint", True, "no_endpoint")
    trial = try_endpoint(EndpointKind.CHAT, endpoint, min(timeout, _ENDPOINT_SECONDS))
    facts = {name: value for name, value in asdict(trial).items() if isinstance(value, str | int | float)}
    return _found("endpoint", trial.works, trial.outcome, **facts)


def _found(name: str, ok: bool, code: str, **facts: str | int | float) -> Check:
    return Check(name, ok, LINES[code].format(**facts), str(code), facts)
