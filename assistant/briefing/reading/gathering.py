"""Every passage about a company; those that say the same as another once."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence
from itertools import groupby

from assistant.answering.retrieving.collapsing import say_the_same
from assistant.briefing.material import Gathered
from assistant.briefing.reading.rereading import Source
from assistant.folding import compact
from assistant.records import Passage

_RUN = 12
_SAMPLED = 8
"""One run of characters in so many is looked at: those that begin with certain characters."""
_SHARED = 0.6
"""The share of the shorter passage's sampled runs that one must have which may say the same."""
_HEADS = 8
"""With so many of those that share a run a passage is compared: on one pattern thousands may be written."""
_WORDLESS = re.compile(r"[\W_]+")


def gather(
    source: Source,
    names: Sequence[str],
    stated: Callable[[Passage], Collection[str]] = lambda passage: (),
    forms: Collection[str] = (),
) -> Gathered:
    """The passages of which one of the companies is a subject, and those that go on with what they say.

    A table of many companies counts where a row of it is one of theirs.

    Those that say the same as another are left out, whether they stand in a reprint, in another article or
    in the same document again.

    Args:
        names: companies under their one name.
        stated: the companies that a passage states something of.
        forms: the names that rows of tables have for them.
    """
    found = [passage for passage in source.passages_about(names) if not passage.front]
    found += _continuing(found, source, lambda passage: not set(names).isdisjoint(stated(passage)))
    known = {passage.id for passage in found}
    tables = (passage for passage in source.tables_naming(forms) if passage.id not in known) if forms else ()
    found += [passage for passage in tables if not set(names).isdisjoint(stated(passage))]
    repeats = _repeats_of(found)
    kept = sorted((passage for passage in found if passage.id in repeats), key=_place)
    return Gathered(tuple(names), tuple(kept), repeats)


def _continuing(
    found: Sequence[Passage], source: Source, belongs: Callable[[Passage], bool]
) -> list[Passage]:
    """The passages right behind those found, as far as they still belong."""
    more: list[Passage] = []
    for document, own in groupby(found, key=lambda passage: passage.document):
        known = {passage.ordinal for passage in own}
        last: Passage | None = None
        for passage in source.passages(document):
            goes_on = last is not None and last.article == passage.article and not passage.front
            if passage.ordinal in known:
                last = passage
            elif goes_on and belongs(passage):
                more.append(passage)
                last = passage
            else:
                last = None
    return more


def _repeats_of(passages: Sequence[Passage]) -> dict[str, tuple[str, ...]]:
    """The ids of the passages that no other contains, with the documents of those that they contain."""
    kept: list[Passage] = []
    repeats: dict[str, list[str]] = {}
    whole: dict[tuple[str, ...], Passage] = {}
    at_run: dict[str, list[int]] = defaultdict(list)
    for passage in sorted(passages, key=_precedence):
        runs = _runs(passage.text)
        shared = Counter(at for run in runs for at in at_run.get(run, ()))
        near = (kept[at] for at, count in shared.most_common(_HEADS) if count >= _SHARED * len(runs))
        key = (compact(passage.text), compact(passage.table), *passage.companies[:1])
        same = whole.get(key) or next((other for other in near if _repeats(passage, other)), None)
        if same is not None:
            repeats[same.id].append(passage.document)
            continue
        for run in runs:
            if len(at_run[run]) < _HEADS:
                at_run[run].append(len(kept))
        whole[key] = passage
        kept.append(passage)
        repeats[passage.id] = []
    return {id: tuple(sorted(documents)) for id, documents in repeats.items()}


def _repeats(passage: Passage, other: Passage) -> bool:
    """Whether a passage says nothing that the other, longer one does not say of the same company."""
    return (
        passage.companies[:1] == other.companies[:1]
        and compact(passage.table) == compact(other.table)
        and say_the_same(passage.text, other.text)
    )


def _runs(text: str) -> set[str]:
    letters = _WORDLESS.sub("", compact(text))
    starts = (at for at in range(len(letters) - _RUN + 1) if ord(letters[at]) % _SAMPLED == 0)
    return {letters[at : at + _RUN] for at in starts} or {letters}


def _precedence(passage: Passage) -> tuple[int, bool, str, str, int]:
    """The longest first, of equally long ones the earliest published."""
    published = passage.metadata.published
    return -len(passage.text), not published, published, *_place(passage)


def _place(passage: Passage) -> tuple[str, int]:
    return passage.document, passage.ordinal
