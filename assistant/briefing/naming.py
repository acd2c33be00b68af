"""Which company of the corpus a name means, its branches, and the nearest names where it means none."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.companies import Catalogue
from assistant.errors import CompanyError
from assistant.folding import tidied
from assistant.records import CompanyInfo
from assistant.records.briefings import Branch


class Directory:
    """The companies of an index, to be looked up by any form of a name. Thread-safe."""

    def __init__(self, listed: Callable[[], Sequence[CompanyInfo]], catalogue: Catalogue) -> None:
        """`listed` gives the companies that passages are about."""
        self._listed = listed
        self._catalogue = catalogue

    def company(self, name: str) -> CompanyInfo:
        """The company that a name means.

        Raises:
            CompanyError: no passage is about such a company.
        """
        name = tidied(name)
        wanted = [*self._catalogue.find(name), name]
        known = {info.name: info for info in self._listed()}
        for one in wanted:
            if one in known:
                return known[one]
        raise CompanyError(name)

    def branches(self, name: str) -> tuple[Branch, ...]:
        """The companies right below one, most spoken of first."""
        return tuple(Branch(info.name, info.passages) for info in self._listed() if info.parent == name)
