"""The one object that every door uses, and the only place where the parts are put together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING

from assistant import companies, page_pictures
from assistant.answering.suggestions import suggest
from assistant.companies import company_list
from assistant.errors import SettingsError
from assistant.examination import examine
from assistant.index import facts, reprints
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
    Hint,
    IngestReport,
    Notice,
    PagePicture,
    Progress,
    ScoredPassage,
    Turn,
)
from assistant.records.evaluation import IndexFacts, Opinion
from assistant.sandbox import Sandbox
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.answering.parts import Thinking

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
    def settings(self) -> Settings:
        """What it was opened with."""
        return self._settings

    @property
    def engine(self) -> str:
        """The engine that answers first: `quoting`, or `llm` with an endpoint configured."""
        return "quoting" if self._settings.chat is None else "llm"

    @property
    def can_embed(self) -> bool:
        """Whether there is an embedder, so that `embeddings` gives vectors."""
        return self._dense is not None

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

    def search(
        self,
        query: str,
        k: int = 8,
        filters: Filters | None = None,
        history: Sequence[Turn] = (),
        *,
        dropped: Sequence[Hint] = (),
    ) -> list[ScoredPassage]:
        """The k best different passages that the filters let in, best first; none for a query without a word.

        A query that refers back is understood from the `history`, as `ask` does by the quoting engine.

        Raises:
            QuestionError: a filter names an unknown kind or what is no date or period.
            IndexMismatchError: the index was built with another embedder or cleaner.
        """
        self._require_index()
        return self._thought().search(query, k, filters, dropped, history)

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        filters: Filters | None = None,
        *,
        engine: str = "",
        dropped: Sequence[Hint] = (),
    ) -> Answer:
        """Answer a question from what the filters let in: the joined stream.

        Args:
            engine: `quoting` or `llm`, if not the one of `engine`.
            dropped: what the question names and shall not count.

        Raises:
            SettingsError: the engine is `llm` and no endpoint is configured.
            QuestionError: empty, too long or without a word, or a filter as in `search`.
            IndexMismatchError: the index was built with another embedder or cleaner.
        """
        for item in self.ask_stream(question, history, filters, engine=engine, dropped=dropped):
            if isinstance(item, Answer):
                return item
        raise AssertionError("a stream ends with its answer")

    def ask_stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        filters: Filters | None = None,
        *,
        engine: str = "",
        dropped: Sequence[Hint] = (),
    ) -> Iterator[Delta | Notice | Answer]:
        """Answer piece by piece; the last item is the `Answer`. Raises as `ask` does, at the first item."""
        self._require_index()
        notices = self._unfinished_notice()
        thought = self._thought()
        answerer = thought.answerer_of(engine or self.engine)
        for item in answerer.stream(question, history, thought.named(filters), dropped):
            yield replace(item, notices=notices + item.notices) if isinstance(item, Answer) else item

    def suggestions(self, n: int = 4) -> list[str]:
        """Questions that this corpus answers, for an empty page."""
        return suggest(self._ledger, n, self._thought().is_answered)

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

    def facts(self) -> IndexFacts:
        """Which index this is."""
        return facts.facts_of(self._ledger, identity_of(self._dense, self._settings))

    def embeddings(self, texts: Sequence[str]) -> list[list[float]]:
        """A vector for each text, none of them empty; compare by cosine.

        Raises:
            SettingsError: only words serve here.
            EmbeddingError: the embedder failed.
        """
        if self._dense is None:
            raise SettingsError("there is no embedder; set ASSISTANT_EMBEDDER or name an embeddings endpoint")
        return self._dense.embedder.get_text_embedding_batch(list(texts))

    def judge(self, question: str, answer: str, reference: str) -> Opinion:
        """What the endpoint's model says of an answer, given what a right one holds.

        Raises:
            SettingsError: no endpoint is configured.
            EndpointError: it failed, or did not reply with an opinion.
        """
        return self._thought().judge.opinion(question, answer, reference)

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
