"""Files on disk and in archives: which ones an ingestion is about, how they are named, and their bytes.

A member of an archive has the archive's path with its own name behind it, as if the archive were a folder.
"""

from __future__ import annotations

import os
import stat as modes
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import IO, Any

from assistant import archives
from assistant.errors import DocumentError

ListArchive = Callable[[Path], dict[str, Any]]
"""What `members` does, in a process of its own."""
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Target:
    """A file or member to look at and the name that it would like to have.

    `refusal` says why it is not read, empty if it is.
    """

    path: Path
    wish: str
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Selection:
    """What was named: the files there are, the folders looked through, and what does not exist.

    Archives are among the folders. `closed` are the folders and archives that could not be listed. `refused`
    are folders with the reason why nothing is read in them.
    """

    targets: tuple[Target, ...]
    folders: tuple[Path, ...]
    missing: tuple[Path, ...]
    closed: tuple[Path, ...]
    refused: tuple[tuple[str, str], ...]


def select(paths: Sequence[str | Path], storage: Path | None, list_archive: ListArchive) -> Selection:
    """Look through files, folders and archives; each file is there once.

    Hidden files are left out of folders, and so is `storage`, where the index itself lies. A link in a folder
    is not followed out of it, since whoever made the folder may not read what this user may. An archive that
    cannot be listed is a target itself: reading it tells why.
    """
    search = _Search(Path(os.path.realpath(storage)) if storage is not None else None, list_archive)
    for named in paths:
        search.name(Path(os.path.realpath(named)))
    return Selection(
        targets=tuple(search.targets.values()),
        folders=tuple(search.folders),
        missing=tuple(search.missing),
        closed=tuple(search.closed),
        refused=tuple(search.refused),
    )


def locate(path: str | Path) -> tuple[Path, str]:
    """The file that holds what a path stands for, and the member of it; empty for the file itself."""
    whole = Path(path)
    for place in (whole, *whole.parents):
        if os.path.lexists(place):
            is_inside = place != whole and os.path.isfile(place)
            return (place, whole.relative_to(place).as_posix()) if is_inside else (whole, "")
    return whole, ""


def exists(path: str | Path) -> bool:
    """Whether the file, or the archive that it was in, is there."""
    return os.path.lexists(locate(path)[0])


def stat(path: str | Path) -> tuple[int, int]:
    """Size in bytes and time of the last change in nanoseconds: of the archive for a member.

    Raises:
        DocumentError: it is not there.
    """
    real, _ = locate(path)
    with _named_errors(path):
        found = os.stat(real)
    return found.st_size, found.st_mtime_ns


def load(path: str | Path, limit_megabytes: int) -> bytes:
    """The bytes of a file, or of a member of an archive.

    Raises:
        DocumentError: missing, no ordinary file, too large, without rights, changed while it was read, or an
            archive that cannot be listed.
    """
    real, member = locate(path)
    with _opened(real) as file:
        before = _state(file)
        if member:
            data = archives.extract(_archive(real, before), str(real), member, limit_megabytes)
        elif archives.is_archive(file, real.name):
            archives.members(file, str(real))
            raise _changed(real)
        else:
            data = _whole(file, real, limit_megabytes)
        if _state(file) != before:
            raise _changed(path)
    return data


def members(path: str) -> dict[str, Any]:
    """What an archive holds: see `archives.members`."""
    with _opened(Path(path)) as file:
        return archives.members(file, path)


def name_for(target: Target, taken: Container[str]) -> str:
    """The wished name; where another file has it, with parent folders in front until it is free."""
    name = target.wish
    rest = list(target.path.parts[: len(target.path.parts) - len(Path(name).parts)])
    while name in taken and len(rest) > 1:
        name = f"{rest.pop()}/{name}"
    number = 2
    free = name
    while free in taken:
        free, number = f"{name}~{number}", number + 1
    return free


def is_under(path: str, folders: Iterable[Path]) -> bool:
    """Whether a recorded path lies in one of the folders."""
    return any(Path(path).is_relative_to(folder) for folder in folders)


@dataclass(slots=True)
class _Search:
    """What has been found so far."""

    own: Path | None
    list_archive: ListArchive
    targets: dict[Path, Target] = field(default_factory=dict)
    folders: dict[Path, None] = field(default_factory=dict)
    missing: list[Path] = field(default_factory=list)
    closed: list[Path] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)

    def name(self, path: Path) -> None:
        """Take a path that was named."""
        if path == self.own:
            self._refuse(str(path), f"{path} holds the index; name the folder of the documents")
        elif os.path.isdir(path):
            self.folders[path] = None
            for file in self._walk(path):
                self._found(file, path)
        elif os.path.lexists(path) or not _is_utf8(path):
            self._add(path, path.name)
        else:
            self._member(path)

    def _member(self, path: Path) -> None:
        """Take what is not on disk: a member stands for its archive."""
        archive, member = locate(path)
        if member and _is_archive(archive):
            self._add(archive, archive.name)
        if path not in self.targets and archive not in self.closed:
            self.missing.append(path)

    def _walk(self, folder: Path) -> Iterator[Path]:
        for place, names, files in os.walk(folder, onerror=self._failed):
            names[:] = sorted(n for n in names if not n.startswith(".") and Path(place, n) != self.own)
            # os.walk does not go into linked folders; they are here for _found to tell.
            links = [name for name in names if os.path.islink(Path(place, name))]
            found = sorted([*links, *(name for name in files if not name.startswith("."))])
            yield from (Path(place, name) for name in found)

    def _found(self, file: Path, folder: Path) -> None:
        """Take a file of a folder; a link to something else in it is not taken again."""
        wish = file.relative_to(folder).as_posix()
        if not os.path.islink(file) or not os.path.exists(file):
            self._add(file, wish)
        elif not Path(os.path.realpath(file)).is_relative_to(folder):
            reason = f"{wish} is a link that leads out of the folder; name what it leads to itself"
            self.targets[file] = Target(file, wish, reason)

    def _add(self, path: Path, wish: str) -> None:
        if not _is_utf8(path):
            name = os.fsencode(path).decode(errors="replace")
            reason = f"{name} has a name that is not UTF-8; rename the file"
            self.targets[Path(name)] = Target(Path(name), Path(name).name, reason)
        elif path in self.targets or path in self.folders:
            return
        elif _is_archive(path):
            self._list(path, wish)
        else:
            self.targets[path] = Target(path, wish)

    def _list(self, archive: Path, wish: str) -> None:
        self.folders[archive] = None
        try:
            listing = self.list_archive(archive)
        except DocumentError:
            self.closed.append(archive)
            self.targets[archive] = Target(archive, wish)
            return
        for member in listing["members"]:
            path = archive / member["name"]
            self.targets[path] = Target(path, f"{wish}/{member['name']}")
        for member, fault in listing["refused"]:
            # A path that no member has, however this one is called.
            path = Path(f"{archive}/?/{member}")
            self.targets[path] = Target(path, f"{wish}/{member}", f"{wish}/{member} {fault}")

    def _failed(self, error: OSError) -> None:
        self.closed.append(Path(error.filename))
        self._refuse(error.filename, f"{error.filename} cannot be listed: {error.strerror}; check its rights")

    def _refuse(self, name: str, reason: str) -> None:
        self.refused.append((name, reason))


def _is_archive(path: Path) -> bool:
    try:
        with _opened(path) as file:
            return archives.is_archive(file, path.name)
    except DocumentError:
        return False


def _is_utf8(path: Path) -> bool:
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """An ordinary file; anything else is refused rather than waited for."""
    if os.path.isdir(path):
        raise DocumentError(f"{path} is a directory, not a file")
    if not os.path.isfile(path):
        is_there = os.path.exists(path)
        fault = "is not an ordinary file; leave it out" if is_there else "does not exist; run ingest again"
        raise DocumentError(f"{path} {fault}")
    # Should it become a pipe just now, opening it must not wait for a writer.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with _named_errors(path), open(os.open(path, flags), "rb") as file:
        if not modes.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise DocumentError(f"{path} is not an ordinary file any more; run ingest again")
        yield file


@contextmanager
def _named_errors(path: str | Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if isinstance(error, FileNotFoundError) and os.path.islink(path):
            raise DocumentError(f"{path} is a link to what does not exist; mend or remove it") from error
        raise DocumentError(
            f"{path} cannot be read: {error.strerror}; check the path and its rights"
        ) from error


def _changed(path: str | Path) -> DocumentError:
    return DocumentError(f"{path} changed while it was read; run ingest again")


def _state(file: IO[bytes]) -> tuple[int, int, int]:
    found = os.fstat(file.fileno())
    return found.st_size, found.st_mtime_ns, found.st_ino


@lru_cache(maxsize=1)
def _archive(path: Path, state: tuple[int, int, int]) -> archives.Archive:
    """Listed once for all members: thousands of them would each list thousands."""
    archive = archives.opened(path, str(path))
    if archive.zip.fp is None or _state(archive.zip.fp) != state:
        raise _changed(path)
    return archive


def _whole(file: IO[bytes], path: Path, limit_megabytes: int) -> bytes:
    size = _state(file)[0]
    if size > limit_megabytes * _MEGABYTE:
        raise DocumentError(f"{path} {archives.too_large(size, limit_megabytes)}")
    file.seek(0)
    # One byte more than there is shows that it grows; asking for more would take the memory at once.
    return file.read(size + 1)
