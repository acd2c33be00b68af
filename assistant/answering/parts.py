"""What answers questions, put together from the settings. Importing it takes seconds: LlamaIndex, Chroma."""

from __future__ import annotations

from collections.abc import Callable

from assistant.answering.answerer import Answerer
from assistant.answering.engines.llm import LLMEngine
from assistant.answering.engines.quoting import QuotingEngine
from assistant.answering.retrieval import DenseRetriever, HybridRetriever, LexicalRetriever
from assistant.companies import Catalogue
from assistant.index.database import Database
from assistant.index.dense import DenseParts
from assistant.index.ledger import Ledger
from assistant.index.lexical import Lexical
from assistant.index.reprints import Groups
from assistant.settings import Settings


class Thinking:
    """The retriever over both legs and the answerers that use it. Thread-safe."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        dense: DenseParts | None,
        catalogue: Catalogue,
        reprints: Groups,
        is_building_seen: Callable[[], bool],
    ) -> None:
        """`is_building_seen` as in `HybridRetriever`."""
        self._settings = settings
        self._ledger = Ledger(database)
        self._lexical = Lexical(database)
        self._catalogue = catalogue
        words = LexicalRetriever(self._lexical, self._ledger)
        meaning = DenseRetriever(dense.store, dense.embedder, self._ledger) if dense else None
        self.retriever = HybridRetriever(words, meaning, groups=reprints, is_building_seen=is_building_seen)
        self.answerer = self._answerer(_llm(settings))
        self.quoter = self._answerer(None)

    def _answerer(self, llm: LLMEngine | None) -> Answerer:
        settings = self._settings
        return Answerer(
            retriever=self.retriever,
            ledger=self._ledger,
            lexical=self._lexical,
            quoting=QuotingEngine(settings.answer_characters),
            llm=llm,
            language=settings.language,
            passages=settings.passages,
            question_characters=settings.question_characters,
            catalogue=self._catalogue,
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
