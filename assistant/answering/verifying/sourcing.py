"""What a model is given to write from: numbered passages, those that hold the answer first."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.answering.blocks.runs import Run
from assistant.answering.evidence.ranked import Evidence
from assistant.records import Passage, ScoredPassage, Source

_REACH = 3
"""Passages before and after that of the evidence in which its block may lie."""


def numbered_sources(
    evidence: Sequence[Evidence],
    blocks: Sequence[Run],
    found: Sequence[ScoredPassage],
    neighbours: Callable[[Passage, int], Sequence[Passage]],
    most: int,
) -> list[Source]:
    """The passages of the evidence with those that its blocks reach into, then the best found, each once.

    Args:
        evidence: the chosen units.
        blocks: what a quoted answer would quote of them; a list can go on in the next passage.
        found: the retriever's, best first.
        neighbours: the passages of a document at most so many places from one.
        most: how many sources there may be.
    """
    chosen: list[Passage] = []
    for one in evidence:
        own = one.unit.passage
        runs = [run for run in blocks if run.passage == own]
        reaches_out = any(run.start < own.start or run.end > own.end for run in runs)
        near = neighbours(own, _REACH) if reaches_out else ()
        held = [p for p in near if any(p.start < run.end and run.start < p.end for run in runs)]
        chosen += [own, *held]
    ordered = dict.fromkeys([*chosen, *(item.passage for item in found if not item.passage.front)])
    return [Source(n, p, p.start, p.end, p.text) for n, p in enumerate(list(ordered)[:most], start=1)]
