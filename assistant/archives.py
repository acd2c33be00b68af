"""Zip archives as folders of documents. Nothing is ever unpacked to disk, and no header is believed.

Names that cannot stand for a file in a folder are refused when an archive is listed; what is wrong with one
member's content (locked, too large, an archive again) is told when that member is read, as with any file.
"""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, Any

from assistant.errors import DocumentError

# A folder of documents stays well below; more takes hours, and the directory alone fills the memory.
MOST_MEMBERS = 10_000
# What a person packs; it bounds the work that one small file can cause.
MOST_MEGABYTES = 2_000
# Text packs to a twentieth, tables to a fiftieth; zeros to a thousandth. Small members do no harm.
_BOMB_RATIO = 200
_HARMLESS = 10_000_000
_MEGABYTE = 1_000_000
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_LOCAL_HEADER = 30
_END = b"PK\x05\x06"
_END_SIZE, _LONGEST_COMMENT = 22, 65_535
_PACKED_FORMATS = ("[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF")
_MAGIC = (b"PK\x03\x04", _END)
_LARGEST_DIRECTORY = 4_000_000
_LONGEST_NAME = 1000
_UTF8_NAME, _ENCRYPTED = 0x800, 0x1
_ERRORS = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error)


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive that was opened and listed once, to read any number of its members.

    `members` are those that may be read, by name; `refused` are pairs of a name and what is wrong with it.
    """

    zip: zipfile.ZipFile
    members: dict[str, zipfile.ZipInfo]
    refused: list[tuple[str, str]]


def is_archive(file: IO[bytes], name: str) -> bool:
    """Whether a file is a zip of documents, whatever it is called. Cheap, and safe with any content.

    Formats that are zips inside (Office, OpenDocument, EPUB) are documents, not archives.
    """
    if file.read(4) not in _MAGIC:
        return False
    size = file.seek(0, 2)
    file.seek(max(0, size - _END_SIZE - _LONGEST_COMMENT))
    tail = file.read()
    end = tail.rfind(_END)
    if end < 0 or len(tail) - end < _END_SIZE:
        return name.lower().endswith(".zip")
    length = int.from_bytes(tail[end + 12 : end + 16], "little")
    start = size - len(tail) + end - length
    if start < 0 or length > _LARGEST_DIRECTORY:
        return True
    file.seek(start)
    directory = file.read(length)
    return not any(_is_listed(part.encode(), directory) for part in _PACKED_FORMATS)


def members(file: IO[bytes], name: str) -> dict[str, Any]:
    """What an archive holds: `members` (name, size, crc) and `refused` (pairs of name and what is wrong).

    Raises:
        DocumentError: it is damaged, or holds more than anybody packs.
    """
    archive = opened(file, name)
    # Bombs and giants do not count: they are never unpacked.
    sizes = [info.file_size for info in archive.members.values() if not _excess(info, MOST_MEGABYTES)]
    if sum(sizes) > MOST_MEGABYTES * _MEGABYTE:
        raise DocumentError(f"{name} unpacks to more than {MOST_MEGABYTES} MB; split it")
    return {
        "members": [
            {"name": n, "size": info.file_size, "crc": info.CRC} for n, info in archive.members.items()
        ],
        "refused": archive.refused,
    }


def opened(source: IO[bytes] | Path, name: str) -> Archive:
    """The archive at a path or in an open file, which is then to stay open while members are read.

    Raises:
        DocumentError: it is damaged, or holds more than anybody packs.
    """
    try:
        archive = zipfile.ZipFile(source)
    except _ERRORS as error:
        raise DocumentError(f"{name} is a damaged zip archive ({error}); pack it again") from error
    if len(archive.infolist()) > MOST_MEMBERS:
        raise DocumentError(f"{name} holds more than {MOST_MEMBERS} files; split it")
    if _overlaps(archive):
        raise DocumentError(f"{name} holds files that overlap, as a zip bomb does; pack it again")
    return Archive(archive, *_listing(archive))


def extract(archive: Archive, name: str, member: str, limit_megabytes: int) -> bytes:
    """The bytes of a member, by the name that `members` gives it.

    Raises:
        DocumentError: it is gone, damaged, locked, a link, too large, a bomb or an archive again.
    """
    shown = f"{name}/{member}"
    info = archive.members.get(member)
    if info is None:
        raise DocumentError(f"{shown} is not in the archive any more; run ingest again")
    if fault := _fault(info, limit_megabytes):
        raise DocumentError(f"{shown} {fault}")
    try:
        with archive.zip.open(info) as content:
            data = content.read(limit_megabytes * _MEGABYTE + 1)
    except _ERRORS as error:
        raise DocumentError(
            f"{shown} cannot be unpacked ({type(error).__name__}: {error}); pack it again"
        ) from error
    if len(data) > limit_megabytes * _MEGABYTE:
        raise DocumentError(f"{shown} {too_large(len(data), limit_megabytes)}")
    if is_archive(BytesIO(data), member):
        raise DocumentError(f"{shown} is an archive inside an archive; unpack it first")
    return data


def _overlaps(archive: zipfile.ZipFile) -> bool:
    infos = sorted(archive.infolist(), key=lambda info: info.header_offset)
    ends = [info.header_offset + _LOCAL_HEADER + info.compress_size for info in infos]
    starts = [*(info.header_offset for info in infos[1:]), archive.start_dir]
    return any(end > start for end, start in zip(ends, starts, strict=True)) if infos else False


def _listing(archive: zipfile.ZipFile) -> tuple[dict[str, zipfile.ZipInfo], list[tuple[str, str]]]:
    """The members by name, and the names that are refused with what is wrong; hidden files are in neither."""
    listed: dict[str, zipfile.ZipInfo] = {}
    refused: list[tuple[str, str]] = []
    for info in archive.infolist():
        member = _name(info)
        parts = PurePosixPath(member).parts
        if member.endswith("/"):
            continue
        clean = "/".join(parts)
        reason = _reason(member) or ("is there twice; the first one is read" if clean in listed else "")
        if reason:
            refused.append((_printable(member), reason))
        elif "__MACOSX" not in parts and not any(part.startswith(".") for part in parts):
            listed[clean] = info
    return listed, refused


def _reason(member: str) -> str:
    """Why a name is refused, empty if it is not."""
    if member.startswith("/") or re.match(r"[A-Za-z]:", member):
        return "has an absolute path; pack it again with relative ones"
    if ".." in member.split("/"):
        return "leads out of the archive; pack it again"
    if not member or len(member) > _LONGEST_NAME or _printable(member) != member:
        return "has a name that no file has; rename it and pack it again"
    return ""


def _name(info: zipfile.ZipInfo) -> str:
    """The name as its maker meant it, with slashes: UTF-8 where marked or valid, else a Chinese Windows's."""
    name = info.orig_filename
    if not info.flag_bits & _UTF8_NAME:
        name = _guessed(name.encode("cp437", "replace"))
    return name.replace("\\", "/")


def _guessed(data: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("cp437")


def _fault(info: zipfile.ZipInfo, limit_megabytes: int) -> str:
    """What keeps a member from being read, empty if nothing does."""
    if stat.S_ISLNK(info.external_attr >> 16):
        return "is a link; pack the file itself"
    if info.flag_bits & _ENCRYPTED:
        return "is locked with a password; unpack it first"
    return _excess(info, limit_megabytes)


def _excess(info: zipfile.ZipInfo, limit_megabytes: int) -> str:
    if info.file_size > _HARMLESS and info.file_size > _BOMB_RATIO * info.compress_size:
        ratio = info.file_size // max(1, info.compress_size)
        return f"unpacks to {ratio} times its size, as a zip bomb does; leave it out, or unpack it first"
    if info.file_size > limit_megabytes * _MEGABYTE:
        return too_large(info.file_size, limit_megabytes)
    return ""


def too_large(size: int, limit_megabytes: int) -> str:
    return (
        f"has {size / _MEGABYTE:.1f} MB, more than the {limit_megabytes} MB allowed; "
        "split it or raise ASSISTANT_FILE_MEGABYTES"
    )


def _is_listed(name: bytes, directory: bytes) -> bool:
    """Whether a zip's central directory, as it stands in the file, names this member."""
    entry = rb"PK\x01\x02.{24}" + re.escape(struct.pack("<H", len(name))) + rb".{16}" + re.escape(name)
    return re.search(entry, directory, re.DOTALL) is not None


def _printable(name: str) -> str:
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", name)[:_LONGEST_NAME]
