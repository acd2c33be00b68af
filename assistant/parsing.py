"""A file to everything that the index keeps of it. Runs in a child process and answers in JSON."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from typing import Any

from assistant import articles, files, indexed_text, passages, readers, reprints, rows
from assistant.errors import DocumentError
from assistant.records import Extract, ParsedDocument, ParsedFile, Passage

_BYTES = ("pages", "offsets")


def parse_file(
    *, path: str, name: str, characters: int, megabytes: int, known: str = "", companies: str = ""
) -> dict[str, Any]:
    """Read, clean and split the file (or archive member) at `path`, to be known as `name`.

    Args:
        characters: aimed length of a passage.
        megabytes: the largest file that is read.
        known: hash of the bytes that were read last; if they are the same, nothing is done.

    Raises:
        DocumentError: it cannot be read, or nothing is left of it.
    """
    data = files.load(path, megabytes)
    sha256 = hashlib.sha256(data).hexdigest()
    if sha256 == known:
        return {"sha256": sha256}
    extract = readers.read(data, name)
    parsed = articles.parse(extract)
    found = passages.split(name, parsed, characters)
    if not found:
        raise DocumentError(
            f"{name} holds no sentence once menus and the like are left out; nothing to read"
        )
    return {
        "sha256": sha256,
        "columns": _columns(extract, parsed),
        "passages": [_entry(passage) for passage in found],
        "signatures": [_to_base64(signature) for signature in _signatures(parsed)],
    }


def picture(
    *,
    path: str,
    name: str,
    megabytes: int,
    sha256: str,
    page: int,
    start: int,
    spans: list[tuple[int, int]],
    width: int,
) -> dict[str, str]:
    """Page `page` of a PDF, which begins at the raw offset `start`, as a PNG `width` pixels wide.

    The characters of the raw `spans` are highlighted.

    Raises:
        DocumentError: the file cannot be read, is no PDF, or is no longer the one with that hash.
    """
    from assistant.readers import pdf

    data = files.load(path, megabytes)
    if hashlib.sha256(data).hexdigest() != sha256:
        raise DocumentError(f"{name} has changed since it was ingested; run: python -m assistant ingest PATH…")
    return {"png": _to_base64(pdf.picture(data, name, page, start, spans, width))}


def parsed_file(answer: Mapping[str, Any]) -> ParsedFile | None:
    """What `parse_file` answered; None where the file is the one that was known.

    Raises:
        KeyError: it is no such answer.
    """
    if "columns" not in answer:
        return None
    columns = dict(answer["columns"])
    columns |= {name: base64.b64decode(columns[name]) for name in _BYTES}
    signatures = tuple(base64.b64decode(text) for text in answer["signatures"])
    return ParsedFile(answer["sha256"], columns, tuple(answer["passages"]), signatures)


def _columns(extract: Extract, parsed: ParsedDocument) -> dict[str, str]:
    values = rows.parsed_values(parsed)
    return {
        "form": extract.form,
        "raw": extract.raw,
        "notes": rows.to_json(extract.notes),
        **{name: value if isinstance(value, str) else _to_base64(value) for name, value in values.items()},
    }


def _entry(passage: Passage) -> dict[str, str | int | None]:
    keys = {"content": indexed_text.content_key(passage), "words": indexed_text.words(passage)}
    return rows.passage_values(passage) | keys


def _signatures(parsed: ParsedDocument) -> list[bytes]:
    text = parsed.clean.text
    return [
        reprints.signature("\n".join(text[block.start : block.end] for block in article.blocks))
        for article in parsed.articles
    ]


def _to_base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
