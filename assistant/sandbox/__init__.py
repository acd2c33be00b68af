"""Other processes that take files apart, each job within a time and a memory limit.

A file that hangs, crashes or fills the memory costs its own process and nothing else. Answers are JSON, never
pickle: the other process has read hostile files. It is no jail: it runs with the rights of this user.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from itertools import islice
from types import TracebackType
from typing import Any, Self

from assistant.errors import AssistantError, DocumentError
from assistant.sandbox.child import Child

_MOST_BY_DEFAULT = 4
_LONGEST_REASON = 300


Result = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Job:
    """A task of the worker, the arguments it is called with (JSON), and the file's name for messages."""

    task: str
    arguments: Mapping[str, Any]
    name: str


class Sandbox:
    """At most `workers` processes, started when they are needed. Threads may share it.

    Args:
        workers: how many jobs run at once; 0 stands for one a core, at most 4.
        seconds: for one job.
        megabytes: of memory for one process.
        worker: the module that runs there.
    """

    def __init__(
        self, *, workers: int, seconds: float, megabytes: int, worker: str = "assistant.sandbox.worker"
    ) -> None:
        self._workers = workers or min(_cores(), _MOST_BY_DEFAULT)
        self._seconds = seconds
        self._megabytes = megabytes
        self._worker = worker
        self._permits = threading.BoundedSemaphore(self._workers)
        self._lock = threading.Lock()
        self._idle: list[Child] = []
        self._busy: dict[Child, threading.Event] = {}
        self._is_closed = False

    def run(self, job: Job) -> Result:
        """Do one job.

        Raises:
            DocumentError: the file was refused, or it hung, crashed or filled the memory.
            AssistantError: no process can be started, or `close` was called meanwhile.
        """
        return self._run(job, threading.Event())

    def map(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Result | DocumentError]]:
        """Do many jobs, and tell each when it is done, in whatever order that is.

        `jobs` is read as results are taken, at most two a process ahead. The processes end with the iterator,
        also where it is closed or interrupted halfway.

        Raises:
            AssistantError: no process can be started, or `close` was called meanwhile.
        """
        source, stop = iter(jobs), threading.Event()
        waiting: dict[Future[Result | DocumentError], Job] = {}
        pool = ThreadPoolExecutor(self._workers, thread_name_prefix="sandbox")
        try:
            while True:
                for job in islice(source, 2 * self._workers - len(waiting)):
                    waiting[pool.submit(self._outcome, job, stop)] = job
                if not waiting:
                    return
                done = wait(waiting, return_when=FIRST_COMPLETED).done
                yield from ((waiting.pop(future), future.result()) for future in done)
        finally:
            self._stop(stop)
            pool.shutdown(cancel_futures=True)

    def close(self) -> None:
        """End every process; a job that is running fails with an AssistantError."""
        with self._lock:
            self._is_closed = True
            children = [*self._idle, *self._busy]
            self._idle.clear()
        for child in children:
            child.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _outcome(self, job: Job, stop: threading.Event) -> Result | DocumentError:
        try:
            return self._run(job, stop)
        except DocumentError as error:
            return error

    def _run(self, job: Job, stop: threading.Event) -> Result:
        with self._permits:
            while True:
                child = self._take(stop)
                # What earlier files left in a process must not be held against this one.
                is_last_try = not child.is_used
                answer: Result = {}
                try:
                    answer = child.ask({"task": job.task, "arguments": dict(job.arguments)}, self._seconds)
                finally:
                    self._give_back(child, is_sound=bool({"ok", "refused", "failed"} & answer.keys()))
                if stop.is_set() or self._is_closed:
                    raise _stopped()
                if is_last_try or not {"memory", "ended"} & answer.keys():
                    return self._result(job, answer)

    def _take(self, stop: threading.Event) -> Child:
        with self._lock:
            if stop.is_set() or self._is_closed:
                raise _stopped()
            child = self._idle.pop() if self._idle else Child(self._worker, self._seconds, self._megabytes)
            self._busy[child] = stop
            return child

    def _give_back(self, child: Child, *, is_sound: bool) -> None:
        with self._lock:
            owner = self._busy.pop(child)
            is_kept = is_sound and not self._is_closed and not owner.is_set()
            if is_kept:
                self._idle.append(child)
        if not is_kept:
            child.end()

    def _stop(self, stop: threading.Event) -> None:
        with self._lock:
            stop.set()
            children = [*self._idle, *(child for child, owner in self._busy.items() if owner is stop)]
            self._idle.clear()
        for child in children:
            child.end()

    def _result(self, job: Job, answer: Result) -> Result:
        match answer:
            case {"ok": dict(result)}:
                return result
            case {"refused": str(reason)}:
                raise DocumentError(_line(reason))
            case {"failed": str(reason)}:
                raise DocumentError(
                    f"{job.name} cannot be taken apart ({_line(reason)}); save it anew or convert it to text"
                )
            case {"unready": str(reason)}:
                raise AssistantError(
                    f"the process that reads files does not work ({_line(reason)}); "
                    "install requirements.txt again"
                )
            case {"memory": _}:
                raise DocumentError(
                    f"{job.name} needs more than {self._megabytes} MB of memory to read; "
                    "split it or raise ASSISTANT_FILE_MEMORY_MEGABYTES"
                )
            case {"expired": _}:
                raise DocumentError(
                    f"{job.name} took longer than {self._seconds:g} s to read; "
                    "split it or raise ASSISTANT_FILE_SECONDS"
                )
        reason = _line(str(answer.get("ended")))
        raise DocumentError(
            f"{job.name} ended the process that read it ({reason}); it is damaged, or "
            f"{self._megabytes} MB are too few: save it anew or raise ASSISTANT_FILE_MEMORY_MEGABYTES"
        )


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_REASON else line[:_LONGEST_REASON] + "…"


def _stopped() -> AssistantError:
    return AssistantError("the reading of files was stopped; run ingest again")
