"""What a briefing is made of, on its way from passages to lines."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from assistant.records import Passage


@dataclass(frozen=True, slots=True)
class Gathered:
    """The passages about some companies, the briefing's own first, without those that repeat another.

    `passages` are in order of document and place. `repeats` has, by the id of each, the documents of the
    passages that repeat it, one entry a passage.
    """

    names: tuple[str, ...]
    passages: tuple[Passage, ...]
    repeats: Mapping[str, tuple[str, ...]]

    @property
    def repeated(self) -> int:
        """How many passages were left out since they repeat another."""
        return sum(len(self.repeats[passage.id]) for passage in self.passages)

    @property
    def documents(self) -> frozenset[str]:
        """Every document that one of the passages, or a repeated one, stands in."""
        own = {passage.document for passage in self.passages}
        return frozenset(own.union(*(self.repeats[passage.id] for passage in self.passages)))

    def copies(self, passage: Passage) -> tuple[str, ...]:
        """The other documents that hold the same as a passage, by name."""
        return tuple(sorted({*self.repeats.get(passage.id, ())} - {passage.document}))

    def only(self, ids: Collection[str]) -> Gathered:
        """Those of the passages, with what repeats them."""
        return replace(self, passages=tuple(passage for passage in self.passages if passage.id in ids))


@dataclass(frozen=True, slots=True)
class Statement:
    """A verbatim stretch of a passage, `clean_text[start:end]`, and the company that it is stated of.

    `is_row`: it is a row of a table, its cells between tabs. `year` is the one that the words 今年 and 去年
    count from, 0 where nothing tells; `time` is when holds what has no date. `before` is what stands before
    it in its sentence, such as the words that a part behind a semicolon shares; empty for none. `companies`
    are all whom it is stated of, `company` the one that it counts for, empty where it is of none; `around`
    are those that its article is about, the main one first. `owners` are the heads of a row's columns that
    name different companies, each with the company.
    """

    passage: Passage
    text: str
    start: int
    end: int
    company: str
    is_row: bool = False
    year: int = 0
    before: str = ""
    companies: tuple[str, ...] = ()
    around: tuple[str, ...] = ()
    time: str = ""
    owners: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure at one place: what it is a figure of, its value as written, its unit, when it holds.

    `start` and `end` are where value and unit stand in the statement's text, with what hedges them (超过, 余,
    以上). `is_plan`: it is what is aimed at, asked for or expected, not what was reached. `is_denied`:
    the text says that others say so, and that it is wrong.
    """

    statement: Statement
    indicator: str
    value: str
    unit: str
    as_of: str
    start: int
    end: int
    is_plan: bool = False
    is_denied: bool = False


@dataclass(frozen=True, slots=True)
class Topic:
    """Statements on one subject, the weightiest first, and the name that the text gives it.

    `rest` are the others on it, which a model reads and a quoting briefing leaves out.
    """

    title: str
    statements: tuple[Statement, ...] = field(default=())
    rest: tuple[Statement, ...] = field(default=())
