"""Programs where no key is set: those of this machine are served, and no others."""

from __future__ import annotations

from starlette.requests import HTTPConnection

from assistant.access.places import is_foreign, is_local

ANOTHER_SITE = "a page of another site sent this request; if a proxy stands between, have it pass Host on"
_ELSEWHERE = "programs are served on localhost only; to open the interface to others set ASSISTANT_API_KEYS"


def why_not(connection: HTTPConnection) -> str:
    """Why a program without a key is not served, in one line; empty if it is."""
    if not is_local(connection):
        return _ELSEWHERE
    return ANOTHER_SITE if is_foreign(connection) else ""
