"""What Office files have in common: they are zip packages, to be opened with care, with properties."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from assistant.errors import DocumentError
from assistant.records import Metadata

_MOST_BYTES = 500_000_000
_MOST_RATIO = 300
_SMALL = 20_000_000
"""Unpacked bytes below which no ratio is too high: long runs of empty cells do compress that well."""
_ENCRYPTED = 0x1
_GENERATORS = {"python-docx", "steve canny", "openpyxl", "xlsxwriter"}
"""Authors that libraries write into every file; its date is that of their template."""
_TEMPLATES = {"2013-01-27", "2013-12-23"}
"""Dates of the templates that python-pptx and python-docx begin with."""
_NOBODY = {"administrator", "admin", "user", "windows user", "microsoft office user", "微软用户", "用户"}
_NO_TITLE = re.compile(
    r"(?:powerpoint\s*(?:演示文稿|presentation)|幻灯片\s*\d+|slide\s*\d+|.*\.(?:docx?|pptx?|xlsx?))", re.I
)


@contextmanager
def opened(data: bytes, name: str) -> Iterator[io.BytesIO]:
    """The file for a parser to read; what the parser then fails with is told as damage of the file.

    Raises:
        DocumentError: protected, unpacking to more than can be sane, with entities of its own, or damaged.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check(package, name)
        yield io.BytesIO(data)
    except DocumentError:
        raise
    except MemoryError as error:
        raise DocumentError(f"{name} needs more memory than is allowed; split it") from error
    except Exception as error:  # noqa: BLE001 - parsers fail on damage with whatever they trip over
        reason = " ".join(str(error).split())[:120] or type(error).__name__
        raise DocumentError(f"{name} is damaged ({reason}); open it in Office and save it again") from error


def properties(title: str | None, author: str | None, created: datetime | None) -> Metadata:
    """What an Office file's own properties say, what programs fill in by themselves left out."""
    title, author = " ".join((title or "").split()), " ".join((author or "").split())
    generated = author.lower() in _GENERATORS
    date = created.strftime("%Y-%m-%d") if created is not None and not generated else ""
    return Metadata(
        title="" if _NO_TITLE.fullmatch(title) else title,
        author="" if generated or author.lower() in _NOBODY else author,
        published="" if date in _TEMPLATES else date,
    )


def _check(package: zipfile.ZipFile, name: str) -> None:
    parts = package.infolist()
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise DocumentError(f"{name} is protected by a password; save it without one")
    size = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if size > _MOST_BYTES or (size > _SMALL and size > _MOST_RATIO * packed):
        raise DocumentError(
            f"{name} would unpack to {size / 1_000_000:.0f} MB from {packed / 1_000_000:.1f} MB, which no "
            "document does; leave it out"
        )
    for part in parts:
        if part.filename.endswith((".xml", ".rels")) and _has_entities(package, part):
            raise DocumentError(f"{name} declares entities in {part.filename}; leave it out")


def _has_entities(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether the part begins with a document type, which Office never writes."""
    with package.open(part) as content:
        head = content.read(4096).replace(b"\0", b"")
    return b"<!DOCTYPE" in head or b"<!ENTITY" in head
