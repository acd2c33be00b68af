"""Who asks: the holder of a key, or a program on this machine where no key is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from hmac import compare_digest

from starlette.requests import HTTPConnection

from assistant.access.places import neighbourhood
from assistant.access.programs import why_not


class Keys:
    """The keys of the settings; only their digests are kept."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._digests = [_digest(key) for key in keys]

    @property
    def are_asked_for(self) -> bool:
        """Whether there are any."""
        return bool(self._digests)

    def holder(self, connection: HTTPConnection) -> str | None:
        """The name, without the key, under which a caller is counted; None for one who is not let in."""
        if not self._digests:
            return None if why_not(connection) else neighbourhood(connection)
        given = _digest(_bearer(connection))
        # Every key is compared, so that the time taken tells nothing.
        found = [n for n, digest in enumerate(self._digests) if compare_digest(given, digest)]
        return f"key {found[0]}" if found else None


def _bearer(connection: HTTPConnection) -> str:
    scheme, _, key = connection.headers.get("authorization", "").partition(" ")
    return key.strip() if scheme.lower() == "bearer" else ""


def _digest(key: str) -> bytes:
    return sha256(key.encode("utf-8", "surrogateescape")).digest()
