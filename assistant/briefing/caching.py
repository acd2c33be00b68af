"""Finished briefings, kept in the storage directory until something that they rest on changes."""

from __future__ import annotations

import gzip
import os
import zlib
from contextlib import suppress
from dataclasses import astuple, dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from threading import get_ident
from typing import TYPE_CHECKING

from assistant.briefing.material import Gathered
from assistant.records import DocumentView
from assistant.records.briefings import Briefing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pydantic import TypeAdapter

_FOLDER = "briefings"
_MOST = 8
"""Briefings kept of one company; models and languages that are no longer asked for make room first."""
_NEW = ".new"


@dataclass(frozen=True, slots=True)
class Slot:
    """Which briefing of a company it is; each has one place. `model` is empty for the quoting engine."""

    company: str
    engine: str = "quoting"
    model: str = ""
    language: str = "zh"
    branches: bool = False
    script: str = ""


def key_of(slot: Slot, gathered: Gathered, view: Callable[[str], DocumentView], *more: object) -> str:
    """A hash over everything that a briefing depends on: passages, documents, reprints, program.

    Args:
        view: gives the documents as they were gathered from.
        more: what else it depends on, such as the lists and what it shows; by its representation.
    """
    documents = sorted({passage.document for passage in gathered.passages})
    parts = (
        slot,
        gathered.names,
        gathered.passages,
        sorted(gathered.repeats.items()),
        [_digest(view(name).raw) for name in documents],
        [view(name).parsed.pages for name in documents],
        _program(),
        more,
    )
    return sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()


class Cache:
    """One file a slot, with the key of its briefing in the first line and the briefing, packed, below.

    Thread-safe, also between processes. A file that is damaged, or cannot be read, is as none; where nothing
    can be written, nothing is kept.
    """

    def __init__(self, storage: Path) -> None:
        """`storage` is the storage directory; nothing is made in it before there is something to keep."""
        self._folder = storage / _FOLDER

    def get(self, slot: Slot, key: str) -> Briefing | None:
        """The briefing kept in the slot, if it was kept with this key."""
        from pydantic import ValidationError

        try:
            first, _, packed = self._path(slot).read_bytes().partition(b"\n")
            if first != key.encode():
                return None
            return _adapter().validate_json(gzip.decompress(packed))
        except (OSError, EOFError, zlib.error, ValidationError):
            return None

    def put(self, slot: Slot, key: str, briefing: Briefing) -> None:
        """Keep a briefing, unless it is not whole."""
        if not briefing.is_whole:
            return
        path = self._path(slot)
        new = path.with_name(f"{path.name}-{os.getpid()}-{get_ident()}{_NEW}")
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            packed = gzip.compress(_adapter().dump_json(briefing), compresslevel=1, mtime=0)
            try:
                new.write_bytes(b"%s\n%s" % (key.encode(), packed))
                new.replace(path)
            finally:
                new.unlink(missing_ok=True)
            self._make_room(slot.company)

    def prune(self, names: Iterable[str]) -> None:
        """Remove the briefings of all companies but these, and what a killed process left half written."""
        known = set(map(_digest, names))
        with suppress(OSError):
            for path in self._folder.iterdir():
                if path.name.partition("-")[0] not in known or path.suffix == _NEW:
                    path.unlink(missing_ok=True)

    def _make_room(self, company: str) -> None:
        kept = sorted(self._folder.glob(f"{_digest(company)}-*.gz"), key=lambda path: path.stat().st_mtime_ns)
        for path in kept[:-_MOST]:
            path.unlink(missing_ok=True)

    def _path(self, slot: Slot) -> Path:
        return self._folder / f"{_digest(slot.company)}-{_digest(repr(astuple(slot)))}.gz"


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]


@lru_cache(maxsize=1)
def _program() -> str:
    """A hash over the program's files, so that nothing is taken for what another version made."""
    root = Path(__file__).parent.parent
    digest = sha256()
    for path in sorted(path for path in root.rglob("*") if path.suffix in (".py", ".txt", ".json")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


@lru_cache(maxsize=1)
def _adapter() -> TypeAdapter[Briefing]:
    from pydantic import TypeAdapter

    return TypeAdapter(Briefing)
