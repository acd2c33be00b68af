"""Which files an ingestion is about, and under which name each document is known."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Target:
    """A file to look at and the name that it would like to have."""

    path: Path
    wish: str


@dataclass(frozen=True, slots=True)
class Selection:
    """What was named: the files there are, the folders looked through, and what does not exist.

    `closed` are folders that could not be listed. `refused` are paths with the reason why they are left out.
    """

    targets: tuple[Target, ...]
    folders: tuple[Path, ...]
    missing: tuple[Path, ...]
    closed: tuple[Path, ...]
    refused: tuple[tuple[str, str], ...]


def select(paths: Sequence[str | Path], storage: Path | None = None) -> Selection:
    """Look through files and folders; each file is there once.

    Hidden files are left out of folders, and so is `storage`, where the index itself lies.
    """
    own = Path(os.path.realpath(storage)) if storage is not None else None
    targets: dict[Path, Target] = {}
    folders: list[Path] = []
    missing: list[Path] = []
    failures: list[OSError] = []
    refused: list[tuple[str, str]] = []
    for named in paths:
        path = Path(os.path.realpath(named))
        if path == own:
            refused.append((str(path), f"{path} holds the index; name the folder of the documents"))
        elif path.is_dir():
            folders.append(path)
            for file in _walk(path, own, failures):
                targets.setdefault(file, Target(file, file.relative_to(path).as_posix()))
        elif os.path.lexists(path) or not _is_utf8(path):
            targets.setdefault(path, Target(path, path.name))
        else:
            missing.append(path)
    misnamed = [os.fsencode(path).decode(errors="replace") for path in targets if not _is_utf8(path)]
    return Selection(
        targets=tuple(target for path, target in targets.items() if _is_utf8(path)),
        folders=tuple(folders),
        missing=tuple(missing),
        closed=tuple(Path(error.filename) for error in failures),
        refused=(
            *refused,
            *((name, f"{name} has a name that is not UTF-8; rename the file") for name in misnamed),
            *(
                (e.filename, f"{e.filename} cannot be listed: {e.strerror}; check its rights")
                for e in failures
            ),
        ),
    )


def name_for(target: Target, taken: Iterable[str]) -> str:
    """The wished name; where another file has it, with parent folders in front until it is free."""
    used = set(taken)
    name = target.wish
    rest = list(target.path.parts[: len(target.path.parts) - len(Path(name).parts)])
    while name in used and len(rest) > 1:
        name = f"{rest.pop()}/{name}"
    number = 2
    free = name
    while free in used:
        free, number = f"{name}~{number}", number + 1
    return free


def is_under(path: str, folders: Iterable[Path]) -> bool:
    """Whether a recorded path lies in one of the folders."""
    return any(Path(path).is_relative_to(folder) for folder in folders)


def _is_utf8(path: Path) -> bool:
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def _walk(folder: Path, own: Path | None, failures: list[OSError]) -> Iterator[Path]:
    for place, names, files in os.walk(folder, onerror=failures.append):
        names[:] = sorted(name for name in names if not name.startswith(".") and Path(place, name) != own)
        yield from (Path(place, name) for name in sorted(files) if not name.startswith("."))
