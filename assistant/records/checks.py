"""What a look at a finished briefing finds: whether each line holds, and what it leaves out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BriefingCheck:
    """How far a briefing can be trusted.

    `figures` and `lines` (headline, bullets, events, readings) count what it says, `ungrounded` are those of
    both that their own sources do not bear out, in words. `stated` counts the distinct figures (value and
    unit) that its statements hold, `left_out` are those of them that it shows nowhere, as written. `passages`
    counts the different passages that it was made from, `used` those that it cites. `seconds`: to make it.
    """

    company: str
    seconds: float
    figures: int
    lines: int
    ungrounded: tuple[str, ...]
    stated: int
    left_out: tuple[str, ...]
    passages: int
    used: int

    @property
    def grounded(self) -> float:
        """The share of figures and lines that hold, from 0 to 1."""
        total = self.figures + self.lines
        return 1 - len(self.ungrounded) / total if total else 1.0

    @property
    def coverage(self) -> float:
        """The share of the distinct figures stated that are shown, from 0 to 1."""
        return 1 - len(self.left_out) / self.stated if self.stated else 1.0
