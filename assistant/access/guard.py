"""The guard in front of everything that is served: every request passes here first."""

from __future__ import annotations

from collections.abc import Callable

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.access.login_desk import LOGIN, LOGOUT, LoginDesk
from assistant.access.places import base_path, is_foreign, is_local
from assistant.access.programs import ANOTHER_SITE, why_not
from assistant.access.provider import Provider
from assistant.access.rules import Rulebook, Rules

_HEALTH = ("/health", "/_stcore/health")
_NEEDED_TO_LOG_IN = ("/_stcore/stream", "/_stcore/host-config", "/_stcore/allowed-message-origins")
_KEPT = ("/_stcore", "/media")
_PAGES_LOCAL = (
    "the pages are served on localhost only; to open them to others set ASSISTANT_PASSWORDS, "
    "or [auth] in .streamlit/secrets.toml (see docs/access.md)"
)


class Guard:
    """ASGI middleware. What it lets through may be answered; the keys of programs are checked behind it.

    - Health is told to everybody.
    - The interface for programs: from this machine, or from anywhere where keys are set.
    - Pages, with passwords: to whoever is logged in, the others are sent to /login.
    - Pages, with an identity provider: to everybody, because Streamlit's login happens within the page, but
      uploads and media to those only whom the provider knows.
    - Pages, with neither: to this machine.
    - What a page of another site has a browser send: no.
    """

    def __init__(self, app: ASGIApp, *, is_for_programs: Callable[[str], bool], base: str = "") -> None:
        """`is_for_programs` knows the paths that ask for keys; the pages are served below the path `base`."""
        self._app = app
        self._base = base_path(base)
        self._is_for_programs = is_for_programs
        self._rulebook = Rulebook()
        self._desk = LoginDesk(self._base)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request here, or pass it on."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        answer = await self._answer(HTTPConnection(scope), receive)
        if answer is None:
            await self._app(scope, receive, _unframed(send))
        elif scope["type"] == "http":
            await answer(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008})

    async def _answer(self, connection: HTTPConnection, receive: Receive) -> Response | None:
        path = str(connection.scope["path"]).removeprefix(connection.scope.get("root_path", ""))
        path = path.removeprefix(self._base) if _within(path, self._base) else path
        if path in _HEALTH:
            return None
        if self._is_for_programs(path):
            return _for_program(connection, self._rulebook.has_keys())
        if is_foreign(connection):
            return PlainTextResponse(ANOTHER_SITE, 403)
        rules = self._rulebook.for_pages()
        if rules.logins:
            return await self._with_password(connection, receive, path, rules)
        if rules.provider:
            return _with_provider(connection, path, rules.provider)
        return None if is_local(connection) else PlainTextResponse(_PAGES_LOCAL, 403)

    async def _with_password(
        self, connection: HTTPConnection, receive: Receive, path: str, rules: Rules
    ) -> Response | None:
        assert rules.logins
        is_http = connection.scope["type"] == "http"
        if is_http and path == LOGIN:
            return await self._desk.login(Request(connection.scope, receive), rules.logins, rules.language)
        if is_http and path == LOGOUT:
            return self._desk.logout(Request(connection.scope, receive), rules.logins)
        if self._desk.person(connection, rules.logins):
            return None
        if is_http and _wants_page(connection):
            return self._desk.send_to_login(connection)
        return PlainTextResponse(f"log in at {self._base}{LOGIN}", 401)


def _for_program(connection: HTTPConnection, has_keys: bool) -> Response | None:
    # Keys are asked for behind the guard, and a page of another site does not know them.
    message = "" if has_keys else why_not(connection)
    return _program_error(message) if message else None


def _with_provider(connection: HTTPConnection, path: str, provider: Provider) -> Response | None:
    is_kept = any(_within(path, kept) for kept in _KEPT) and path not in _NEEDED_TO_LOG_IN
    if is_kept and not provider.knows(connection.cookies):
        return PlainTextResponse("log in first", 401)
    return None


def _program_error(message: str) -> Response:
    error = {"message": message, "type": "invalid_request_error", "param": None, "code": "forbidden"}
    return JSONResponse({"error": error}, 403)


def _wants_page(connection: HTTPConnection) -> bool:
    headers = connection.headers
    is_navigation = headers.get("sec-fetch-mode") == "navigate" or "text/html" in headers.get("accept", "")
    return is_navigation and connection.scope["method"] in ("GET", "HEAD")


def _within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f"{folder}/")


def _unframed(send: Send) -> Send:
    """Other sites may not show ours in a frame, where clicks could be led astray."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.setdefault("Content-Security-Policy", "frame-ancestors 'self'")
            headers.setdefault("X-Content-Type-Options", "nosniff")
        await send(message)

    return sending
