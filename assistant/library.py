"""A corpus and its index, put together from the settings: what there is to read, kept up to date."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from assistant import companies, page_pictures
from assistant.companies import company_list
from assistant.doctor.examination import examine
from assistant.index import facts, reprints
from assistant.index.database import Database
from assistant.index.dense import DenseParts, choose
from assistant.index.ledger import Ledger
from assistant.index.renewed import Renewed
from assistant.ingestion import Ingestor, identity_of
from assistant.languages import Saying
from assistant.originals import Originals
from assistant.records import (
    Check,
    Citation,
    CompanyInfo,
    DocumentInfo,
    DocumentView,
    FileResult,
    IngestReport,
    PagePicture,
    Progress,
    Status,
    VectorCount,
)
from assistant.records.endpoints import EndpointKind, EndpointTrial
from assistant.records.evaluation import IndexFacts
from assistant.removing import Remover
from assistant.sandbox import Sandbox
from assistant.settings import Endpoint, Settings

_TRIAL_SECONDS = 20.0
_LEXICAL_ONLY = Saying(
    "没有可用的向量模型，当前只按关键词检索。", "No embedding model is available; only keyword search serves."
)
_UNFINISHED = Saying(
    "索引尚未建完；请运行 python -m assistant ingest PATH… 完成。",
    "The index is not complete; run python -m assistant ingest PATH… to finish it.",
)


class Library:
    """A corpus and its index: what there is, and what keeps it in line with the files. Thread-safe."""

    def __init__(self, settings: Settings, database: Database, dense: DenseParts | None) -> None:
        """Put the parts together; `open` is the door."""
        self._settings = settings
        self._is_ingesting = False
        self._catalogue = companies.current(settings.companies)
        self._database = database
        self._dense = dense
        self._ledger = Ledger(database)
        self._sandbox = Sandbox(
            workers=1, seconds=settings.file_seconds, megabytes=settings.file_memory_megabytes
        )
        self._originals = Originals(self._ledger, settings.storage, settings.file_megabytes)
        self._listed = Renewed(self._ledger.generation, self._list)
        self._reprints = reprints.Groups(self._ledger.generation, self._ledger.signatures)
        self._survey = company_list.Surveys(
            self._ledger.generation, lambda: company_list.rows(database), self._catalogue
        )
        self._known = company_list.Known(self._ledger.generation, self._ledger.companies, self._catalogue)

    @classmethod
    def open(cls, settings: Settings) -> Self:
        """Open (or create) the storage that the settings name.

        Raises:
            SettingsError: the embedder asked for is not installed.
            StorageError: no rights, or damaged.
        """
        return cls(settings, Database(settings.storage), choose(settings))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give back the storage."""
        if self._dense is not None:
            self._dense.close()
        self._sandbox.close()
        self._database.close()

    @property
    def settings(self) -> Settings:
        """What it was opened with."""
        return self._settings

    def notices(self, language: str = "") -> tuple[str, ...]:
        """What a user should know of this set-up, for example that only the lexical leg serves.

        Args:
            language: `zh` or `en`, if not the one of the settings.
        """
        language = language or self._settings.language
        lexical_only = () if self._dense is not None else (_LEXICAL_ONLY.said(language),)
        return lexical_only + self._unfinished_notice(language)

    @property
    def originals(self) -> Originals:
        """The files that the documents were read from, and those that people hand in."""
        return self._originals

    def require_index(self) -> None:
        """Raise IndexMismatchError if the index was built with another embedder or cleaner."""
        if self._ledger.identity() is not None:
            self._ledger.require(identity_of(self._dense, self._settings))

    def is_empty(self) -> bool:
        """Whether no file is recorded, not even one that failed."""
        return self._ledger.is_empty()

    def is_new(self) -> bool:
        """Whether no file has ever been recorded: what people have removed is not to be read in again."""
        return self._ledger.is_new()

    def unfinished(self) -> tuple[str, ...] | None:
        """The paths of an ingestion that is going on or was cut short; None when every one has ended.

        To ingest them, even if there are none, finishes it.
        """
        return self._ledger.unfinished()

    def ingest(
        self,
        paths: Sequence[str | Path],
        progress: Callable[[Progress], None] | None = None,
        *,
        rebuild: bool = False,
        tell: Callable[[FileResult], None] | None = None,
    ) -> IngestReport:
        """Bring the index in line with files and folders.

        Args:
            progress: hears of every step.
            rebuild: read all recorded files again, whatever the index was built with.
            tell: hears of every file's outcome as soon as it is in the index.

        Raises:
            StorageBusyError: another process is writing.
            IndexMismatchError: the index was built with another embedder or cleaner and `rebuild` is false.
            EmbeddingError: the embedder failed; what was finished before is kept.
        """
        ingestor = Ingestor(self._settings, self._database, self._dense)
        with self._changing():
            report = ingestor.ingest(paths, progress, rebuild=rebuild, tell=tell)
        return self._pruned(report)

    def reread(
        self,
        documents: Sequence[str],
        progress: Callable[[Progress], None] | None = None,
        *,
        tell: Callable[[FileResult], None] | None = None,
    ) -> IngestReport:
        """Read documents again though their files have not changed; one whose file is gone stays as it is.

        Raises:
            DocumentError: there is none of that name.
            Else as `ingest` does.
        """
        ingestor = Ingestor(self._settings, self._database, self._dense)
        with self._changing():
            return ingestor.ingest((), progress, again=documents, tell=tell)

    def remove(self, documents: Sequence[str]) -> IngestReport:
        """Take documents out of the index; a file that was handed in is deleted, any other one stays.

        A file that stays in a folder is read again when that folder is ingested again.

        Raises:
            DocumentError: there is none of that name; nothing is removed then.
            StorageBusyError: another process is writing.
            StorageError: a file or the index cannot be changed.
        """
        started = time.monotonic()
        with self._changing():
            results = tuple(Remover(self._settings, self._database, self._dense).remove(documents))
        return self._pruned(IngestReport(results, time.monotonic() - started))

    def vectors(self) -> VectorCount:
        """How many passages have their vector."""
        if self._dense is None:
            return VectorCount(0, 0)
        total = self._ledger.count()
        return VectorCount(total - self._ledger.waiting(), total)

    def waiting(self, documents: Sequence[str]) -> dict[str, int]:
        """How many passages of these documents wait for their vectors; those with none are left out."""
        return {} if self._dense is None else self._ledger.waiting_of(documents)

    def documents(self) -> list[DocumentInfo]:
        """One row a file, those that failed included, by name. Cheap while the index does not change."""
        return list(self._listed())

    def companies(self) -> list[CompanyInfo]:
        """The companies that passages are about, most passages first."""
        return list(self._survey().companies)

    def show(self, document: str) -> DocumentView:
        """A document, raw and clean.

        Raises:
            DocumentError: there is none of that name.
        """
        return self._ledger.view(document)

    def facts(self) -> IndexFacts:
        """Which index this is."""
        return facts.facts_of(self._ledger, identity_of(self._dense, self._settings))

    def page_picture(self, citation: Citation, width: int = 1100) -> PagePicture:
        """The page of a PDF that a citation stands on, as a picture with the quoted words highlighted.

        Args:
            width: in pixels.

        Raises:
            DocumentError: it stands in no PDF, or the file is gone, has changed or cannot be drawn.
        """
        megabytes = self._settings.file_megabytes
        return page_pictures.page_picture(
            self._ledger, self._sandbox, citation, megabytes=megabytes, width=width
        )

    def doctor(self) -> list[Check]:
        """Look at settings, storage, index, embedder and endpoint, and say what is wrong and what to do."""
        return examine(self._settings, self._database, self._dense)

    def try_endpoint(self, kind: EndpointKind, endpoint: Endpoint) -> EndpointTrial:
        """Ask an endpoint, configured or not, once for what its kind is used for; failures are outcomes."""
        from assistant.doctor.endpoint_trials import try_endpoint

        identity = self._ledger.identity() if kind is EndpointKind.EMBEDDINGS else None
        expected = identity.dimension if identity else 0
        return try_endpoint(kind, endpoint, min(self._settings.timeout, _TRIAL_SECONDS), expected)

    def list_models(self, endpoint: Endpoint) -> EndpointTrial:
        """The `models` that an endpoint lists, or why it lists none."""
        from assistant.doctor.endpoint_trials import list_models

        return list_models(endpoint)

    def _list(self) -> tuple[DocumentInfo, ...]:
        others = reprints.by_document(self._reprints())
        return tuple(
            replace(info, reprints=others.get(info.document, ())) for info in self._ledger.documents()
        )

    @contextmanager
    def _changing(self) -> Iterator[None]:
        self._is_ingesting = True
        try:
            yield
        finally:
            self._is_ingesting = False

    def _pruned(self, report: IngestReport) -> IngestReport:
        if report.count(Status.REMOVED):
            self._forget_removed()
        return report

    def _forget_removed(self) -> None:
        """Called when documents have gone: for what is kept of them beside the index."""

    def _unfinished_notice(self, language: str) -> tuple[str, ...]:
        """Not of an ingestion of our own: whoever started it knows."""
        is_whole = self._is_ingesting or self._ledger.unfinished() is None
        return () if is_whole else (_UNFINISHED.said(language),)
