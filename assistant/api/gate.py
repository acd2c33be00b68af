"""What every request passes: keys, rates, and the answer when something fails that nobody foresaw."""

from __future__ import annotations

import logging
from secrets import token_hex

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.access.places import neighbourhood
from assistant.access.programs import why_not
from assistant.api.failures import FORBIDDEN, NO_KEY, TOO_MANY, UNEXPECTED, response
from assistant.api.keys import Keys
from assistant.api.paths import is_guarded
from assistant.api.rates import Rates

_CHALLENGE = {"www-authenticate": "Bearer"}
_WRONG_KEY = "the key is missing or wrong; send Authorization: Bearer with a key of ASSISTANT_API_KEYS"
# For the OpenAPI page: it runs the scripts of this server and is shown in no frame.
_POLICY = "default-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'"
_SAFE = {"content-security-policy": _POLICY, "x-content-type-options": "nosniff"}


class Gate:
    """Lets in who may ask, as often as they may. Those with a wrong key are counted by their address."""

    def __init__(self, app: ASGIApp, keys: Keys, rates: Rates) -> None:
        self._app = app
        self._keys = keys
        self._rates = rates

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] != "http" or not is_guarded(scope["path"].removeprefix(scope.get("root_path", ""))):
            await self._app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        holder = self._keys.holder(connection)
        standing = self._rates.count(holder or neighbourhood(connection))
        if not standing.is_within:
            message = f"more than {standing.limit} requests a minute; wait {standing.seconds} seconds"
            await response(TOO_MANY, message, headers=standing.headers)(scope, receive, send)
        elif holder is None and self._keys.are_asked_for:
            headers = standing.headers | _CHALLENGE
            await response(NO_KEY, _WRONG_KEY, headers=headers)(scope, receive, send)
        elif holder is None:
            await response(FORBIDDEN, why_not(connection), headers=standing.headers)(scope, receive, send)
        else:
            await self._app(scope, receive, _with_headers(send, standing.headers))


class LastResort:
    """Numbers the requests, and answers in our form when one fails in a way that nobody foresaw."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        number, begun = f"req_{token_hex(8)}", False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        numbered = _with_headers(watched, {"x-request-id": number, **_SAFE})
        try:
            await self._app(scope, receive, numbered)
        except Exception:
            if begun:
                raise
            logging.getLogger(__name__).exception("request %s failed", number)
            message = f"something unexpected went wrong; the server's log says what under {number}"
            await response(UNEXPECTED, message)(scope, receive, numbered)


def _with_headers(send: Send, headers: dict[str, str]) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(headers)
        await send(message)

    return sent
