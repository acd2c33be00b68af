"""How long a request may be."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.failures import TOO_LARGE, response


class Sizes:
    """Reads the body of each request before anything else sees it, and refuses one that is too long.

    A body without a stated length is counted as it arrives.
    """

    def __init__(self, app: ASGIApp, kilobytes: int) -> None:
        self._app = app
        self._kilobytes = kilobytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body = None if self._is_said_too_long(scope) else await self._read(receive)
        if body is None:
            message = f"the request is longer than {self._kilobytes} kilobytes (ASSISTANT_API_KILOBYTES)"
            refused = response(TOO_LARGE, message, headers={"connection": "close"})
            await refused(scope, receive, send)
            return
        await self._app(scope, _given(body, receive), send)

    def _is_said_too_long(self, scope: Scope) -> bool:
        length = Headers(scope=scope).get("content-length", "")
        return length.isdecimal() and int(length) > self._kilobytes * 1000

    async def _read(self, receive: Receive) -> bytes | None:
        """The body; None for one that is too long."""
        body = bytearray()
        while True:
            message = await receive()
            body += message.get("body", b"")
            if len(body) > self._kilobytes * 1000:
                return None
            if not message.get("more_body"):
                return bytes(body)


def _given(body: bytes, receive: Receive) -> Receive:
    """Hands over a body that was read already, then what else there is to receive."""
    left: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def given() -> Message:
        return left.pop() if left else await receive()

    return given
