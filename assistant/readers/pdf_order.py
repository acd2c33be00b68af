"""Lines of a page in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.readers.pdf_lines import SAME_BASE, Line

_HOLE = 2.4
_MOST_BLOCKS = 60
_FEW = 4
"""Lines of a block so short that it may be set into another one, as on a cover."""


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
    if step < -SAME_BASE * max(last.size, line.size):
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
            if held or any(other is not box and other.interleaves(last, line) for other in boxes):
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

    def interleaves(self, last: Line, line: Line) -> bool:
        """Whether one of its lines stands between two lines of another block, and others do not."""
        if len(self.lines) > _FEW:
            return False
        left, right = min(last.left, line.left), max(last.right, line.right)
        between = [x for x in self.lines if last.base < x.base - x.size and x.base < line.base - line.size]
        return any(min(x.right, right) > max(x.left, left) for x in between)

    def precedes(self, other: _Box) -> bool:
        """Above it in the same column, or beside it and further left."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        if across > 0 or down <= 0:
            return self.top < other.top
        return self.left < other.left
