"""Text of documents as Markdown that shows it literally."""

from __future__ import annotations

import re

from assistant.exports.sentences import line

_ACTIVE = re.compile(r"([\\`*\[\]<>#|~$^]|&(?=#?\w+;)|(?<![^\W_])_|_(?![^\W_]))")
_LEADING = re.compile(r"^([-+=](?!\d)|\d{1,9}(?=[.)](?:\s|$)))")
_ADDRESS = re.compile(r"(://?|www|@|mailto:|xmpp:)(?=\S)", re.IGNORECASE)


def literal(text: str) -> str:
    """Text as Markdown on one line that shows it as it stands.

    Only what Markdown gives a meaning is escaped, so that the file reads well as it is. An invisible joiner
    keeps web and mail addresses from becoming links.
    """
    safe = _ACTIVE.sub(r"\\\1", line(text))
    safe = _LEADING.sub(_inert, safe)
    return _ADDRESS.sub("\\1\u2060", safe)


def _inert(lead: re.Match[str]) -> str:
    """A lead that would begin a list or underline a heading; behind a number its stop is escaped."""
    return f"{lead[1]}\\" if lead[1].isdigit() else f"\\{lead[1]}"
