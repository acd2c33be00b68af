"""The evaluations of this process: one at a time, in a thread that no page's rerun or end disturbs."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING

from assistant.errors import AssistantError, IndexMismatchError, QuestionError
from assistant.records.evaluation import EvaluationOptions, EvaluationReport, QuestionSet, RowResult

if TYPE_CHECKING:
    from assistant.service import Assistant

COMMAND = "streamlit run app.py"
MOST_QUESTIONS = 5000


class Run:
    """One evaluation: what is asked, and what has come of it so far.

    `rows` grows while it runs. `report` is over these rows and comes at its end, also when it was stopped.
    `failure` is what ended it too early, in one line; empty for what nobody foresaw, None for a good end.
    `owner` is the only person who may see it; None where everybody may. `language` is that of refusals and
    failures, empty for the one of the settings.
    """

    def __init__(
        self,
        number: int,
        question_set: QuestionSet,
        options: EvaluationOptions,
        owner: str | None = None,
        language: str = "",
    ) -> None:
        self.number = number
        self.question_set = question_set
        self.options = options
        self.owner = owner
        self.language = language
        self.started = datetime.now(UTC)
        self.rows: list[RowResult] = []
        self.report: EvaluationReport | None = None
        self.failure: str | None = None
        self.is_running = False
        self._begun = time.monotonic()
        self._before = 0

    @property
    def total(self) -> int:
        """The number of questions."""
        return len(self.question_set.questions)

    @property
    def seconds_left(self) -> float | None:
        """At the speed so far; None before the first row has come."""
        done = len(self.rows) - self._before
        return (time.monotonic() - self._begun) / done * (self.total - len(self.rows)) if done else None

    def begin(self) -> None:
        """Count time and rows from here."""
        self.is_running, self.failure = True, None
        self._begun, self._before = time.monotonic(), len(self.rows)


class Evaluations:
    """Shared by every session. Keeps the last runs, of `kept_rows` questions together at most."""

    def __init__(self, assistant: Assistant, kept_rows: int = 6000) -> None:
        self._assistant = assistant
        self._kept_rows = kept_rows
        self._runs: list[Run] = []
        self._lock = Lock()
        self._stopping, self._idle = Event(), Event()
        self._idle.set()

    @property
    def runs(self) -> tuple[Run, ...]:
        """The runs that are kept, newest first."""
        return tuple(reversed(self._runs))

    def seen_by(self, person: str) -> tuple[Run, ...]:
        """The runs that this person may see, newest first."""
        return tuple(run for run in self.runs if run.owner in (None, person))

    @property
    def running(self) -> Run | None:
        """The run that is going on."""
        return next((run for run in self.runs if run.is_running), None)

    @property
    def is_stopping(self) -> bool:
        """Whether the run that is going on ends with the question that is being answered."""
        return self._stopping.is_set() and not self._idle.is_set()

    def start(
        self,
        question_set: QuestionSet,
        options: EvaluationOptions,
        owner: str | None = None,
        language: str = "",
    ) -> Run:
        """Begin a run; `owner` and `language` as in `Run`.

        Raises:
            QuestionError: another one is going on, or there are more questions than fit in memory.
        """
        if len(question_set.questions) > MOST_QUESTIONS:
            raise QuestionError(
                f"{question_set.name} has {len(question_set.questions)} questions and the page takes "
                f"{MOST_QUESTIONS}; use python -m assistant evaluate"
            )
        with self._lock:
            number = self._runs[-1].number + 1 if self._runs else 1
            run = Run(number, question_set, options, owner, language)
            self._begin(run)
            self._runs.append(run)
            self._forget_oldest()
        return run

    def resume(self, run: Run) -> None:
        """Go on with a run that was stopped.

        Raises:
            QuestionError: another one is going on.
            IndexMismatchError: the index is no longer the one that the first rows were asked of.
        """
        if run.report and self._assistant.facts().content != run.report.index.content:
            raise IndexMismatchError("the index has changed since this evaluation began; start a new one")
        with self._lock:
            self._begin(run)

    def stop(self) -> None:
        """Have the run end after the question that is being answered; its rows stay."""
        self._stopping.set()

    def close(self, seconds: float) -> bool:
        """Stop, and wait at most `seconds`; whether nothing runs any more."""
        self.stop()
        return self._idle.wait(seconds)

    def _begin(self, run: Run) -> None:
        if not self._idle.is_set():
            raise QuestionError("another evaluation is going on; wait for its end or stop it")
        self._idle.clear()
        self._stopping.clear()
        run.begin()
        Thread(target=self._run, args=(run,), name="evaluation", daemon=True).start()

    def _run(self, run: Run) -> None:
        try:
            _guarded(run, lambda: self._ask(run))
            _guarded(run, lambda: self._conclude(run))
        finally:
            run.is_running = False
            self._idle.set()

    def _ask(self, run: Run) -> None:
        for row in self._missing(run):
            run.rows.append(row)
            if self._stopping.is_set():
                return

    def _conclude(self, run: Run) -> None:
        from assistant.evaluation.reporting import report

        if run.rows:
            given = (run.question_set, run.rows, run.options, self._assistant)
            run.report = report(*given, command=COMMAND, started=run.started)

    def _missing(self, run: Run) -> Iterator[RowResult]:
        """The rows that are still missing."""
        from assistant.evaluation.running import run as evaluate

        done = tuple(run.rows)
        rows = evaluate(self._assistant, run.question_set.questions, run.options, done, run.language)
        return islice(rows, len(done), None)

    def _forget_oldest(self) -> None:
        while len(self._runs) > 1 and _size(self._runs) > self._kept_rows:
            del self._runs[0]


def _guarded(run: Run, step: Callable[[], None]) -> None:
    """Do it; what it raises ends this run and nothing else."""
    try:
        step()
    except AssistantError as error:
        run.failure = str(error)
    except Exception:
        logging.getLogger(__name__).exception("the evaluation failed")
        run.failure = ""


def _size(runs: Sequence[Run]) -> int:
    return sum(run.total for run in runs)
