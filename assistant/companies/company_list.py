"""The companies that a corpus is about, counted."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable

from assistant.companies import Catalogue
from assistant.folding import fold, to_simplified
from assistant.index.database import Database
from assistant.records import CompanyInfo

_MOST_FORMS = 20


def rows(database: Database) -> list[tuple[str, tuple[str, ...], str]]:
    """Of every passage its document, the companies that it is about and its text."""
    with database.reading() as connection:
        found = connection.execute("SELECT document, companies, text FROM passages")
        return [(row["document"], tuple(json.loads(row["companies"])), row["text"]) for row in found]


def listed(passages: Iterable[tuple[str, tuple[str, ...], str]], catalogue: Catalogue) -> list[CompanyInfo]:
    """One row for each company that a passage is about, most passages first, then by name.

    Args:
        passages: of each passage its document, the companies that it is about, its text.
    """
    counts: Counter[str] = Counter()
    documents: dict[str, set[str]] = defaultdict(set)
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for document, about, text in passages:
        for start, end, name in catalogue.spans(text):
            forms[name][to_simplified(" ".join(text[start:end].split()))] += 1
        for name in about:
            counts[name] += 1
            documents[name].add(document)
    return [
        CompanyInfo(
            name,
            catalogue.parent_of(name),
            _others(name, forms[name], catalogue),
            count,
            tuple(sorted(documents[name])),
        )
        for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]


def _others(name: str, met: Counter[str], catalogue: Catalogue) -> tuple[str, ...]:
    """The forms met, most often met first, then those that only the list knows; each once."""
    found = {fold(name): name}
    # A form like 南阳分公司 means this company only where its group was named before.
    own = [form for form, _ in met.most_common(_MOST_FORMS) if catalogue.find(form) == [name]]
    for form in (*own, *catalogue.forms_of(name)):
        found.setdefault(fold(form), form)
    return tuple(found.values())[1:]
