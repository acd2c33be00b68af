"""Whether a document is the one that a question names, with or without folder and ending."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath


def is_one_of(document: str, expected: Iterable[str]) -> bool:
    """Whether a document is among those expected, each named as listed, by its file name or its stem."""
    return not _names(document).isdisjoint(name.strip().casefold() for name in expected)


def which(document: str, expected: Iterable[str]) -> set[str]:
    """Those of the expected names that mean the document."""
    return {name for name in expected if is_one_of(document, (name,))}


def _names(document: str) -> set[str]:
    path = PurePosixPath(document.replace("\\", "/"))
    return {name.casefold() for name in (document, path.name, path.stem)}
