"""Chosen evidence to what an answer quotes: whole lists, sentences and rows, and nothing beside them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answering.blocks.asked_lists import asked_list, asks_for_several
from assistant.answering.blocks.lists import Listing
from assistant.answering.blocks.neighbours import after, before
from assistant.answering.blocks.surroundings import Line, lines_around, place_of
from assistant.answering.evidence.ranked import Evidence
from assistant.answering.understanding.question import Query
from assistant.records import BlockKind, DocumentView, Passage

_LEAST = 60
"""Characters that one of several units has at least."""
_WHOLE = 160
"""A sentence up to this long is quoted whole; of a longer one what stands between its semicolons."""
_LONGEST = 280
"""The same of a question after several things."""
_SHORT_LIST = 220
"""A list up to this long is quoted with the sentences that set its items out."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a document that an answer quotes in one piece: `clean_text[start:end]`.

    `passage` is the one that the evidence stands in, `values` are the spans of `text` asked for.
    """

    passage: Passage
    text: str
    start: int
    end: int
    values: tuple[tuple[int, int], ...] = ()


def runs(
    query: Query, evidence: Sequence[Evidence], view: Callable[[str], DocumentView], limit: int
) -> list[Run]:
    """What is to be quoted of the evidence, in its order; what is contiguous in one piece, no words twice.

    Args:
        query: the question, understood.
        evidence: the chosen units, best first.
        view: gives a document by its name.
        limit: the longest answer, in characters.
    """
    found: list[Run] = []
    room = max(_LEAST, limit // max(1, len(evidence)))
    for one in evidence:
        document = view(one.unit.passage.document)
        for start, end in _joined(document, _spans(query, one, document, room)):
            if not any(_overlap(run, one.unit.passage.document, start, end) for run in found):
                found.append(_run(query, one, document, start, end))
    return found


def _overlap(run: Run, document: str, start: int, end: int) -> bool:
    return run.passage.document == document and run.start < end and start < run.end


def _spans(query: Query, evidence: Evidence, document: DocumentView, room: int) -> list[tuple[int, int]]:
    """The spans of the clean text that make the block of one unit, in text order."""
    unit = evidence.unit
    lines = lines_around(document.parsed, unit.passage.article, unit.start, unit.end)
    places = place_of(lines, unit.start, unit.end)
    if not places or lines[places[0]].kind is BlockKind.ROW:
        return [_tightened(evidence, room)]
    at = places[0]
    if listing := asked_list(query, lines, at):
        return _fitting(lines, listing, room)
    several = asks_for_several(query)
    needed = [*before(query, lines, at), *places, *after(query, lines, at)]
    if len(needed) > len(places) and _length(lines, needed) <= (room if several else min(room, _LONGEST)):
        return [(lines[n].start, lines[n].end) for n in needed]
    if _length(lines, places) <= min(room, _LONGEST if several else _WHOLE):
        return [(lines[n].start, lines[n].end) for n in places]
    return [_tightened(evidence, room)]


def _length(lines: Sequence[Line], places: Sequence[int]) -> int:
    return sum(len(lines[n].text) for n in places)


def _fitting(lines: Sequence[Line], listing: Listing, room: int) -> list[tuple[int, int]]:
    """The lines of a list as far as there is room, with what sets its items out if all of that is short.

    The first line is there whatever its length.
    """
    chosen = [lines[n] for n in listing.places]
    whole = list(lines[listing.places[0] : listing.places[-1] + 1])
    if len(whole) > len(chosen) and chosen[-1].opens:
        whole += [line for line in lines if line.paragraph == chosen[-1].paragraph][1:]
    is_set_out = {line.paragraph for line in whole} == {line.paragraph for line in chosen}
    if is_set_out and whole[-1].end - whole[0].start <= min(room, _SHORT_LIST):
        return [(line.start, line.end) for line in whole]
    spans: list[tuple[int, int]] = []
    left = room
    for line in chosen:
        left -= len(line.text)
        if spans and left < 0:
            break
        spans.append((line.start, line.end))
    return spans


def _tightened(evidence: Evidence, limit: int) -> tuple[int, int]:
    """The unit, or where it is too long the run of its clauses that holds most of what matters."""
    unit = evidence.unit
    text = unit.text
    if len(text) <= limit:
        return unit.start, unit.end
    cuts = [0, *(match.end() for match in re.finditer(r"[，,；;：:]", text)), len(text)]
    best, best_worth = (0, limit), -1.0
    for i, first in enumerate(cuts[:-1]):
        for last in cuts[i + 1 :]:
            if last - first > limit:
                break
            piece = text[first:last]
            worth = sum(3.0 for s, e in evidence.spans[:3] if first <= s and e <= last)
            worth += sum(term in piece for term in evidence.matched) - 0.002 * (last - first) - 0.001 * first
            if worth > best_worth:
                best, best_worth = (first, last), worth
    return unit.start + best[0], unit.start + best[1]


def _joined(document: DocumentView, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Neighbouring spans as one, where no word and no end of a page stands between them in the file."""
    offsets, pages = document.parsed.clean.offsets, document.parsed.pages
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        between = (offsets[joined[-1][1] - 1] + 1, offsets[start]) if joined else (0, 0)
        is_next = bool(joined) and bisect_right(pages, between[0]) == bisect_right(pages, between[1])
        if is_next and not re.search(r"\w", document.raw[slice(*between)]):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _run(query: Query, evidence: Evidence, document: DocumentView, start: int, end: int) -> Run:
    unit = evidence.unit
    text = document.parsed.clean.text[start:end]
    spans = [
        (unit.start + s - start, unit.start + e - start) for s, e in evidence.spans[: max(1, query.slots)]
    ]
    return Run(
        unit.passage, text, start, end, tuple(sorted((s, e) for s, e in spans if s >= 0 and e <= len(text)))
    )
