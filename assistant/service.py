"""The one object that every door uses, and the only place where the parts are put together."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import TracebackType

from assistant import doctor, reprints
from assistant.answering import Answerer
from assistant.database import Database
from assistant.embeddings import PassageEmbedding, build_embedder
from assistant.engines.llm import LLMEngine
from assistant.engines.quoting import QuotingEngine
from assistant.errors import DocumentError
from assistant.ingestion import Ingestor, identity_of
from assistant.ledger import Ledger
from assistant.lexical import Lexical
from assistant.records import (
    Answer,
    Check,
    Citation,
    Delta,
    DocumentInfo,
    DocumentView,
    Filters,
    IngestReport,
    Notice,
    Progress,
    ScoredPassage,
    Turn,
    Verdict,
)
from assistant.retrieval import DenseRetriever, HybridRetriever, LexicalRetriever
from assistant.sandbox import Job, Sandbox
from assistant.settings import Settings
from assistant.store import PassageVectorStore
from assistant.suggestions import suggest
from assistant.vectors import drift

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

    def __init__(self, settings: Settings, database: Database, embedder: PassageEmbedding | None) -> None:
        """Put the parts together; `open` is the door."""
        self._settings = settings
        self._database = database
        self._embedder = embedder
        self._ledger = Ledger(database)
        self._lexical = Lexical(database)
        self._store = PassageVectorStore(settings.storage) if embedder is not None else None
        self._sandbox = Sandbox(
            workers=1, seconds=settings.file_seconds, megabytes=settings.file_memory_megabytes
        )
        self._reprints = reprints.Groups(self._ledger.generation, self._ledger.signatures)
        self._retriever = self._build_retriever()
        self._llm = _llm(settings)
        self._answerer = self._build_answerer(self._llm)

    @classmethod
    def open(cls, settings: Settings) -> Assistant:
        """Open (or create) the storage that the settings name.

        Raises:
            SettingsError: the embedder asked for is not installed.
            StorageError: no rights, or damaged.
        """
        return cls(settings, Database(settings.storage), build_embedder(settings))

    def __enter__(self) -> Assistant:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give back the storage."""
        if self._store is not None:
            self._store.close()
        self._sandbox.close()
        self._database.close()

    @property
    def engine(self) -> str:
        """The engine that answers first: `quoting`, or `llm` with an endpoint configured."""
        return self._llm.name if self._llm else QuotingEngine.name

    @property
    def notices(self) -> tuple[str, ...]:
        """What a user should know of this set-up, for example that only the lexical leg serves."""
        lexical_only = () if self._embedder is not None else (_LEXICAL_ONLY[self._settings.language],)
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
        ingestor = Ingestor(self._settings, self._database, self._store, self._embedder)
        return ingestor.ingest(paths, progress, rebuild=rebuild)

    def search(self, query: str, k: int = 8, filters: Filters | None = None) -> list[ScoredPassage]:
        """The k best different passages that the filters let in, best first; none for a query without a word.

        Raises:
            QuestionError: a filter names an unknown kind or what is no date or period.
            IndexMismatchError: the index was built with another embedder or cleaner.
        """
        self._require_index()
        return self._retriever.search(query, k, filters=filters)[0]

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
        for item in self._answerer.stream(question, history, filters):
            yield replace(item, notices=notices + item.notices) if isinstance(item, Answer) else item

    def suggestions(self, n: int = 4) -> list[str]:
        """Questions that this corpus answers, for an empty page."""
        quoting = self._build_answerer(None)

        def is_answered(question: str) -> bool:
            last = list(quoting.stream(question, ()))[-1]
            return isinstance(last, Answer) and last.verdict is Verdict.ANSWER

        return suggest(self._ledger, n, is_answered)

    def documents(self) -> list[DocumentInfo]:
        """One row a file, those that failed included, by name."""
        others = reprints.by_document(self._reprints())
        return [replace(info, reprints=others.get(info.document, ())) for info in self._ledger.documents()]

    def show(self, document: str) -> DocumentView:
        """A document, raw and clean.

        Raises:
            DocumentError: there is none of that name.
        """
        return self._ledger.view(document)

    def page_picture(self, citation: Citation, width: int = 1100) -> bytes:
        """The page of a PDF that a citation stands on, as a PNG with the quoted words highlighted.

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
        return base64.b64decode(self._sandbox.run(Job("picture", arguments, file.name))["png"])

    def doctor(self) -> list[Check]:
        """Look at settings, storage, index, embedder and endpoint, and say what is wrong and what to do."""
        settings, embedder, store = self._settings, self._embedder, self._store
        expected, stored = identity_of(embedder, settings), self._ledger.identity()
        passages = len(self._ledger.passage_ids())
        compare = partial(drift, self._ledger, store) if store else None
        embed = embedder.get_query_embedding if embedder else None
        return [
            doctor.check_settings(settings),
            doctor.check_storage(settings.storage),
            doctor.check_database(self._database.path),
            doctor.check_index(stored, lambda: self._ledger.require(expected)),
            doctor.check_finished(self._ledger.unfinished()),
            doctor.check_vectors(passages, compare),
            doctor.check_embedder(expected.embedder, (stored or expected).dimension, embed),
            doctor.check_endpoint(settings.chat, settings.timeout),
        ]

    def _unfinished_notice(self) -> tuple[str, ...]:
        return () if self._ledger.unfinished() is None else (_UNFINISHED[self._settings.language],)

    def _require_index(self) -> None:
        if self._ledger.identity() is not None:
            self._ledger.require(identity_of(self._embedder, self._settings))

    def _build_retriever(self) -> HybridRetriever:
        words = LexicalRetriever(self._lexical, self._ledger)
        if self._store is None or self._embedder is None:
            return HybridRetriever(words, None, groups=self._reprints)
        dense = DenseRetriever(self._store, self._embedder, self._ledger)
        return HybridRetriever(words, dense, groups=self._reprints)

    def _build_answerer(self, llm: LLMEngine | None) -> Answerer:
        settings = self._settings
        return Answerer(
            retriever=self._retriever,
            ledger=self._ledger,
            lexical=self._lexical,
            quoting=QuotingEngine(settings.answer_characters),
            llm=llm,
            language=settings.language,
            passages=settings.passages,
            question_characters=settings.question_characters,
        )


def _llm(settings: Settings) -> LLMEngine | None:
    if settings.chat is None:
        return None
    return LLMEngine(
        settings.chat,
        context_tokens=settings.context_tokens,
        answer_tokens=settings.answer_tokens,
        timeout=settings.timeout,
        language=settings.language,
    )
