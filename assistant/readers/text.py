"""Plain text: the bytes decoded exactly as they stand; what is no text is refused."""

from __future__ import annotations

import codecs
import unicodedata

from assistant.errors import DocumentError
from assistant.records import Extract

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 100_000
_ODD_SHARE = 0.02
_LOST_SHARE = 0.01


def read(data: bytes, name: str) -> Extract:
    """The text of a file: UTF-8 (with or without BOM), UTF-16 with BOM, or GB18030.

    Line ends are left alone; a byte order mark is not part of the text; a broken byte reads as U+FFFD.

    Raises:
        DocumentError: empty, or not text in an encoding that we read.
    """
    return Extract("txt", decode(data, name))


def decode(data: bytes, name: str) -> str:
    """The bytes as text. `name` is only named in the error.

    Raises:
        DocumentError: empty, or not text in an encoding that we read.
    """
    text = _plausible(_in_its_encoding(data), name)
    if not text.strip():
        raise DocumentError(f"{name} is empty; nothing to read")
    return text


def _in_its_encoding(data: bytes) -> str | None:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decoded(data, encoding)
    text = _decoded(data, "utf-8")
    return _decoded(data, "gb18030") if text is None else text


def _decoded(data: bytes, encoding: str) -> str | None:
    """The text; a broken byte here and there becomes U+FFFD, more of them mean another encoding (None)."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
    foreign = sum(character > "\x7f" for character in text)
    return text if text.count("\ufffd") <= _LOST_SHARE * foreign else None


def _plausible(text: str | None, name: str) -> str:
    """The text, unless it is missing or too much of it is what nobody writes."""
    if text is None:
        raise DocumentError(f"{name} is neither UTF-8 nor GB18030 text; convert it to UTF-8")
    sample = text[:_SAMPLE]
    if sum(map(_is_odd, sample)) > _ODD_SHARE * len(sample):
        raise DocumentError(
            f"{name} is not text (too many bytes that are no characters); convert it to UTF-8 text"
        )
    return text


def _is_odd(character: str) -> bool:
    """Controls, unassigned and private code points, and what GB18030 makes of arbitrary bytes."""
    if character < "\u0500":
        return unicodedata.category(character) == "Cc" and character not in "\t\n\r\f\v"
    return unicodedata.category(character) in ("Cc", "Cn", "Co", "Cs")
