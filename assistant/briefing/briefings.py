"""From a company's name to its briefing, with progress; from several names to their comparison."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from assistant.answering.verifying.citing import citing
from assistant.briefing.comparing import figure_rows, theme_rows
from assistant.briefing.composing import Composer, facts_of, find_out
from assistant.briefing.gathering import gather
from assistant.briefing.material import Gathered, Statement
from assistant.briefing.naming import Directory
from assistant.briefing.numbering import Numbering
from assistant.briefing.statements import statements
from assistant.companies import Catalogue
from assistant.errors import CompanyError
from assistant.folding import is_traditional, to_simplified, to_traditional
from assistant.index.ledger import Ledger
from assistant.index.reprints import Groups
from assistant.records import CompanyInfo, Progress, Stage
from assistant.records.briefings import Briefing, Comparison

_STEP = 25
"""Passages between two reports of progress."""
_FEWEST = 2


@dataclass(slots=True)
class _Material:
    """What a briefing is made from: the passages about a company, and what they state of it."""

    info: CompanyInfo
    gathered: Gathered
    own: list[Statement] = field(default_factory=list)


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
        material = self._material(info, branches=branches)
        yield from self._read(material)
        number = self._numbering(material.gathered.copies)
        composer = Composer(number, _script_of(name))
        briefing = composer.briefing(info.name, material.gathered, find_out(material.own, info.name))
        yield replace(
            briefing,
            group=info.parent,
            branches=self._directory.branches(info.name),
            seconds=round(time.monotonic() - started, 4),
        )

    def compare(self, names: Sequence[str], *, branches: bool = False) -> Iterator[Progress | Comparison]:
        """Progress, and at the end the companies side by side, in the order named.

        Raises:
            CompanyError: at the first item, if no passage is about one of them, or fewer than two are named.
        """
        started = time.monotonic()
        infos = list({info.name: info for info in map(self._directory.company, names)}.values())
        if len(infos) < _FEWEST:
            raise CompanyError("比较需要两家以上不同的公司。")
        materials = [self._material(info, branches=branches) for info in infos]
        for material in materials:
            yield from self._read(material)
        number = self._numbering({k: v for m in materials for k, v in m.gathered.copies.items()})
        composer = Composer(number, _script_of("".join(names)))
        themes = theme_rows([material.own for material in materials], composer)
        figures = figure_rows([facts_of(material.own) for material in materials], composer)
        yield Comparison(
            companies=tuple(info.name for info in infos),
            themes=themes,
            figures=figures,
            coverages=tuple(composer.coverage(material.gathered) for material in materials),
            citations=number.citations,
            seconds=round(time.monotonic() - started, 4),
        )

    def _material(self, info: CompanyInfo, *, branches: bool) -> _Material:
        below = self._directory.branches(info.name) if branches else ()
        names = (info.name, *(branch.name for branch in below))
        return _Material(info, gather(self._ledger, names, self._groups()))

    def _numbering(self, copies: Mapping[str, tuple[str, ...]]) -> Numbering:
        return Numbering(citing(self._ledger.view, lambda passage: copies.get(passage.id, ())))

    def _read(self, material: _Material) -> Iterator[Progress]:
        """Fill in what the passages state of the company."""
        passages, name = material.gathered.passages, material.info.name
        view = lru_cache(maxsize=None)(self._ledger.view)
        stated: list[Statement] = []
        for start in range(0, len(passages), _STEP):
            yield Progress(Stage.BRIEFING, start, len(passages), name)
            stated += statements(passages[start : start + _STEP], view, self._catalogue)
        material.own = [s for s in stated if self._counts(s, material)]
        yield Progress(Stage.BRIEFING, len(passages), len(passages), name)

    def _counts(self, statement: Statement, material: _Material) -> bool:
        """Whether a statement is one of those that the briefing is made of."""
        return statement.company in material.gathered.names


def _script_of(asked: str) -> Callable[[str], str]:
    return to_traditional if is_traditional(asked) else to_simplified
