"""The queue of work on the index: in turn, vectors last, nothing lost, patient with other processes."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

import pytest

from assistant.errors import EmbeddingError, StorageBusyError
from assistant.hosting import work
from assistant.hosting.work import Report, Task, TaskKind, Tell, Work
from assistant.records import IngestReport, Progress, Stage

DONE = IngestReport((), 0.0)


class Bench:
    """Work whose steps are written down."""

    def __init__(self) -> None:
        self.log: list[str] = []
        self.work = Work(lambda: self.task("complete", kind=TaskKind.FILL), lambda _: None, self.ended)

    def ended(self, task: Task) -> None:
        self.log.append(f"{task.kind} ended")

    def task(
        self, name: str, *stages: Stage, kind: TaskKind = TaskKind.UPLOAD, before: Callable[[], object] = list
    ) -> Task:
        def perform(report: Report, tell: Tell) -> IngestReport:
            before()
            for stage in stages:
                self.log.append(f"{name} {stage}")
                report(Progress(stage, 1, 2))
            self.log.append(f"{name} done")
            return DONE

        return Task(kind, perform)


def test_vectors_are_put_off_for_what_waits_and_made_at_the_end() -> None:
    bench, gate = Bench(), Event()
    first = bench.task("first", Stage.FILES, Stage.EMBEDDING, before=lambda: gate.wait(60))
    bench.work.submit(first)
    bench.work.submit(bench.task("second", Stage.FILES, kind=TaskKind.REMOVE))
    gate.set()
    assert bench.work.wait(60)
    assert bench.log == [
        "first files",
        "first embedding",
        "upload ended",
        "second files",
        "second done",
        "remove ended",
        "complete done",
        "fill ended",
    ]
    assert first.ended.is_set()


def test_with_nothing_else_to_do_vectors_are_made_at_once() -> None:
    bench = Bench()
    bench.work.submit(bench.task("only", Stage.FILES, Stage.EMBEDDING)).ended.wait(60)
    assert bench.log[:3] == ["only files", "only embedding", "only done"]


def test_a_failure_is_said_until_the_next_task_which_is_done_all_the_same() -> None:
    bench = Bench()

    def fail() -> None:
        raise EmbeddingError("no model")

    failing = bench.work.submit(bench.task("bad", before=fail))
    assert failing.ended.wait(60)
    assert bench.work.wait(60)
    assert str(bench.work.failure) == str(failing.failure) == "no model"
    bench.work.submit(bench.task("good")).ended.wait(60)
    assert bench.work.failure is None
    assert "good done" in bench.log


def test_a_mistake_of_the_program_costs_its_task_only() -> None:
    bench = Bench()

    def fail() -> None:
        raise ZeroDivisionError

    bench.work.submit(bench.task("bad", before=fail)).ended.wait(60)
    assert bench.work.failure is not None
    assert bench.work.submit(bench.task("good")).ended.wait(60)


def test_a_task_waits_for_another_process_that_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "_RETRY_SECONDS", 0.01)
    bench, tries = Bench(), iter(range(3))
    seen: list[bool] = []

    def fail_twice() -> None:
        seen.append(bench.work.busy is not None)
        if next(tries) < 2:
            raise StorageBusyError("process 7 is writing")

    task = bench.work.submit(bench.task("patient", before=fail_twice))
    assert task.ended.wait(60)
    assert seen == [False, True, True]
    assert (task.failure, bench.work.busy) == (None, None)
    assert bench.log == ["patient done", "upload ended"]


def test_closing_stops_at_the_next_step_and_begins_nothing_more() -> None:
    bench, begun, gate = Bench(), Event(), Event()

    def wait() -> None:
        begun.set()
        gate.wait(60)

    bench.work.submit(bench.task("first", Stage.FILES, Stage.FILES, before=wait))
    bench.work.submit(bench.task("second"))
    assert begun.wait(60)
    assert not bench.work.close(0)
    gate.set()
    assert bench.work.wait(60)
    assert bench.log == ["first files", "upload ended"]


def test_the_time_left_is_told_from_the_speed_of_the_stage() -> None:
    bench, gate = Bench(), Event()
    heard: list[float | None] = []

    def perform(report: Report, tell: Tell) -> IngestReport:
        report(Progress(Stage.FILES, 5, 9))
        heard.append(bench.work.seconds_left)
        gate.wait(0.05)
        report(Progress(Stage.FILES, 8, 9))
        heard.append(bench.work.seconds_left)
        report(Progress(Stage.EMBEDDING, 0, 9))
        heard.append(bench.work.seconds_left)
        return DONE

    bench.work.submit(Task(TaskKind.FILL, perform)).ended.wait(60)
    assert heard == [None, 1.0, None]
