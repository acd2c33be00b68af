"""The interface for programs in the process of the pages."""

from __future__ import annotations

from collections.abc import Callable

from anyio import Lock, to_thread
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.access.places import base_path
from assistant.api.paths import is_for_programs
from assistant.errors import AssistantError


class Beside:
    """ASGI middleware: what is for programs goes to their interface, everything else on to the pages.

    Args:
        make: makes the interface; called in a thread at the first request for it.
        base: the path below which the pages are served.
    """

    def __init__(self, app: ASGIApp, make: Callable[[], ASGIApp], base: str = "") -> None:
        self._pages = app
        self._make = make
        self._base = base_path(base)
        self._made: ASGIApp | None = None
        self._lock = Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on."""
        root = scope.get("root_path", "") + self._base
        path = scope.get("path", "")
        if scope["type"] == "http" and path.startswith(f"{root}/") and is_for_programs(path[len(root) :]):
            answer = await self._interface()
            await answer({**scope, "root_path": root}, receive, send)
        else:
            await self._pages(scope, receive, send)

    async def _interface(self) -> ASGIApp:
        async with self._lock:
            if self._made is None:
                try:
                    self._made = await to_thread.run_sync(self._make)
                except AssistantError as error:
                    return _failure(error)
            return self._made


def _failure(error: AssistantError) -> ASGIApp:
    """Settings that cannot be used, said to every program until they can be."""
    from assistant.api.failures import response, sort_of

    return response(sort_of(error), str(error))
