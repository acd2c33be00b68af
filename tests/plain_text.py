"""Parsing of a text as it stands, which most tests start from."""

from __future__ import annotations

from assistant import articles
from assistant.records import Extract, ParsedDocument


def parse(raw: str) -> ParsedDocument:
    """The parsed document of a plain text file."""
    return articles.parse(Extract("txt", raw))
