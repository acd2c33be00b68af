"""The line that the rows of a table share, and the label of a row, without what only orders them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_LINE_UNIT = re.compile(r"单位：(?P<unit>\S+(?:\s*币种\s*[:：]\s*\S+)?)\s*")
_NUMBERING = re.compile(
    r"^\s*(?:[一二三四五六七八九十]+[、.]|[(（][一二三四五六七八九十\d]+[)）]|\d+(?:\.\d+)*[、.](?!\d)|(?:其中|加|减)\s*[:：]|[-—–·●•]+)\s*"
)
_CAPTION_NUMBER = re.compile(r"^\s*(?:附?[表图]|图表)\s*[\d.-]+\s*[:：]?|^\d+(?:\.\d+)+\s*|^\d{1,2}\s+(?!年)")
_SIGNS = re.compile(r"\s*[(（][^()（）]*(?:填列|损失以|亏损以|注\s*\d*)[^()（）]*[)）]")
_TITLE_ABOVE = re.compile(r"^[一二三四五六七八九十]+、\S+\s+(?=\S)")
CURRENCY = re.compile(r"\s*币种\s*[:：]\s*\S+|^人民币(?=.)")
"""What a unit says of the currency beside its own name."""


@dataclass(frozen=True, slots=True)
class Table:
    """What the line that a table's rows share says, taken apart."""

    caption: str
    unit: str
    heads: tuple[str, ...]


def label_of(text: str) -> str:
    """A row's label without its number, and without the note on signs."""
    text = _SIGNS.sub("", text.strip())
    while (shorter := _NUMBERING.sub("", text)) != text and shorter:
        text = shorter
    return text


def _bare(head: str) -> str:
    """A column's head without numbered title and unit, which stand above a whole table of a sheet."""
    bare = _LINE_UNIT.sub("", head)
    return _TITLE_ABOVE.sub("", bare).strip() or head


@lru_cache(maxsize=1024)
def table_of(line: str) -> Table:
    """Caption, unit and heads of the line that the rows of a table share."""
    first, *rest = line.split(" | ")
    unit = ""
    if match := _LINE_UNIT.search(first):
        unit = CURRENCY.sub("", match["unit"]).strip(" ()（）")
        caption, head = first[: match.start()], first[match.end() :]
    elif rest:
        caption, _, head = first.rpartition(" ")
    else:
        caption, head = first, ""
    caption = _CAPTION_NUMBER.sub("", caption).strip()
    heads = tuple(map(_bare, (head, *rest))) if head or rest else ()
    return Table(label_of(caption), unit, heads)
