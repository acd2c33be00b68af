"""Files that a command is asked to write: refused early where they cannot be, written as a whole or not."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from assistant.errors import StorageError


def require_writable(paths: Iterable[Path | None], taken: Iterable[Path | None] = ()) -> None:
    """Refuse what could not be written in the end, or would overwrite one of the files.

    Raises:
        StorageError: the message names the path.
    """
    used = {path.resolve() for path in taken if path}
    for path in filter(None, paths):
        if path.is_dir() or not path.absolute().parent.is_dir():
            raise StorageError(f"{path} cannot be written; name a file in a folder that exists")
        if path.resolve() in used:
            raise StorageError(f"{path} is named twice; give each file a name of its own")
        used.add(path.resolve())


def write(path: Path, data: bytes) -> None:
    """Write a file as a whole or not at all.

    Raises:
        StorageError: it cannot be written.
    """
    whole = path.with_name(f"{path.name}.new")
    try:
        whole.write_bytes(data)
        whole.replace(path)
    except OSError as error:
        raise StorageError(f"{path} cannot be written ({error.strerror}); free it or name another") from None
