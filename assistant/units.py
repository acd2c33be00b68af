"""Passages to units: the sentences, and the parts of long ones, that an answer can quote."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.passages import sentences
from assistant.records import Passage


@dataclass(frozen=True, slots=True)
class Unit:
    """A citable stretch of a passage: `clean_text[start:end]`, and where its sentence and passage lie."""

    passage: Passage
    text: str
    start: int
    end: int
    sentence: tuple[int, int]


def units_of(passage: Passage) -> list[Unit]:
    """The passage's sentences, long enumerations between semicolons apart."""
    found: list[Unit] = []
    for start, end in sentences(passage.text):
        for first, last in _parts(passage.text, start, end):
            text = passage.text[first:last]
            found.append(Unit(passage, text, passage.start + first, passage.start + last, (start, end)))
    return found


def _parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    parts: list[tuple[int, int]] = []
    first = start
    for match in re.finditer(r"[；;]", text[start:end]):
        if _open_quotes(text[first : start + match.end()]):
            continue
        parts.append((first, start + match.end()))
        first = start + match.end()
    if first < end:
        parts.append((first, end))
    return parts


def _open_quotes(text: str) -> bool:
    return any(text.count(a) > text.count(b) for a, b in ("“”", "（）", "《》", "「」"))
