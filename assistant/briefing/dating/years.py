"""When a document was written, by its period or date or, where it has neither, by its own words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.briefing.dating.dates import mentions
from assistant.briefing.dating.moments import Role
from assistant.folding import fold
from assistant.records import Metadata

_DATE = re.compile(r"((?:19|20)\d\d)(?:-\d\d)?")
_AHEAD = re.compile(r"(?:(?<!截)[到至]|力争|预计|计划|将|规划|目标|有望|面向|展望)[^,，。；;]{0,8}$")
_STOP = re.compile(r"[。！？!?\n]+")
_THIS, _LAST = re.compile(r"今年"), re.compile(r"去年|过去一年")


@dataclass(frozen=True, slots=True)
class Written:
    """From which year 今年 and 去年 count (0: unknown), and for when holds what has no date (empty: unknown).

    `time` is the period that a report reports on, else the month of publication, else the year that a text
    is about.
    """

    year: int = 0
    time: str = ""


def written(metadata: Metadata, text: str) -> Written:
    """When a text was written.

    One without date that speaks of 今年 and not of 去年 was written in the latest year that it names as past
    or present, and is about that; one that looks back on 去年 and names one year alone is about that one and
    was written in the next.

    Args:
        metadata: what is known of the text.
        text: all of the document, or what of it was written at one time.
    """
    period, published = _DATE.match(metadata.period), _DATE.match(metadata.published)
    if period:
        return Written(int(period[1]), metadata.period.removesuffix("FY"))
    return Written(int(published[1]), published.group()) if published else _by_words(text)


@lru_cache(maxsize=8)
def _by_words(text: str) -> Written:
    folded = fold(text)
    this, last = bool(_THIS.search(folded)), bool(_LAST.search(folded))
    named = _named(folded) if this != last else set()
    if not named or (last and len(named) > 1):
        return Written()
    latest = max(named)
    return Written(latest + last, str(latest))


def _named(text: str) -> set[int]:
    """The years that a text names, but those it plans for, compares with or has in names."""
    found: set[int] = set()
    for sentence in _STOP.split(text):
        for mention in mentions(sentence):
            is_past = mention.role is Role.GOVERNS and not _AHEAD.search(sentence[: mention.start])
            if mention.year and is_past:
                found.add(mention.year)
    return found
