"""A real OpenAI-compatible server on 127.0.0.1 that follows a script, for tests."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Script:
    """How the server answers a chat request.

    Attributes:
        pieces: the reply, piece by piece; each is sent before the next is asked for.
        status: anything but 200 is answered with an error body and no reply.
        headers: extra response headers, for example `Retry-After`.
        error: the message and code of the error body.
        finish: the finish reason of the last chunk; None for a stream without one.
        usage: whether the last chunk carries token usage (7 and 5).
        end: `done`; `cut` breaks the connection after the pieces; `event` sends an error event instead of
            the end; `stall` falls silent after the pieces; `drip` sends comments without end; `garbage`
            sends what is no JSON.
        chunked: chunked transfer, or a body that ends with the connection.
        pause: seconds between two pieces.
    """

    pieces: Iterable[str] = ("你好", "。[1]")
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    error: tuple[str, str | None] = ("scripted error", None)
    finish: str | None = "stop"
    usage: bool = False
    end: str = "done"
    chunked: bool = True
    pause: float = 0.0


@dataclass(slots=True)
class FakeEndpoint:
    """A running server: where it is, what it was asked, and what it does next.

    `chat`, where it is set, gives the script for each request in place of `script`. `rerank` gives status and
    body (as JSON, or as bytes) of the answer to a rerank request.
    """

    base_url: str
    script: Script = field(default_factory=Script)
    requests: list[Json] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    chat: Callable[[Json], Script] | None = None
    embed: Callable[[str], list[float]] = lambda text: [float(len(text)), 1.0, 0.0]
    rerank: Callable[[Json], tuple[int, Any]] = lambda request: (200, {"results": []})
    hung_up: Event = field(default_factory=Event)
    stopping: Event = field(default_factory=Event)


@contextmanager
def serve(script: Script | None = None) -> Iterator[FakeEndpoint]:
    """Run the server while the block runs; `endpoint.script` may be changed at any time."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    endpoint = FakeEndpoint(f"http://127.0.0.1:{server.server_port}/v1", script or Script())
    server.endpoint = endpoint  # type: ignore[attr-defined]
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield endpoint
    finally:
        endpoint.stopping.set()
        server.shutdown()
        server.server_close()
        thread.join()


def closed_url() -> str:
    """The address of a port that nothing listens on, and that no other test can be given meanwhile."""
    return "http://127.0.0.1:9/v1"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def endpoint(self) -> FakeEndpoint:
        found: FakeEndpoint = self.server.endpoint  # type: ignore[attr-defined]
        return found

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        if self.path == "/v1/models":
            self._json(200, {"object": "list", "data": [{"id": "scripted", "object": "model", "created": 0}]})
        else:
            self._json(404, _error("no such path", "not_found"))

    def do_POST(self) -> None:
        request: Json = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.endpoint.requests.append(request)
        self.endpoint.headers.append(dict(self.headers.items()))
        script = self.endpoint.chat(request) if self.endpoint.chat else self.endpoint.script
        if script.status != 200:
            self._json(script.status, _error(*script.error), script.headers)
        elif self.path == "/v1/embeddings":
            self._embeddings(request)
        elif self.path == "/v1/rerank":
            self.endpoint.stopping.wait(script.pause)
            self._json(*self.endpoint.rerank(request))
        elif self.path != "/v1/chat/completions":
            self._json(404, _error("no such path", "not_found"))
        elif request.get("stream"):
            self._stream(script)
        else:
            self._whole(script)

    def _json(self, status: int, body: Any, headers: Sequence[tuple[str, str]] = ()) -> None:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in (
            *headers,
            ("Content-Type", "application/json"),
            ("Content-Length", str(len(data))),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def _embeddings(self, request: Json) -> None:
        inputs = [request["input"]] if isinstance(request["input"], str) else request["input"]
        data = [
            {"object": "embedding", "index": index, "embedding": self.endpoint.embed(text)}
            for index, text in enumerate(inputs)
        ]
        usage = {"prompt_tokens": len(inputs), "total_tokens": len(inputs)}
        self._json(200, {"object": "list", "data": data, "model": request["model"], "usage": usage})

    def _whole(self, script: Script) -> None:
        message = {"role": "assistant", "content": "".join(script.pieces)}
        choice = {"index": 0, "message": message, "finish_reason": script.finish}
        self._json(200, _frame("chat.completion", [choice]) | {"usage": _USAGE})

    def _stream(self, script: Script) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        if script.chunked:
            self.send_header("Transfer-Encoding", "chunked")
        else:
            self.send_header("Connection", "close")
            self.close_connection = True
        self.end_headers()
        try:
            for piece in script.pieces:
                self._event(_chunk({"role": "assistant", "content": piece}))
                self.endpoint.stopping.wait(script.pause)
            getattr(self, f"_end_{script.end}")(script)
        except OSError:
            self.endpoint.hung_up.set()
            self.close_connection = True

    def _end_done(self, script: Script) -> None:
        if script.finish is not None:
            self._event(_chunk({}, script.finish) | ({"usage": _USAGE} if script.usage else {}))
        self._send(b"data: [DONE]\n\n")
        if script.chunked:
            self.wfile.write(b"0\r\n\r\n")

    def _end_cut(self, script: Script) -> None:
        self.close_connection = True
        self.wfile.flush()
        self.connection.shutdown(socket.SHUT_RDWR)

    def _end_event(self, script: Script) -> None:
        self._event(_error(*script.error))
        self.close_connection = True

    def _end_garbage(self, script: Script) -> None:
        self._send(b"data: {not json\n\n")
        self.close_connection = True

    def _end_stall(self, script: Script) -> None:
        self.close_connection = True
        self.connection.settimeout(10)
        if self.connection.recv(1) == b"":
            self.endpoint.hung_up.set()

    def _end_drip(self, script: Script) -> None:
        while not self.endpoint.stopping.wait(0.02):
            self._send(b": still here\n\n")

    def _event(self, body: Json) -> None:
        self._send(f"data: {json.dumps(body, ensure_ascii=False)}\n\n".encode("utf-8", "replace"))

    def _send(self, data: bytes) -> None:
        if self.endpoint.script.chunked:
            data = b"%x\r\n%s\r\n" % (len(data), data)
        self.wfile.write(data)
        self.wfile.flush()


_USAGE = {"prompt_tokens": 7, "completion_tokens": 5, "total_tokens": 12}


def _frame(kind: str, choices: list[Json]) -> Json:
    return {
        "id": "scripted",
        "object": kind,
        "created": int(time.time()),
        "model": "scripted",
        "choices": choices,
    }


def _chunk(delta: Json, finish: str | None = None) -> Json:
    return _frame("chat.completion.chunk", [{"index": 0, "delta": delta, "finish_reason": finish}])


def _error(message: str, code: str | None) -> Json:
    return {"error": {"message": message, "type": "scripted", "code": code, "param": None}}
