"""The files behind the documents: those that were handed in, and where each one lies."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was handed in, by the name and at the path that it is kept under.

    `is_replaced`: one of that name had another content. `same_as` is the document of another name that has
    the same content; the file is then not kept.
    """

    name: str
    path: str
    is_replaced: bool = False
    same_as: str = ""


@dataclass(frozen=True, slots=True)
class DocumentFile:
    """Where a document's file lies: `path`, and within it `member`, empty for the file itself.

    `is_upload`: it was handed in, so that it goes with its document. `is_there`: it still lies there.
    """

    document: str
    path: str
    member: str = ""
    is_upload: bool = False
    is_there: bool = True


@dataclass(frozen=True, slots=True)
class OriginalFile:
    """A document's file as it was read, or the archive that holds it."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class VectorCount:
    """How many of the passages have a vector; `total` is 0 where no embedder serves."""

    done: int
    total: int
