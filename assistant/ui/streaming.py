"""An iterator that never keeps the page waiting."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from queue import Empty, SimpleQueue
from typing import TypeVar

from assistant.hosting.pumping import Arrival, pumped

T = TypeVar("T")


def ticking(items: Iterator[T], seconds: float = 0.1) -> Generator[T | None, None, None]:
    """The items, and None whenever none has come for a while.

    A page can only be stopped while it draws. The items are therefore drawn from a thread of their own,
    and the ticks let the page draw while a slow endpoint is silent. When this generator is closed the
    source is closed too, as soon as its next item arrives. What the source raises is raised here.

    Args:
        items: a generator, or any iterator.
        seconds: the time between ticks.
    """
    arrivals: SimpleQueue[Arrival[T]] = SimpleQueue()
    closed = pumped(items, arrivals.put)
    try:
        while True:
            try:
                arrival = arrivals.get(timeout=seconds)
            except Empty:
                yield None
                continue
            if arrival is None:
                return
            if isinstance(arrival, BaseException):
                raise arrival
            yield arrival[0]
    finally:
        closed.set()
