"""How many requests a caller may still make."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from time import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a request counts among the `limit` of its minute, how many are left, and seconds until more."""

    is_within: bool
    limit: int
    left: int
    seconds: int

    @property
    def headers(self) -> dict[str, str]:
        """What every answer says of it, by OpenAI's names; with how long to wait where nothing is left."""
        told = {
            "x-ratelimit-limit-requests": str(self.limit),
            "x-ratelimit-remaining-requests": str(self.left),
            "x-ratelimit-reset-requests": f"{self.seconds}s",
        }
        return told if self.is_within else told | {"retry-after": str(self.seconds)}


class Rates:
    """Counts the requests of each caller over the last minute, in memory. Thread-safe."""

    def __init__(self, per_minute: int) -> None:
        self._limit = RateLimitItemPerMinute(per_minute)
        self._counter = SlidingWindowCounterRateLimiter(MemoryStorage())

    def count(self, caller: str) -> Standing:
        """Count a request of this caller in, if there is room for it."""
        is_within = self._counter.hit(self._limit, caller)
        window = self._counter.get_window_stats(self._limit, caller)
        seconds = max(1, ceil(window.reset_time - time()))
        return Standing(is_within, self._limit.amount, window.remaining, seconds)
