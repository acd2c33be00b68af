"""Each check tells a healthy part from a broken one and says what to do."""

from __future__ import annotations

import json
import socket
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from assistant.doctor.checks import (
    check_database,
    check_embedder,
    check_endpoint,
    check_finished,
    check_index,
    check_settings,
    check_storage,
    check_vectors,
)
from assistant.errors import EmbeddingError, IndexMismatchError, StorageError
from assistant.index.vectors import Drift
from assistant.records import IndexIdentity
from assistant.settings import Endpoint, Settings

CHUNK = {"choices": [{"delta": {"content": "1"}, "finish_reason": "stop"}]}
COMPLETION = b"data: " + json.dumps(CHUNK).encode() + b"\n\ndata: [DONE]\n\n"
KEY = "sk-very-secret"


class Scripted(BaseHTTPRequestHandler):
    """Answers every request with the status, headers and body of its server."""

    server: ScriptedServer

    def do_POST(self) -> None:
        self.server.requests.append(
            (self.path, dict(self.headers), self.rfile.read(int(self.headers["Content-Length"])))
        )
        time.sleep(self.server.delay)
        self.send_response(self.server.status)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.end_headers()
        for byte in self.server.body:
            self.wfile.write(bytes([byte]))
            time.sleep(self.server.drip)

    def log_message(self, format: str, *args: object) -> None:
        pass


class ScriptedServer(ThreadingHTTPServer):
    status = 200
    body = COMPLETION
    delay = drip = 0.0

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Scripted)
        self.headers: dict[str, str] = {}
        self.requests: list[tuple[str, dict[str, str], bytes]] = []

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is part of the tests."""

    @property
    def endpoint(self) -> Endpoint:
        return Endpoint(f"http://127.0.0.1:{self.server_address[1]}/v1", "small", KEY)


@contextmanager
def serving() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with serving() as running:
        yield running


def test_an_endpoint_that_answers_is_well(server: ScriptedServer) -> None:
    check = check_endpoint(server.endpoint, 60)
    assert check.ok, check.detail
    path, headers, body = server.requests[0]
    assert path == "/v1/chat/completions"
    assert headers["Authorization"] == f"Bearer {KEY}"
    assert json.loads(body)["max_tokens"] <= 16


def test_without_an_endpoint_nothing_is_wrong() -> None:
    assert check_endpoint(None, 60).ok


@pytest.mark.parametrize(
    ("status", "advice"),
    [
        (400, "OPENAI_MODEL"),
        (401, "OPENAI_API_KEY"),
        (403, "OPENAI_API_KEY"),
        (404, "OPENAI_BASE_URL"),
        (429, "quota"),
        (500, "server failed"),
    ],
)
def test_a_refusal_is_explained_without_the_key(server: ScriptedServer, status: int, advice: str) -> None:
    server.status, server.body = status, f"Incorrect key: {KEY}".encode()
    check = check_endpoint(server.endpoint, 60)
    assert not check.ok
    assert advice in check.detail
    assert KEY not in check.detail


def test_a_redirect_is_not_followed_with_the_key(server: ScriptedServer) -> None:
    with serving() as other:
        server.status, server.headers = 302, {"Location": f"{other.endpoint.base_url}/chat/completions"}
        check = check_endpoint(server.endpoint, 60)
        assert other.requests == []
    assert not check.ok
    assert "sends on to another address" in check.detail


@pytest.mark.parametrize("body", [b"<html>Welcome</html>", b"{}", b"[]", b"", b"\xff"])
def test_a_page_that_is_no_chat_reply_is_told_apart(server: ScriptedServer, body: bytes) -> None:
    server.body = body
    check = check_endpoint(server.endpoint, 60)
    assert not check.ok
    assert "/v1" in check.detail


def test_a_slow_endpoint_ends_with_the_time_out(server: ScriptedServer) -> None:
    server.delay = 1.0
    check = check_endpoint(server.endpoint, 0.1)
    assert not check.ok
    assert "ASSISTANT_TIMEOUT" in check.detail


def test_an_endpoint_that_drips_ends_with_the_time_out(server: ScriptedServer) -> None:
    server.drip, server.body = 0.05, COMPLETION.ljust(1000)
    started = time.monotonic()
    check = check_endpoint(server.endpoint, 0.2)
    assert time.monotonic() - started < 40  # the whole answer takes 50
    assert not check.ok
    assert "ASSISTANT_TIMEOUT" in check.detail


def test_an_endpoint_that_is_down_is_told() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        endpoint = Endpoint(f"http://127.0.0.1:{unused.getsockname()[1]}/v1", "small", KEY)
        check = check_endpoint(endpoint, 60)
    assert not check.ok
    assert "is it running" in check.detail


def test_an_endpoint_that_hangs_up_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=lambda: listener.accept()[0].close())
        thread.start()
        check = check_endpoint(Endpoint(f"http://127.0.0.1:{listener.getsockname()[1]}/v1", "small"), 60)
        thread.join()
    assert not check.ok
    assert "cannot be reached" in check.detail


def test_settings_name_the_engine_but_no_key(tmp_path: Path) -> None:
    settings = Settings(seeds=tmp_path, chat=Endpoint("http://h/v1", "small", KEY))
    check = check_settings(settings)
    assert check.ok
    assert "small" in check.detail
    assert KEY not in check.detail


def test_a_seeds_folder_that_is_not_there_is_mentioned(tmp_path: Path) -> None:
    check = check_settings(Settings(seeds=tmp_path / "none"))
    assert check.ok
    assert "ASSISTANT_SEEDS" in check.detail


def test_a_storage_that_can_be_written_is_well_and_left_as_it_was(tmp_path: Path) -> None:
    assert check_storage(tmp_path).ok
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_place_of_the_storage_is_told(tmp_path: Path) -> None:
    (tmp_path / "storage").write_text("x", encoding="utf-8")
    check = check_storage(tmp_path / "storage")
    assert not check.ok
    assert "ASSISTANT_STORAGE" in check.detail


def test_a_whole_database_is_well(tmp_path: Path) -> None:
    path = tmp_path / "有 space#?.sqlite3"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (a)")
    connection.commit()
    connection.close()
    assert check_database(path).ok


def test_a_database_that_is_not_there_yet_is_well_and_stays_absent(tmp_path: Path) -> None:
    assert check_database(tmp_path / "none.sqlite3").ok
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_database_is_told(tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite3"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (a)")
    connection.executemany("INSERT INTO t VALUES (?)", [("x" * 500,) for _ in range(200)])
    connection.commit()
    connection.close()
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + b"\xff" * 8192 + whole[16384:])
    check = check_database(path)
    assert not check.ok
    assert "move it away" in check.detail
    path.write_bytes(b"no database at all, " * 500)
    assert not check_database(path).ok


def test_a_database_that_cannot_be_opened_is_not_called_damaged(tmp_path: Path) -> None:
    check = check_database(tmp_path)
    assert not check.ok
    assert "cannot be read" in check.detail


def test_an_index_of_another_embedder_is_told() -> None:
    def refuse() -> None:
        raise IndexMismatchError("built with another embedder; rebuild")

    stored = IndexIdentity("small", 384, "1")
    assert check_index(stored, lambda: None).ok
    assert check_index(None, refuse).ok
    check = check_index(stored, refuse)
    assert (check.ok, check.detail) == (False, "built with another embedder; rebuild")


def test_an_ingestion_that_did_not_end_is_told_with_the_command() -> None:
    assert check_finished(None).ok
    check = check_finished(["/data/my files", "/data/\udcff"])
    assert not check.ok
    assert check.detail.endswith("run: python -m assistant ingest '/data/my files' '/data/\ufffd'")
    assert check_finished([]).detail.endswith("ingest PATH…")


def test_vectors_that_are_missing_or_too_many_are_told() -> None:
    assert check_vectors(3, lambda: Drift(frozenset(), frozenset())).ok
    check = check_vectors(3, lambda: Drift(frozenset("ab"), frozenset("c")))
    assert not check.ok
    assert "2 of 3 passages without vector, 1 vectors too many" in check.detail


def test_an_index_of_words_alone_is_well() -> None:
    assert check_vectors(3, None).ok


def test_vectors_that_cannot_be_read_are_told() -> None:
    def damaged() -> Drift:
        raise StorageError("the vectors are damaged; rebuild")

    assert check_vectors(3, damaged).detail == "the vectors are damaged; rebuild"


def test_an_embedder_of_the_promised_length_is_well() -> None:
    assert check_embedder("small", 2, lambda _: [0.6, 0.8]).ok
    assert check_embedder("of any length", 0, lambda _: [0.6, 0.8]).ok
    assert check_embedder("none", 0, None).ok
    assert "2 dimensions instead of 3" in check_embedder("small", 3, lambda _: [0.6, 0.8]).detail


def test_an_embedder_that_fails_is_told() -> None:
    def embed(_: str) -> list[float]:
        raise EmbeddingError("the endpoint is down")

    check = check_embedder("small", 2, embed)
    assert (check.ok, check.detail) == (False, "the endpoint is down")
