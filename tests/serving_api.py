"""The interface for programs, served for real on 127.0.0.1 over three small documents."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Thread

import flow_corpus
import uvicorn

from assistant.api.application import create
from assistant.hosting import Host
from assistant.settings import Endpoint, Settings


@contextmanager
def hosted(directory: Path) -> Iterator[Host]:
    """A host whose documents are read."""
    seeds = flow_corpus.write(directory / "seeds")
    host = Host(Settings(storage=directory / "storage", seeds=seeds, embedder="none", api_requests=1000))
    try:
        assert host.wait(60)
        yield host
    finally:
        host.close()


@contextmanager
def over_endpoint(host: Host, endpoint: str) -> Iterator[Host]:
    """A host over the same storage that answers with a chat endpoint."""
    chat = Endpoint(endpoint, "scripted")
    other = Host(replace(host.settings, chat=chat, timeout=60.0))
    try:
        yield other
    finally:
        other.close()


@contextmanager
def served(host: Host) -> Iterator[str]:
    """The address of a server with the interface of a host."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        config = uvicorn.Config(create(lambda: host, host.settings), log_level="error", lifespan="off")
        server = uvicorn.Server(config)
        thread = Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(60)
