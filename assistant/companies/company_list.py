"""The companies that a corpus is about, counted."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from assistant.companies import Catalogue, any_of, base
from assistant.companies.short_names import short_names
from assistant.folding import compact, fold, to_simplified
from assistant.index.database import Database
from assistant.index.renewed import Renewed
from assistant.records import CompanyInfo

_MOST_FORMS = 20
_WRITABLE = re.compile(r"[\w（(][\w ·&.'’（）()-]{1,39}")
Row = tuple[str, tuple[str, ...], str]
"""Of a passage its document, the companies that it is about, its text."""


@dataclass(frozen=True, slots=True)
class Survey:
    """The companies that passages are about, and of every company how many passages name it.

    `catalogue` is the one that they were read by, with the companies that no list knows.
    """

    companies: tuple[CompanyInfo, ...] = ()
    naming: Mapping[str, int] = field(default_factory=dict)
    catalogue: Catalogue = field(default_factory=base)


class Surveys(Renewed[Survey]):
    """The survey of an index. Thread-safe."""

    def __init__(
        self, generation: Callable[[], int], rows: Callable[[], Iterable[Row]], catalogue: Catalogue
    ) -> None:
        """`generation` is a number that changes with the index, `rows` reads its passages."""
        super().__init__(generation, lambda: survey(rows(), catalogue))
        self._rows = rows

    def naming(self, name: str) -> int:
        """How many passages name a company, or hold a name that is not known to be one's."""
        if found := self().naming.get(name):
            return found
        wanted = compact(name)
        return sum(wanted in compact(text) for _, _, text in self._rows()) if wanted else 0

    def holding(self, forms: Iterable[str]) -> tuple[str, ...]:
        """The documents of which a passage holds one of the forms of a name."""
        any_form = any_of(map(fold, forms))
        return tuple(sorted({document for document, _, text in self._rows() if any_form.search(fold(text))}))


class Known(Renewed[Catalogue]):
    """The catalogue with the companies that an index has found, and their short names. Thread-safe."""

    def __init__(
        self, generation: Callable[[], int], names: Callable[[], Iterable[str]], catalogue: Catalogue
    ) -> None:
        """`generation` is a number that changes with the index, `names` reads whom its passages are about."""
        super().__init__(generation, lambda: abridging(catalogue, names()))


def extended(catalogue: Catalogue, names: Iterable[str], short: Mapping[str, str] | None = None) -> Catalogue:
    """The catalogue with those of the names that it does not know, and with full names by `short` ones."""
    more = sorted(set(unlisted(names, catalogue)) - set(short or ()))
    return catalogue.adding(more, short) if more or short else catalogue


def abridging(catalogue: Catalogue, names: Iterable[str]) -> Catalogue:
    """The catalogue with those of the names that it does not know, and with what is short for one of them.

    A name that is short for another one of them is no company of its own here.
    """
    names = sorted(names)
    short = short_names(names, lambda form: any(name != form for name in catalogue.find(form)))
    return extended(catalogue, names, short)


def unlisted(names: Iterable[str], catalogue: Catalogue) -> list[str]:
    """Those of the names by which the catalogue finds no company, and that a line of it can hold."""
    return [name for name in names if _WRITABLE.fullmatch(name) and catalogue.find(name) != [name]]


def is_writable(name: str) -> bool:
    """Whether a line of the list can hold a name."""
    return _WRITABLE.fullmatch(name) is not None


def rows(database: Database) -> list[Row]:
    """Of every passage its document, the companies that it is about and its text."""
    with database.reading() as connection:
        found = connection.execute("SELECT document, companies, text FROM passages")
        return [(row["document"], tuple(json.loads(row["companies"])), row["text"]) for row in found]


def survey(passages: Iterable[Row], catalogue: Catalogue) -> Survey:
    """Go through the passages once; the companies come most passages first, then by name."""
    naming: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    documents: dict[str, set[str]] = defaultdict(set)
    passages = list(passages)
    catalogue = extended(catalogue, {name for _, about, _ in passages for name in about})
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for document, about, text in passages:
        spans = catalogue.spans(text)
        naming.update({name for _, _, name in spans})
        for start, end, name in spans:
            forms[name][to_simplified(" ".join(text[start:end].split()))] += 1
        for name in about:
            counts[name] += 1
            documents[name].add(document)
    companies = tuple(
        CompanyInfo(
            name,
            catalogue.parent_of(name),
            _others(name, forms[name], catalogue),
            count,
            tuple(sorted(documents[name])),
        )
        for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )
    return Survey(companies, naming, catalogue)


def _others(name: str, met: Counter[str], catalogue: Catalogue) -> tuple[str, ...]:
    """The forms met, most often met first, then those that only the list knows; each once."""
    found = {fold(name): name}
    # A form like 南阳分公司 means this company only where its group was named before.
    own = [form for form, _ in met.most_common(_MOST_FORMS) if catalogue.find(form) == [name]]
    for form in (*own, *catalogue.forms_of(name)):
        found.setdefault(fold(form), form)
    return tuple(found.values())[1:]
