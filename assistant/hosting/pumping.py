"""An iterator drawn from in a thread of its own, so that nobody has to wait for a silent one."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from threading import Event, Thread
from typing import TypeAlias, TypeVar

T = TypeVar("T")
Arrival: TypeAlias = tuple[T] | BaseException | None
"""An item, what the iterator raised instead of one, or None at its end."""


def pumped(items: Iterator[T], put: Callable[[Arrival[T]], None]) -> Event:
    """Hand the items over as they come; the last call is of None, made when the iterator is closed.

    Args:
        put: called in the thread that draws the items.

    Returns:
        What stops it when set: the iterator is then closed as soon as its next item comes.
    """
    closed = Event()
    Thread(target=_pump, args=(items, put, closed), name="answering", daemon=True).start()
    return closed


def _pump(items: Iterator[T], put: Callable[[Arrival[T]], None], closed: Event) -> None:
    try:
        for item in items:
            if closed.is_set():
                break
            put((item,))
    except BaseException as error:  # noqa: BLE001 - not swallowed: raised again where the items are taken
        put(error)
    finally:
        if isinstance(items, Generator):
            items.close()
        put(None)
