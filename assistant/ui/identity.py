"""Who is at the page: the owner of the conversations."""

from __future__ import annotations

NOBODY = ""


def owner() -> str:
    """The person's name, the same at every visit; empty where access is open, on this machine only."""
    return NOBODY
