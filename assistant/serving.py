"""One process that serves: what `app.py` puts around the pages, and the interface for programs alone."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from starlette.middleware import Middleware

from assistant.hosting import shared


@asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[dict[str, Any]]:
    """Close the host of this process when the server ends."""
    try:
        yield {}
    finally:
        shared().close()


def middleware() -> Sequence[Middleware]:
    """What every request passes, the outermost first."""
    return []
