"""Figures that others are said to have put about, and that the text denies."""

from __future__ import annotations

import re

from assistant.briefing.material import Statement
from assistant.folding import fold

_HEARSAY = re.compile(
    r"(?:自媒体|网传|传闻|谣言|据传|谣传|误传|有(?:媒体|报[道导]|消息|网友)|网上|市场传言|此前报[道导])[^。!?]*$"
)
_DENIAL = re.compile(r"澄清|更正|不实|有误|应为|否认|辟谣|不属实|失实|误报|修正为")
_AROUND = 160
"""Characters in front of and behind a statement in which it may be denied."""


def is_hearsay(statement: Statement, folded: str, at: int) -> bool:
    """Whether a figure at `at` of a statement is what others say of it, which is denied near by.

    Args:
        folded: the statement's text.
    """
    if not _HEARSAY.search(folded[:at]):
        return False
    passage = statement.passage
    first = max(0, statement.start - passage.start - _AROUND)
    around = passage.text[first : statement.end - passage.start + _AROUND]
    return bool(_DENIAL.search(fold(around)))
