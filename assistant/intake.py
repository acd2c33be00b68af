"""Files into SQLite: which of them are new or changed, what became of each, one transaction a file."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant import files, parsing
from assistant.errors import DocumentError
from assistant.index import bookkeeping, ledger, lexical
from assistant.index.database import Database
from assistant.index.ledger import FileRecord, Ledger
from assistant.records import FileResult, Progress, Stage, Status
from assistant.sandbox import Job, Sandbox
from assistant.settings import Settings

_RACY_NANOSECONDS = 2_000_000_000


class Intake:
    """One run over the files that were selected.

    Args:
        unfinished: the paths that count as unfinished until the ingestion has ended.
        forget: deletes the vectors of passages that are gone.
    """

    def __init__(
        self,
        settings: Settings,
        database: Database,
        unfinished: tuple[str, ...],
        forget: Callable[[Set[str]], None],
    ) -> None:
        self._settings = settings
        self._database = database
        self._ledger = Ledger(database)
        self._unfinished = unfinished
        self._forget = forget
        self._known = {record.path: record for record in self._ledger.files()}
        self._names = {record.name: record for record in self._known.values()}

    def take(
        self, selection: files.Selection, sandbox: Sandbox, report: Callable[[Progress], None]
    ) -> Iterator[FileResult]:
        """Work on every file that is not as it was; each is committed before its result comes out."""
        present = {str(target.path) for target in selection.targets}
        yield from self._absent(selection, present)
        waiting = (r for r in self._known.values() if ledger.is_waiting(r) and r.path not in present)
        targets = [*selection.targets, *(files.Target(Path(r.path), r.name) for r in waiting)]
        changed: dict[str, FileRecord] = {}
        for target in targets:
            record = self._record(target)
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

    def _absent(self, selection: files.Selection, present: Set[str]) -> Iterator[FileResult]:
        """What was named or recorded and is not there; the recorded ones are known no more."""
        missing = {str(path) for path in selection.missing}
        gone = [
            record
            for path, record in self._known.items()
            if path not in present
            and (path in missing or files.is_under(path, selection.folders))
            and not files.is_under(path, selection.closed)
        ]
        for record in gone:
            del self._known[record.path], self._names[record.name]
            yield self._removed(record)
        for name in sorted(missing - {record.path for record in gone}):
            reason = f"{name} does not exist; nothing under it was removed, check the path"
            yield FileResult(name, Status.FAILED, reason=reason)
        for name, reason in selection.refused:
            yield FileResult(name, Status.FAILED, reason=reason)

    def _record(self, target: files.Target) -> FileRecord:
        """What is known of a file; one that has moved keeps its name, a new one gets a free name."""
        path = str(target.path)
        if path in self._known:
            return self._known[path]
        moved = self._names.get(target.wish)
        if moved is not None and not files.exists(moved.path):
            record = replace(self._known.pop(moved.path), path=path, modified=0)
        else:
            name = files.name_for(target, self._names)
            record = FileRecord(name, path, sha256="", size=0, modified=0, status="")
        self._known[path] = self._names[record.name] = record
        return record

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
            with bookkeeping.writing(self._database, self._unfinished) as connection:
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
        with bookkeeping.writing(self._database, self._unfinished) as connection:
            lexical.remove(connection, name)
            bookkeeping.remove_passages(connection, name)
            yield connection
        if stale:
            self._forget(stale)
