"""Which addresses are for programs; every other one belongs to the pages."""

from __future__ import annotations

HEALTH = "/health"
DOCS = "/docs"
OPENAPI = "/openapi.json"
DOCS_FILES = "/docs/files"
_GUARDED = ("/v1", "/api")


def is_for_programs(path: str) -> bool:
    """Whether the interface for programs answers at this path of a request."""
    return path in (HEALTH, OPENAPI) or _is_below(path, DOCS) or is_guarded(path)


def is_guarded(path: str) -> bool:
    """Whether a key is asked for at this path, where there are keys."""
    return any(_is_below(path, prefix) for prefix in _GUARDED)


def _is_below(path: str, prefix: str) -> bool:
    return path == prefix or path.startswith(f"{prefix}/")
