"""Invisible characters: controls, zero-width marks, odd spaces."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from assistant.mapped_text import MappedText

_KEPT_CONTROLS = "\n\t"


def drop_invisible(text: MappedText) -> MappedText:
    """Drop controls, format marks (zero-width spaces, BOMs) and private-use glyphs; keep line feeds and tabs.

    Every other line end becomes a line feed, so that the later steps know one kind. A text without any of
    these comes back as it is.
    """
    unified = _LINE_END.sub("\n", text.text.replace("\r\n", "\0\n"))
    dropped = {c for c in set(unified) if c not in _KEPT_CONTROLS and unicodedata.category(c) in _INVISIBLE}
    if not dropped:
        return text if unified == text.text else MappedText(unified, text.offsets)
    return MappedText(unified, text.offsets).keep(i for i, c in enumerate(unified) if c not in dropped)


def close_gaps(text: MappedText) -> MappedText:
    """Drop single spaces that conversion left between two Chinese characters of running text.

    Inside quotation marks and titles a space is the joint of a two-part name and stays.
    """
    dropped: set[int] = set()
    depth = Counter[str]()
    for match in _GAP_OR_MARK.finditer(text.text):
        mark = match.group()
        if mark in _CLOSES:
            depth[_CLOSES[mark]] -= 1
        elif mark != " ":
            depth[mark] += 1
        elif not any(open_marks > 0 for open_marks in depth.values()):
            dropped.add(match.start())
    return text.keep(i for i in range(len(text)) if i not in dropped) if dropped else text


_LINE_END = re.compile("[\r\f\v\x85\u2028\u2029]")
_CLOSES = {"”": "“", "》": "《", "」": "「", "』": "『"}
_GAP_OR_MARK = re.compile(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])|[“”《》「」『』]")
_INVISIBLE = {"Cc", "Cf", "Co", "Cn", "Cs"}
