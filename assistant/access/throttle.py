"""How often a wrong password may be tried."""

from __future__ import annotations

import time
from math import ceil

from limits import RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

_OF_ADDRESS = RateLimitItemPerMinute(10, 10)
_OF_NAME = RateLimitItemPerHour(100)
_NAME_CHARACTERS = 100


class Throttle:
    """Counts failures: ten of one address in ten minutes, a hundred for one name in an hour."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def seconds(self, address: str, name: str) -> int:
        """How long this address, or this name, has to wait; 0 for not at all."""
        full = [key for key in _keys(address, name) if not self._limiter.test(*key)]
        resets = [self._limiter.get_window_stats(*key).reset_time for key in full]
        return max((max(1, ceil(reset - time.time())) for reset in resets), default=0)

    def count(self, address: str, name: str) -> None:
        """Count a wrong password."""
        for key in _keys(address, name):
            self._limiter.hit(*key)


def _keys(
    address: str, name: str
) -> tuple[tuple[RateLimitItemPerMinute, str, str], tuple[RateLimitItemPerHour, str, str]]:
    return (_OF_ADDRESS, "address", address), (_OF_NAME, "name", name[:_NAME_CHARACTERS])
