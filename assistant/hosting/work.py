"""Work on the index: one task after another, in a thread that no page's rerun, change or end disturbs.

Vectors take longest and nobody waits for them: as soon as they are all that is left of a task, a task that
waits goes first, and they are made at the end.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from threading import Event, Lock, Thread

from assistant.errors import AssistantError, StorageBusyError
from assistant.records import FileResult, IngestReport, Progress, Stage

Report = Callable[[Progress], None]
Tell = Callable[[FileResult], None]
_RETRY_SECONDS = 2.0
_UNFORESEEN = "the work on the index ended unexpectedly; the log of the program says why"


class TaskKind(StrEnum):
    """What is done to the index."""

    FILL = "fill"
    UPLOAD = "upload"
    REREAD = "reread"
    REBUILD = "rebuild"
    REMOVE = "remove"


class Task:
    """One piece of work. `failure` is why it ended early; `ended` is set when it has ended.

    Args:
        perform: does it; it reports every step and every file's outcome.
        is_patient: it waits for another process that is writing instead of failing.
    """

    def __init__(
        self,
        kind: TaskKind,
        perform: Callable[[Report, Tell], IngestReport],
        tell: Tell | None = None,
        *,
        is_patient: bool = True,
    ) -> None:
        self.kind = kind
        self.perform = perform
        self.is_patient = is_patient
        self.failure: AssistantError | None = None
        self.report: IngestReport | None = None
        self.ended = Event()
        self.tell = tell or _unheard


class Work:
    """The queue and its thread. Thread-safe.

    `progress` is the last step, `failure` what the last task ended with if it did not end well, `busy` why
    it waits: another process is writing.
    """

    def __init__(self, complete: Callable[[], Task], report: Report, ended: Callable[[Task], None]) -> None:
        """Make ready; the thread runs while there is work.

        Args:
            complete: gives the task that makes the vectors that were put off.
            report: hears every step.
            ended: hears of every task's end.
        """
        self.progress = Progress(Stage.FILES, 0, 0)
        self.failure: AssistantError | None = None
        self.busy: StorageBusyError | None = None
        self.current: Task | None = None
        self._complete = complete
        self._heard, self._ended = report, ended
        self._queue: deque[Task] = deque()
        self._put_off = False
        self._pace = _Pace()
        self._lock = Lock()
        self._idle, self._closing = Event(), Event()
        self._idle.set()

    @property
    def is_idle(self) -> bool:
        """Whether nothing is done or waits."""
        return self._idle.is_set()

    @property
    def waiting(self) -> tuple[Task, ...]:
        """The tasks that have not begun."""
        return tuple(self._queue)

    @property
    def seconds_left(self) -> float | None:
        """Of this stage, at the speed so far; None before that is known."""
        return self._pace.seconds_left(self.progress)

    def submit(self, task: Task) -> Task:
        """Have a task done after those that wait."""
        with self._lock:
            self._queue.append(task)
            self.failure = None
            if self._idle.is_set():
                self._idle.clear()
                Thread(target=self._run, name="work", daemon=True).start()
        return task

    def wait(self, seconds: float) -> bool:
        """Wait at most `seconds` for the end of all work; whether it has ended."""
        return self._idle.wait(seconds)

    def close(self, seconds: float) -> bool:
        """Stop at the next step, which the next start continues, and wait; whether it has stopped."""
        self._closing.set()
        return self._idle.wait(seconds)

    def _run(self) -> None:
        while (task := self._next()) is not None:
            self._do(task)

    def _next(self) -> Task | None:
        with self._lock:
            if self._closing.is_set():
                self._queue.clear()
                self._put_off = False
            if not self._queue and self._put_off:
                self._put_off = False
                self._queue.append(self._complete())
            self.current = self._queue.popleft() if self._queue else None
            if self.current is None:
                self._idle.set()
            return self.current

    def _do(self, task: Task) -> None:
        self.progress, self._pace = Progress(Stage.FILES, 0, 0), _Pace()
        try:
            task.report = task.perform(self._report, task.tell)
            self.busy = None
        except _PutOff:
            self._put_off = True
        except StorageBusyError as error:
            if task.is_patient and not self._closing.is_set():
                self._try_later(task, error)
                return
            self._fail(task, error)
        except AssistantError as error:
            self._fail(task, error)
        except Exception:
            logging.getLogger(__name__).exception("the work on the index failed")
            self._fail(task, AssistantError(_UNFORESEEN))
        self._ended(task)
        task.ended.set()

    def _try_later(self, task: Task, error: StorageBusyError) -> None:
        self.busy = error
        with self._lock:
            self._queue.appendleft(task)
        self._closing.wait(_RETRY_SECONDS)

    def _fail(self, task: Task, error: AssistantError) -> None:
        self.busy = None
        self.failure = task.failure = error

    def _report(self, progress: Progress) -> None:
        if self._closing.is_set():
            raise AssistantError("the work was stopped; the next start continues it")
        self._pace = self._pace.at(progress)
        self.progress = progress
        self._heard(progress)
        if progress.stage is Stage.EMBEDDING and self._queue:
            raise _PutOff


@dataclass(frozen=True, slots=True)
class _Pace:
    """When a stage began, with how much done, and when its last step was."""

    stage: Stage | None = None
    first: int = 0
    begun: float = 0.0
    last: float = 0.0

    def at(self, progress: Progress) -> _Pace:
        now = time.monotonic()
        if progress.stage is not self.stage:
            return _Pace(progress.stage, progress.done, now, now)
        return replace(self, last=now)

    def seconds_left(self, progress: Progress) -> float | None:
        if progress.stage is not self.stage or progress.done <= self.first:
            return None
        each = (self.last - self.begun) / (progress.done - self.first)
        return max(1.0, each * (progress.total - progress.done) - (time.monotonic() - self.last))


class _PutOff(AssistantError):
    """Vectors are put off until the tasks that wait are done."""


def _unheard(_: FileResult) -> None:
    pass
