"""What people call a company whose full name a corpus has: 江州水务 for 江州水务集团."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from assistant.companies import own_names, places
from assistant.companies.forms import body_of
from assistant.companies.spans import Span, any_of
from assistant.folding import fold, is_word, tag

_SHORTEST = 3
_BODIES = "局厅署院所站处部委办"
"""What makes an authority of a name that it stands behind: 江州水务局 is no company."""


class ShortNames:
    """Names without their legal form, each of one company. They give way to every longer name."""

    def __init__(self, names: Mapping[str, str]) -> None:
        """`names` has the full name for every short one."""
        self._names = {fold(short): name for short, name in names.items()}
        self._written: dict[str, list[str]] = defaultdict(list)
        for short, name in names.items():
            self._written[name].append(short)
        self._any = any_of(self._names)

    def spans(self, folded: str) -> Iterator[Span]:
        """Start, end and the full name of every mention that is no part of a word or of an authority."""
        for match in self._any.finditer(folded):
            start, end = match.span()
            if folded[end : end + 1] not in tuple(_BODIES) and own_names.ends_word(folded, start, end):
                yield start, end, self._names[match.group()]

    def name_of(self, form: str) -> str:
        """The full name for a short one; the form itself where it is none."""
        return self._names.get(fold(form), form)

    def of(self, name: str) -> tuple[str, ...]:
        """The short names of a company."""
        return tuple(self._written.get(name, ()))


def short_names(names: Iterable[str], is_taken: Callable[[str], bool]) -> dict[str, str]:
    """The full name for every short one that means one of the names and, by `is_taken`, nobody else."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in names:
        if short := body_of(name):
            found[short].append(name)
    return {
        short: full[0]
        for short, full in found.items()
        if len(full) == 1 and is_telling(short) and not is_taken(short)
    }


def is_telling(short: str) -> bool:
    """Whether a name without its legal form still is a name: 智谷科技, and not 交通运输 or 广东交通."""
    words = tag(short)
    if len(short) < _SHORTEST or own_names.is_person(short) or own_names.is_body(short):
        return False
    if len(words) == 1:
        return words[0][1] in ("nt", "nz") or not is_word(short)
    return own_names.is_proper(words) or places.bare(words[0][0]) not in places.regions()
