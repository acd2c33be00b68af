"""From a company's name to its briefing, with progress; from several names to their comparison."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.answering.verifying.citing import citing
from assistant.briefing.composing import compose, find_out
from assistant.briefing.gathering import gather
from assistant.briefing.material import Gathered, Statement
from assistant.briefing.naming import Directory
from assistant.briefing.numbering import Numbering
from assistant.briefing.statements import statements
from assistant.companies import Catalogue
from assistant.index.ledger import Ledger
from assistant.index.reprints import Groups
from assistant.records import Passage, Progress, Stage
from assistant.records.briefings import Briefing

_STEP = 25
"""Passages between two reports of progress."""


class Briefings:
    """Makes briefings from one index. Thread-safe; keeps nothing between two of them."""

    def __init__(self, ledger: Ledger, catalogue: Catalogue, groups: Groups, directory: Directory) -> None:
        self._ledger = ledger
        self._catalogue = catalogue
        self._groups = groups
        self._directory = directory

    def stream(self, name: str, *, branches: bool = False) -> Iterator[Progress | Briefing]:
        """Progress, and at the end the briefing.

        Args:
            name: any form of the company's name.
            branches: whether what is about its branches is part of it.

        Raises:
            CompanyError: at the first item, if no passage is about such a company.
        """
        started = time.monotonic()
        info = self._directory.company(name)
        below = self._directory.branches(info.name)
        names = [info.name, *(branch.name for branch in below if branches)]
        gathered = gather(self._ledger, names, self._groups())
        stated: list[Statement] = []
        yield from self._read(gathered, stated)
        own = [statement for statement in stated if statement.company in self._belonging(names)]
        number = Numbering(citing(self._ledger.view, _copies(gathered.copies)))
        briefing = compose(info.name, gathered, find_out(own, info.name), number)
        yield replace(
            briefing,
            group=info.parent,
            branches=below,
            seconds=round(time.monotonic() - started, 4),
        )

    def _read(self, gathered: Gathered, into: list[Statement]) -> Iterator[Progress]:
        total = len(gathered.passages)
        for start in range(0, total, _STEP):
            yield Progress(Stage.BRIEFING, start, total, gathered.passages[start].document)
            into += statements(gathered.passages[start : start + _STEP], self._ledger.view, self._catalogue)
        yield Progress(Stage.BRIEFING, total, total)

    def _belonging(self, names: Sequence[str]) -> set[str]:
        """The companies whose statements count: those asked for."""
        return set(names)


def _copies(copies: Mapping[str, tuple[str, ...]]) -> Callable[[Passage], tuple[str, ...]]:
    def reprints(passage: Passage) -> tuple[str, ...]:
        return copies.get(passage.id, ())

    return reprints
