"""Lists in running text: the sentence that announces one, its items, and which of them belong together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from os.path import commonprefix

from assistant.answering.blocks.item_marks import LAST, bullet, marks
from assistant.answering.blocks.surroundings import Line
from assistant.answering.verifying.numerals import value_of
from assistant.records import BlockKind

_COUNT = re.compile(
    r"(?<![第\d])([两二三四五六七八九十]|\d{1,2})\s?(?:个(?!月|百分)|大|项|点(?!\d)|条|种|类|则|方面|步(?!伐))"
)
_ANNOUNCES = re.compile(
    r"以下|如下|下列|包括|分为|分别[是为]|主要[有是]|一系列|[多诸几数][项种个方]|体现[在为]|具体(?:来看|来说|而言)"
)
_OF_TABLE = re.compile(r"[上下附图]表|表\d|列表")
_PROSE = (BlockKind.TEXT, BlockKind.HEADING, BlockKind.CAPTION)
_SHORT = 90
_MOST = 12
_FEWEST_ALIKE = 3
_SAME_LETTERS = 4
"""Characters that parallel lines have in common at their beginning and their end together."""
_FAR = 14
"""Lines that may stand between one item and the next, in which the first is set out."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Places of lines: the one that announces the list, or None, and those of its items in text order."""

    head: int | None
    items: tuple[int, ...]

    @property
    def places(self) -> tuple[int, ...]:
        """All of them in text order."""
        return self.items if self.head is None else (self.head, *self.items)


def list_at(lines: Sequence[Line], at: int) -> Listing | None:
    """The list that the line at a place announces or is an item of; None where it is neither."""
    ways = (_numbered, _bulleted, _below_colon, _item_below_colon, _parallel)
    return next((listing for way in ways if (listing := way(lines, at))), None)


def count_in(text: str) -> int:
    """How many items a sentence announces (四个维度, 三大特色); 0 where it does not say."""
    counts = [int(value_of(number) or 0) for number in _COUNT.findall(text)]
    return next((n for n in counts if 2 <= n <= _MOST), 0)


def is_announcing(text: str) -> bool:
    """Whether a sentence may announce a list."""
    return _ends_in_colon(text) or count_in(text) > 0 or _ANNOUNCES.search(text) is not None


def _ends_in_colon(text: str) -> bool:
    return text.rstrip().endswith(("：", ":"))


def _numbered(lines: Sequence[Line], at: int) -> Listing | None:
    own = marks(lines[at].text)
    if not own:
        begins = at + 1 < len(lines) and any(
            m.number == 1 and m.start == 0 for m in marks(lines[at + 1].text)
        )
        listing = _numbered(lines, at + 1) if begins else None
        return listing if listing and listing.head == at else None
    found = [_chain(lines, at, form) for form in dict.fromkeys(mark.form for mark in own)]
    longest = max(found, key=len)
    first = marks(lines[longest[0]].text)[0]
    if len(longest) == 1 and len(own) == 1:
        return None
    return Listing(_head(lines, longest[0]) if first.number == 1 and first.start == 0 else None, longest)


def _chain(lines: Sequence[Line], at: int, form: str) -> tuple[int, ...]:
    """The places of the lines whose numbers of this form run on from one to the next, through `at`."""
    return (*reversed(_followed(lines, at, form, -1)), at, *_followed(lines, at, form, 1))


def _followed(lines: Sequence[Line], at: int, form: str, step: int) -> list[int]:
    numbers = _numbers(lines[at], form)
    found: list[int] = []
    place = last = at
    while 0 <= (place := place + step) < len(lines) and abs(place - last) <= _FAR:
        there = _numbers(lines[place], form)
        if not there:
            continue
        joins = _is_next(numbers, there) if step > 0 else _is_next(there, numbers)
        if not joins:
            break
        found.append(place)
        numbers, last = there, place
    return found


def _is_next(numbers: Sequence[int], there: Sequence[int]) -> bool:
    """Whether the second numbers go on from the first."""
    return there[0] == numbers[-1] + 1 or there[0] == LAST > numbers[-1]


def _numbers(line: Line, form: str) -> list[int]:
    return [mark.number for mark in marks(line.text) if mark.form == form]


def _head(lines: Sequence[Line], first: int) -> int | None:
    """The place before the first item, if it announces the list: in so many words or as a lead."""
    if first == 0:
        return None
    head = lines[first - 1]
    if head.kind is BlockKind.HEADING:
        return first - 1 if _ends_in_colon(head.text) else None
    is_lead = head.opens and (head.paragraph == lines[first].paragraph or len(head.text) <= _SHORT)
    return first - 1 if head.kind is BlockKind.TEXT and (is_lead or is_announcing(head.text)) else None


def _bulleted(lines: Sequence[Line], at: int) -> Listing | None:
    sign = bullet(lines[at].text)
    if not sign:
        begins = at + 1 < len(lines) and bullet(lines[at + 1].text) and lines[at + 1].opens
        listing = _bulleted(lines, at + 1) if begins and is_announcing(lines[at].text) else None
        return listing if listing and listing.head == at else None
    items = [at]
    for step in (-1, 1):
        place = at
        while 0 <= (place := place + step) < len(lines) and abs(place - items[-1 if step > 0 else 0]) <= _FAR:
            if lines[place].opens and bullet(lines[place].text) == sign:
                items.insert(len(items) if step > 0 else 0, place)
            elif lines[place].opens:
                break
    return Listing(_head(lines, items[0]), tuple(items)) if len(items) > 1 else None


def _below_colon(lines: Sequence[Line], at: int) -> Listing | None:
    """The paragraphs below a line that ends in a colon: as many as it announces, or those of one form."""
    line = lines[at]
    if not (line.closes and _ends_in_colon(line.text)) or _OF_TABLE.search(line.text):
        return None
    below = [n for n in range(at + 1, len(lines)) if lines[n].opens and lines[n].kind in _PROSE][:_MOST]
    count = count_in(line.text)
    if count and len(below) >= count:
        return Listing(at, tuple(below[:count]))
    items: list[int] = []
    for place in below:
        if items and not _is_alike(lines[items[0]], lines[items[-1]], lines[place]):
            break
        items.append(place)
    return Listing(at, tuple(items)) if items else None


def _is_alike(first: Line, before: Line, line: Line) -> bool:
    """Whether a line goes on with the list: short, whole, and closed as the first is."""
    if len(line.text) > _SHORT or len(first.text) > _SHORT or not line.closes:
        return False
    if first.text[-1] in "；;":
        return before.text[-1] in "；;"
    return (first.text[-1] in "。！？!?") == (line.text[-1] in "。！？!?")


def _item_below_colon(lines: Sequence[Line], at: int) -> Listing | None:
    above = [n for n in range(at) if _ends_in_colon(lines[n].text) and lines[n].closes]
    listing = _below_colon(lines, above[-1]) if above else None
    return listing if listing and at in listing.items and len(listing.items) > 1 else None


def _parallel(lines: Sequence[Line], at: int) -> Listing | None:
    """The short lines that each begin a paragraph and are built as this one: 强化……抓调研, 强化……抓调研."""
    if not _may_be_parallel(lines[at]):
        return None
    alike = [
        n
        for n, line in enumerate(lines)
        if n == at or (_may_be_parallel(line) and _same_ends(line.text, lines[at].text))
    ]
    return Listing(None, tuple(alike)) if _FEWEST_ALIKE <= len(alike) <= _MOST else None


def _may_be_parallel(line: Line) -> bool:
    return line.opens and line.kind in _PROSE and len(line.text) <= _SHORT


def _same_ends(one: str, other: str) -> bool:
    one, other = one.rstrip("。；;，"), other.rstrip("。；;，")
    shared = [len(commonprefix((a, b))) for a, b in ((one, other), (one[::-1], other[::-1]))]
    return one != other and min(shared) >= 1 and sum(shared) >= _SAME_LETTERS
