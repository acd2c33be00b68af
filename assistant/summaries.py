"""A library that sums up companies and puts them side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from assistant.errors import worded
from assistant.index.database import Database
from assistant.index.dense import DenseParts
from assistant.library import Library
from assistant.records import Answer, Progress
from assistant.records.briefings import Briefing, Comparison
from assistant.records.checks import BriefingCheck
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.briefing.briefings import Briefings

_Item = TypeVar("_Item")


class Summaries(Library):
    """A library that says of a company what its documents do. Thread-safe."""

    def __init__(self, settings: Settings, database: Database, dense: DenseParts | None) -> None:
        """Put the parts together; `open` is the door."""
        super().__init__(settings, database, dense)
        self._briefings: Briefings | None = None
        self._lock = Lock()

    @property
    def engine(self) -> str:
        """The engine that answers first: `quoting`, or `llm` with an endpoint configured."""
        return self._settings.engine

    def summarize(
        self,
        name: str,
        progress: Callable[[Progress], None] | None = None,
        *,
        branches: bool = False,
        engine: str = "",
        language: str = "",
    ) -> Briefing:
        """What the corpus says about a company: the last item of `summarize_stream`, which see."""
        for item in self.summarize_stream(name, branches=branches, engine=engine, language=language):
            if isinstance(item, Progress):
                if progress is not None:
                    progress(item)
                continue
            briefing = item
        return briefing

    def summarize_stream(
        self, name: str, *, branches: bool = False, engine: str = "", language: str = ""
    ) -> Iterator[Progress | Briefing]:
        """Sum a company up, with progress; each briefing is more complete than the one before it.

        Args:
            name: any form of the company's name.
            branches: whether what is about its branches is part of it.
            engine: `quoting` or `llm`, if not the one of `engine`.
            language: of what is said to the reader, `zh` or `en`, if not the one of the settings.

        Raises:
            CompanyError: at the first item, if no passage is about such a company.
            SettingsError: the engine is `llm` and no endpoint is configured.
            IndexMismatchError: the index was built with another embedder or cleaner.
        """
        self.require_index()
        language = language or self._settings.language
        made = self._summing().stream(
            name, branches=branches, engine=engine or self.engine, language=language
        )
        with worded(language):
            yield from self._noticed(made, language)

    def compare(
        self,
        names: Sequence[str],
        progress: Callable[[Progress], None] | None = None,
        *,
        branches: bool = False,
        language: str = "",
    ) -> Comparison:
        """Two or more companies side by side, each under any form of its name.

        `branches` and `language` as in `summarize_stream`.

        Raises:
            CompanyError: no passage is about one of them, or fewer than two are named.
            IndexMismatchError: the index was built with another embedder or cleaner.
        """
        for item in self.compare_stream(names, branches=branches, language=language):
            if isinstance(item, Comparison):
                return item
            if progress is not None:
                progress(item)
        raise AssertionError("a stream ends with its comparison")

    def compare_stream(
        self, names: Sequence[str], *, branches: bool = False, language: str = ""
    ) -> Iterator[Progress | Comparison]:
        """As `compare`, with progress; the last item is the comparison. Raises at the first item."""
        self.require_index()
        language = language or self._settings.language
        with worded(language):
            yield from self._noticed(self._summing().compare(names, branches=branches), language)

    def check_briefing(self, name: str, *, branches: bool = False, engine: str = "") -> BriefingCheck:
        """Whether the briefing of a company holds, and what it leaves out. Raises as `summarize_stream`."""
        from assistant.briefing.checking import check

        briefing = self.summarize(name, branches=branches, engine=engine)
        stated = self._summing().stated(name, branches=branches)
        return check(briefing, stated, self._catalogue.find)

    def _forget_removed(self) -> None:
        """What is kept of companies that nothing is about any more."""
        from assistant.briefing.caching import Cache

        Cache(self._settings.storage).prune(info.name for info in self.companies())

    def _noticed(self, items: Iterable[_Item], language: str) -> Iterator[_Item]:
        """The items, with what a reader should know of the index among the notices of what is whole."""
        notices = self._unfinished_notice(language)
        for item in items:
            if isinstance(item, Answer | Briefing | Comparison):
                yield replace(item, notices=notices + item.notices)
            else:
                yield item

    def _summing(self) -> Briefings:
        """What makes briefings; made by the first of them."""
        with self._lock:
            if self._briefings is None:
                from assistant.briefing.briefings import Briefings
                from assistant.briefing.naming import Directory

                directory = Directory(self._survey, self._catalogue)
                self._briefings = Briefings(self._settings, self._ledger, self._catalogue, directory)
            return self._briefings
