"""Bringing the index in line with files: each file a transaction of its own, safe to be killed anywhere.

Two steps. First every new or changed file is read by a child process and committed to SQLite: from then on
it is found by its words. Then the passages get their vectors, batch by batch. SQLite is the truth: vectors
that it does not know are ignored by search and deleted by the next ingestion, missing ones are made again.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant import bookkeeping, files, ledger, lexical, locks, parsing
from assistant.database import Database
from assistant.dense import DenseParts
from assistant.errors import DocumentError, IndexMismatchError, StorageBusyError, StorageError
from assistant.ledger import FileRecord, Ledger
from assistant.parsing import CLEANER_VERSION
from assistant.records import (
    FileResult,
    IndexIdentity,
    IngestReport,
    Progress,
    Stage,
    Status,
)
from assistant.sandbox import Job, Sandbox
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.vectors import VectorIndex

Report = Callable[[Progress], None]
_RACY_NANOSECONDS = 2_000_000_000


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
        self, paths: Sequence[str | Path], progress: Report | None = None, *, rebuild: bool = False
    ) -> IngestReport:
        """Add, replace and remove documents so that they agree with the files and folders named.

        A file that cannot be read is recorded with the reason and costs nothing else. Files recorded earlier
        that lie in a named folder and are gone are removed; a named folder that is gone keeps its documents,
        since a share may only be away. `rebuild` reads all recorded files again. Until an ingestion has
        ended, the ledger says that it is unfinished.

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
            results = tuple(self._read_files(paths, report))
            searchable = time.monotonic() - started
            embedded = self._embed(report)
            if rebuild:
                with self._database.writing(counts=False) as connection:
                    bookkeeping.forget_vectors(connection, all_of_them=False)
            self._finish([path for path in earlier if not files.is_under(path, map(Path, named))])
        return IngestReport(results, time.monotonic() - started, searchable, embedded)

    def _prepare(self, rebuild: bool) -> None:
        identity, stored = identity_of(self._dense, self._settings), self._ledger.identity()
        if not rebuild:
            self._ledger.require(identity)
        if rebuild or stored is None:
            with self._writing() as connection:
                if stored and stored.embedder != identity.embedder:
                    bookkeeping.forget_vectors(connection, all_of_them=True)
                bookkeeping.forget_content(connection)
                bookkeeping.set_identity(connection, identity)
        if rebuild and self._dense is not None:
            self._index(self._dense).clear()

    def _read_files(self, paths: Sequence[str | Path], report: Report) -> Iterator[FileResult]:
        settings = self._settings
        with Sandbox(
            workers=settings.workers, seconds=settings.file_seconds, megabytes=settings.file_memory_megabytes
        ) as sandbox:
            selection = files.select(paths, settings.storage, _listing(sandbox))
            yield from self._work(selection, sandbox, report)

    def _work(self, selection: files.Selection, sandbox: Sandbox, report: Report) -> Iterator[FileResult]:
        known = {record.path: record for record in self._ledger.files()}
        present = {str(target.path) for target in selection.targets}
        yield from self._absent(selection, known, present)
        waiting = (r for r in known.values() if r.status == ledger.PENDING and r.path not in present)
        targets = [*selection.targets, *(files.Target(Path(r.path), r.name) for r in waiting)]
        changed: dict[str, FileRecord] = {}
        for target in targets:
            record = self._record(target, known)
            known[record.path] = record
            result, found = self._refused(record, target.refusal) or self._looked_at(record)
            if result is not None:
                yield result
            else:
                changed[found.name] = found
        done = len(targets) - len(changed)
        report(Progress(Stage.FILES, done, len(targets)))
        for job, outcome in sandbox.map(map(self._job, changed.values())):
            yield self._outcome(changed[job.name], outcome)
            done += 1
            report(Progress(Stage.FILES, done, len(targets), job.name))

    def _absent(
        self, selection: files.Selection, known: dict[str, FileRecord], present: Set[str]
    ) -> Iterator[FileResult]:
        """What was named or recorded and is not there; the recorded ones leave `known`."""
        missing = {str(path) for path in selection.missing}
        gone = [
            record
            for path, record in known.items()
            if path not in present
            and (path in missing or files.is_under(path, selection.folders))
            and not files.is_under(path, selection.closed)
        ]
        for record in gone:
            del known[record.path]
            yield self._removed(record)
        for name in sorted(missing - {record.path for record in gone}):
            reason = f"{name} does not exist; nothing under it was removed, check the path"
            yield FileResult(name, Status.FAILED, reason=reason)
        for name, reason in selection.refused:
            yield FileResult(name, Status.FAILED, reason=reason)

    def _record(self, target: files.Target, known: dict[str, FileRecord]) -> FileRecord:
        """What is known of a file; one that has moved keeps its name, a new one gets a free name."""
        path = str(target.path)
        if path in known:
            return known[path]
        for record in known.values():
            if record.name == target.wish and not os.path.lexists(files.locate(record.path)[0]):
                return replace(known.pop(record.path), path=path, modified=0)
        name = files.name_for(target, (record.name for record in known.values()))
        return FileRecord(name, path, sha256="", size=0, modified=0, status="")

    def _refused(self, record: FileRecord, reason: str) -> tuple[FileResult, FileRecord] | None:
        """The outcome for a file that is not to be read at all; None for one that is."""
        if not reason:
            return None
        if (record.status, record.reason) == (ledger.FAILED, reason):
            return FileResult(record.name, Status.FAILED, reason=reason), record
        return self._failed(record, reason), record

    def _looked_at(self, record: FileRecord) -> tuple[FileResult | None, FileRecord]:
        """The outcome for a file that need not be read, and its record with size and time.

        A time so young that a change may share it counts as none. A file that failed is tried again when it
        or a limit has changed.
        """
        try:
            size, modified = files.stat(record.path)
        except DocumentError as error:
            return self._failed(record, str(error)), record
        is_settled = time.time_ns() - modified > _RACY_NANOSECONDS
        found = replace(record, size=size, modified=modified if is_settled else 0)
        if not found.modified or (found.size, found.modified) != (record.size, record.modified):
            return None, found
        if record.status == ledger.READY and record.sha256:
            return FileResult(record.name, Status.UNCHANGED, record.passages), found
        if record.status == ledger.FAILED and record.sha256 == self._limits():
            return FileResult(record.name, Status.FAILED, reason=record.reason), found
        return None, found

    def _job(self, record: FileRecord) -> Job:
        arguments = {
            "path": record.path,
            "name": record.name,
            "characters": self._settings.passage_characters,
            "megabytes": self._settings.file_megabytes,
            "known": record.sha256 if record.status == ledger.READY else "",
            "companies": os.path.abspath(self._settings.companies) if self._settings.companies else "",
        }
        return Job("parse", arguments, record.name)

    def _outcome(self, record: FileRecord, outcome: Mapping[str, Any] | DocumentError) -> FileResult:
        if isinstance(outcome, DocumentError):
            return self._failed(record, str(outcome))
        parsed = parsing.parsed_file(outcome)
        if parsed is None:
            with self._writing() as connection:
                bookkeeping.touch(connection, record)
            return FileResult(record.name, Status.UNCHANGED, record.passages)
        is_ready = record.status == ledger.READY
        with self._replacing(record.name, {str(row["id"]) for row in parsed.passages}) as connection:
            bookkeeping.put(connection, replace(record, sha256=parsed.sha256, status=ledger.READY), parsed)
            lexical.add(connection, ((str(row["id"]), str(row["words"])) for row in parsed.passages))
        status = Status.CHANGED if is_ready else Status.ADDED
        notes = tuple(json.loads(parsed.columns["notes"]))
        return FileResult(record.name, status, len(parsed.passages), notes=notes)

    def _failed(self, record: FileRecord, reason: str) -> FileResult:
        """Record why; what the file said before is gone, since it does not say it any more."""
        # Rights leave no trace in a file's time: what could not be opened is tried again every time.
        is_final = os.access(files.locate(record.path)[0], os.R_OK)
        failed = replace(record, sha256=self._limits() if is_final else "", status=ledger.FAILED)
        with self._replacing(record.name) as connection:
            bookkeeping.put_failed(connection, failed, reason)
        return FileResult(record.name, Status.FAILED, reason=reason)

    def _limits(self) -> str:
        """What a file may have failed for, other than itself."""
        settings = self._settings
        return f"{settings.file_megabytes}/{settings.file_seconds}/{settings.file_memory_megabytes}"

    def _removed(self, record: FileRecord) -> FileResult:
        with self._replacing(record.name) as connection:
            bookkeeping.remove(connection, record.name)
        return FileResult(record.name, Status.REMOVED)

    @contextmanager
    def _replacing(self, name: str, keep: Set[str] = frozenset()) -> Iterator[sqlite3.Connection]:
        """A transaction in which a document has lost its passages; their vectors go after the commit."""
        stale = self._ledger.embedded_ids(name) - keep
        with self._writing() as connection:
            lexical.remove(connection, name)
            bookkeeping.remove_passages(connection, name)
            yield connection
        if self._dense is not None and stale:
            self._index(self._dense).forget(stale)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction of an ingestion that has not ended: whatever it leaves is known to be unfinished."""
        with self._database.writing() as connection:
            bookkeeping.set_unfinished(connection, self._unfinished)
            yield connection

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
        return not self._ledger.waiting() and self._ledger.vectors_state() == dense.state()

    def _index(self, dense: DenseParts) -> VectorIndex:
        from assistant.vectors import VectorIndex  # seconds of imports, which an unchanged folder never needs

        return VectorIndex(self._database, self._ledger, dense)

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
