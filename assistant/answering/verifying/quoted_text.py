"""A document's words as an answer shows them: its own brackets no marks, a part of a sentence ended."""

from __future__ import annotations

import re

# Numbers in brackets that the document itself has: as they stand they would pass for the answer's own marks.
_FOREIGN_MARK = re.compile(r"[\[［【](\s*\d+\s*)[\]］】]")
_PAUSES = "；;，,、：: "
_ENDS = "。！？!?…”’」』）)"


def without_foreign_marks(text: str) -> str:
    """The text with 〔1〕 for its own [1]; the length does not change."""
    return _FOREIGN_MARK.sub(r"〔\1〕", text)


def without_pause(text: str) -> str:
    """The text without the comma or semicolon that leads on from it."""
    return text.rstrip(_PAUSES)


def ended(text: str) -> str:
    """The text with a full stop where it has none; a row of a table needs none."""
    return text if not text or "\t" in text or text[-1] in _ENDS else f"{text}。"
