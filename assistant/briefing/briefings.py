"""From a company's name to its briefing, with progress; from several names to their comparison."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace

from assistant.answering.engines.llm import LLMEngine
from assistant.answering.verifying.citing import citing
from assistant.briefing.caching import Cache, Slot, key_of
from assistant.briefing.comparing import figure_rows, theme_rows
from assistant.briefing.composing import Composer, facts_of, find_out
from assistant.briefing.figures.ordering import by_weight
from assistant.briefing.material import Fact, Gathered, Statement
from assistant.briefing.naming import Directory
from assistant.briefing.numbering import Numbering
from assistant.briefing.reading.belonging import counted
from assistant.briefing.reading.gathering import gather
from assistant.briefing.reading.rereading import Source
from assistant.briefing.reading.statements import Reader
from assistant.briefing.reading.unlisted import Companies, Found
from assistant.briefing.snapshot import Snapshot
from assistant.briefing.writing.writer import Writer
from assistant.companies import Catalogue
from assistant.companies.forms import body_of
from assistant.errors import CompanyError
from assistant.folding import is_traditional, to_simplified, to_traditional
from assistant.index.ledger import Ledger
from assistant.languages import Saying
from assistant.records import Citation, CompanyInfo, Passage, Progress, Stage
from assistant.records.briefings import Branch, Briefing, Comparison
from assistant.settings import Settings

Only = Callable[[Statement], bool]
_STEP = 25
"""Passages between two reports of progress."""
_FEWEST = 2
_TOO_FEW = Saying("请写出至少两家不同的公司。", "Name at least two different companies.")


@dataclass(slots=True)
class _Material:
    """What a briefing is made from: the passages about a company, and what they state of it."""

    found: Found
    source: Source
    gathered: Gathered
    own: list[Statement] = field(default_factory=list)

    @property
    def info(self) -> CompanyInfo:
        """The company."""
        return self.found.info


class Briefings:
    """Makes briefings from one index, and keeps them in its storage directory. Thread-safe."""

    def __init__(
        self,
        settings: Settings,
        ledger: Ledger,
        catalogue: Catalogue,
        directory: Directory,
    ) -> None:
        self._settings = settings
        self._cache = Cache(settings.storage)
        self._ledger = ledger
        self._catalogue = catalogue
        self._directory = directory
        self._companies = Companies(ledger, catalogue, directory)

    def stream(
        self,
        name: str,
        *,
        branches: bool = False,
        engine: str = "quoting",
        only: Only | None = None,
        language: str = "",
    ) -> Iterator[Progress | Briefing]:
        """Progress and briefings, each more complete than the one before; the last one is whole.

        Args:
            name: any form of the company's name.
            branches: whether what is about its branches is part of it.
            engine: `quoting` or `llm`.
            only: which statements count, if not all; such a briefing is not kept.
            language: of what is said to the reader, if not the one that is set.

        Raises:
            CompanyError: at the first item, if no passage is about such a company.
            SettingsError: the engine is `llm` and no endpoint is configured.
        """
        started = time.monotonic()
        language = language or self._settings.language
        writer = self._writer(engine, language)
        found = self._companies.found(name, branches=branches)
        info, material = found.info, self._material(found, branches=branches)
        below = self._directory.branches(info.name)
        slot = self._slot(info.name, engine, language, is_traditional(name), branches=branches)
        key = self._key(slot, material, below) if only is None else ""
        if key and (kept := self._cache.get(slot, key)) is not None:
            yield kept
            return
        for item in self._made(material, writer, _script_of(name), only):
            if isinstance(item, Briefing):
                seconds = round(time.monotonic() - started, 4)
                briefing = replace(item, group=info.parent, branches=below, seconds=seconds)
                if key:  # kept before it is given away: whoever has the last one may not come back
                    self._cache.put(slot, key, briefing)
                yield briefing
            else:
                yield item

    def _made(
        self, material: _Material, writer: Writer | None, script: Callable[[str], str], only: Only | None
    ) -> Iterator[Progress | Briefing]:
        yield from self._read(material, only)
        number = _numbering(material)
        findings = find_out(material.own, material.info.name)
        quoted = Composer(number, script).briefing(material.info.name, material.gathered, findings)
        if writer is None:
            yield quoted
            return
        with closing(writer.stream(quoted, findings.topics, number, script)) as written:
            yield from written

    def _writer(self, engine: str, language: str) -> Writer | None:
        if engine != "llm":
            return None
        return Writer(LLMEngine.required(self._settings), self._settings, self._catalogue.find, language)

    def _slot(self, company: str, engine: str, language: str, traditional: bool, *, branches: bool) -> Slot:
        chat = self._settings.chat
        model = chat.model if chat is not None and engine == "llm" else ""
        script = "traditional" if traditional else ""
        return Slot(company, engine, model, language, branches, script)

    def _key(self, slot: Slot, material: _Material, branches: Sequence[Branch]) -> str:
        identity = self._ledger.identity()
        found = material.found
        shown = found.catalogue.digest, found.info.parent, branches
        cleaner = identity.cleaner if identity else ""
        return key_of(
            slot, material.gathered, material.source.view, *shown, cleaner, *self._room(slot.engine)
        )

    def _room(self, engine: str) -> tuple[object, ...]:
        """Of the settings what a model's briefing depends on: with more room it reads and writes more."""
        settings = self._settings
        return (settings.chat, settings.context_tokens, settings.answer_tokens) if engine == "llm" else ()

    def stated(self, name: str, *, branches: bool = False) -> Sequence[Statement]:
        """The statements that a company's briefing is made of. Raises as `stream` does."""
        material = self._material(self._companies.found(name, branches=branches), branches=branches)
        for _ in self._read(material):
            pass
        return material.own

    def compare(
        self, names: Sequence[str], *, branches: bool = False, only: Only | None = None
    ) -> Iterator[Progress | Comparison]:
        """Progress, and at the end the companies side by side, in the order named.

        Raises:
            CompanyError: at the first item, if no passage is about one of them, or fewer than two are named.
        """
        started = time.monotonic()
        each = (self._companies.found(name, branches=branches) for name in names)
        found = {one.info.name: one for one in each}
        if len(found) < _FEWEST:
            raise CompanyError(_TOO_FEW)
        materials = [self._material(one, branches=branches) for one in found.values()]
        for material in materials:
            yield from self._read(material, only)
        number = _numbering(*materials)
        composer = Composer(number, _script_of("".join(names)))
        themes = theme_rows([material.own for material in materials], composer)
        figures = figure_rows([_figures(material) for material in materials], composer)
        yield Comparison(
            companies=tuple(found),
            themes=themes,
            figures=figures,
            coverages=tuple(composer.coverage(material.gathered) for material in materials),
            citations=number.citations,
            seconds=round(time.monotonic() - started, 4),
        )

    def _material(self, found: Found, *, branches: bool) -> _Material:
        below = self._directory.branches(found.info.name) if branches else ()
        names = (found.info.name, *(branch.name for branch in below))
        source = Snapshot(found.source)
        reader = Reader(source.view, found.catalogue)
        forms = {*names, *found.info.aliases, *filter(None, map(body_of, names))}
        return _Material(found, source, gather(source, names, reader.companies_of, sorted(forms)))

    def _read(self, material: _Material, only: Only | None = None) -> Iterator[Progress]:
        """Fill in what the passages state of the company, and keep to those that do state something."""
        passages, name = material.gathered.passages, material.info.name
        catalogue = material.found.catalogue
        reader = Reader(material.source.view, catalogue)
        stated: list[Statement] = []
        for start in range(0, len(passages), _STEP):
            yield Progress(Stage.BRIEFING, start, len(passages), name)
            stated += reader.statements(passages[start : start + _STEP])
        groups = catalogue.ancestors(name)
        read = (counted(statement, material.gathered.names, groups) for statement in stated)
        material.own = [statement for statement in read if statement is not None]
        if only is not None:
            material.own = [statement for statement in material.own if only(statement)]
        # A passage that is stored as one about the company may turn out to speak of its branch alone.
        material.gathered = material.gathered.only({statement.passage.id for statement in material.own})
        yield Progress(Stage.BRIEFING, len(passages), len(passages), name)


def _numbering(*materials: _Material) -> Numbering:
    """Numbers for passages of any of the materials, each cited as the one has it that it is from."""
    each = [
        (
            {passage.id for passage in material.gathered.passages},
            citing(material.source.view, material.gathered.copies),
        )
        for material in materials
    ]

    def citation(n: int, passage: Passage, start: int, end: int) -> Citation:
        cite = next(cite for ids, cite in each if passage.id in ids)
        return cite(n, passage, start, end)

    return Numbering(citation)


def _figures(material: _Material) -> list[tuple[Fact, ...]]:
    return by_weight(facts_of(material.own), material.info.name)


def _script_of(asked: str) -> Callable[[str], str]:
    return to_traditional if is_traditional(asked) else to_simplified
