"""Addresses of places in documents, as the page of the documents reads them."""

from __future__ import annotations

from urllib.parse import quote

from assistant.records import Citation

PATH = "documents"
DOCUMENT, AT = "document", "at"


def place_address(citation: Citation) -> str:
    """`documents?document=NAME&at=START-END`, relative to the address of the pages.

    START and END are the citation's `start` and `end`: characters of the text that was read from the file.
    """
    return f"{document_address(citation.document)}&{AT}={citation.start}-{citation.end}"


def document_address(document: str) -> str:
    """`documents?document=NAME`, relative to the address of the pages."""
    return f"{PATH}?{DOCUMENT}={quote(document, safe='', errors='replace')}"


def span_of(value: str) -> tuple[int, int] | None:
    """The START and END of an `at=`; None for what is none."""
    start, _, end = value.partition("-")
    if not (_is_number(start) and _is_number(end)):
        return None
    return (int(start), int(end)) if int(start) < int(end) else None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 12
