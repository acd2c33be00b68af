"""The one object that every door uses, and the only place where the parts are put together."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING

from assistant import companies, doctor
from assistant.answering.suggestions import suggest
from assistant.companies import company_list
from assistant.errors import DocumentError
from assistant.index import reprints
from assistant.index.database import Database
from assistant.index.dense import DenseParts, choose
from assistant.index.ledger import Ledger
from assistant.ingestion import Ingestor, identity_of
from assistant.records import (
    Answer,
    Check,
    Citation,
    CompanyInfo,
    Delta,
    DocumentInfo,
    DocumentView,
    Filters,
    IngestReport,
    Notice,
    PagePicture,
    Progress,
    ScoredPassage,
    Turn,
    Verdict,
)
from assistant.sandbox import Job, Sandbox
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.answering.parts import Thinking
    from assistant.index.vectors import Drift

_LEXICAL_ONLY = {
    "zh": "没有可用的向量模型，当前只按关键词检索。",
    "en": "No embedding model is available; only keyword search serves.",
}
_UNFINISHED = {
    "zh": "索引尚未建完；请运行 python -m assistant ingest PATH… 完成。",
    "en": "The index is not complete; run python -m assistant ingest PATH… to finish it.",
}


class Assistant:
    """Ask a corpus. Thread-safe: one object serves every browser session of a process."""

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
        self._thinking: Thinking | None = None
        self._lock = Lock()

    @classmethod
    def open(cls, settings: Settings) -> Assistant:
        """Open (or create) the storage that the settings name.

        Raises:
            SettingsError: the embedder asked for is not installed.
            StorageError: no rights, or damaged.
        """
        return cls(settings, Database(settings.storage), choose(settings))

    def __enter__(self) -> Assistant:
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
    def engine(self) -> str:
        """The engine that answers first: `quoting`, or `llm` with an endpoint configured."""
        return "quoting" if self._settings.chat is None else "llm"

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

    def search(self, query: str, k: int = 8, filters: Filters | None = None) -> list[ScoredPassage]:
        """The k best different passages that the filters let in, best first; none for a query without a word.

        Raises:
            QuestionError: a filter names an unknown kind or what is no date or period.
            IndexMismatchError: the index was built with another embedder or cleaner.
        """
        self._require_index()
        return self._thought().retriever.search(query, k, filters=self._named(filters))[0]

    def ask(self, question: str, history: Sequence[Turn] = (), filters: Filters | None = None) -> Answer:
        """Answer a question from what the filters let in: the joined stream.

        Raises:
            QuestionError: empty, too long or without a word, or a filter as in `search`.
            IndexMismatchError: the index was built with another embedder or cleaner.
        """
        for item in self.ask_stream(question, history, filters):
            if isinstance(item, Answer):
                return item
        raise AssertionError("a stream ends with its answer")

    def ask_stream(
        self, question: str, history: Sequence[Turn] = (), filters: Filters | None = None
    ) -> Iterator[Delta | Notice | Answer]:
        """Answer piece by piece; the last item is the `Answer`. Raises as `ask` does, at the first item."""
        self._require_index()
        notices = self._unfinished_notice()
        for item in self._thought().answerer.stream(question, history, self._named(filters)):
            yield replace(item, notices=notices + item.notices) if isinstance(item, Answer) else item

    def suggestions(self, n: int = 4) -> list[str]:
        """Questions that this corpus answers, for an empty page."""
        quoter = self._thought().quoter

        def is_answered(question: str) -> bool:
            last = list(quoter.stream(question, ()))[-1]
            return isinstance(last, Answer) and last.verdict is Verdict.ANSWER

        return suggest(self._ledger, n, is_answered)

    def documents(self) -> list[DocumentInfo]:
        """One row a file, those that failed included, by name."""
        others = reprints.by_document(self._reprints())
        return [replace(info, reprints=others.get(info.document, ())) for info in self._ledger.documents()]

    def companies(self) -> list[CompanyInfo]:
        """The companies that passages are about, most passages first."""
        return company_list.listed(company_list.rows(self._database), self._catalogue)

    def show(self, document: str) -> DocumentView:
        """A document, raw and clean.

        Raises:
            DocumentError: there is none of that name.
        """
        return self._ledger.view(document)

    def page_picture(self, citation: Citation, width: int = 1100) -> PagePicture:
        """The page of a PDF that a citation stands on, as a picture with the quoted words highlighted.

        Args:
            width: in pixels.

        Raises:
            DocumentError: it stands in no PDF, or the file is gone, has changed or cannot be drawn.
        """
        if citation.page is None:
            raise DocumentError(f"{citation.document} has no pages; read its text instead")
        file, pages = self._ledger.file(citation.document), self._ledger.pages(citation.document)
        arguments = {
            "path": file.path,
            "name": file.name,
            "megabytes": self._settings.file_megabytes,
            "sha256": file.sha256,
            "page": citation.page,
            "start": pages[citation.page - 1],
            "spans": [(citation.start, citation.end)],
            "width": width,
        }
        drawn = self._sandbox.run(Job("picture", arguments, file.name))
        return PagePicture(**drawn | {"png": base64.b64decode(drawn["png"])})

    def doctor(self) -> list[Check]:
        """Look at settings, storage, index, embedder and endpoint, and say what is wrong and what to do."""
        settings, dense = self._settings, self._dense
        expected, stored = identity_of(dense, settings), self._ledger.identity()
        embed = dense.embedder.get_query_embedding if dense else None
        return [
            doctor.check_settings(settings),
            doctor.check_storage(settings.storage),
            doctor.check_database(self._database.path),
            doctor.check_index(stored, lambda: self._ledger.require(expected)),
            doctor.check_finished(self._ledger.unfinished()),
            doctor.check_vectors(self._ledger.count(), self._drift if dense else None),
            doctor.check_embedder(expected.embedder, (stored or expected).dimension, embed),
            doctor.check_endpoint(settings.chat, settings.timeout),
        ]

    def _named(self, filters: Filters | None) -> Filters | None:
        """The filters with every company under its one name."""
        if filters is None:
            return None
        names = (self._catalogue.name_of(name) for name in filters.companies)
        return replace(filters, companies=tuple(names))

    def _drift(self) -> Drift:
        from assistant.index.vectors import drift

        assert self._dense is not None
        return drift(self._ledger, self._dense.store)

    def _unfinished_notice(self) -> tuple[str, ...]:
        """Not of an ingestion of our own: whoever started it knows."""
        is_whole = self._is_ingesting or self._ledger.unfinished() is None
        return () if is_whole else (_UNFINISHED[self._settings.language],)

    def _require_index(self) -> None:
        if self._ledger.identity() is not None:
            self._ledger.require(identity_of(self._dense, self._settings))

    def _thought(self) -> Thinking:
        """What answers questions; made by the first of them."""
        with self._lock:
            if self._thinking is None:
                from assistant.answering.parts import Thinking

                self._thinking = Thinking(
                    self._settings,
                    self._database,
                    self._dense,
                    self._catalogue,
                    self._reprints,
                    lambda: self._is_ingesting,
                )
            return self._thinking
