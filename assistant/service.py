"""The one object that every door uses: a library that sums up companies and answers questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.answering.suggestions import suggest
from assistant.errors import SettingsError, worded
from assistant.folding import is_traditional, to_traditional
from assistant.index.database import Database
from assistant.index.dense import DenseParts
from assistant.records import (
    Answer,
    Delta,
    Filters,
    Hint,
    Notice,
    Progress,
    ScoredPassage,
    Turn,
)
from assistant.records.briefings import Briefing, Comparison
from assistant.records.evaluation import Opinion
from assistant.settings import Endpoint, Settings
from assistant.summaries import Summaries

if TYPE_CHECKING:
    from assistant.answering.parts import Thinking

_WORTH_SUMMING = 5  # passages about a company from which on summing it up is suggested


class Assistant(Summaries):
    """Ask a corpus. Thread-safe: one object serves every browser session of a process."""

    def __init__(self, settings: Settings, database: Database, dense: DenseParts | None) -> None:
        """Put the parts together; `open` is the door."""
        super().__init__(settings, database, dense)
        self._thinking: Thinking | None = None

    def use(self, chat: Endpoint | None) -> None:
        """Answer by another chat endpoint from now on, or by none; an answer that has begun is finished."""
        with self._lock:
            self._settings = replace(self._settings, chat=chat)
            self._thinking = self._briefings = None

    @property
    def can_embed(self) -> bool:
        """Whether there is an embedder, so that `embeddings` gives vectors."""
        return self._dense is not None

    def search(
        self,
        query: str,
        k: int = 8,
        filters: Filters | None = None,
        history: Sequence[Turn] = (),
        *,
        dropped: Sequence[Hint] = (),
        language: str = "",
    ) -> list[ScoredPassage]:
        """The k best different passages that the filters let in, best first; none for a query without a word.

        A query that refers back is understood from the `history`, as `ask` does by the quoting engine. What
        goes wrong is told in the `language`, if not in the one of the settings.

        Raises:
            QuestionError: too long, or a filter names an unknown kind or what is no date or period.
            IndexMismatchError: the index was built with another embedder or cleaner.
        """
        self.require_index()
        with worded(language or self._settings.language):
            return self._thought().search(query, k, filters, dropped, history)

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        filters: Filters | None = None,
        *,
        engine: str = "",
        dropped: Sequence[Hint] = (),
        language: str = "",
    ) -> Answer:
        """Answer a question from what the filters let in: the joined stream.

        Args:
            engine: `quoting` or `llm`, if not the one of `engine`.
            dropped: what the question names and shall not count.
            language: of refusals, notices, headings and errors, `zh` or `en`, if not the one of the settings.

        Raises:
            SettingsError: the engine is `llm` and no endpoint is configured.
            QuestionError: empty, too long or without a word, or a filter as in `search`.
            IndexMismatchError: the index was built with another embedder or cleaner.
        """
        asking = self.ask_stream(
            question, history, filters, engine=engine, dropped=dropped, language=language
        )
        for item in asking:
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
        language: str = "",
    ) -> Iterator[Delta | Notice | Answer]:
        """Answer piece by piece; the last item is the `Answer`. Raises as `ask` does, at the first item."""
        self.require_index()
        language = language or self._settings.language
        thought = self._thought()
        answerer = thought.answerer_of(engine, language)
        limits = thought.named(filters)
        is_told = False
        with worded(language):
            for item in self._noticed(
                self._told(question, history, limits, engine, dropped, language), language
            ):
                is_told = isinstance(item, Answer)
                yield item
            if not is_told:
                yield from self._noticed(answerer.stream(question, history, limits, dropped), language)

    def _told(
        self,
        question: str,
        history: Sequence[Turn],
        limits: Filters | None,
        engine: str,
        dropped: Sequence[Hint],
        language: str,
    ) -> Iterator[Delta | Notice | Answer]:
        """The answer to a question that asks for a summary or a comparison; none for any other."""
        from assistant.answering.understanding.hints import without
        from assistant.briefing.requests.request import RequestKind, request_of
        from assistant.briefing.requests.routing import only, told

        known = self._known()
        request = request_of(without(question, dropped, known), known, history)
        if request is None:
            return
        counting = only(request.topic, self._ledger.ids_within(limits) if limits else None)
        names = [to_traditional(n) if is_traditional(question) else n for n in request.companies]

        def made() -> Iterator[Progress | Briefing] | Iterator[Progress | Comparison]:
            if request.kind is RequestKind.COMPARISON:
                return self._summing().compare(names, branches=request.branches, only=counting)
            return self._summing().stream(
                names[0],
                branches=request.branches,
                engine=engine or self.engine,
                only=counting,
                language=language,
            )

        yield from told(request, question, language, made, self._thought().is_answered)

    def suggestions(self, n: int = 4) -> list[str]:
        """Questions that this corpus answers, for an empty page."""
        return suggest(self._ledger, n, self._thought().is_answered)

    def follow_ups(self, answer: Answer, history: Sequence[Turn] = (), n: int = 3) -> list[str]:
        """Up to n questions to go on with after an answer, none asked before; the corpus answers them all."""
        told = {info.name for info in self._survey().companies if info.passages >= _WORTH_SUMMING}
        return self._thought().continuing(told.__contains__).after(answer, history, n)

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
        with worded(self._settings.language):
            return self._thought().judge.opinion(question, answer, reference)

    def _thought(self) -> Thinking:
        """What answers questions; made by the first of them, and anew when other companies are known."""
        known = self._known()
        with self._lock:
            if self._thinking is None or self._thinking.catalogue.digest != known.digest:
                from assistant.answering.parts import Thinking

                self._thinking = Thinking(
                    self._settings,
                    self._database,
                    self._dense,
                    known,
                    self._reprints,
                    lambda: self._is_ingesting,
                )
            return self._thinking
