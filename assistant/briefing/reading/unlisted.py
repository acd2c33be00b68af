"""Companies that the list does not know: their documents are read with their names added to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.briefing.naming import Directory, plain, without_places
from assistant.briefing.reading.rereading import Reread, Source
from assistant.briefing.reading.statements import Reader
from assistant.companies import Catalogue, forms
from assistant.companies.company_list import is_writable, unlisted
from assistant.companies.discovery import may_be_company, short_forms
from assistant.errors import CompanyError
from assistant.folding import fold, tidied, to_simplified
from assistant.index.ledger import Ledger
from assistant.records import CompanyInfo

_SHORTEST = 4
"""Characters of a name without its legal form that stand for nobody else."""


@dataclass(frozen=True, slots=True)
class Found:
    """A company, where what is about it is to be read, and the names to read it by."""

    info: CompanyInfo
    source: Source
    catalogue: Catalogue


class Companies:
    """Finds companies by any form of a name, those too that no list knows. Thread-safe."""

    def __init__(self, ledger: Ledger, catalogue: Catalogue, directory: Directory) -> None:
        self._ledger = ledger
        self._catalogue = catalogue
        self._directory = directory
        self._surveys = directory.surveys

    def found(self, name: str, *, branches: bool = False) -> Found:
        """The company that a name means; a name that texts hold is read as one if they speak of it so.

        Args:
            branches: whether its branches are to be read too.

        Raises:
            CompanyError: no passage is about such a company.
        """
        try:
            info = self._directory.company(name)
        except CompanyError as error:
            if not error.is_mentioned or not self._may_be_company(tidied(name)):
                raise
            if (found := self._asked(to_simplified(tidied(name)))) is None:
                raise
            return found
        same = self._same(info.name)
        if same == [info.name] and self._is_listed(info.name):
            return Found(info, self._ledger, self._surveys().catalogue)
        return self._read(max(same, key=self._weight), same, branches=branches) or Found(
            info, self._ledger, self._catalogue
        )

    def _asked(self, name: str) -> Found | None:
        same = self._same(name)
        known = max(same, key=self._weight)
        found = self._read(known, same, branches=False)
        if found is None:
            return None
        reader = Reader(found.source.view, found.catalogue)
        about = found.source.passages_about((known,))
        return found if any(known in reader.companies_of(passage) for passage in about) else None

    def _read(self, name: str, same: Sequence[str], *, branches: bool) -> Found | None:
        """A company under all its names; None where no passage is about it."""
        below = [branch.name for branch in self._directory.branches(name)] if branches else []
        held = {*self._surveys.holding(same), *self._documents((*same, *below))}
        texts = [fold(self._ledger.view(document).parsed.clean.text) for document in sorted(held)]
        others = [*(one for one in same if one != name), *self._short(same, texts)]
        lines = [_line(one, self._short([one], texts)) for one in self._unlisted() if one not in same]
        catalogue = self._catalogue.adding([*lines, _line(name, others)])
        source = Reread(self._ledger, catalogue, held)
        about = source.passages_about((name,))
        documents = tuple(sorted({passage.document for passage in about}))
        info = CompanyInfo(name, catalogue.parent_of(name), tuple(others), len(about), documents)
        return Found(info, source, catalogue) if about else None

    def _short(self, names: Sequence[str], texts: Sequence[str]) -> list[str]:
        """The short forms that texts use for names."""
        short = {
            form
            for name in names
            for text in texts
            if fold(name) in text
            for form in short_forms(text, [fold(name)])
        }
        return [form for form in sorted(short) if not self._catalogue.find(form)]

    def _same(self, name: str) -> list[str]:
        """The names under which the corpus has the company: with its legal form, without it, abridged."""
        known = [info.name for info in self._surveys().companies if plain(info.name) == plain(name)]
        known = known if name in known else [*known, name]
        return list(dict.fromkeys(form for one in known for form in (one, *self._shorter(one))))

    def _shorter(self, name: str) -> list[str]:
        """What a full name is without its legal form, if other documents have it so."""
        body = forms.body_of(name)
        shorter = dict.fromkeys(form for form in (body, without_places(body)) if len(form) >= _SHORTEST)
        own = self._documents([name])
        free = [form for form in shorter if is_writable(form) and not self._catalogue.find(form)]
        return [form for form in free if not own.issuperset(self._surveys.holding([form]))]

    def _unlisted(self) -> list[str]:
        """The companies of the corpus that no list knows: found elsewhere, they are nobody else here."""
        return unlisted((info.name for info in self._surveys().companies), self._catalogue)

    def _weight(self, name: str) -> int:
        return next((info.passages for info in self._surveys().companies if info.name == name), 0)

    def _documents(self, names: Iterable[str]) -> set[str]:
        wanted = set(names)
        return {doc for info in self._surveys().companies if info.name in wanted for doc in info.documents}

    def _is_listed(self, name: str) -> bool:
        return self._catalogue.find(name) == [name]

    def _may_be_company(self, name: str) -> bool:
        if self._catalogue.find(name) or not is_writable(name):
            return False
        held = self._surveys.holding([name])
        return may_be_company(fold(name), (fold(self._ledger.view(one).parsed.clean.text) for one in held))


def _line(name: str, others: Sequence[str]) -> str:
    """A line of the list."""
    return f"{name}: {', '.join(others)}" if others else name
