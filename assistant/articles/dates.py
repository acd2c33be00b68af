"""Dates as documents write them, in one form: `YYYY-MM-DD`, or as much of it as is known, or an issue."""

from __future__ import annotations

import re

_YEAR = r"(?P<y>(?:19|20)\d{2}|[一二][〇○零o0一二三四五六七八九]{3})"
_DIGITS = {character: str(value) for value, character in enumerate("〇一二三四五六七八九")} | {
    "○": "0",
    "零": "0",
    "o": "0",
}
_TIME = r"(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?"
DAY = re.compile(
    r"(?P<y>(?:19|20)\d{2})\s*(?:年|[-/.])\s*(?P<m>\d{1,2})\s*(?:月|"
    rf"[-/.])\s*(?P<d>\d{{1,2}})\s*日?{_TIME}"
)
"""A day in Arabic numerals, with the time behind it."""
_HAN_DAY = re.compile(
    rf"{_YEAR}\s*年\s*(?P<m>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})\s*月\s*"
    r"(?P<d>\d{1,2}|[一二三四五六七八九十]{1,3})\s*[日号]"
)
_REPUBLIC_DAY = re.compile(
    r"(?:中华)?民国\s*(?P<roc>\d{2,3})\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日"
)
"""A day of a year counted from 1912."""
_MONTH = re.compile(
    rf"{_YEAR}\s*(?:年\s*(?P<m>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s*月|"
    r"[-/.]\s*(?P<n>1[0-2]|0?[1-9])(?![\d.]))"
)
_YEAR_ALONE = re.compile(rf"(?<!\d){_YEAR}\s*年(?![\d年])|^\s*(?P<only>(?:19|20)\d{{2}})\s*$")
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME = rf"(?P<name>{'|'.join(_NAMES)})[a-z]*\.?"
_ENGLISH = (
    re.compile(rf"\b{_NAME}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s*,\s*(?P<y>(?:19|20)\d{{2}})"),
    re.compile(rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+{_NAME},?\s+(?P<y>(?:19|20)\d{{2}})"),
    re.compile(rf"\b{_NAME},?\s+(?P<y>(?:19|20)\d{{2}})"),
)
ISSUE = re.compile(r"(?:19|20)\d{2}年\s*第\s*\d+\s*期")
"""The issue of a journal."""


def read_date(text: str) -> str:
    """The first day of the folded text as `YYYY-MM-DD`, or an issue (`2020年第15期`), or nothing."""
    if (match := DAY.search(text)) or (match := _HAN_DAY.search(text)):
        return _written(match["y"], match["m"], match["d"]) or _issue(text)
    if match := _REPUBLIC_DAY.search(text):
        return _written(str(int(match["roc"]) + 1911), match["m"], match["d"])
    return _issue(text)


def without_date(text: str) -> str:
    """The folded text with blanks for what `read_date` reads in it."""
    for pattern in (DAY, _HAN_DAY, _REPUBLIC_DAY, ISSUE):
        text = pattern.sub(" ", text)
    return text


def read_stated_date(text: str) -> str:
    """Like `read_date`, of a text that states a date: also in English, or as a month or a year alone."""
    if known := read_date(text):
        return known
    for pattern in _ENGLISH:
        if match := pattern.search(text):
            month = str(_NAMES.index(match["name"]) + 1)
            return _written(match["y"], month, match.groupdict().get("d") or "")
    if match := _MONTH.search(text):
        return _written(match["y"], match["m"] or match["n"], "")
    if match := _YEAR_ALONE.search(text):
        return _written(match["y"] or match["only"], "", "")
    return ""


def is_date(text: str) -> bool:
    """Whether the folded text is a date and nothing else: a day, a month, an issue; a year needs its 年."""
    bare = re.sub(r"\s+", " ", text).strip(" ()[]【】《》")
    patterns = (DAY, _HAN_DAY, _REPUBLIC_DAY, _MONTH, *_ENGLISH, ISSUE)
    return any(pattern.fullmatch(bare) for pattern in patterns) or (
        bare.endswith("年") and _YEAR_ALONE.fullmatch(bare) is not None
    )


def start_of_last(text: str) -> int:
    """Where the day or month begins that ends the folded text; 0 where none does."""
    for pattern in (DAY, _HAN_DAY, _MONTH):
        for match in pattern.finditer(text.rstrip()):
            if match.end() == len(text.rstrip()):
                return match.start()
    return 0


def year(text: str) -> str:
    """A year in Arabic or Chinese numerals in Arabic ones."""
    return "".join(_DIGITS.get(character, character) for character in text)


def _issue(text: str) -> str:
    match = ISSUE.search(text)
    return re.sub(r"\s+", "", match.group()) if match else ""


def _written(year_text: str, month: str, day: str) -> str:
    numbers = [_number(month) if month else 0, _number(day) if day else 0]
    if numbers[0] > 12 or numbers[1] > 31 or (month and not numbers[0]) or (day and not numbers[1]):
        return ""
    return "-".join([year(year_text), *(f"{number:02d}" for number in numbers if number)])


def _number(text: str) -> int:
    """A number up to 99: 12, 十二, 二十, 三十一."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return int(year(text)) if len(text) == 1 else 0
    return 10 * (int(year(tens)) if tens else 1) + (int(year(ones)) if ones else 0)
