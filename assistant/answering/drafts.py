"""An answer while it is put together, and what is handed out of it in the end."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.answering.evidence.judgement import Judgement
from assistant.answering.evidence.ranked import Evidence
from assistant.answering.retrieving.finding import Finding
from assistant.answering.trailing import trail_of
from assistant.answering.understanding.question import Query
from assistant.records import (
    Answer,
    AnswerSentence,
    Citation,
    Filters,
    Hint,
    Reason,
    ScoredPassage,
    Step,
    Tokens,
    Verdict,
)


@dataclass(slots=True)
class Draft:
    """An answer while it is put together.

    `question` is as it was typed, `asked` is it cleaned, `query` what it means after the turns before.
    `ranked` is the evidence that the judgement chose from. `started`, `understood` and `decided` are moments
    of the monotonic clock.
    """

    question: str
    started: float
    understood: float
    asked: str
    query: Query
    filters: Filters | None
    finding: Finding
    found: list[ScoredPassage]
    hints: tuple[Hint, ...] = ()
    notices: list[str] = field(default_factory=list)
    judgement: Judgement = field(default_factory=lambda: Judgement(Verdict.REFUSE))
    ranked: Sequence[Evidence] = ()
    partial_text: str = ""
    rewritten: str = ""
    decided: float = 0.0
    searching: float = 0.0

    def decide(self, judgement: Judgement) -> None:
        """Settle on a judgement; what follows is writing."""
        self.judgement = judgement
        self.decided, self.searching = time.monotonic(), self.finding.seconds

    def because(self, reason: Reason) -> None:
        """Name another rule as the one that decided."""
        self.judgement = replace(self.judgement, reason=reason)

    def answer(
        self,
        text: str,
        verdict: Verdict,
        engine: str,
        citations: Sequence[Citation] = (),
        sentences: Sequence[AnswerSentence] = (),
        *,
        nearest: tuple[str, ...] = (),
        tokens: Tokens | None = None,
    ) -> Answer:
        """The draft with its text, as it is handed out."""
        ended = time.monotonic()
        trail = trail_of(self.query, self.judgement, self.finding, self.found, self.ranked, citations)
        return Answer(
            question=self.question,
            text=text,
            verdict=verdict,
            engine=engine,
            seconds=round(ended - self.started, 4),
            citations=tuple(citations),
            sentences=tuple(sentences),
            notices=tuple(self.notices),
            nearest=nearest,
            partial_text=self.partial_text,
            tokens=tokens or Tokens(),
            hints=self.hints,
            rewritten=self.rewritten,
            trail=replace(trail, filters=self.filters or Filters(), steps=self._steps(ended)),
        )

    def _steps(self, ended: float) -> tuple[Step, ...]:
        decided = self.decided or ended
        seconds = {
            "understand": self.understood - self.started,
            "search": self.searching,
            "judge": decided - self.understood - self.searching,
            "write": ended - decided,
        }
        return tuple(Step(name, round(max(0.0, taken), 4)) for name, taken in seconds.items())
