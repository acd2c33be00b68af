"""Bringing the index in line with files: each file a transaction of its own, safe to be killed anywhere.

Two steps. First every new or changed file is read by a child process and committed to SQLite: from then on
it is found by its words. Then the passages get their vectors, batch by batch. SQLite is the truth: vectors
that it does not know are ignored by search and deleted by the next ingestion, missing ones are made again.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import companies, files
from assistant.errors import IndexMismatchError, StorageBusyError, StorageError
from assistant.index import bookkeeping, ledger, locks
from assistant.index.database import Database
from assistant.index.dense import DenseParts
from assistant.index.ledger import Ledger
from assistant.intake import Intake
from assistant.parsing import CLEANER_VERSION
from assistant.records import (
    FileResult,
    IndexIdentity,
    IngestReport,
    Progress,
    Status,
)
from assistant.sandbox import Job, Sandbox
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.index.vectors import VectorIndex

Report = Callable[[Progress], None]
Tell = Callable[[FileResult], None]


def identity_of(dense: DenseParts | None, settings: Settings) -> IndexIdentity:
    """What these settings build an index with; a dimension of 0 is one that only the embedder knows."""
    cleaner = f"{CLEANER_VERSION}/{settings.passage_characters}"
    if dense is None:
        return IndexIdentity("none", 0, cleaner)
    return IndexIdentity(dense.name, dense.dimension, cleaner)


class Ingestor:
    """Writes the index. One at a time over all processes; readers go on reading.

    `dense` is None where only the lexical leg serves.
    """

    def __init__(self, settings: Settings, database: Database, dense: DenseParts | None) -> None:
        self._settings = settings
        self._database = database
        self._ledger = Ledger(database)
        self._dense = dense
        self._unfinished: tuple[str, ...] = ()

    def ingest(
        self,
        paths: Sequence[str | Path],
        progress: Report | None = None,
        *,
        rebuild: bool = False,
        again: Sequence[str] = (),
        tell: Tell | None = None,
    ) -> IngestReport:
        """Add, replace and remove documents so that they agree with the files and folders named.

        A file that cannot be read is recorded with the reason and costs nothing else. Files recorded earlier
        that lie in a named folder and are gone are removed; a named folder that is gone keeps its documents,
        since a share may only be away. `rebuild` reads all recorded files again. Until an ingestion has
        ended, the ledger says that it is unfinished.

        Args:
            progress: hears of every step.
            again: documents to read again though they have not changed; one whose file is gone stays.
            tell: hears of every file's outcome as soon as it is in the index.

        Raises:
            StorageBusyError: another process is writing.
            IndexMismatchError: the index was built otherwise and `rebuild` is false.
            EmbeddingError: the embedder failed; what was finished before is kept.
            StorageError: the storage directory cannot be written.
        """
        started = time.monotonic()
        report = progress or _silent
        with locks.writer(self._settings.storage):
            named = [os.path.realpath(path) for path in paths]
            earlier = self._ledger.unfinished() or ()
            self._unfinished = tuple(dict.fromkeys((*earlier, *named)))
            self._prepare(rebuild)
            results = tuple(self._told(chain(self._reopen(again), self._read_files(paths, report)), tell))
            left = [path for path in earlier if not files.is_under(path, map(Path, named))]
            self._note_read(left)
            searchable = time.monotonic() - started
            embedded = self._embed(report)
            if rebuild:
                with self._database.writing(counts=False) as connection:
                    bookkeeping.forget_vectors(connection, all_of_them=False)
            self._finish(left)
        return IngestReport(results, time.monotonic() - started, searchable, embedded)

    def _prepare(self, rebuild: bool) -> None:
        identity, stored = identity_of(self._dense, self._settings), self._ledger.identity()
        if not rebuild:
            self._ledger.require(identity)
        if rebuild or stored is None:
            with bookkeeping.writing(self._database, self._unfinished) as connection:
                if stored and stored.embedder != identity.embedder:
                    bookkeeping.forget_vectors(connection, all_of_them=True)
                bookkeeping.forget_content(connection)
                bookkeeping.set_identity(connection, identity)
        if rebuild and self._dense is not None:
            self._index(self._dense).clear()
        digest = companies.current(self._settings.companies).digest
        if self._ledger.noted(ledger.COMPANIES) != digest:
            with bookkeeping.writing(self._database, self._unfinished) as connection:
                bookkeeping.outdate(connection)
                bookkeeping.note(connection, ledger.COMPANIES, digest)

    def _reopen(self, documents: Sequence[str]) -> Iterator[FileResult]:
        """Have documents read again by this ingestion; the result of those that cannot be."""
        records = [self._ledger.file(document) for document in documents]
        gone = [record for record in records if not files.exists(record.path)]
        there = [record.name for record in records if record not in gone]
        if there:
            with bookkeeping.writing(self._database, self._unfinished) as connection:
                bookkeeping.outdate(connection, there)
        for record in gone:
            reason = f"{record.path} is not there any more; what was read of it stays, check the path"
            yield FileResult(record.name, Status.FAILED, reason=reason)

    def _told(self, results: Iterable[FileResult], tell: Tell | None) -> Iterator[FileResult]:
        for result in results:
            if tell is not None:
                tell(result)
            yield result

    def _read_files(self, paths: Sequence[str | Path], report: Report) -> Iterator[FileResult]:
        settings = self._settings
        intake = Intake(settings, self._database, self._unfinished, self._forget)
        with Sandbox(
            workers=settings.workers, seconds=settings.file_seconds, megabytes=settings.file_memory_megabytes
        ) as sandbox:
            yield from intake.take(files.select(paths, settings.storage, _listing(sandbox)), sandbox, report)

    def _forget(self, ids: Set[str]) -> None:
        """Delete the vectors of passages that are gone."""
        if self._dense is not None:
            self._index(self._dense).forget(ids)

    def _embed(self, report: Report) -> int:
        """Vectors for all passages that wait, those of a killed ingestion or a lost Chroma included."""
        if self._dense is None or self._is_embedded(self._dense):
            return 0
        index = self._index(self._dense)
        try:
            return index.complete(report)
        except (StorageBusyError, IndexMismatchError):
            raise
        except StorageError:
            index.clear()
            return index.complete(report)

    def _is_embedded(self, dense: DenseParts) -> bool:
        """Whether every passage has its vector and nothing has touched them since."""
        return not self._ledger.waiting() and self._ledger.noted(ledger.VECTORS) == dense.state()

    def _index(self, dense: DenseParts) -> VectorIndex:
        # Seconds of imports, which an unchanged folder never needs.
        from assistant.index.vectors import VectorIndex

        return VectorIndex(self._database, self._ledger, dense)

    def _note_read(self, still_unfinished: list[str]) -> None:
        """Only vectors are missing: a document that is removed now is not to be read again for them."""
        if not still_unfinished and self._ledger.unfinished() is not None:
            with self._database.writing(counts=False) as connection:
                bookkeeping.note(connection, ledger.READ, "yes")

    def _finish(self, still_unfinished: list[str]) -> None:
        left = tuple(still_unfinished) or None
        if self._ledger.unfinished() != left:
            with self._database.writing() as connection:
                bookkeeping.set_unfinished(connection, left)


def _listing(sandbox: Sandbox) -> files.ListArchive:
    """Lists an archive in a child process, since its directory may be made to harm."""
    return lambda path: sandbox.run(Job("members", {"path": str(path)}, path.name))


def _silent(progress: Progress) -> None:
    pass
