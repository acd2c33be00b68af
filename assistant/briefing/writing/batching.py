"""Which lines a model reads in which call, so that each call has room and there are not too many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.briefing.writing.drafts import Line

Cost = Callable[[Line, Line | None], int]
"""Tokens of a line in a prompt, given the line before it."""

_MOST_BATCHES = 6
"""Calls for one theme: what they give must fit into the call that puts it together."""


@dataclass(frozen=True, slots=True)
class Job:
    """Whole themes that are read in one call, or one theme that takes several and a last one."""

    batches: tuple[tuple[Line, ...], ...]

    @property
    def topics(self) -> tuple[int, ...]:
        """The themes, in their order."""
        return tuple(dict.fromkeys(line.topic for batch in self.batches for line in batch))

    @property
    def calls(self) -> int:
        """How many calls it takes."""
        return len(self.batches) + (len(self.batches) > 1)

    @property
    def lines(self) -> int:
        """How many lines it reads."""
        return sum(map(len, self.batches))


@dataclass(frozen=True, slots=True)
class Limits:
    """What calls may take: tokens of lines a call, lines and themes a call, and calls altogether."""

    tokens: int
    lines: int
    themes: int
    calls: int


def planned(themes: Sequence[Sequence[Line]], cost: Cost, limits: Limits) -> list[Job]:
    """The calls for some themes, the weightiest first; of each the weightiest line first.

    Small themes share a call. Where not all fits into the calls allowed, every theme is read in one as long
    as there are any, and what is left goes round for second ones; last lines and last themes are left out.
    """
    jobs: list[Job] = []
    for lines in themes:
        batches = tuple(split(lines, cost, limits)[:_MOST_BATCHES])
        if jobs and len(batches) == len(jobs[-1].batches) == 1:
            together = (*jobs[-1].batches[0], *batches[0])
            if _fit(together, cost, limits):
                jobs[-1] = Job((together,))
                continue
        if batches:
            jobs.append(Job(batches))
    return _within(jobs, limits.calls)


def _within(jobs: Sequence[Job], calls: int) -> list[Job]:
    """The jobs cut down to so many calls, the first of them the least."""
    cut = [Job(job.batches[:1]) for job in jobs[:calls]]
    left = calls - len(cut)
    for size in range(2, _MOST_BATCHES + 1):
        for at, job in enumerate(cut):
            longer = Job(jobs[at].batches[:size])
            if size <= len(jobs[at].batches) and longer.calls - job.calls <= left:
                left -= longer.calls - job.calls
                cut[at] = longer
    return cut


def split(lines: Sequence[Line], cost: Cost, limits: Limits) -> list[tuple[Line, ...]]:
    """The lines in batches that have room each; a line that alone has none is left out."""
    batches: list[list[Line]] = []
    left = 0
    for line in lines:
        if cost(line, None) > limits.tokens:
            continue
        before = batches[-1][-1] if batches else None
        if not batches or cost(line, before) > left or len(batches[-1]) == limits.lines:
            batches.append([])
            before, left = None, limits.tokens
        batches[-1].append(line)
        left -= cost(line, before)
    return [tuple(batch) for batch in batches]


def _fit(lines: Sequence[Line], cost: Cost, limits: Limits) -> bool:
    """Whether the lines have room in one call."""
    if len({line.topic for line in lines}) > limits.themes:
        return False
    return len(split(lines, cost, limits)) == 1
