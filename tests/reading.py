"""Extracts in a form that is easily compared."""

from __future__ import annotations

from assistant import readers
from assistant.records import Extract, Table


def shown(extract: Extract) -> list[str]:
    """Each paragraph in one line: `#` for each level of a heading, `?` for one of unknown level."""
    lines: list[str] = []
    for paragraph in extract.paragraphs or ():
        mark = "#" * paragraph.level or "?" if paragraph.heading else ""
        lines.append(f"{mark} {paragraph.text.text}" if mark else paragraph.text.text)
    return lines


def read(data: bytes, name: str) -> list[str]:
    """What is shown of a file."""
    return shown(readers.read(data, name))


def tables(extract: Extract) -> list[Table]:
    """The tables of an extract, each once."""
    return list(dict.fromkeys(p.table for p in extract.paragraphs or () if p.table is not None))
