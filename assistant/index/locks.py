"""Who may write and who may read the storage directory, across processes and threads.

Every lock is the operating system's, so it ends with the process that holds it, however that one ends.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path

import portalocker
from portalocker.constants import LockFlags

from assistant.errors import StorageBusyError, StorageError

VECTORS = "chroma"
"""The folder of the storage directory in which Chroma keeps the vectors."""
READER_WAIT = 2.0
WRITER_WAIT = 30.0
_INTERVAL = 0.005


@contextmanager
def writer(storage: Path) -> Iterator[None]:
    """Be the only process (and the only thread) that changes this storage directory.

    Raises:
        StorageBusyError: another one is; the message says which process.
        StorageError: the lock file cannot be opened.
    """
    path = storage / "writer.lock"
    with _opened(path) as file:
        try:
            portalocker.lock(file, LockFlags.EXCLUSIVE | LockFlags.NON_BLOCKING)
        except portalocker.LockException:
            raise StorageBusyError(
                f"process {_holder(path)} is writing to {storage}; wait until it has finished, or stop it, "
                "and try again"
            ) from None
        _write(file, os.getpid())
        yield


class VectorLock:
    """Readers share the vectors, a writer has them alone for one batch; and how often they were written.

    The count stands in the lock file, so that a reader sees that another process has written.
    """

    def __init__(self, storage: Path) -> None:
        self._path = storage / "chroma.lock"

    @contextmanager
    def shared(self, wait: float = READER_WAIT) -> Iterator[int]:
        """Read; yields the count of writes. Raises StorageBusyError after `wait` seconds."""
        with _opened(self._path) as file:
            self._acquire(file, LockFlags.SHARED, wait)
            yield _count(file)

    @contextmanager
    def exclusive(self, wait: float = WRITER_WAIT) -> Iterator[int]:
        """Neither readers nor writers beside this one; yields the count of writes."""
        with _opened(self._path) as file:
            self._acquire(file, LockFlags.EXCLUSIVE, wait)
            yield _count(file)

    @contextmanager
    def writing(self, wait: float = WRITER_WAIT) -> Iterator[int]:
        """As `exclusive`, and counted before the first change, so that a killed write is counted too."""
        with _opened(self._path) as file:
            self._acquire(file, LockFlags.EXCLUSIVE, wait)
            count = _count(file)
            _write(file, count + 1)
            yield count

    def _acquire(self, file: FileIO, flags: LockFlags, wait: float) -> None:
        deadline = time.monotonic() + wait
        while True:
            try:
                portalocker.lock(file, flags | LockFlags.NON_BLOCKING)
                return
            except portalocker.LockException:
                if time.monotonic() >= deadline:
                    raise StorageBusyError(
                        f"{self._path} was held by another process for more than {wait:g} seconds; "
                        "try again when it has finished writing"
                    ) from None
            time.sleep(_INTERVAL)


@contextmanager
def _opened(path: Path) -> Iterator[FileIO]:
    try:
        file = FileIO(os.open(path, os.O_RDWR | os.O_CREAT, 0o644), "r+")
    except OSError as error:
        raise StorageError(
            f"cannot open {path}: {error.strerror}; give this user the right to write there, "
            "or choose another directory with ASSISTANT_STORAGE"
        ) from error
    with file:
        yield file


def _count(file: FileIO) -> int:
    file.seek(0)
    digits = file.read()
    return int(digits) if digits.isdigit() else 0


def _write(file: FileIO, number: int) -> None:
    file.seek(0)
    file.write(str(number).encode())
    file.truncate()


def _holder(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip() or "(unknown)"
    except (OSError, UnicodeDecodeError):
        return "(unknown)"
