"""What a text puts around a quantity so that it does not say exactly so much: 超过, 近, 以上, 左右."""

from __future__ import annotations

import re

_ABOUT = (
    r"(?<![节条合签预契履违邀公特])约(?:[为有达合占计]|等于)?|大概|(?<![最附邻靠临])[接将]?近"
    r"|(?<![赶反])超(?:过|出)?了?|逾|突破了?|不[到足]|不(?:少|低|多|高|小|大)于|不超过?|[高低多少大小]于"
    r"|[至最][多少]|最[高低长短](?:可?达)?|[<>≤≥≈~]"
)
_CURRENCY = r"人民币|新台币|港币|rmb|us\$|[¥$]"
_ABOUT_IN_ENGLISH = (
    "over|more than|nearly|almost|about|approximately|around|at least|no (?:less|more) than|less than"
    "|fewer than|up to"
)
_BEFORE = re.compile(rf"(?:(?:{_ABOUT})\s*(?:{_CURRENCY})?|\b(?:{_ABOUT_IN_ENGLISH})|第)\s*$")
_AFTER = re.compile(
    r"\s*(?:(?:\([不]?含\))?\s*及?以[上下内]|左右|上下(?![游行班级浮])|有余|之[多内]|不等|(?<=[时天日月周钟秒])内"
    r"|[余多](?=[,。;、)的\s]|$))"
)
_INSIDE = re.compile(
    r"[\d一二两三四五六七八九十百千万亿]\s*[余几+]|\d[百千万亿]*\s*多(?![元媒])|[上数几][十百千万亿]"
)
_REACH = 14
"""Characters in front of a quantity that are looked at."""


def hedged(folded: str, start: int, end: int) -> tuple[int, int]:
    """The stretch of a folded text that holds a quantity, `folded[start:end]`, and what hedges it."""
    first = max(0, start - _REACH)
    before = _BEFORE.search(folded[first:start])
    after = _AFTER.match(folded, end)
    return first + before.start() if before else start, after.end() if after else end


def is_hedged(words: str) -> bool:
    """Whether folded words that hold a quantity say that it is about so much, or more or less than that."""
    number = re.search(r"\d", words)
    before = _BEFORE.search(words[: number.start()]) if number else None
    return bool(before and before.group() != "第" or _INSIDE.search(words) or _AFTER.search(words))
