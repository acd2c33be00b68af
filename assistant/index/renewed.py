"""What is worked out from an index and holds until the index changes."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Renewed(Generic[T]):
    """A value made from an index when first asked for, and anew when the index has changed. Thread-safe."""

    def __init__(self, generation: Callable[[], int], make: Callable[[], T]) -> None:
        """`generation` is a number that changes with the index, `make` works the value out."""
        self._generation = generation
        self._make = make
        self._lock = Lock()
        self._made: tuple[int, T] | None = None

    def __call__(self) -> T:
        """The value for the index as it is now."""
        with self._lock:
            generation = self._generation()
            if self._made is None or self._made[0] != generation:
                self._made = generation, self._make()
            return self._made[1]
