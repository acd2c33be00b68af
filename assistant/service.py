"""The one object that every door uses: a library that answers questions and sums up companies."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING

from assistant.answering.suggestions import suggest
from assistant.errors import SettingsError
from assistant.index.database import Database
from assistant.index.dense import DenseParts
from assistant.library import Library
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
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.answering.parts import Thinking
    from assistant.briefing.briefings import Briefings


class Assistant(Library):
    """Ask a corpus. Thread-safe: one object serves every browser session of a process."""

    def __init__(self, settings: Settings, database: Database, dense: DenseParts | None) -> None:
        """Put the parts together; `open` is the door."""
        super().__init__(settings, database, dense)
        self._thinking: Thinking | None = None
        self._briefings: Briefings | None = None
        self._lock = Lock()

    @property
    def engine(self) -> str:
        """The engine that answers first: `quoting`, or `llm` with an endpoint configured."""
        return "quoting" if self._settings.chat is None else "llm"

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

    def summarize(
        self,
        name: str,
        progress: Callable[[Progress], None] | None = None,
        *,
        branches: bool = False,
        engine: str = "",
    ) -> Briefing:
        """What the corpus says about a company: the last item of `summarize_stream`, which see."""
        for item in self.summarize_stream(name, branches=branches, engine=engine):
            if isinstance(item, Progress):
                if progress is not None:
                    progress(item)
                continue
            briefing = item
        return briefing

    def summarize_stream(
        self, name: str, *, branches: bool = False, engine: str = ""
    ) -> Iterator[Progress | Briefing]:
        """Sum a company up, with progress; each briefing is more complete than the one before it.

        Args:
            name: any form of the company's name.
            branches: whether what is about its branches is part of it.
            engine: `quoting` or `llm`, if not the one of `engine`.

        Raises:
            CompanyError: at the first item, if no passage is about such a company.
            SettingsError: the engine is `llm` and no endpoint is configured.
            IndexMismatchError: the index was built with another embedder or cleaner.
        """
        self._require_index()
        yield from self._summing().stream(name, branches=branches)

    def compare(
        self,
        names: Sequence[str],
        progress: Callable[[Progress], None] | None = None,
        *,
        branches: bool = False,
    ) -> Comparison:
        """Two or more companies side by side, each under any form of its name.

        Raises:
            CompanyError: no passage is about one of them, or fewer than two are named.
            IndexMismatchError: the index was built with another embedder or cleaner.
        """
        for item in self.compare_stream(names, branches=branches):
            if isinstance(item, Comparison):
                return item
            if progress is not None:
                progress(item)
        raise AssertionError("a stream ends with its comparison")

    def compare_stream(
        self, names: Sequence[str], *, branches: bool = False
    ) -> Iterator[Progress | Comparison]:
        """As `compare`, with progress; the last item is the comparison. Raises at the first item."""
        self._require_index()
        yield from self._summing().compare(names, branches=branches)

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

    def _summing(self) -> Briefings:
        """What makes briefings; made by the first of them."""
        with self._lock:
            if self._briefings is None:
                from assistant.briefing.briefings import Briefings
                from assistant.briefing.naming import Directory

                self._briefings = Briefings(
                    self._ledger, self._catalogue, self._reprints, Directory(self.companies, self._catalogue)
                )
            return self._briefings
