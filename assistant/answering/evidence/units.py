"""Passages to units: the sentences, and the parts of long ones, that an answer can quote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant import companies
from assistant.folding import compact, fold
from assistant.passages import sentences
from assistant.records import Passage

_ROW_CHARACTERS = 160
"""A row up to this long is quoted whole; a longer one has prose in its cells."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A citable stretch of a passage: `clean_text[start:end]`, and where its sentence and passage lie."""

    passage: Passage
    text: str
    start: int
    end: int
    sentence: tuple[int, int]


def units_of(passage: Passage) -> list[Unit]:
    """The passage's sentences; what stands between semicolons, or begins with a company, apart.

    Of a table the rows, whole if they are not long, but not the one of its column heads, which says nothing
    by itself.
    """
    found: list[Unit] = []
    for start, end, is_row in _stretches(passage):
        if is_row:
            text = passage.text[start:end]
            found.append(Unit(passage, text, passage.start + start, passage.start + end, (start, end)))
            continue
        for first, last in _parts(passage.text, start, end):
            text = passage.text[first:last]
            found.append(Unit(passage, text, passage.start + first, passage.start + last, (start, end)))
    return found


def _stretches(passage: Passage) -> Iterator[tuple[int, int, bool]]:
    """Sentences and rows, with whether it is a row to be left whole; no row of column heads."""
    table = compact(passage.table)
    for line in re.finditer(r"[^\n]+", passage.text):
        is_row = "\t" in line.group()
        if is_row and _is_head(line.group(), table):
            continue
        if is_row and len(line.group()) <= _ROW_CHARACTERS:
            yield *line.span(), True
        else:
            yield from ((*span, False) for span in sentences(line.group(), line.start()))


def _is_head(row: str, table: str) -> bool:
    heads = [compact(cell) for cell in row.split("\t") if cell.strip()]
    return len(heads) > 1 and all(head in table for head in heads)


def _parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    cuts = [start, *_cuts(text[start:end], start), end]
    return [(first, last) for first, last in zip(cuts, cuts[1:], strict=False) if first < last]


def _cuts(sentence: str, start: int) -> list[int]:
    """Where a part ends: after a semicolon, and before each clause of a list that begins with a company."""
    ends = [m.end() for m in re.finditer(r"[；;，,]", sentence) if not _open_quotes(sentence[: m.end()])]
    several = len(companies.find(sentence)) > 1  # a look at the whole first: most sentences name one or none
    subjects = {end: _subject(sentence[end:]) for end in (0, *ends) if several}
    parallel = len(set(subjects.values()) - {""}) > 1
    return [start + end for end in ends if sentence[end - 1] in "；;" or (parallel and subjects[end])]


def _subject(clause: str) -> str:
    """The company that a clause begins with: 「甲获得……，乙获得……」."""
    names = companies.find(clause[:12])
    return names[0] if names and fold(clause).startswith(names[0]) else ""


def _open_quotes(text: str) -> bool:
    return any(text.count(a) > text.count(b) for a, b in ("“”", "（）", "《》", "「」"))
