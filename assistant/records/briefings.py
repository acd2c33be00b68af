"""What comes back for a company: its briefing, and the comparison of several."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from assistant.records.citations import Citation, Tokens


@dataclass(frozen=True, slots=True)
class Bullet:
    """One statement of a briefing, without citation marks.

    `citations` are the numbers of its sources. `company` is the one it is stated of: a branch or the group
    of the briefing's company where it is not stated of that itself. `grounded`: every figure, date, company
    and quote in it occurs in one of its sources.
    """

    text: str
    citations: tuple[int, ...]
    company: str
    grounded: bool = True


@dataclass(frozen=True, slots=True)
class Theme:
    """Bullets on one subject, under a name that was found in the text."""

    title: str
    bullets: tuple[Bullet, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One fact that is stated in a figure, each once however many sources state it.

    `value` is as written, without its unit (`1.38`), `unit` with its scale (`万站`); a cell of a table has
    the unit of its head or table. `as_of` is what it holds for: `2019`, `2019-05`, `2019-05-17`, a reporting
    period (`2022H1`), or nothing where neither text nor date say. `text` are the source's words that hold
    value and unit, and what hedges them (`50余万元`). `company` is as in `Bullet`. `is_row`: it stands in a
    table. `is_plan`: it is a target or a requirement, no result.
    """

    indicator: str
    value: str
    unit: str
    as_of: str
    citations: tuple[int, ...]
    company: str
    text: str = ""
    is_row: bool = False
    is_plan: bool = False

    @property
    def amount(self) -> str:
        """The figure as it is shown: in the source's words, which may say that it is about so much."""
        return _amount(self.text, self.value, self.unit)


@dataclass(frozen=True, slots=True)
class Event:
    """A dated statement: `date` is `YYYY`, `YYYY-MM` or `YYYY-MM-DD`."""

    date: str
    text: str
    citations: tuple[int, ...]
    company: str


class ConflictKind(StrEnum):
    """How sources differ: over the same time, or from one time to another."""

    DISAGREEMENT = "disagreement"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Reading:
    """What one place says of an indicator; `published` is the date of the source.

    `text` is its whole statement, `words` what of it holds value and unit and what hedges them.
    """

    value: str
    unit: str
    as_of: str
    published: str
    text: str
    citations: tuple[int, ...]
    words: str = ""

    @property
    def amount(self) -> str:
        """The figure as it is shown, as of `Figure`."""
        return _amount(self.words, self.value, self.unit)


@dataclass(frozen=True, slots=True)
class Conflict:
    """An indicator for which there are several values, the earlier ones first."""

    indicator: str
    kind: ConflictKind
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of what there is the briefing rests upon.

    `passages` are all that are about the company, in `documents` documents. `reprints` of them say what
    another says. `used` are those of the rest that a line of the briefing cites.
    """

    documents: int
    passages: int
    used: int
    reprints: int


@dataclass(frozen=True, slots=True)
class Branch:
    """A company that belongs to the briefing's, and how many passages are about it."""

    name: str
    passages: int


@dataclass(frozen=True, slots=True)
class Briefing:
    """What the corpus says about a company, every line cited.

    `engine` is `quoting` or `llm`. `branches` are those that the corpus speaks of, most spoken of first;
    `included` the ones whose passages are part of it. `group` is what it belongs to, empty for none.
    `is_whole`: nothing of it is still to be written, or was left unwritten because the endpoint failed.
    """

    company: str
    engine: str
    headline: tuple[Bullet, ...]
    themes: tuple[Theme, ...]
    figures: tuple[Figure, ...]
    timeline: tuple[Event, ...]
    conflicts: tuple[Conflict, ...]
    coverage: Coverage
    citations: tuple[Citation, ...]
    group: str = ""
    branches: tuple[Branch, ...] = ()
    included: tuple[str, ...] = ()
    seconds: float = 0.0
    notices: tuple[str, ...] = ()
    tokens: Tokens = field(default_factory=Tokens)
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """One theme side by side: of each company its bullets, in the order of the companies."""

    title: str
    bullets: tuple[tuple[Bullet, ...], ...]


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One indicator side by side: of each company its figures, in the order of the companies."""

    indicator: str
    figures: tuple[tuple[Figure, ...], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two or more companies side by side; the rows' citation numbers are those of `citations`.

    `coverages` has one entry a company. Themes and indicators that several have come first.
    """

    companies: tuple[str, ...]
    themes: tuple[ThemeRow, ...]
    figures: tuple[FigureRow, ...]
    coverages: tuple[Coverage, ...]
    citations: tuple[Citation, ...]
    seconds: float = 0.0
    notices: tuple[str, ...] = ()


def _amount(words: str, value: str, unit: str) -> str:
    """The words of the source, with the unit where that stands elsewhere, as in the head of a table."""
    shown = "".join(part.strip() for part in words.splitlines()) or value
    rest = iter(shown)
    return shown if all(character in rest for character in unit) else shown + unit
