"""Whether a document is the one that a question names, with or without folder and ending."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath
from unicodedata import normalize


def is_one_of(document: str, expected: Iterable[str]) -> bool:
    """Whether a document is among those expected: two paths mean one file where one ends with the other."""
    listed = _parts(document)
    forms = (listed, (*listed[:-1], PurePosixPath(listed[-1]).stem))
    return any(_is_end(_parts(name), form) for name in expected for form in forms)


def which(document: str, expected: Iterable[str]) -> set[str]:
    """Those of the expected names that mean the document."""
    return {name for name in expected if is_one_of(document, (name,))}


def _parts(name: str) -> tuple[str, ...]:
    """Its folders and itself; a name is written alike on every system."""
    return PurePosixPath(normalize("NFC", name.strip().replace("\\", "/")).casefold()).parts


def _is_end(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    length = min(len(one), len(other))
    return length > 0 and one[-length:] == other[-length:]
