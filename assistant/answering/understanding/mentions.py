"""What a text of a talk names: companies, documents' titles, quoted names, persons, places and things."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant import companies
from assistant.articles.metadata import is_person
from assistant.companies import Catalogue
from assistant.folding import fold, tag, tokenize
from assistant.index.renewed import Renewed

_SHORTEST, _LONGEST = 2, 24
_SHORTEST_ALIAS = 3
_NO_TITLE = re.compile(r"[，,。；;！!？?：\t]|^[\d\s年月日第上下半一二三四季度./-]+$")
_BRACKETS = re.compile(r"[（(）)]")
_QUOTED = re.compile(r"[“\"「『《]([^”\"」』》，。]{2,40})[”\"」』》]")
_THING = re.compile(r"(?<![a-z\d.])(?:[a-z]+[\d.+-]*[a-z\d]*|\d+[a-z][a-z\d+-]*)(?![a-z\d])")
NAME_TAGS = frozenset(("nr", "ns", "nt", "nz", "nrt", "nrfg"))
"""How segmentation tags the names of persons, places, bodies and other things."""
_NO_NAME = re.compile(r"^[那这]|[的了是太]")
_PLACE_ENDS = frozenset("村乡镇县州寨寺庙桥塔岛湖")
_HEAD_TAGS = frozenset(("n", "ng", "vn", "zg", "nz", "ns", "nt", "j"))


class Sort(StrEnum):
    """What a mention names."""

    COMPANY = "company"
    TITLE = "title"
    PERSON = "person"
    PLACE = "place"
    THING = "thing"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text: `name == text[start:end]`; a company's `identity` is its one name."""

    start: int
    end: int
    name: str
    sort: Sort
    identity: str


class Titles(Renewed[frozenset[str]]):
    """The titles of an index that read as names, folded. Thread-safe.

    A title with another name in brackets (鸟巢（国家体育场）) gives both.
    """

    def __init__(self, titles: Callable[[], Iterable[str]], generation: Callable[[], int]) -> None:
        """`titles` reads those of the articles, `generation` is a number that changes with the index."""
        super().__init__(
            generation, lambda: frozenset(name for title in titles() for name in names_in_title(title))
        )


def names_in_title(title: str) -> set[str]:
    """A title, folded, and what stands in and before its brackets, where they are short as names are."""
    name, *aliases = _BRACKETS.split(fold(title))
    aliases = [alias for alias in aliases if len(alias) >= _SHORTEST_ALIAS]
    names = (part.strip(' “”"《》') for part in (fold(title), name, *aliases))
    return {n for n in names if _SHORTEST <= len(n) <= _LONGEST and not _NO_TITLE.search(n)}


class Names:
    """Finds mentions. Thread-safe."""

    def __init__(
        self,
        catalogue: Catalogue | None = None,
        titles: Callable[[], frozenset[str]] = frozenset,
        idf: Callable[[Sequence[str]], Mapping[str, float]] | None = None,
    ) -> None:
        """Keep what names are known by.

        Args:
            catalogue: the companies; those that ship where none is given.
            titles: the names that documents have for titles, folded.
            idf: rarity of tokens in the index, as `Lexical.idf` gives it. What segmentation alone takes for a
                person must occur there; with None it need not.
        """
        self._catalogue = catalogue or companies.base()
        self._titles = titles
        self._idf = idf

    def find(self, text: str) -> list[Mention]:
        """The mentions in a text, in its order; where two overlap, the surer, then the longer stays."""
        folded = fold(text)
        sure = [
            *((start, end, Sort.COMPANY, name) for start, end, name in self._catalogue.spans(text)),
            *((start, end, Sort.TITLE, "") for start, end in self._titled(folded)),
        ]
        quoted = ((*match.span(1), Sort.THING, "") for match in _QUOTED.finditer(folded))
        tagged = (
            (start, end, sort, "")
            for start, end, sort in _segmented(folded)
            if sort is not Sort.PERSON or self._occurs(folded[start:end])
        )
        taken = [False] * len(text)
        found: list[Mention] = []
        for start, end, sort, identity in (
            *sorted(sure, key=lambda span: span[0] - span[1]),
            *quoted,
            *tagged,
        ):
            if not any(taken[start:end]):
                taken[start:end] = [True] * (end - start)
                found.append(Mention(start, end, text[start:end], sort, identity or folded[start:end]))
        return _merged(text, sorted(found, key=lambda mention: mention.start))

    def titled(self, text: str) -> dict[str, float]:
        """The titles that a text names, folded, each with its rarity in the index, from 0 to 1."""
        folded = fold(text)
        names = {folded[start:end] for start, end in self._titled(folded)}
        names -= {folded[start:end] for start, end, _ in self._catalogue.spans(text)}
        return {name: self._rarity(name) for name in names}

    def _occurs(self, name: str) -> bool:
        return self._idf is None or self._rarity(name) < 1.0

    def _rarity(self, name: str) -> float:
        """That of its rarest token; 1 for what no passage holds."""
        tokens = tokenize(name)
        idf = self._idf([*tokens, ""]) if self._idf else {}
        return max((idf.get(token, 1.0) for token in tokens), default=0.0) / idf.get("", 1.0)

    def _titled(self, folded: str) -> Iterator[tuple[int, int]]:
        """The longest title at each place."""
        titles = self._titles()
        start = 0
        while titles and start < len(folded):
            longest = min(_LONGEST, len(folded) - start)
            length = next((n for n in range(longest, 1, -1) if folded[start : start + n] in titles), 0)
            if length:
                yield start, start + length
            start += length or 1


def _merged(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions with places (奉节县 + 平安乡) or companies that follow each other as one."""
    merged: list[Mention] = []
    for mention in mentions:
        last = merged[-1] if merged else None
        if last and last.end == mention.start and last.sort is mention.sort in (Sort.PLACE, Sort.COMPANY):
            name = text[last.start : mention.end]
            identity = mention.identity if mention.sort is Sort.COMPANY else fold(name)
            merged[-1] = Mention(last.start, mention.end, name, mention.sort, identity)
        else:
            merged.append(mention)
    return merged


def _segmented(folded: str) -> Iterator[tuple[int, int, Sort]]:
    """Names as segmentation tags them, each with the nouns that follow it (昂拉 + 基站)."""
    words = [(word, part, end - len(word), end) for word, part, end in _with_ends(tag(folded))]
    at = 0
    while at < len(words):
        word, part, start, end = words[at]
        at += 1
        if len(word) < _SHORTEST or _NO_NAME.search(word):
            continue
        if at < len(words) and words[at][0] in _PLACE_ENDS and part[0] in "na":
            yield start, words[at][3], Sort.PLACE
            at += 1
            continue
        is_thing = _THING.fullmatch(word) is not None
        if not is_thing and part not in NAME_TAGS:
            continue
        heads = ""
        while at < len(words) and words[at][1] in _HEAD_TAGS:
            heads, end, at = heads + words[at][0], words[at][3], at + 1
        if part.startswith("nr") and len(word) == 2 and len(heads) == 1:  # a given name of two characters
            yield start, end, Sort.PERSON
        elif heads or is_thing or part in ("nz", "nt"):
            yield start, end, Sort.THING
        elif part == "ns":
            yield start, end, Sort.PLACE
        elif is_person(word):
            yield start, end, Sort.PERSON


def _with_ends(tagged: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, int]]:
    end = 0
    for word, part in tagged:
        end += len(word)
        yield word, part, end
