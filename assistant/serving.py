"""One process that serves: what `app.py` puts around the pages, and the interface for programs alone."""

from __future__ import annotations

import socket
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from threading import Thread
from typing import Any

from starlette.middleware import Middleware
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.access import Guard, require_keys, require_login
from assistant.access.places import base_path
from assistant.api.beside import Beside
from assistant.api.paths import is_for_programs
from assistant.errors import AssistantError, SettingsError
from assistant.hosting import Host, shared
from assistant.settings import Settings

_PATIENCE_SECONDS = 3
_CHAT = "/chat"


@asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[dict[str, Any]]:
    """Open the host beside the start of the server, which does not wait for it, and close it at the end."""
    Thread(target=_open, name="opening", daemon=True).start()
    _say_where()
    try:
        yield {}
    finally:
        shared().close()


def middleware() -> Sequence[Middleware]:
    """What every request passes, the outermost first; ends the program if others could open the pages."""
    import streamlit as st

    try:
        require_login(st.get_option("server.address"))
    except AssistantError as error:
        sys.exit(str(error))
    base = st.get_option("server.baseUrlPath") or ""
    return [
        Middleware(Guard, is_for_programs=is_for_programs, base=base),
        Middleware(ChatAddress, base=base),
        Middleware(Beside, make=_interface, base=base),
    ]


class ChatAddress:
    """ASGI middleware: `/chat` leads to the chat, whose own address is that of the first page, the bare one.

    Args:
        base: the path below which the pages are served.
    """

    def __init__(self, app: ASGIApp, base: str = "") -> None:
        self._app = app
        self._chat = f"{base_path(base)}{_CHAT}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the browser on, with what stands behind the `?`, or pass the request on."""
        path = str(scope.get("path", "")).removeprefix(scope.get("root_path", ""))
        if (
            scope["type"] != "http"
            or path.rstrip("/") != self._chat
            or scope["method"] not in ("GET", "HEAD")
        ):
            await self._app(scope, receive, send)
            return
        # Relative, so that it leads nowhere else, whatever path a proxy has put before ours.
        up, query = "." if path == self._chat else "..", scope["query_string"].decode("latin-1")
        answer = RedirectResponse(f"{up}/?{query}" if query else f"{up}/")
        await answer(scope, receive, send)


def serve(settings: Settings, address: str, port: int) -> None:
    """Serve the interface for programs alone, until the process is stopped.

    Raises:
        SettingsError: others could use it without a key, or nothing can listen at this address.
        StorageError: the storage cannot be used.
    """
    import uvicorn

    from assistant.api.application import create

    require_keys(address, settings)
    with _listening(address, port) as listening:
        host = Host(settings)

        @asynccontextmanager
        async def closing_host(_: Any) -> AsyncIterator[None]:
            try:
                yield
            finally:
                host.close()

        interface = create(lambda: host, settings, lifespan=closing_host)
        config = uvicorn.Config(
            interface,
            lifespan="on",
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_PATIENCE_SECONDS,
        )
        sys.stderr.write(f"{_address(address, listening)}/v1\n")
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run([listening])


def _listening(address: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        return socket.create_server((address, port), family=family)
    except OSError as error:
        reason = error.strerror or str(error)
        place = f"{address}, port {port}"
        raise SettingsError(f"cannot listen at {place} ({reason}); choose another --port") from None


def _address(address: str, listening: socket.socket) -> str:
    shown = f"[{address}]" if ":" in address else address
    return f"http://{shown}:{listening.getsockname()[1]}"


def _interface() -> ASGIApp:
    """The interface for programs beside the pages."""
    from assistant.api.application import create

    given = Settings.from_env()

    def running() -> Settings:
        return shared().get().settings if shared().is_open else given

    return create(shared().get, given, running=running, has_pages=True)


def _say_where() -> None:
    """The address of the pages, on the terminal. Streamlit's own line would ask another host for it."""
    import streamlit as st

    if not sys.argv[0].endswith("app.py"):
        return  # run by another server, which says itself where it listens
    scheme = "https" if st.get_option("server.sslCertFile") else "http"
    address = st.get_option("server.address")
    host = "localhost" if address in (None, "", "0.0.0.0", "::") else address
    base = (st.get_option("server.baseUrlPath") or "").strip("/")
    sys.stderr.write(f"{scheme}://{host}:{st.get_option('server.port')}/{base}\n")


def _open() -> None:
    with suppress(AssistantError):  # the first page and the first request try again, and say what it is
        shared().get()
