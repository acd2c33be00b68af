"""Dates of a text, and what they come to once it is known when it was written."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

_FIRST_MONTH = {"H1": 1, "H2": 7, "Q1": 1, "Q2": 4, "Q3": 7, "Q4": 10, "Q1-Q3": 9}
_END_OF = {
    "": "-12",
    "H1": "-06",
    "H2": "-12",
    "Q1": "-03",
    "Q2": "-06",
    "Q3": "-09",
    "Q1-Q3": "-09",
    "Q4": "-12",
}


class Role(Enum):
    """What a date does in its sentence."""

    GOVERNS = "governs"
    """What follows holds for it."""
    COMPARED = "compared"
    """Another time is measured against it: 较2018年."""
    MODIFIES = "modifies"
    """It tells one thing from others and says nothing of the rest: 2019年成立的公司."""
    SINCE = "since"
    """What follows began with it and goes on: 2017年以来."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """When a text was written, as far as is known; 0 for what is not."""

    year: int = 0
    month: int = 0
    day: int = 0


@dataclass(frozen=True, slots=True)
class Mention:
    """A date at `text[start:end]`, and up to where it governs what follows.

    `year` is 0 where it is not named; `back` is then how many years before the writing it lies, None where
    it is the one spoken of last (`is_same`) or not known at all. `part` is a half, quarter or quarters
    (`H1`, `Q3`, `Q1-Q3`). `now` marks 目前 and its like, `recent` 近日. `is_ahead`: what it dates is still to
    come.
    """

    start: int
    end: int
    until: int
    role: Role
    year: int = 0
    back: int | None = None
    months_back: int | None = None
    days_back: int | None = None
    month: int = 0
    day: int = 0
    part: str = ""
    now: bool = False
    recent: bool = False
    is_same: bool = False
    is_ahead: bool = False

    def resolved(self, anchor: Anchor, same: str = "") -> str:
        """The date in full, as far as it is named; empty where its year is not known.

        Args:
            anchor: when the text was written.
            same: the date spoken of before, for 同年 and for a month or half without its year.
        """
        if self.now:
            return _iso(anchor.year, anchor.month, 0)
        if self.recent:
            return _recently(anchor)
        if self.months_back is not None or self.days_back is not None:
            return self._shortly_before(anchor)
        year = self.year or self._year(anchor, same)
        if not year:
            return ""
        return f"{year}{self.part}" if self.part else _iso(year, self.month, self.day)

    def _year(self, anchor: Anchor, same: str) -> int:
        if self.back is not None:
            # What is printed early in a year may still have been written in the one before.
            is_early = 0 < anchor.month < self.month and not self.back
            return anchor.year - self.back - is_early if anchor.year else 0
        if same[:4].isdigit():
            return int(same[:4])
        if self.is_same or not anchor.year:
            return 0
        # A month or half without a year is the last such one before the writing, unless it is to come.
        first = (self.month or _FIRST_MONTH.get(self.part, 0), self.day)
        is_past = first > (anchor.month, anchor.day or 31) and not self.is_ahead
        return anchor.year - (anchor.month > 0 and is_past)

    def _shortly_before(self, anchor: Anchor) -> str:
        if not anchor.month:
            return ""
        if self.months_back is not None:
            months = anchor.year * 12 + anchor.month - 1 - self.months_back
            return _iso(months // 12, months % 12 + 1, self.day)
        day = anchor.day - (self.days_back or 0)
        return _iso(anchor.year, anchor.month, day) if anchor.day and day > 0 else ""


def end_of(date: str) -> str:
    """The last month of a year, half or quarter (`2022H1`: `2022-06`); any other date as it is."""
    return date[:4] + _END_OF.get(date[4:], date[4:]) if date else ""


def _recently(anchor: Anchor) -> str:
    """近日: the month of writing, if the month is not too young for that."""
    if anchor.day and anchor.day < 8:
        return _iso(anchor.year, 0, 0) if anchor.month > 1 else ""
    return _iso(anchor.year, anchor.month, 0) if anchor.month else ""


def _iso(year: int, month: int, day: int) -> str:
    if not year:
        return ""
    return "-".join(
        [str(year), *(f"{part:02}" for part in ((month, day) if month and day else (month,)) if part)]
    )
