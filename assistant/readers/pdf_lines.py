"""Words of a page to its lines in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from statistics import median

from assistant.readers.pdf_page import Word

SAME_BASE = 0.35
"""Bases that differ by less, in font sizes, belong to one line (a raised mark does)."""
_RAISED_SIZE = 0.85
"""A raised mark is set no larger than this share of the text's size; a browser's is five sixths of it."""
_GAP = 1.3
"""A gap this wide, in font sizes, parts two cells or columns."""
_EXPONENT = re.compile(r"(?:\d|(?<![A-Za-z])[a-zμ]{0,2}m)$")
_BEFORE_BLANK = "0123456789,.;:!?)]%\"'"
_BEHIND_BLANK = '0123456789([$&"'
_COLUMN_LINES = 6
"""Lines that must be broken at one place to make two columns of a page."""


class Role(Enum):
    """What a line is on its page."""

    TEXT = auto()
    NOTE = auto()
    CONTENTS = auto()
    FURNITURE = auto()


@dataclass(slots=True)
class Line:
    """A line of text or a row of a table: words by cells, from left to right.

    `table` numbers the tables of a page from 1; 0 is no table. `head`: a row of column heads.
    """

    cells: list[list[Word]]
    table: int = 0
    head: bool = False
    bold: bool = False
    left: float = 0.0
    right: float = 0.0
    base: float = 0.0
    size: float = 0.0
    text: str = ""
    starts: list[tuple[int, Word]] = field(default_factory=list)
    """Where in `text` each word begins."""
    heads: tuple[str, ...] = ()
    """Of a row: the heads of its table's columns."""
    columns: tuple[int, ...] = ()
    """Of a row: where the columns of its table begin, or how many there are."""
    role: Role = Role.TEXT
    framed: bool = False
    """It stands across a drawn table."""
    dropped: tuple[int, ...] = ()
    """Places in `text` of footnote marks, which are no part of what it says."""

    @classmethod
    def of(cls, cells: list[list[Word]], *, table: int = 0, head: bool = False) -> Line:
        """A line from its words."""
        words = [word for cell in cells for word in cell]
        line = cls(cells, table, head)
        line.left = min(word.left for word in words)
        line.right = max(word.right for word in words)
        line.size = main_size(words)
        bases = [word.base for word in words if word.size == line.size]
        line.base = median(bases) if table else bases[0]
        line.text = line._compose()
        line._drop_marks()
        return line

    def _compose(self) -> str:
        """The cells with tabs between them; lines inside a cell are joined as Chinese is, without blanks."""
        parts: list[str] = []
        at = 0
        for number, cell in enumerate(self.cells):
            previous: Word | None = None
            if number:
                parts.append("\t")
                at += 1
            for word in cell:
                if previous is not None and _apart(previous, word):
                    parts.append(" ")
                    at += 1
                self.starts.append((at, word))
                parts.append(word.text)
                at += len(word.text)
                previous = word
        return "".join(parts)

    def _drop_marks(self) -> None:
        """Note the raised figures; behind a figure or a metre they are exponents and stay."""
        anchors = [(offset, word) for offset, word in self.starts if word.size == self.size]
        for offset, word in self.starts:
            if word.size > _RAISED_SIZE * self.size or not word.text.strip("[]〔〕").isdigit():
                continue
            anchor = min(anchors, key=lambda pair: abs(pair[0] - offset))[1]
            if is_raised(word, anchor) and not _EXPONENT.search(self.text[:offset].rstrip()):
                self.dropped += tuple(range(offset, offset + len(word.text)))


def main_size(words: Sequence[Word]) -> float:
    """The font size of most of the characters."""
    if len(words) == 1:
        return words[0].size
    shares: dict[float, int] = {}
    for word in words:
        shares[word.size] = shares.get(word.size, 0) + len(word.text)
    return max(shares, key=lambda size: shares[size])


def _apart(previous: Word, word: Word) -> bool:
    """Whether white space stands between two words: it does on a line, and where a line breaks Latin text."""
    if abs(previous.base - word.base) <= SAME_BASE * max(previous.size, word.size):
        return word.at != previous.at + len(previous.text)
    return had_blank(previous.text[-1], word.text[0])


def had_blank(last: str, first: str) -> bool:
    """Whether a line end between two characters stands for a blank: beside a Latin word, behind its marks."""
    latin = is_latin(last) or is_latin(first)
    return latin and (is_latin(last) or last in _BEFORE_BLANK) and (is_latin(first) or first in _BEHIND_BLANK)


def is_latin(character: str) -> bool:
    """Whether words written with it have blanks between them."""
    return character.isalpha() and character < "\u2e80"


def runs(words: Iterable[Word]) -> Iterator[list[Word]]:
    """Words that stand on one base, left to right, as the file holds them; raised marks among them."""
    run: list[Word] = []
    anchor: Word | None = None
    for word in words:
        if anchor is not None and _continues(anchor, run[-1], word):
            run.append(word)
            if word.size > _RAISED_SIZE * anchor.size:
                anchor = word
        else:
            if run:
                yield run
            run, anchor = [word], word
    if run:
        yield run


def _continues(anchor: Word, last: Word, word: Word) -> bool:
    """Whether a word stands on the line of `anchor`, to the right of `last`."""
    size = max(anchor.size, word.size)
    if word.left < last.right - 0.5 * size:
        return False
    if abs(word.base - anchor.base) <= SAME_BASE * size:
        return True
    near = word.left - last.right < size
    return near and (is_raised(word, anchor) or (last is anchor and is_raised(anchor, word)))


def is_raised(word: Word, anchor: Word) -> bool:
    """Whether a word is a small mark above the line, as those that point to footnotes are."""
    small = word.size <= _RAISED_SIZE * anchor.size and len(word.text) <= 4
    return small and 0.1 * anchor.size < anchor.base - word.base < 0.8 * anchor.size


def segments(run: Sequence[Word], gap: float = _GAP) -> list[list[Word]]:
    """A run cut at its gaps that are wider than so many font sizes."""
    parts: list[list[Word]] = [[run[0]]]
    for word in run[1:]:
        last = parts[-1][-1]
        if word.left - last.right > gap * min(last.size, word.size):
            parts.append([])
        parts[-1].append(word)
    return parts


def columns(found: Sequence[list[Word]]) -> list[list[Word]]:
    """Runs across two columns of prose are cut between them, and the left column put before the right one.

    On any other page they are left alone.
    """
    gutter = _gutter(found)
    if gutter is None:
        return list(found)
    result: list[list[Word]] = []
    lefts: list[list[Word]] = []
    rights: list[list[Word]] = []
    for run in found:
        left = [word for word in run if word.right <= gutter]
        right = [word for word in run if word.left >= gutter]
        if len(left) + len(right) < len(run):
            result.extend([*lefts, *rights, list(run)])
            lefts, rights = [], []
            continue
        lefts.extend([left] if left else [])
        rights.extend([right] if right else [])
    return [*result, *lefts, *rights]


def _gutter(found: Sequence[list[Word]]) -> float | None:
    """The middle of the gap that many full lines share; None where there is none."""
    gaps: list[tuple[float, float]] = []
    for run in found:
        parts = segments(run)
        if len(parts) == 2 and all(_is_prose(part) for part in parts):
            gaps.append((parts[0][-1].right, parts[1][0].left))
    if len(gaps) < _COLUMN_LINES:
        return None
    start, end = median(gap[0] for gap in gaps), median(gap[1] for gap in gaps)
    fitting = sum(abs(gap[0] - start) < 20 and abs(gap[1] - end) < 20 for gap in gaps)
    return (start + end) / 2 if start < end and fitting >= 0.7 * len(gaps) else None


def _is_prose(words: Sequence[Word]) -> bool:
    return words[-1].right - words[0].left > 14 * words[0].size
