"""Bringing the index in line with files: each file a transaction of its own, safe to be killed anywhere.

The order for a file is embed, upsert vectors, commit SQLite, delete stale vectors. SQLite is the truth:
vectors that it does not know are ignored by search and deleted by the next ingestion, missing ones are made
again.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from llama_index.core.ingestion import IngestionPipeline
from llama_index.core.schema import BaseNode, Document, TransformComponent

from assistant import articles, files, ledger, lexical, locks, readers
from assistant.database import Database
from assistant.embeddings import PassageEmbedding
from assistant.errors import DocumentError, IndexMismatchError, StorageBusyError, StorageError
from assistant.ledger import FileRecord, Ledger
from assistant.nodes import PassageSplitter, to_node, to_passage
from assistant.records import FileResult, IndexIdentity, IngestReport, ParsedDocument, Progress, Status
from assistant.settings import Settings
from assistant.store import PassageVectorStore

Report = Callable[[Progress], None]
_BATCH = 16
_RACY_NANOSECONDS = 2_000_000_000


def identity_of(embedder: PassageEmbedding | None, settings: Settings, *, ask: bool = False) -> IndexIdentity:
    """What these settings build an index with.

    Args:
        ask: ask an endpoint for its dimension rather than leaving it 0; raises EmbeddingError if it fails.
    """
    cleaner = f"{articles.CLEANER_VERSION}/{settings.passage_characters}"
    if embedder is None:
        return IndexIdentity("none", 0, cleaner)
    dimension = embedder.dimension if ask else embedder.known_dimension
    return IndexIdentity(embedder.model_name, dimension, cleaner)


class EmbedBatches(TransformComponent):
    """The embedder, batch by batch, telling how far it is."""

    embedder: PassageEmbedding
    report: Report
    detail: str

    def __call__(self, nodes: Sequence[BaseNode], **kwargs: Any) -> list[BaseNode]:
        embedded: list[BaseNode] = []
        for start in range(0, len(nodes), _BATCH):
            embedded.extend(self.embedder(list(nodes[start : start + _BATCH])))
            self.report(Progress("embedding", len(embedded), len(nodes), self.detail))
        return embedded


@dataclass(frozen=True, slots=True)
class Drift:
    """Where vectors and SQLite differ: ids of passages without a vector, ids of vectors without a passage."""

    missing: frozenset[str]
    unknown: frozenset[str]


def drift(book: Ledger, store: PassageVectorStore) -> Drift:
    """Compare the two; nothing of either is the normal state."""
    passages, vectors = book.passage_ids(), store.ids()
    return Drift(frozenset(passages - vectors), frozenset(vectors - passages))


class Ingestor:
    """Writes the index. One at a time over all processes; readers go on reading.

    `store` and `embedder` are both None where only the lexical leg serves.
    """

    def __init__(
        self,
        settings: Settings,
        database: Database,
        store: PassageVectorStore | None,
        embedder: PassageEmbedding | None,
    ) -> None:
        self._settings = settings
        self._database = database
        self._ledger = Ledger(database)
        self._store = store
        self._embedder = embedder
        self._unfinished: tuple[str, ...] = ()

    def ingest(
        self, paths: Sequence[str | Path], progress: Report | None = None, *, rebuild: bool = False
    ) -> IngestReport:
        """Add, replace and remove documents so that they agree with the files and folders named.

        A file that cannot be read is recorded with the reason and costs nothing else. Files recorded earlier
        that lie in a named folder and are gone are removed; a named folder that is gone keeps its documents,
        since a share may only be away. `rebuild` starts from nothing and reads all recorded files again.
        Until an ingestion has ended, the ledger says that it is unfinished.

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
            self._prepare(rebuild, report)
            results = tuple(self._work(files.select(paths, self._settings.storage), report))
            self._finish([path for path in earlier if not files.is_under(path, map(Path, named))])
        return IngestReport(results, time.monotonic() - started)

    def _prepare(self, rebuild: bool, report: Report) -> None:
        identity = identity_of(self._embedder, self._settings, ask=True)
        if not rebuild:
            self._ledger.require(identity)
        if rebuild or self._ledger.identity() is None:
            if self._store is not None:
                self._store.clear()
            with self._writing() as connection:
                ledger.forget_content(connection)
                ledger.set_identity(connection, identity)
        self._reconcile(report)

    def _finish(self, still_unfinished: list[str]) -> None:
        left = tuple(still_unfinished) or None
        if self._ledger.unfinished() != left:
            with self._database.writing() as connection:
                ledger.set_unfinished(connection, left)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction of an ingestion that has not ended: whatever it leaves is known to be unfinished."""
        with self._database.writing() as connection:
            ledger.set_unfinished(connection, self._unfinished)
            yield connection

    def _reconcile(self, report: Report) -> None:
        """Finish what a killed ingestion or a lost or damaged Chroma directory left undone."""
        if self._store is None or self._embedder is None:
            return
        try:
            self._repair(self._store, self._embedder, report)
        except (StorageBusyError, IndexMismatchError):
            raise
        except StorageError:
            self._store.clear()
            self._repair(self._store, self._embedder, report)

    def _repair(self, store: PassageVectorStore, embedder: PassageEmbedding, report: Report) -> None:
        difference = drift(self._ledger, store)
        store.delete_nodes(sorted(difference.unknown))
        missing = sorted(difference.missing)
        embed = EmbedBatches(embedder=embedder, report=_silent, detail="")
        for start in range(0, len(missing), _BATCH):
            passages = self._ledger.passages_by_id(missing[start : start + _BATCH])
            store.add(embed([to_node(passage) for passage in passages.values()]))
            report(Progress("embedding", min(start + _BATCH, len(missing)), len(missing)))

    def _work(self, selection: files.Selection, report: Report) -> Iterator[FileResult]:
        known = {record.path: record for record in self._ledger.files()}
        present = {str(target.path) for target in selection.targets}
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
        waiting = (r for r in known.values() if r.status == ledger.PENDING and r.path not in present)
        targets = [*selection.targets, *(files.Target(Path(r.path), r.name) for r in waiting)]
        for done, target in enumerate(targets, start=1):
            report(Progress("files", done - 1, len(targets), target.wish))
            record = self._record(target, known)
            result = self._file(record, report)
            known[record.path] = record
            yield result
            report(Progress("files", done, len(targets), result.document))

    def _record(self, target: files.Target, known: dict[str, FileRecord]) -> FileRecord:
        """What is known of a file; one that has moved keeps its name, a new one gets a free name."""
        path = str(target.path)
        if path in known:
            return known[path]
        for record in known.values():
            if record.name == target.wish and not os.path.lexists(record.path):
                return replace(known.pop(record.path), path=path, modified=0)
        name = files.name_for(target, (record.name for record in known.values()))
        return FileRecord(name, path, sha256="", size=0, modified=0, status="")

    def _file(self, record: FileRecord, report: Report) -> FileResult:
        try:
            found = _looked_at(record)
            is_ready = record.status == ledger.READY
            if is_ready and found.modified and (found.size, found.modified) == (record.size, record.modified):
                return FileResult(record.name, Status.UNCHANGED, record.passages)
            raw = readers.read(Path(record.path), self._settings.file_megabytes)
            found = replace(found, sha256=hashlib.sha256(raw.encode()).hexdigest())
            if is_ready and found.sha256 == record.sha256:
                with self._writing() as connection:
                    ledger.touch(connection, found)
                return FileResult(record.name, Status.UNCHANGED, record.passages)
            parsed = _parsed(raw, record.path)
            nodes = self._nodes(record.name, parsed, report)
        except DocumentError as error:
            return self._failed(record, str(error))
        self._commit(found, raw, parsed, nodes)
        return FileResult(record.name, Status.CHANGED if is_ready else Status.ADDED, len(nodes))

    def _nodes(self, name: str, parsed: ParsedDocument, report: Report) -> Sequence[BaseNode]:
        """The document's passages as nodes, embedded where there is an embedder."""
        steps: list[TransformComponent] = [
            PassageSplitter(parsed={name: parsed}, characters=self._settings.passage_characters)
        ]
        if self._embedder is not None:
            steps.append(EmbedBatches(embedder=self._embedder, report=report, detail=name))
        pipeline = IngestionPipeline(transformations=steps, disable_cache=True)
        nodes = pipeline.run(documents=[Document(id_=name, text=parsed.clean.text)])
        if not nodes:
            raise DocumentError(
                f"{name} holds no sentence once menus and the like are left out; nothing to read"
            )
        return nodes

    def _commit(self, file: FileRecord, raw: str, parsed: ParsedDocument, nodes: Sequence[BaseNode]) -> None:
        passages = [to_passage(node) for node in nodes]
        if self._store is not None and self._embedder is not None:
            self._store.add(nodes)
        with self._replacing(file.name, keep={passage.id for passage in passages}) as connection:
            ledger.put(connection, replace(file, status=ledger.READY), raw, parsed, passages)
            lexical.add(connection, passages)

    def _failed(self, record: FileRecord, reason: str) -> FileResult:
        """Record why; what the file said before is gone, since it does not say it any more."""
        with self._replacing(record.name) as connection:
            failed = replace(record, sha256="", modified=0, status=ledger.FAILED)
            ledger.put_failed(connection, failed, reason)
        return FileResult(record.name, Status.FAILED, reason=reason)

    def _removed(self, record: FileRecord) -> FileResult:
        with self._replacing(record.name) as connection:
            ledger.remove(connection, record.name)
        return FileResult(record.name, Status.REMOVED)

    @contextmanager
    def _replacing(self, name: str, keep: Set[str] = frozenset()) -> Iterator[sqlite3.Connection]:
        """A transaction in which a document has lost its passages; their vectors go after the commit."""
        stale = {passage.id for passage in self._ledger.passages(name)} - keep
        with self._writing() as connection:
            lexical.remove(connection, name)
            ledger.remove_passages(connection, name)
            yield connection
        if self._store is not None:
            self._store.delete_nodes(sorted(stale))


def _looked_at(record: FileRecord) -> FileRecord:
    """The record with the file's size and time; a time so young that a change may share it counts as none."""
    try:
        stat = os.stat(record.path)
    except OSError as error:
        raise DocumentError(
            f"{record.path} cannot be read: {error.strerror}; check the path and its rights"
        ) from error
    is_settled = time.time_ns() - stat.st_mtime_ns > _RACY_NANOSECONDS
    return replace(record, size=stat.st_size, modified=stat.st_mtime_ns if is_settled else 0)


def _parsed(raw: str, path: str) -> ParsedDocument:
    try:
        return articles.parse(raw)
    except (ValueError, LookupError, RecursionError) as error:
        raise DocumentError(f"{path} cannot be taken apart ({type(error).__name__}: {error})") from error


def _silent(progress: Progress) -> None:
    pass
