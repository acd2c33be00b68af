"""Who may ask, how often and how much; what is said when something fails; both ways to be served."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event

import flow_corpus
import pytest
import serving_api
from endpoint import closed_url
from openai import OpenAI
from ports import free_port
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient
from starlette.types import Message

from assistant import cli
from assistant.access import Guard
from assistant.api import desk, failures
from assistant.api.application import create
from assistant.api.beside import Beside
from assistant.api.paths import is_for_programs
from assistant.api.streams import events
from assistant.api.workers import Workers
from assistant.errors import AssistantError, SettingsError, StorageError
from assistant.hosting import Host
from assistant.settings import Endpoint

ROOT = Path(__file__).parent.parent
LOCAL = "http://127.0.0.1"
KEY = "a-key-of-the-tests"


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    with serving_api.hosted(tmp_path_factory.mktemp("api")) as host:
        yield host


def programs(host: Host, **settings: object) -> TestClient:
    """A program on this machine that asks a server with these settings."""
    changed = replace(host.settings, **settings)  # type: ignore[arg-type]
    return TestClient(create(lambda: host, changed), base_url=LOCAL)


def test_a_key_is_asked_for_where_there_are_keys(host: Host) -> None:
    client = programs(host, api_keys=("another-key", KEY))
    assert client.get("/v1/models", headers={"authorization": f"Bearer {KEY}"}).status_code == 200
    for headers in ({}, {"authorization": "Bearer wrong-key"}, {"authorization": f"Basic {KEY}"}):
        response = client.get("/v1/models", headers=headers)
        assert response.status_code == 401
        assert response.json()["error"]["code"] == "invalid_api_key"
        assert response.headers["www-authenticate"] == "Bearer"
        assert "wrong-key" not in response.text
        assert KEY not in response.text
    assert client.get("/health").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "evil.example"},
        {"origin": "http://evil.example"},
        {"x-forwarded-for": "203.0.113.5"},
    ],
)
def test_without_keys_only_programs_of_this_machine_are_served_with_and_without_the_pages(
    host: Host, headers: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = programs(host)
    assert client.get("/v1/models").status_code == 200
    alone = client.get("/v1/models", headers=headers)
    assert (alone.status_code, alone.json()["error"]["code"]) == (403, "forbidden")
    monkeypatch.setenv("ASSISTANT_STORAGE", str(host.settings.storage))
    pages = Guard(PlainTextResponse("inside"), is_for_programs=is_for_programs)
    beside = TestClient(pages, base_url=LOCAL).get("/v1/models", headers=headers)
    assert (beside.status_code, beside.json()) == (403, alone.json())


def test_too_many_requests_are_told_when_to_come_again(host: Host) -> None:
    client = programs(host, api_requests=2, api_keys=(KEY,))
    known = {"authorization": f"Bearer {KEY}"}
    left = [client.get("/v1/models", headers=known).headers["x-ratelimit-remaining-requests"] for _ in "12"]
    assert left == ["1", "0"]
    response = client.get("/v1/models", headers=known)
    assert response.status_code == 429
    assert response.json()["error"]["code"] == "rate_limit_exceeded"
    assert 1 <= int(response.headers["retry-after"]) <= 60
    assert client.get("/health").status_code == 200
    # Guessing keys is counted by address, and takes nothing from those who have one.
    assert [client.get("/v1/models").status_code for _ in "123"] == [401, 401, 429]


def test_what_nobody_foresaw_is_told_in_the_log_only(host: Host, caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> Host:
        raise RuntimeError("a secret place")

    client = TestClient(create(fail, host.settings), base_url=LOCAL)
    with caplog.at_level(logging.ERROR):
        response = client.get("/api/documents")
    assert response.status_code == 500
    assert "secret" not in response.text
    assert response.headers["x-request-id"] in response.json()["error"]["message"]
    assert "a secret place" in caplog.text


def test_health_tells_whether_questions_are_answered(host: Host, tmp_path: Path) -> None:
    healthy = programs(host).get("/health")
    assert (healthy.status_code, healthy.json()["status"]) == (200, "ok")
    assert healthy.json()["documents"] == len(flow_corpus.DOCUMENTS)
    assert programs(host).head("/health").content == b""

    def fail() -> Host:
        raise StorageError(f"{tmp_path} cannot be used")

    broken = TestClient(create(fail, host.settings), base_url=LOCAL)
    assert broken.get("/health").status_code == 503
    assert broken.get("/health").json() == {"status": "failed"}
    assert broken.get("/api/companies").json()["error"]["code"] == "storage_unusable"


def test_while_the_files_are_first_read_programs_are_told_to_come_again(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "_PATIENCE_SECONDS", 0.01)
    client = programs(host)
    host._searchable.clear()
    try:
        early, health = client.get("/api/companies"), client.get("/health")
    finally:
        host.serve_now()
    assert (early.status_code, early.json()["error"]["code"]) == (503, "not_ready")
    assert int(early.headers["retry-after"]) > 0
    assert (health.status_code, health.json()["status"]) == (503, "starting")
    assert client.get("/api/companies").status_code == 200


def test_every_code_of_a_failure_is_documented() -> None:
    kinds = [AssistantError]
    for kind in kinds:
        kinds += kind.__subclasses__()
    sorts = [failures.sort_of(kind("x")) for kind in kinds if kind.__module__ == "assistant.errors"]
    sorts += [sort for sort in vars(failures).values() if isinstance(sort, failures.Sort)]
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    assert len(sorts) > 15
    assert {sort.code for sort in sorts if f"`{sort.code}`" not in page} == {failures.GONE.code}


def test_programs_and_pages_share_an_address(host: Host) -> None:
    pages, made = PlainTextResponse("a page"), create(lambda: host, host.settings, has_pages=True)
    client = TestClient(Beside(pages, lambda: made, base="/base"), base_url=LOCAL)
    assert client.get("/base/companies").text == "a page"
    assert client.get("/health").text == "a page"
    assert client.get("/base/v1/models").json()["object"] == "list"
    hits = client.get("/base/api/search", params={"query": "基站", "k": 1}).json()["hits"]
    assert hits[0]["url"].startswith(f"{LOCAL}/base/")
    assert client.get("/base/docs/files/swagger-ui.css").status_code == 200


def test_an_endpoint_that_the_page_sets_is_a_model_at_once(host: Host) -> None:
    client = TestClient(create(lambda: host, host.settings, running=lambda: host.settings), base_url=LOCAL)

    def offered() -> list[str]:
        return [model["id"] for model in client.get("/v1/models").json()["data"]]

    before = offered()
    try:
        host.use(Endpoint(closed_url(), "scripted"))
        assert offered() == [*before, "telecom-corpus-llm"]
    finally:
        host.use(None)
    assert offered() == before


def test_settings_that_cannot_be_used_are_told_to_programs_until_they_can(host: Host) -> None:
    faults = [SettingsError("ASSISTANT_API_REQUESTS is 0")]

    def make() -> object:
        if faults:
            raise faults.pop()
        return create(lambda: host, host.settings)

    client = TestClient(Beside(PlainTextResponse("a page"), make), base_url=LOCAL)  # type: ignore[arg-type]
    assert client.get("/v1/models").json()["error"]["message"] == "ASSISTANT_API_REQUESTS is 0"
    assert client.get("/v1/models").status_code == 200


def request() -> Request:
    async def receive() -> Message:
        await asyncio.sleep(60)
        raise AssertionError("nothing is received")

    return Request({"type": "http", "headers": []}, receive)


def test_a_silent_stream_is_kept_alive_and_a_failure_ends_it_as_an_event() -> None:
    async def silent() -> AsyncGenerator[dict[str, object] | None]:
        yield None
        yield {"n": 1}
        raise SettingsError("mend it")

    async def collected() -> list[str]:
        return [event async for event in events(request(), silent(), silence=0.0)]

    comment, one, error = asyncio.run(collected())
    assert comment.startswith(": ")
    assert one == 'data: {"n":1}\n\n'
    assert '"message":"mend it"' in error


def test_slow_work_keeps_other_work_waiting_only_when_all_workers_are_busy() -> None:
    go_on, closed = Event(), Event()

    def slow() -> Iterator[int]:
        try:
            yield 1
            assert go_on.wait(60)
            yield 2
        finally:
            closed.set()

    async def play() -> None:
        workers = Workers(most=1)
        first = workers.ticking(slow(), 0.01)
        assert await anext(first) == 1
        second = workers.ticking(iter([3]), 0.01)
        assert await anext(second) is None
        await first.aclose()
        assert await anext(second) is None  # what was closed is still busy with its next item
        go_on.set()
        assert [item async for item in second if item is not None] == [3]
        assert closed.wait(60)

    asyncio.run(play())


def test_it_is_not_served_to_others_without_keys(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert cli.main(["--storage", str(tmp_path), "serve", "--port", port]) == 1
        assert cli.main(["--storage", str(tmp_path), "serve", "--host", "0.0.0.0"]) == 1
    busy, open_doors = capsys.readouterr().err.splitlines()
    assert f"cannot listen at 127.0.0.1, port {port}" in busy
    assert "ASSISTANT_API_KEYS" in open_doors


@contextmanager
def running(host: Host, *command: str) -> Iterator[subprocess.Popen[str]]:
    """A server in a process of its own over the documents of a host."""
    storage, seeds = str(host.settings.storage), str(host.settings.seeds)
    environment = {"ASSISTANT_STORAGE": storage, "ASSISTANT_SEEDS": seeds, "ASSISTANT_EMBEDDER": "none"}
    whole = [sys.executable, "-m", *command]
    with subprocess.Popen(
        whole, cwd=ROOT, env=os.environ | environment, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def answer(base_url: str) -> str:
    with OpenAI(base_url=base_url, api_key="none") as client:
        question = "青海联通2020年新建了多少个4G基站？"
        completion = client.chat.completions.create(
            model="telecom-corpus", messages=[{"role": "user", "content": question}]
        )
    return completion.choices[0].message.content or ""


def test_it_is_served_alone(host: Host) -> None:
    with running(host, "assistant", "serve", "--port", "0") as process:
        assert process.stderr
        base_url = next(line.strip() for line in process.stderr if line.startswith("http"))
        assert "215个" in answer(base_url)
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0


def test_it_is_served_beside_the_pages(host: Host) -> None:
    port = str(free_port())
    options = ["--server.port", port, "--server.headless", "true", "--server.address", "127.0.0.1"]
    with running(host, "streamlit", "run", "app.py", *options) as process:
        assert process.stderr
        base_url = next(line.strip() for line in process.stderr if line.startswith("http"))
        told = answer(f"{base_url.rstrip('/')}/v1")
        assert "215个" in told
        assert f"{base_url.rstrip('/')}/documents?document=plateau.txt&at=" in told
