"""Parsing of a text as it stands, which most tests start from."""

from __future__ import annotations

from assistant import articles, companies, passages
from assistant.companies import subjects
from assistant.records import Extract, ParsedDocument, Passage


def parse(raw: str) -> ParsedDocument:
    """The parsed document of a plain text file."""
    return subjects.assigned(articles.parse(Extract("txt", raw)), [], companies.base())[0]


def split(document: str, parsed: ParsedDocument, size: int) -> list[Passage]:
    """The passages of a document, each with the companies that it is about."""
    return subjects.assigned(parsed, passages.split(document, parsed, size), companies.base())[1]
