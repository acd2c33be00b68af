"""What answers questions, put together from the settings. Importing it takes seconds: LlamaIndex, Chroma."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import chain

from assistant.answering.answerer import Answerer
from assistant.answering.continuing import Continuing
from assistant.answering.engines.endpoint_errors import NOT_CONFIGURED
from assistant.answering.engines.judge import Judge
from assistant.answering.engines.llm import LLMEngine
from assistant.answering.engines.quoting import QuotingEngine
from assistant.answering.engines.rewriting import QuestionRewriter
from assistant.answering.evidence.order import by_evidence
from assistant.answering.evidence.ranked import rank
from assistant.answering.retrieving.finding import Finding
from assistant.answering.retrieving.reranking import EndpointReranker
from assistant.answering.retrieving.retrieval import DenseRetriever, HybridRetriever, LexicalRetriever
from assistant.answering.understanding.conversation import FollowUps, recent
from assistant.answering.understanding.hints import hints_in, limits_of, without
from assistant.answering.understanding.mentions import Names, Titles
from assistant.answering.understanding.question import short_enough, understand
from assistant.companies import Catalogue
from assistant.errors import SettingsError
from assistant.index.database import Database
from assistant.index.dense import DenseParts
from assistant.index.ledger import Ledger
from assistant.index.lexical import Lexical
from assistant.index.reprints import Groups
from assistant.records import Answer, Filters, Hint, ScoredPassage, Turn, Verdict
from assistant.settings import Settings

_CANDIDATES = 16
"""Passages that a search looks at more closely to put them into order, however many are asked for."""
_REWRITING_SECONDS = 8.0


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
        self.catalogue = catalogue
        titles = Titles(self._ledger.titles, self._ledger.generation)
        self._names = Names(catalogue, titles, self._lexical.idf)
        words = LexicalRetriever(self._lexical, self._ledger)
        meaning = DenseRetriever(dense.store, dense.embedder, self._ledger) if dense else None
        self.retriever = HybridRetriever(
            words,
            meaning,
            groups=reprints,
            is_building_seen=is_building_seen,
            titled=self._names.titled,
            reranker=EndpointReranker(settings.rerank, settings.rerank_timeout) if settings.rerank else None,
        )
        self.quoter = self._answerer(None, settings.language)

    def search(
        self, text: str, k: int, filters: Filters | None, dropped: Sequence[Hint], history: Sequence[Turn]
    ) -> list[ScoredPassage]:
        """The k best passages, steered by what the text names and by rules means after the turns before."""
        asked = short_enough(text, self._settings.question_characters)
        filters = self.named(filters)
        whole = self.quoter.follow_ups.meaning(asked, recent(history)).text
        texts = dict.fromkeys(without(each, dropped, self.catalogue) for each in (whole, asked))
        near = limits_of(hints_in(next(iter(texts)), self.catalogue), filters, self.catalogue)
        found = Finding(self.retriever, filters, near).find(texts, max(k, _CANDIDATES))
        return self._ordered(next(iter(texts)), found)[:k]

    def _ordered(self, text: str, found: list[ScoredPassage]) -> list[ScoredPassage]:
        """The passages by the best evidence in them; a reranker's order stays, and that for a byline."""
        if not found or self._settings.rerank is not None:
            return found
        query = understand(text, len(text), self.catalogue)
        if query.field is not None:
            return found
        near = found[:_CANDIDATES]
        return by_evidence(query, near, rank(query, near, self._lexical.idf), found[_CANDIDATES:])

    def named(self, filters: Filters | None) -> Filters | None:
        """The filters with every company under all its names."""
        if filters is None:
            return None
        names = (self.catalogue.names_of(self.catalogue.name_of(name)) for name in filters.companies)
        return replace(filters, companies=tuple(chain.from_iterable(names)))

    def answerer_of(self, engine: str, language: str) -> Answerer:
        """The answerer that begins with `llm` or `quoting`, empty for the one that is set; in a language.

        Raises:
            SettingsError: `llm`, and no endpoint is configured.
        """
        if engine == "llm" and self._settings.chat is None:
            raise SettingsError(NOT_CONFIGURED)
        return self._answerer(None if engine == "quoting" else LLMEngine.configured(self._settings), language)

    def is_answered(self, question: str) -> bool:
        """Whether a question is answered as a whole by quoting."""
        return self.quoted(question).verdict is Verdict.ANSWER

    def quoted(self, question: str) -> Answer:
        """The answer to a question in the sources' own words."""
        *_, last = self.quoter.stream(question, ())
        assert isinstance(last, Answer)
        return last

    def continuing(self, is_known: Callable[[str], bool]) -> Continuing:
        """What finds questions to go on with; `is_known` as there."""
        return Continuing(self._ledger, self.catalogue, self.quoted, is_known)

    @property
    def judge(self) -> Judge:
        """The model that judges answers. Raises SettingsError as `answerer_of` does."""
        return Judge(LLMEngine.required(self._settings), self._settings.language)

    def _answerer(self, llm: LLMEngine | None, language: str) -> Answerer:
        settings = self._settings
        return Answerer(
            retriever=self.retriever,
            ledger=self._ledger,
            lexical=self._lexical,
            quoting=QuotingEngine(settings.answer_characters),
            llm=llm,
            language=language,
            passages=settings.passages,
            question_characters=settings.question_characters,
            catalogue=self.catalogue,
            follow_ups=FollowUps(
                self._names, settings.question_characters, _rewriter(settings) if llm else None
            ),
        )


def _rewriter(settings: Settings) -> QuestionRewriter | None:
    """Asks the endpoint for the meaning of a follow-up, for a few seconds only."""
    seconds = min(settings.timeout, _REWRITING_SECONDS)
    llm = LLMEngine.configured(replace(settings, timeout=seconds), deadline=seconds)
    return QuestionRewriter(llm, settings.language) if llm else None
