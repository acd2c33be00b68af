"""What numbers the items of a list in running text: 一是, 第二, （三）, 4., ⑤, 首先, and bullets."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.answering.verifying.numerals import value_of

_ONES = "一二三四五六七八九十"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮"
LAST = 9
"""The number of 最后 and 此外, which come behind any."""
_WORDS = {"首先": 1, "其次": 2, "再次": 3, "再者": 3, "最后": LAST, "此外": LAST, "一方面": 1, "另一方面": 2}
_MARK = re.compile(
    rf"(?:^|(?<=[，,；;：:。、\s”]))(?:(?P<copula>[{_ONES}]{{1,2}})则?是(?!否)|其(?P<of_them>[{_ONES}])(?=[，,是为：:])|"
    rf"第(?P<ordinal>[{_ONES}]{{1,2}})(?:个?(?:方面|层面|类|阶段|部分))?[，,、：:是]|"
    rf"[（(]\s?(?:(?P<bracketed>[{_ONES}]{{1,2}})|(?P<in_brackets>\d{{1,2}}))\s?[)）]|"
    rf"(?P<word>{'|'.join(_WORDS)}))|(?P<circle>[{_CIRCLED}])|"
    rf"(?:^|(?<=[；;：:。\s]))(?:(?P<paused>[{_ONES}]{{1,2}})、|(?P<dot>\d{{1,2}})(?:\s?[、)）．]|\.(?!\d)))"
)
_BULLET = re.compile(r"[•●■◆▪·▶➢√◇○□※*\uf06c\uf0d8\uf0b7]|[-–—](?=\s)")


@dataclass(frozen=True, slots=True)
class Mark:
    """The number of an item, the form that it is written in, and where it stands in the text."""

    form: str
    number: int
    start: int


def marks(text: str) -> list[Mark]:
    """The numbers of the items that a text holds, in their order."""
    return [Mark(match.lastgroup or "", _number(match), match.start()) for match in _MARK.finditer(text)]


def bullet(text: str) -> str:
    """The bullet that a line begins with; empty for none."""
    match = _BULLET.match(text)
    return match.group() if match else ""


def _number(match: re.Match[str]) -> int:
    form = match.lastgroup or ""
    said = match[form]
    if form == "circle":
        return _CIRCLED.index(said) + 1
    if form == "word":
        return _WORDS[said]
    return int(value_of(said) or 0)
