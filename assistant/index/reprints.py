"""Which articles are reprints of each other.

An article's signature is a min-hash of its runs of eight characters: two signatures agree in about as many
places as their articles share of all their runs. Shorter runs would take the reports of two quarters, written
on one pattern with other figures, for reprints.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from assistant.folding import fold
from assistant.index.renewed import Renewed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Article = tuple[str, int]
"""A document and the place of the article in it."""

_RUN = 8
_BANDS, _ROWS = 20, 6
"""Articles are compared that agree in all rows of a band: 99.8 % of those that are 80 % alike do in one."""
_ALIKE = 0.8
_FEWEST_RUNS = 40
"""An article with fewer is a reprint only of one with the same characters."""
_HEADS = 20
"""With so many articles of a bucket the others are compared: on one pattern thousands may be written."""
_BLOCK = 1024
_GOLDEN = 0x9E3779B97F4A7C15
_WORDLESS = re.compile(r"[\W_]+")


def signature(text: str) -> bytes:
    """What the article of this text is known by; empty for a text without a letter or figure.

    It does not depend on script, width, case, punctuation and white space, nor on the machine.
    """
    import numpy as np

    letters = _letters(text)
    if not letters:
        return b""
    if len(letters) < _FEWEST_RUNS + _RUN:
        whole = int.from_bytes(blake2b(letters.encode(), digest_size=8).digest(), "little")
        runs = np.array([whole], dtype=np.uint64)
    else:
        runs = _runs(letters)
    factors, terms = _permutations()
    least = np.full(len(factors), np.iinfo(np.uint64).max, dtype=np.uint64)
    for start in range(0, len(runs), _BLOCK):
        hashed = runs[start : start + _BLOCK, None] * factors + terms
        np.minimum(least, hashed.min(axis=0), out=least)
    return (least >> np.uint64(32)).astype("<u4").tobytes()


def groups(signatures: Mapping[Article, bytes]) -> dict[Article, Article]:
    """For each article that has a reprint, the first article of its group; others are not in it.

    Articles of which a good part differs are none, so an article and a longer one that contains it are not.
    """
    import numpy as np

    holding: dict[bytes, list[Article]] = defaultdict(list)
    for article, known in signatures.items():
        if known:
            holding[known].append(article)
    if not holding:
        return {}
    rows = np.frombuffer(b"".join(holding), dtype="<u4").reshape(len(holding), -1)
    first = list(range(len(holding)))
    for bucket in _buckets(rows):
        _unite(rows, bucket, first)
    members: dict[int, list[Article]] = defaultdict(list)
    for at, articles in enumerate(holding.values()):
        members[_root(first, at)] += articles
    alike = (sorted(group) for group in members.values() if len(group) > 1)
    return {article: group[0] for group in alike for article in group}


def by_document(groups: Mapping[Article, Article]) -> dict[str, tuple[str, ...]]:
    """For each document with a reprinted article, the other documents that have it, by name."""
    holding: dict[Article, set[str]] = defaultdict(set)
    for article, representative in groups.items():
        holding[representative].add(article[0])
    others: dict[str, set[str]] = defaultdict(set)
    for documents in holding.values():
        for document in documents:
            others[document] |= documents - {document}
    return {document: tuple(sorted(names)) for document, names in sorted(others.items()) if names}


class Groups(Renewed[Mapping[Article, Article]]):
    """The groups of an index, as `groups` gives them. Thread-safe."""

    def __init__(
        self, generation: Callable[[], int], signatures: Callable[[], Mapping[Article, bytes]]
    ) -> None:
        """`generation` is a number that changes with the index, `signatures` reads those of its articles."""
        super().__init__(generation, lambda: groups(signatures()))


def _letters(text: str) -> str:
    return _WORDLESS.sub("", fold(text))


def _runs(letters: str) -> NDArray[np.uint64]:
    """A well mixed number for each run of characters (the last step of SplitMix64)."""
    import numpy as np

    codes = np.frombuffer(letters.encode("utf-32-le"), dtype="<u4").astype(np.uint64)
    count = len(codes) - _RUN + 1
    runs = np.zeros(count, dtype=np.uint64)
    for place in range(_RUN):
        runs *= np.uint64(_GOLDEN)
        runs += codes[place : place + count]
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        runs ^= runs >> np.uint64(shift)
        runs *= np.uint64(factor)
    runs ^= runs >> np.uint64(31)
    return runs


@lru_cache(maxsize=1)
def _permutations() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Odd factors and terms, one of each a place of the signature."""
    import numpy as np

    digests = [blake2b(str(place).encode(), digest_size=16).digest() for place in range(_BANDS * _ROWS)]
    numbers = np.frombuffer(b"".join(digests), dtype="<u8").astype(np.uint64).reshape(-1, 2)
    return numbers[:, 0] | np.uint64(1), numbers[:, 1].copy()


def _buckets(rows: NDArray[np.uint32]) -> Iterator[NDArray[np.intp]]:
    """The places, in rising order, of the signatures that agree in a whole band."""
    import numpy as np

    for band in range(_BANDS):
        part = np.ascontiguousarray(rows[:, band * _ROWS : (band + 1) * _ROWS])
        keys = part.view(np.dtype((np.void, part.itemsize * _ROWS))).ravel()
        _, owners, counts = np.unique(keys, return_inverse=True, return_counts=True)
        order = np.argsort(owners, kind="stable")
        ends = np.cumsum(counts)
        for end, count in zip(ends[counts > 1], counts[counts > 1], strict=True):
            yield order[end - count : end]


def _unite(rows: NDArray[np.uint32], bucket: NDArray[np.intp], first: list[int]) -> None:
    """Put those of a bucket into one group that are alike: with its first one, then with that of the rest."""
    import numpy as np

    for _ in range(_HEADS):
        head, bucket = int(bucket[0]), bucket[1:]
        agree = np.count_nonzero(rows[bucket] == rows[head], axis=1) >= _ALIKE * rows.shape[1]
        for at in bucket[agree]:
            one, other = sorted((_root(first, head), _root(first, int(at))))
            first[other] = one
        bucket = bucket[~agree]
        if len(bucket) < 2:
            return


def _root(first: list[int], at: int) -> int:
    while first[at] != at:
        first[at] = first[first[at]]
        at = first[at]
    return at
