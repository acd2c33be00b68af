"""The checks of `doctor`: each looks at one part and says what is wrong with it and what to do.

A check never raises for what it looks at. No check shows a key.
"""

from __future__ import annotations

import errno
import json
import os
import shlex
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from assistant.errors import AssistantError
from assistant.index.database import is_unchanging
from assistant.records import Check, IndexIdentity
from assistant.settings import Endpoint, Settings

if TYPE_CHECKING:
    from assistant.index.vectors import Drift

REBUILD = "run: python -m assistant ingest --rebuild PATH…"
_FREE_MEGABYTES = 200
_ENDPOINT_SECONDS = 20.0
_REPLY_BYTES = 1 << 20


def check_settings(settings: Settings) -> Check:
    """Which engine and embedder were chosen and what the first start ingests; wrong values never get here."""
    chat, embeddings = settings.chat, settings.embeddings
    engine = f"answers by {chat.model}, then by quoting" if chat else "answers by quoting, no endpoint is set"
    vectors = f"embeddings by {embeddings.model}" if embeddings else f"embedder {settings.embedder}"
    seeds = f"first start ingests {settings.seeds}"
    if not settings.seeds.is_dir():
        seeds = f"no folder {settings.seeds}, so the first start ingests nothing; ASSISTANT_SEEDS names it"
    return Check("settings", True, f"{engine}; {vectors}; {seeds}")


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
        mend = "make room" if is_full else "give this user the right to write there"
        advice = f"{mend}, or set ASSISTANT_STORAGE"
        return Check("storage", False, f"{storage} cannot be written: {error.strerror}; {advice}")
    if free < _FREE_MEGABYTES:
        return Check("storage", False, f"{storage} has {free} MB left; make room, ingestion needs more")
    return Check("storage", True, f"{storage} is writable, {free} MB free")


def check_database(path: Path) -> Check:
    """Whether SQLite finds its file whole."""
    if not path.exists():
        return Check("database", True, f"{path} does not exist yet; nothing is ingested")
    address = f"{path.resolve().as_uri()}?{'immutable=1' if is_unchanging(path) else 'mode=ro'}"
    try:
        with closing(sqlite3.connect(address, uri=True, timeout=5)) as connection:
            found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(3)")]
    except sqlite3.OperationalError as error:
        return Check(
            "database", False, f"{path} cannot be read ({error}); see who may read it and what holds it"
        )
    except sqlite3.DatabaseError as error:
        found = [str(error)]
    if found != ["ok"]:
        advice = f"remove the directory {path.parent} and run: python -m assistant ingest PATH…"
        return Check("database", False, f"{path} is damaged ({'; '.join(found)}); {advice}")
    return Check("database", True, f"{path} is whole")


def check_finished(unfinished: Sequence[str] | None) -> Check:
    """Whether every ingestion has ended; `unfinished` are the paths of one that has not, None if all have."""
    if unfinished is None:
        return Check("ingestion", True, "none is unfinished")
    paths = shlex.join(os.fsencode(path).decode(errors="replace") for path in unfinished) or "PATH…"
    return Check(
        "ingestion",
        False,
        f"the index is not complete; wait if it is being built, else run: python -m assistant ingest {paths}",
    )


def check_index(stored: IndexIdentity | None, require: Callable[[], None]) -> Check:
    """Whether the index was built as the settings say now; `require` raises AssistantError if it was not."""
    if stored is None:
        return Check("index", True, "nothing is ingested yet")
    try:
        require()
    except AssistantError as error:
        return Check("index", False, str(error))
    return Check("index", True, f"built with {stored.embedder}, cleaner {stored.cleaner}")


def check_vectors(passages: int, drift: Callable[[], Drift] | None) -> Check:
    """Whether passages and vectors belong to each other. `drift` may raise AssistantError."""
    if drift is None:
        return Check("vectors", True, f"{passages} passages, no vectors; only the lexical leg serves")
    try:
        found = drift()
    except AssistantError as error:
        return Check("vectors", False, str(error))
    if found.missing or found.unknown:
        lost, extra = len(found.missing), len(found.unknown)
        detail = f"{lost} of {passages} passages without vector, {extra} vectors too many"
        return Check("vectors", False, f"{detail}; run: python -m assistant ingest PATH…, which repairs them")
    return Check("vectors", True, f"one for each of {passages} passages")


def check_embedder(name: str, dimension: int, embed: Callable[[str], Sequence[float]] | None) -> Check:
    """Whether the embedder gives vectors of `dimension`, 0 for any. `embed` may raise AssistantError."""
    if embed is None:
        return Check("embedder", True, "none; only the lexical leg serves")
    started = time.monotonic()
    try:
        length = len(embed("测试"))
    except AssistantError as error:
        return Check("embedder", False, str(error))
    if dimension and length != dimension:
        return Check("embedder", False, f"{name} gave {length} dimensions instead of {dimension}; {REBUILD}")
    return Check("embedder", True, f"{name}, {length} dimensions, {time.monotonic() - started:.2f} s a query")


def check_reranker(
    name: str, characters: int, score: Callable[[str, Sequence[str]], Mapping[int, float]] | None
) -> Check:
    """Whether the reranking endpoint scores texts of `characters` each. `score` may raise AssistantError."""
    if score is None:
        return Check("reranker", True, "not set; our own ranking decides the order")
    started = time.monotonic()
    try:
        scores = score("测试", ["测" * characters, "试" * characters])
    except AssistantError as error:
        return Check("reranker", False, str(error))
    if len(scores) != 2:
        return Check("reranker", False, f"{name} scored {len(scores)} of 2 texts; see the log of the server")
    return Check("reranker", True, f"{name} scored two texts in {time.monotonic() - started:.2f} s")


def check_endpoint(endpoint: Endpoint | None, timeout: float) -> Check:
    """Whether the chat endpoint answers in time: its address, its key and its model are right."""
    if endpoint is None:
        return Check("endpoint", True, "not set; the quoting engine answers")
    place = f"{endpoint.model} at {urlsplit(endpoint.base_url).netloc}"
    started = time.monotonic()
    try:
        reply = _chat(endpoint, min(timeout, _ENDPOINT_SECONDS))
    except HTTPError as error:
        return Check("endpoint", False, f"{place}: {_status_advice(error.code)}")
    except (OSError, HTTPException) as error:
        return Check("endpoint", False, f"{place}: {_network_advice(error)}")
    if not _is_completion(reply):
        return Check(
            "endpoint", False, f"{place}: the reply is no chat completion; should OPENAI_BASE_URL end in /v1?"
        )
    return Check("endpoint", True, f"{place} answered in {time.monotonic() - started:.1f} s")


class _NoRedirect(HTTPRedirectHandler):
    """A redirect is an error here: following it would hand the key to another host."""

    def redirect_request(self, *_: object) -> None:
        return None


def _chat(endpoint: Endpoint, seconds: float) -> bytes:
    """The body of a one-token reply, read until `seconds` are over."""
    body = {"model": endpoint.model, "messages": [{"role": "user", "content": "1"}], "max_tokens": 1}
    headers = {"Content-Type": "application/json"}
    if endpoint.api_key:
        headers["Authorization"] = f"Bearer {endpoint.api_key}"
    request = Request(f"{endpoint.base_url}/chat/completions", json.dumps(body).encode(), headers)
    deadline = time.monotonic() + seconds
    with build_opener(_NoRedirect).open(request, timeout=seconds) as response:
        return _read(response, deadline)


def _read(response: HTTPResponse, deadline: float) -> bytes:
    received = b""
    while piece := response.read1(1 << 16):
        received += piece
        if time.monotonic() > deadline or len(received) > _REPLY_BYTES:
            raise TimeoutError
    return received


def _is_completion(reply: bytes) -> bool:
    try:
        value = json.loads(reply)
    except ValueError:
        return False
    return isinstance(value, dict) and bool(value.get("choices"))


def _status_advice(code: int) -> str:
    advice = {
        400: "refused the request; see OPENAI_MODEL",
        401: "refused the key; mend OPENAI_API_KEY",
        403: "refused the key; mend OPENAI_API_KEY",
        404: "does not know the address or the model; see OPENAI_BASE_URL (ends in /v1?) and OPENAI_MODEL",
        429: "is out of quota or asked too often; wait, or see the account",
    }
    if 300 <= code < 400:
        return f"HTTP {code}: sends on to another address; put the final one into OPENAI_BASE_URL"
    return f"HTTP {code}: {advice.get(code, 'the server failed; try again later')}"


def _network_advice(error: OSError | HTTPException) -> str:
    cause = error.reason if isinstance(error, URLError) else error
    if isinstance(cause, TimeoutError):
        return "no answer in time; is it loading a model? ASSISTANT_TIMEOUT sets how long to wait"
    reason = getattr(cause, "strerror", None) or type(cause).__name__
    return f"cannot be reached ({reason}); is it running, and is OPENAI_BASE_URL right?"
