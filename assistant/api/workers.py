"""Slow work for programs that may go away: in threads, so many at a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing, suppress
from typing import TypeVar

from starlette.requests import Request

from assistant.api.failures import GONE, Refusal
from assistant.hosting.pumping import Arrival, pumped

T = TypeVar("T")
TICK_SECONDS = 1.0


class Workers:
    """Draws iterators in threads, `most` at a time; what comes later waits for its turn."""

    def __init__(self, most: int = 16) -> None:
        self._free = asyncio.Semaphore(most)

    async def ticking(self, source: Iterator[T], seconds: float = TICK_SECONDS) -> AsyncGenerator[T | None]:
        """The items, and None whenever none has come for a while. Raises what the source raises.

        When this generator is closed the source is closed too, as soon as its next item comes; until then
        its thread counts as busy.
        """
        while not await self._has_turn(seconds):
            yield None
        loop = asyncio.get_running_loop()
        arrivals: asyncio.Queue[Arrival[T]] = asyncio.Queue()

        def put(arrival: Arrival[T]) -> None:
            with suppress(RuntimeError):  # the server has ended
                loop.call_soon_threadsafe(arrivals.put_nowait, arrival)
                if arrival is None:
                    loop.call_soon_threadsafe(self._free.release)

        closed = pumped(source, put)
        try:
            while (arrival := await _next(arrivals, seconds)) is not None:
                if isinstance(arrival, BaseException):
                    raise arrival
                yield arrival[0]
        finally:
            closed.set()

    async def last(self, request: Request, source: Iterator[T]) -> T:
        """The last item.

        Raises:
            Refusal: the program has gone away; the source is closed.
        """
        clock = asyncio.get_running_loop().time
        found: list[T] = []
        looked = clock()
        async with aclosing(self.ticking(source)) as items:
            async for item in items:
                if item is not None:
                    found[:] = [item]
                if clock() - looked >= TICK_SECONDS:
                    looked = clock()
                    if await request.is_disconnected():
                        raise Refusal(GONE, "the client closed the connection")
        return found[0]

    async def result(self, request: Request, work: Callable[[], T]) -> T:
        """What a function returns. Raises as `last`, and what the function raises."""
        return await self.last(request, (make() for make in (work,)))

    async def _has_turn(self, seconds: float) -> bool:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                return await self._free.acquire()
        return False


async def _next(arrivals: asyncio.Queue[Arrival[T]], seconds: float) -> Arrival[T | None]:
    """The next arrival, or a None to hand over when nothing has come for a while."""
    try:
        async with asyncio.timeout(seconds):
            return await arrivals.get()
    except TimeoutError:
        return (None,)
