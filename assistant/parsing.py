"""A file to everything that the index keeps of it. Runs in a child process and answers in JSON."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assistant import articles, files, passages, readers
from assistant import companies as company_names
from assistant.companies import subjects
from assistant.errors import DocumentError
from assistant.index import indexed_text, reprints, rows
from assistant.records import BlockKind, Extract, ParsedDocument, ParsedFile, Passage

CLEANER_VERSION = "4"
"""Goes up when reading, cleaning or splitting changes what is indexed; an index of another one is refused."""
_BYTES = ("pages", "offsets")
_ABOUT_THE_ARTICLE = (BlockKind.TITLE, BlockKind.BYLINE, BlockKind.CAPTION)


def parse_file(
    *, path: str, name: str, characters: int, megabytes: int, known: str = "", companies: str = ""
) -> dict[str, Any]:
    """Read, clean and split the file (or archive member) at `path`, to be known as `name`.

    Args:
        characters: aimed length of a passage.
        megabytes: the largest file that is read.
        known: hash of the bytes that were read last; if they are the same, nothing is done.
        companies: path of the user's own list of companies, empty for none.

    Raises:
        DocumentError: it cannot be read, or nothing is left of it.
        SettingsError: the list of companies cannot be read.
    """
    data = files.load(path, megabytes)
    sha256 = hashlib.sha256(data).hexdigest()
    if sha256 == known:
        return {"sha256": sha256}
    extract = readers.read(data, name)
    parsed = articles.parse(extract)
    catalogue = company_names.current(Path(companies) if companies else None)
    parsed, found = subjects.assigned(parsed, passages.split(name, parsed, characters), catalogue)
    if not found:
        raise DocumentError(f"{name} holds no sentence once menus and the like are left out; nothing to read")
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
) -> dict[str, str | float]:
    """Page `page` of a PDF, which begins at the raw offset `start`, as a PNG `width` pixels wide.

    The characters of the raw `spans` are highlighted.

    Raises:
        DocumentError: the file cannot be read, is no PDF, or is no longer the one with that hash.
    """
    from assistant.readers import pdf

    data = files.load(path, megabytes)
    if hashlib.sha256(data).hexdigest() != sha256:
        raise DocumentError(f"{name} has changed since it was ingested; run python -m assistant ingest")
    drawn = pdf.picture(data, name, page, start, spans, width)
    return asdict(drawn) | {"png": _to_base64(drawn.png)}


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
    """Of what an article says; a reprint has another headline and byline."""
    text = parsed.clean.text
    return [
        reprints.signature(
            "\n".join(text[b.start : b.end] for b in article.blocks if b.kind not in _ABOUT_THE_ARTICLE)
        )
        for article in parsed.articles
    ]


def _to_base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
