"""Files that people hand in: kept in the storage directory under safe names, one flat folder."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Container, Iterable
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from assistant import files
from assistant.archives import too_large
from assistant.device_names import is_device
from assistant.errors import DocumentError, StorageError
from assistant.records import Upload

FOLDER = "uploads"
ARCHIVE = ".zip"
ARCHIVE_MEGABYTES = 200
"""An archive may be larger than a file: its limit holds for each of its members."""
_LONGEST_BYTES = 180
_LONGEST_ENDING = 20
_MEGABYTE = 1_000_000
_FORBIDDEN = re.compile(r'[<>:"|?*]')


class Uploads:
    """The folder `uploads` of a storage directory."""

    def __init__(self, storage: Path, megabytes: int) -> None:
        """`megabytes` is the size of a file at most."""
        self._folder = Path(os.path.realpath(storage / FOLDER))
        self._megabytes = megabytes
        self.archive_megabytes = max(megabytes, ARCHIVE_MEGABYTES)

    def keep(self, name: str, data: bytes, taken: Container[str] = ()) -> Upload:
        """Write a file down whole or not at all; one of the same name is replaced.

        Args:
            taken: names of the same lot, which are not replaced.

        Raises:
            DocumentError: it is too large, or nothing of its name can be used.
            StorageError: it cannot be written.
        """
        safe = _free(safe_name(name), taken)
        limit = self.archive_megabytes if safe.lower().endswith(ARCHIVE) else self._megabytes
        if len(data) > limit * _MEGABYTE:
            raise DocumentError(f"{safe} {too_large(len(data), limit)}")
        path = self._folder / safe
        is_there = path.is_file()
        if is_there and path.stat().st_size == len(data) and path.read_bytes() == data:
            return Upload(safe, str(path))
        self._write(path, data)
        return Upload(safe, str(path), is_replaced=is_there)

    def read(self, path: Path) -> bytes:
        """A file of this folder. Raises DocumentError if it is gone."""
        try:
            return path.read_bytes()
        except OSError as error:
            raise DocumentError(f"{path} cannot be read: {error.strerror}; hand it in again") from error

    def holds(self, path: str | Path) -> bool:
        """Whether a recorded path lies here."""
        return Path(path).is_relative_to(self._folder)

    def remove(self, path: Path) -> None:
        """Delete a file of this folder; one that is gone already is no error.

        Raises:
            StorageError: no rights.
        """
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise StorageError(
                f"{path} cannot be deleted: {error.strerror}; see that this user may write there"
            ) from error

    def unread(self, known: Iterable[str]) -> list[Path]:
        """The files here that no recorded path stands for: they came just before the program ended."""
        if not self._folder.is_dir():
            return []
        held = {files.locate(path)[0] for path in known if self.holds(path)}
        found = (path for path in sorted(self._folder.iterdir()) if not path.name.startswith("."))
        return [path for path in found if path.is_file() and path not in held]

    def _write(self, path: Path, data: bytes) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            # A hidden name, which no ingestion reads, until it is whole.
            with NamedTemporaryFile(dir=self._folder, prefix=".", delete=False) as file:
                try:
                    file.write(data)
                    file.close()
                    os.replace(file.name, path)
                except BaseException:
                    with suppress(OSError):
                        os.unlink(file.name)
                    raise
        except OSError as error:
            raise StorageError(
                f"{path} cannot be written: {error.strerror}; see that this user may write there and that "
                "the disk is not full"
            ) from error


def safe_name(name: str) -> str:
    """What a file is called here: no folder, nothing invisible, no name that a system keeps for itself.

    Raises:
        DocumentError: nothing of it can be used.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    # Categories C*: controls, marks that turn the direction of writing, surrogates, unassigned.
    visible = "".join(c for c in last if not unicodedata.category(c).startswith("C"))
    plain = _FORBIDDEN.sub("_", " ".join(visible.split())).strip(". ")
    if not plain:
        raise DocumentError("a file without a usable name was handed in; rename it")
    if is_device(plain):
        plain = f"_{plain}"
    stem, ending = os.path.splitext(plain)
    if len(ending.encode()) > _LONGEST_ENDING:
        stem, ending = plain, ""
    room = _LONGEST_BYTES - len(ending.encode())
    return stem.encode()[:room].decode(errors="ignore").rstrip(". ") + ending


def _free(name: str, taken: Container[str]) -> str:
    stem, ending = os.path.splitext(name)
    free, number = name, 2
    while free in taken:
        free, number = f"{stem}~{number}{ending}", number + 1
    return free
