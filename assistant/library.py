"""A corpus and its index, put together from the settings: what there is to read, kept up to date."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from assistant import companies, page_pictures
from assistant.companies import company_list
from assistant.examination import examine
from assistant.index import facts, reprints
from assistant.index.database import Database
from assistant.index.dense import DenseParts, choose
from assistant.index.ledger import Ledger
from assistant.ingestion import Ingestor, identity_of
from assistant.records import (
    Check,
    Citation,
    CompanyInfo,
    DocumentInfo,
    DocumentView,
    IngestReport,
    PagePicture,
    Progress,
)
from assistant.records.evaluation import IndexFacts
from assistant.sandbox import Sandbox
from assistant.settings import Settings

_LEXICAL_ONLY = {
    "zh": "没有可用的向量模型，当前只按关键词检索。",
    "en": "No embedding model is available; only keyword search serves.",
}
_UNFINISHED = {
    "zh": "索引尚未建完；请运行 python -m assistant ingest PATH… 完成。",
    "en": "The index is not complete; run python -m assistant ingest PATH… to finish it.",
}


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

    @property
    def notices(self) -> tuple[str, ...]:
        """What a user should know of this set-up, for example that only the lexical leg serves."""
        lexical_only = () if self._dense is not None else (_LEXICAL_ONLY[self._settings.language],)
        return lexical_only + self._unfinished_notice()

    def is_empty(self) -> bool:
        """Whether no file is recorded, not even one that failed."""
        return self._ledger.is_empty()

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
    ) -> IngestReport:
        """Bring the index in line with files and folders.

        Raises:
            StorageBusyError: another process is writing.
            IndexMismatchError: the index was built with another embedder or cleaner and `rebuild` is false.
            EmbeddingError: the embedder failed; what was finished before is kept.
        """
        ingestor = Ingestor(self._settings, self._database, self._dense)
        self._is_ingesting = True
        try:
            return ingestor.ingest(paths, progress, rebuild=rebuild)
        finally:
            self._is_ingesting = False

    def documents(self) -> list[DocumentInfo]:
        """One row a file, those that failed included, by name."""
        others = reprints.by_document(self._reprints())
        return [replace(info, reprints=others.get(info.document, ())) for info in self._ledger.documents()]

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

    def _unfinished_notice(self) -> tuple[str, ...]:
        """Not of an ingestion of our own: whoever started it knows."""
        is_whole = self._is_ingesting or self._ledger.unfinished() is None
        return () if is_whole else (_UNFINISHED[self._settings.language],)

    def _require_index(self) -> None:
        if self._ledger.identity() is not None:
            self._ledger.require(identity_of(self._dense, self._settings))
