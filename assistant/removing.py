"""Documents out of the index, and their files where these were handed in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant import files
from assistant.index import bookkeeping, ledger, lexical, locks
from assistant.index.database import Database
from assistant.index.dense import DenseParts
from assistant.index.ledger import FileRecord, Ledger
from assistant.records import FileResult, Status
from assistant.settings import Settings
from assistant.uploads import Uploads


class Remover:
    """Takes documents out. One writer at a time over all processes; readers go on reading."""

    def __init__(self, settings: Settings, database: Database, dense: DenseParts | None) -> None:
        self._settings = settings
        self._database = database
        self._ledger = Ledger(database)
        self._dense = dense
        self._uploads = Uploads(settings.storage, settings.file_megabytes)

    def remove(self, documents: Sequence[str]) -> Iterator[FileResult]:
        """Take documents out, one transaction each.

        A file is deleted only if it was handed in; an archive with the last document of it.

        Raises:
            DocumentError: there is none of that name; nothing is removed then.
            StorageBusyError: another process is writing.
            StorageError: a file or the index cannot be changed.
        """
        with locks.writer(self._settings.storage):
            records = [self._ledger.file(document) for document in dict.fromkeys(documents)]
            is_complete = self._is_complete()
            if self._ledger.noted(ledger.READ):
                # Whoever makes the missing vectors would read again what lies in the folders named.
                with self._database.writing(counts=False) as connection:
                    bookkeeping.set_unfinished(connection, ())
            for record in records:
                self._delete_file(record)
                self._take_out(record)
                yield FileResult(record.name, Status.REMOVED)
            with self._database.writing(counts=False) as connection:
                bookkeeping.forget_vectors(connection, all_of_them=False)
                if is_complete and self._dense is not None:
                    bookkeeping.note(connection, ledger.VECTORS, self._dense.state())

    def _delete_file(self, record: FileRecord) -> None:
        """Before its row goes: a file without a row would be read again at the next start."""
        if not self._uploads.holds(record.path):
            return
        path, member = files.locate(record.path)
        if not member or not self._others(record, str(path)):
            self._uploads.remove(path)

    def _others(self, record: FileRecord, archive: str) -> bool:
        return any(
            other.name != record.name and str(files.locate(other.path)[0]) == archive
            for other in self._ledger.files()
            if other.path.startswith(archive)
        )

    def _take_out(self, record: FileRecord) -> None:
        vectors = self._ledger.embedded_ids(record.name)
        with self._database.writing() as connection:
            lexical.remove(connection, record.name)
            bookkeeping.remove(connection, record.name)
            if vectors:
                # Should this process end before the vectors are gone, the next ingestion looks for them.
                bookkeeping.note(connection, ledger.VECTORS, "")
        if vectors and self._dense is not None:
            self._dense.store.delete_nodes(sorted(vectors))

    def _is_complete(self) -> bool:
        if self._dense is None or self._ledger.waiting():
            return False
        return self._ledger.noted(ledger.VECTORS) == self._dense.state()
