"""A file on disk to its decoded text, exactly as it stands there; what cannot be read is refused."""

from __future__ import annotations

import codecs
import unicodedata
from pathlib import Path

from assistant.errors import DocumentError

TEXT_ENDINGS = frozenset({"", ".txt", ".text", ".md", ".markdown"})
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 100_000
_ODD_SHARE = 0.02
_LOST_SHARE = 0.01
_MEGABYTE = 1_000_000


def read(path: Path, limit_megabytes: int) -> str:
    """The text of a file: UTF-8 (with or without BOM), UTF-16 with BOM, or GB18030.

    Line ends are left alone; a byte order mark is not part of the text; a broken byte reads as U+FFFD.

    Raises:
        DocumentError: empty, too large, not text, in no encoding that we read, or unreadable.
    """
    if path.suffix.lower() not in TEXT_ENDINGS:
        raise DocumentError(f"{path}: {path.suffix} files are not supported yet; convert it to .txt")
    text = decode(_bytes(path, limit_megabytes), path)
    if not text.strip():
        raise DocumentError(f"{path} is empty; nothing to read")
    return text


def decode(data: bytes, path: Path) -> str:
    """The bytes as text. `path` is only named in the error.

    Raises:
        DocumentError: the bytes are not text in an encoding that we read.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _plausible(_decoded(data, encoding), path)
    text = _decoded(data, "utf-8")
    if text is None:
        text = _decoded(data, "gb18030")
    return _plausible(text, path)


def _bytes(path: Path, limit_megabytes: int) -> bytes:
    try:
        if path.is_dir():
            raise DocumentError(f"{path} is a directory, not a file")
        if not path.is_file():
            raise DocumentError(f"{path} does not exist or is not an ordinary file")
        size = path.stat().st_size
        if size > limit_megabytes * _MEGABYTE:
            raise DocumentError(
                f"{path} has {size / _MEGABYTE:.1f} MB, more than the {limit_megabytes} MB allowed; "
                "split it or raise ASSISTANT_FILE_MEGABYTES"
            )
        return path.read_bytes()
    except OSError as error:
        raise DocumentError(f"{path} cannot be read: {error.strerror}; check its rights") from error


def _decoded(data: bytes, encoding: str) -> str | None:
    """The text; a broken byte here and there becomes U+FFFD, more of them mean another encoding (None)."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
    foreign = sum(character > "\x7f" for character in text)
    return text if text.count("\ufffd") <= _LOST_SHARE * foreign else None


def _plausible(text: str | None, path: Path) -> str:
    """The text, unless it is missing or too much of it is what nobody writes."""
    if text is None:
        raise DocumentError(f"{path} is neither UTF-8 nor GB18030 text; convert it to UTF-8")
    sample = text[:_SAMPLE]
    if sum(map(_is_odd, sample)) > _ODD_SHARE * len(sample):
        raise DocumentError(
            f"{path} is not text (too many bytes that are no characters); convert it to UTF-8 text"
        )
    return text


def _is_odd(character: str) -> bool:
    """Controls, unassigned and private code points, and what GB18030 makes of arbitrary bytes."""
    if character < "\u0500":
        return unicodedata.category(character) == "Cc" and character not in "\t\n\r\f\v"
    return unicodedata.category(character) in ("Cc", "Cn", "Co", "Cs")
