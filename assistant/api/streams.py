"""Answers as server-sent events."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from assistant.api.failures import UNEXPECTED, error_object, sort_of
from assistant.api.json_response import compact
from assistant.errors import AssistantError

_SILENCE_SECONDS = 15.0
_DONE = "data: [DONE]\n\n"
_ALIVE = ": still at work\n\n"


class Events(StreamingResponse):
    """A response of server-sent events, whose source is closed however it ends."""

    media_type = "text/event-stream"

    def __init__(self, events: AsyncGenerator[str]) -> None:
        super().__init__(events, headers={"cache-control": "no-cache", "x-accel-buffering": "no"})
        self._events = events

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        async with aclosing(self._events):
            await super().__call__(scope, receive, send)


async def events(
    request: Request, objects: AsyncGenerator[dict[str, Any] | None], silence: float = _SILENCE_SECONDS
) -> AsyncGenerator[str]:
    """The objects as events, a comment after each long silence, and the end; a failure is an event too.

    Args:
        objects: what to send; None whenever there is nothing yet.
        silence: seconds after which a comment keeps the connection alive.
    """
    heard = asyncio.get_running_loop().time()
    async with aclosing(objects):
        try:
            async for item in objects:
                now = asyncio.get_running_loop().time()
                if item is not None:
                    yield f"data: {compact(item)}\n\n"
                elif await request.is_disconnected():
                    return
                elif now - heard >= silence:
                    yield _ALIVE
                else:
                    continue
                heard = now
            yield _DONE
        except AssistantError as error:
            yield f"data: {compact(error_object(sort_of(error), str(error)))}\n\n"
        except Exception:
            logging.getLogger(__name__).exception("a stream failed")
            message = "something unexpected went wrong; the server's log says what"
            yield f"data: {compact(error_object(UNEXPECTED, message))}\n\n"


async def begun(items: AsyncGenerator[Any], ticks: int) -> AsyncGenerator[Any]:
    """The items, after some of them were waited for, so that what fails at once is no event of a stream.

    Args:
        ticks: how often nothing may have come before it is waited for no longer.
    """
    first: list[Any] = []
    try:
        while not first or (first[-1] is None and len(first) < ticks):
            first.append(await anext(items))
    except StopAsyncIteration:
        pass
    except BaseException:
        await items.aclose()
        raise
    return _joined(first, items)


async def _joined(first: list[Any], rest: AsyncGenerator[Any]) -> AsyncGenerator[Any]:
    async with aclosing(rest):
        for item in first:
            yield item
        async for item in rest:
            yield item
