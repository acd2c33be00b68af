"""Words of a page to its lines in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import groupby
from statistics import median

from assistant.readers.pdf_page import Word

_SAME_BASE = 0.35
"""Bases that differ by less, in font sizes, belong to one line (a raised mark does)."""
_RAISED_SIZE = 0.8
"""A raised mark is set smaller than this share of the text's size."""
_GAP = 1.3
"""A gap this wide, in font sizes, parts two cells or columns."""
_EXPONENT = re.compile(r"(?:\d|(?<![A-Za-z])[a-zμ]{0,2}m)$")
_HOLE = 2.4
_MOST_BLOCKS = 60
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
    if abs(previous.base - word.base) <= _SAME_BASE * max(previous.size, word.size):
        return word.at != previous.at + len(previous.text)
    return is_latin(previous.text[-1]) and is_latin(word.text[0])


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
    if abs(word.base - anchor.base) <= _SAME_BASE * size:
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


def ordered(lines: Sequence[Line], rows: Sequence[Line] = ()) -> list[Line]:
    """Lines as one reads them: down a column, then down the next. Rows of a table stay together.

    The file's own order is kept as far as it goes down the page; what goes up again is put in its place.
    """
    boxes = [_Box.of(list(block)) for _, block in groupby(rows, key=lambda row: row.table)]
    blocks: list[list[Line]] = []
    for line in lines:
        if blocks and _follows(blocks[-1][-1], line, boxes):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    boxes.extend(map(_Box.of, blocks))
    boxes = [part for box in boxes for part in _parted(box, boxes)]
    if len(boxes) > _MOST_BLOCKS:
        boxes.sort(key=lambda box: (round(box.top), box.left))
        return [line for box in boxes for line in box.lines]
    result: list[Line] = []
    while boxes:
        first = next((b for b in boxes if not any(o.precedes(b) for o in boxes if o is not b)), boxes[0])
        boxes.remove(first)
        result.extend(first.lines)
    return result


def _follows(last: Line, line: Line, tables: Sequence[_Box]) -> bool:
    """Whether a line stands below the one before it in the file, or beside it, with no table between."""
    step = line.base - last.base
    if step < -_SAME_BASE * max(last.size, line.size):
        return False
    if any(last.base <= table.bottom and table.top <= line.base for table in tables):
        return False
    return step < 6 * max(last.size, line.size) or line.left < last.right


def _parted(box: _Box, boxes: Sequence[_Box]) -> Iterator[_Box]:
    """A block cut where another one stands in a gap between its lines, as a chart does."""
    start = 0
    for at in range(1, len(box.lines)):
        last, line = box.lines[at - 1], box.lines[at]
        if line.base - last.base > _HOLE * line.size and not line.table:
            middle = (last.base + line.base - line.size) / 2
            held = any(
                other is not box
                and last.base - 2 <= other.top <= other.bottom <= line.base
                and other.top - 2 * line.size <= middle <= other.bottom + 2 * line.size
                for other in boxes
            )
            if held:
                yield _Box.of(box.lines[start:at])
                start = at
    yield _Box.of(box.lines[start:])


@dataclass(slots=True, eq=False)
class _Box:
    lines: list[Line]
    left: float
    right: float
    top: float
    bottom: float

    @classmethod
    def of(cls, lines: list[Line]) -> _Box:
        return cls(
            lines,
            min(line.left for line in lines),
            max(line.right for line in lines),
            min(line.base - line.size for line in lines),
            max(line.base for line in lines),
        )

    def precedes(self, other: _Box) -> bool:
        """Above it in the same column, or beside it and further left."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        if across > 0 or down <= 0:
            return self.top < other.top
        return self.left < other.left


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
