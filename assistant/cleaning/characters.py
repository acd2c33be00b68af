"""Invisible characters: controls, zero-width marks, odd spaces."""

from __future__ import annotations

import re
import unicodedata

from assistant.mapped_text import MappedText

_KEPT_CONTROLS = "\n\t"


def drop_invisible(text: MappedText) -> MappedText:
    """Drop controls, format marks (zero-width spaces, BOMs) and private-use glyphs; keep line feeds and tabs.

    Carriage returns and form feeds become line feeds, so that every later step knows one kind of line end.
    """
    unified = text.text.replace("\r\n", "\0\n").replace("\r", "\n").replace("\f", "\n").replace("\v", "\n")
    kept = [
        i for i, c in enumerate(unified) if c in _KEPT_CONTROLS or unicodedata.category(c) not in _INVISIBLE
    ]
    return MappedText(unified, text.offsets).keep(kept)


def close_gaps(text: MappedText) -> MappedText:
    """Drop single spaces that conversion left between two Chinese characters of running text.

    Inside quotation marks and titles a space is the joint of a two-part name and stays.
    """
    dropped: set[int] = set()
    for match in _GAP.finditer(text.text):
        before = text.text[: match.start()]
        if not any(before.count(a) > before.count(b) for a, b in _PAIRS):
            dropped.add(match.start())
    return text.keep(i for i in range(len(text)) if i not in dropped) if dropped else text


_GAP = re.compile(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")
_PAIRS = (("“", "”"), ("《", "》"), ("「", "」"), ("『", "』"))
_INVISIBLE = {"Cc", "Cf", "Co", "Cn", "Cs"}
