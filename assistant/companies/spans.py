"""Mentions as spans of a text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

Span = tuple[int, int, str]
"""Start and end of a mention in the text, and the company's one name."""


def apart(found: Iterable[Span]) -> list[Span]:
    """Mentions that do not overlap, in text order: the earlier and then the longer one stays."""
    kept: list[Span] = []
    for span in sorted(found, key=lambda span: (span[0], -span[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def any_of(names: Iterable[str]) -> re.Pattern[str]:
    """Any of the names, longer ones first; nothing where there are none."""
    by_first: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names, key=lambda name: (-len(name), name)):
        by_first[name[0]].append(re.escape(name[1:]))
    # One branch for each first character lets the search skip where none of them stands.
    parts = [f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in by_first.items()]
    return re.compile("|".join(parts) or "(?!)")
