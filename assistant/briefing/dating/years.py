"""When a document was written, by its period or date or, where it has neither, by its own words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.briefing.dating.dates import mentions
from assistant.briefing.dating.moments import Anchor, Role
from assistant.briefing.dating.periods import bare
from assistant.folding import fold
from assistant.records import Metadata

_DATE = re.compile(r"((?:19|20)\d\d)(?:-\d\d)?")
_AHEAD = re.compile(r"(?:(?<!截)[到至]|力争|预计|计划|将|规划|目标|有望|面向|展望)[^,，。；;]{0,8}$")
_STOP = re.compile(r"[。！？!?\n]+")
_REPORTED = re.compile(
    r"((?:19|20)\d\d)\s*年(?:度|年度|全年)?\S{0,8}(?:报告|年报|报表|统计|公报|总结|回眸|回顾|盘点|业绩|决算|大事记)"
)
_DATELINE = re.compile(
    r"(?:[^\W\d]{1,12}[ /·|,:\u3000]*){0,4}(?:发稿|发布|更新|刊发)?(?:日期|时间)?[ :]*"
    r"(?:(?:19|20)\d\d\s*[-年./]|(?:中华)?民国\d+年)\s*\d{1,2}\s*[-月./]\s*\d{1,2}\s*日?"
    r"(?=[\s/·|,()]|$)(?:\s*星期[一二三四五六日天]|(?![^\n]*[。!?]))"
)
_HEAD, _LINES = 400, 5
"""How much of a text may stand above it, and in how many lines."""
_THIS, _LAST = re.compile(r"今年"), re.compile(r"去年|过去一年")
_LOOKING_BACK = re.compile(r"(?<![较比与同])去年(?!同期)|过去一年")


@dataclass(frozen=True, slots=True)
class Written:
    """From which year 今年 and 去年 count (0: unknown), and for when holds what has no date (empty: unknown).

    `time` is the period that a report reports on, else the month of publication, else the year that a text
    is about. It is the day of a part of the text that has one of its own.
    """

    year: int = 0
    time: str = ""


def written(metadata: Metadata, text: str, day: str = "") -> Written:
    """When a text was written.

    One without date that speaks of 今年 and not of 去年 was written in the latest year that it names as past
    or present, and is about that; one that looks back on 去年 and names one year alone is about that one and
    was written in the next. A dateline that was not taken for the date of publication goes before that, and a
    title that says which year the text looks back on.

    Args:
        metadata: what is known of the text.
        text: all of the document, or what of it was written at one time.
        day: when the part of it was written that is asked for, `YYYY-MM-DD`, where that is known by itself.
    """
    period, published = _DATE.match(metadata.period), _DATE.match(metadata.published)
    if period:
        return Written(int(period[1]), bare(metadata.period))
    if day:
        return Written(int(day[:4]), day)
    about = _REPORTED.search(metadata.title)
    if published:
        year, month = int(published[1]), published.group()
        is_about = about is not None and int(about[1]) in (year - 1, year)
        if about and is_about:
            return Written(year, about[1])
        return Written(year, month)
    dated = _dateline(text[:_HEAD])
    if dated:
        return Written(int(dated[:4]), dated[:7])
    return Written(int(about[1]), about[1]) if about else _by_words(text)


@lru_cache(maxsize=8)
def _dateline(head: str) -> str:
    """The one day that a line above the text names, beside no more than who writes and where."""
    for line in fold(head).split("\n")[:_LINES]:
        match = _DATELINE.match(line)
        days = [m for m in mentions(line[: match.end()]) if m.year and m.month and m.day] if match else []
        if len(days) == 1:
            return days[0].resolved(Anchor())
    return ""


@lru_cache(maxsize=8)
def _by_words(text: str) -> Written:
    folded = fold(text)
    this, last = bool(_THIS.search(folded)), bool(_LAST.search(folded))
    is_plain = this if not last else not this and bool(_LOOKING_BACK.search(folded))
    named = _named(folded) if is_plain else set()
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
