"""The files that documents were read from: those that are handed in, where each lies, and its bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Container
from pathlib import Path

from assistant import files
from assistant.errors import DocumentError
from assistant.index.ledger import READY, Ledger
from assistant.records import DocumentFile, OriginalFile, Upload
from assistant.uploads import Uploads, safe_name


class Originals:
    """The files behind an index; `archive_megabytes` is the size of an archive at most. Thread-safe."""

    def __init__(self, ledger: Ledger, storage: Path, megabytes: int) -> None:
        """`megabytes` is the size of a file at most."""
        self._ledger = ledger
        self._uploads = Uploads(storage, megabytes)
        self._megabytes = megabytes
        self.archive_megabytes = self._uploads.archive_megabytes

    def keep(self, name: str, data: bytes, taken: Container[str] = ()) -> Upload:
        """Keep a file that is handed in, under a safe name, unless another document has its content.

        Its `path` is to be ingested then.

        Args:
            taken: names of files handed in with it, which it does not replace.

        Raises:
            DocumentError: it is too large, or its name cannot be used.
            StorageError: it cannot be written.
        """
        digest = hashlib.sha256(data).hexdigest()
        for record in self._ledger.files():
            is_it = self._uploads.holds(record.path) and Path(record.path).name == safe_name(name)
            if record.sha256 == digest and not is_it and files.exists(record.path):
                return Upload(safe_name(name), "", same_as=record.name)
        return self._uploads.keep(name, data, taken)

    def unread(self) -> list[Path]:
        """Files that were kept and never read, since the program ended just then."""
        return self._uploads.unread(record.path for record in self._ledger.files())

    def missing(self) -> list[str]:
        """The documents whose files are not where they were read."""
        return [record.name for record in self._ledger.files() if not files.exists(record.path)]

    def file(self, document: str) -> DocumentFile:
        """Where a document's file lies. Raises DocumentError if there is none of that name."""
        record = self._ledger.file(document)
        path, member = files.locate(record.path)
        is_upload = self._uploads.holds(record.path)
        return DocumentFile(record.name, str(path), member, is_upload, files.exists(record.path))

    def original(self, document: str) -> OriginalFile:
        """A document's file as it was read; for a member of an archive that was handed in, the archive.

        Raises:
            DocumentError: no such document, or its file is gone, has changed or lies in another archive.
        """
        record, place = self._ledger.file(document), self.file(document)
        path = Path(place.path)
        if place.member and not place.is_upload:
            raise DocumentError(f"{document} lies in the archive {path}; open it there")
        if place.member:
            return OriginalFile(path.name, self._uploads.read(path))
        data = files.load(path, self._megabytes)
        # Whoever may write to the folder must not choose what this process hands out.
        is_same = record.status == READY and record.sha256 == hashlib.sha256(data).hexdigest()
        if not is_same and not place.is_upload:
            raise DocumentError(f"{document} has changed since it was read; read it again")
        return OriginalFile(path.name, data)
