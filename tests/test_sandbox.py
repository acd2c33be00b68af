"""Whatever a file does to the process that reads it, this one goes on with the next."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import killing
import pytest

from assistant.errors import AssistantError, DocumentError
from assistant.sandbox import Job, Sandbox

TESTS = Path(__file__).parent
LINUX = pytest.mark.skipif(
    sys.platform != "linux", reason="memory is limited and processes are seen on Linux"
)


@pytest.fixture(autouse=True)
def _hostile_worker_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(TESTS))


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with hostile() as made:
        yield made


def hostile(workers: int = 2, seconds: float = 30, megabytes: int = 300) -> Sandbox:
    return Sandbox(workers=workers, seconds=seconds, megabytes=megabytes, worker="hostile_worker")


def job(task: str, **arguments: Any) -> Job:
    return Job(task, arguments, "报告.pdf")


def doubles(count: int) -> list[Job]:
    return [job("double", number=number) for number in range(count)]


def numbers(results: Iterator[tuple[Job, Any]]) -> list[int]:
    return sorted(result["double"] for _, result in results)


def state(pid: int | str) -> list[str]:
    """What /proc says of a process behind its name: state, parent …; nothing of one that is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def children() -> set[str]:
    """Processes started by this one, zombies included."""
    numbers = filter(str.isdigit, os.listdir("/proc"))
    return {pid for pid in numbers if state(pid)[1:2] == [str(os.getpid())]}


def is_running(pid: int) -> bool:
    return state(pid)[:1] not in ([], ["Z"])


def wait_for(condition: Any, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


def assert_one_line(error: BaseException) -> None:
    assert "\n" not in str(error) and len(str(error)) < 600


def test_a_job_is_done_and_its_process_serves_the_next_one(sandbox: Sandbox) -> None:
    first, second = (sandbox.run(job("double", number=n)) for n in (1, 2))
    assert (first["double"], second["double"]) == (2, 4)
    assert first["process"] == second["process"] != os.getpid()


def test_every_job_of_a_stream_is_answered_beside_its_question(sandbox: Sandbox) -> None:
    answered = {j.arguments["number"]: r for j, r in sandbox.map(doubles(50))}
    assert {n: r["double"] for n, r in answered.items() if not isinstance(r, DocumentError)} == {
        n: 2 * n for n in range(50)
    }
    assert len({r["process"] for r in answered.values() if not isinstance(r, DocumentError)}) <= 2


def test_jobs_run_at_the_same_time(tmp_path: Path) -> None:
    with hostile(workers=2) as sandbox:
        met = [job("meet", mine=str(tmp_path / a), other=str(tmp_path / b)) for a, b in ("xy", "yx")]
        assert [result for _, result in sandbox.map(met)] == [{"met": True}] * 2


def test_jobs_are_drawn_as_results_are_taken(sandbox: Sandbox) -> None:
    drawn: list[int] = []

    def endless() -> Iterator[Job]:
        for made in doubles(1000):
            drawn.append(1)
            yield made

    results = sandbox.map(endless())
    for _ in range(3):
        next(results)
    assert len(drawn) <= 3 + 2 * 2


@pytest.mark.parametrize("task", ["sleep", "spin"])
def test_a_job_that_hangs_is_ended_with_the_setting_named(task: str) -> None:
    with hostile(seconds=1.5) as sandbox:
        with pytest.raises(DocumentError, match=r"报告.pdf took longer than 1.5 s .*ASSISTANT_FILE_SECONDS"):
            sandbox.run(job(task))
        assert sandbox.run(job("double", number=4))["double"] == 8


@LINUX
def test_a_job_that_fills_the_memory_is_ended_with_the_setting_named(sandbox: Sandbox) -> None:
    assert sandbox.run(job("fill", megabytes=100)) == {"filled": 100_000_000}
    with pytest.raises(
        DocumentError, match=r"报告.pdf needs more than 300 MB .*ASSISTANT_FILE_MEMORY_MEGABYTES"
    ):
        sandbox.run(job("fill", megabytes=400))


@LINUX
def test_memory_that_earlier_files_left_behind_is_not_held_against_the_next(sandbox: Sandbox) -> None:
    held = [sandbox.run(job("keep", megabytes=100))["kept"] for _ in range(5)]
    assert held[0] == 1 and held.count(1) >= 2


@pytest.mark.parametrize(("task", "how"), [("crash", "SIGSEGV"), ("leave", "exit code 7")])
def test_a_crash_costs_its_own_file_only(sandbox: Sandbox, task: str, how: str) -> None:
    with pytest.raises(DocumentError, match=rf"报告.pdf ended the process that read it \({how}\)"):
        sandbox.run(job(task))
    assert sandbox.run(job("double", number=4))["double"] == 8


def test_the_other_jobs_of_a_stream_are_not_harmed(sandbox: Sandbox) -> None:
    mixed = [*doubles(5), job("crash"), job("fail"), *doubles(5), job("refuse")]
    results = [result for _, result in sandbox.map(mixed)]
    assert sum(isinstance(result, DocumentError) for result in results) == 3
    assert sum(isinstance(result, dict) for result in results) == 10


def test_a_refusal_arrives_as_it_was_said_on_one_line(sandbox: Sandbox) -> None:
    with pytest.raises(DocumentError) as caught:
        sandbox.run(job("refuse"))
    assert str(caught.value) == "报告.pdf is damaged; get the file again"


@pytest.mark.parametrize(("task", "kind"), [("fail", "KeyError"), ("overflow", "RecursionError")])
def test_any_other_failure_is_named_on_one_bounded_line(sandbox: Sandbox, task: str, kind: str) -> None:
    with pytest.raises(DocumentError, match=f"报告.pdf cannot be taken apart .{kind}") as caught:
        sandbox.run(job(task))
    assert_one_line(caught.value)


def test_what_libraries_print_and_read_does_not_touch_the_answers(sandbox: Sandbox) -> None:
    assert sandbox.run(job("print_and_read")) == {"read": ""}
    assert sandbox.run(job("double", number=4))["double"] == 8


def test_an_answer_of_any_announced_length_is_refused(sandbox: Sandbox) -> None:
    with pytest.raises(DocumentError, match="an answer of 1000000000000000 bytes") as caught:
        sandbox.run(job("boast"))
    assert_one_line(caught.value)


@LINUX
def test_a_job_cannot_fill_the_disk(sandbox: Sandbox, tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="File too large"):
        sandbox.run(job("write", path=str(tmp_path / "large")))


def test_a_missing_library_is_no_fault_of_the_file(sandbox: Sandbox) -> None:
    with pytest.raises(AssistantError, match="no_such_library.*requirements.txt") as caught:
        sandbox.run(job("missing_library"))
    assert not isinstance(caught.value, DocumentError)


def test_a_worker_that_cannot_start_is_no_fault_of_the_file(capfd: pytest.CaptureFixture[str]) -> None:
    with Sandbox(workers=1, seconds=30, megabytes=300, worker="no_such_module") as sandbox:
        with pytest.raises(AssistantError, match="does not work .exit code 1"):
            sandbox.run(job("double", number=1))
        with pytest.raises(AssistantError, match="does not work"):
            list(sandbox.map(doubles(3)))
    assert "no_such_module" in capfd.readouterr().err


def test_keys_and_settings_stay_here(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "OPENAI_API_KEY",
        "OPENAI_BASE_URL",
        "ASSISTANT_EMBEDDING_API_KEY",
        "GITHUB_TOKEN",
        "db_password",
    ):
        monkeypatch.setenv(name, "sk-hidden")
    seen = sandbox.run(job("environment"))
    assert "sk-hidden" not in seen.values()
    assert seen["OMP_NUM_THREADS"] == "1" and seen["PATH"] == os.environ["PATH"]


def test_the_real_worker_is_found_from_any_folder_and_ignores_modules_lying_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('taken over')", encoding="ascii")
    (tmp_path / "a.txt").write_text("一句话。", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with (
        Sandbox(workers=1, seconds=30, megabytes=300) as sandbox,
        pytest.raises(DocumentError, match="a.txt is a damaged zip archive"),
    ):
        sandbox.run(Job("members", {"path": str(tmp_path / "a.txt")}, "a.txt"))


@LINUX
def test_no_process_and_no_pipe_is_left_behind() -> None:
    gc.collect()
    before, pipes = children(), len(os.listdir("/proc/self/fd"))
    with hostile() as sandbox:
        sandbox.run(job("double", number=1))
        with pytest.raises(DocumentError):
            sandbox.run(job("crash"))
        list(sandbox.map(doubles(10)))
        assert children() == before
    gc.collect()
    assert children() == before
    assert len(os.listdir("/proc/self/fd")) == pipes


@LINUX
def test_closing_a_stream_halfway_ends_its_processes_at_once(sandbox: Sandbox) -> None:
    before = children()
    results = sandbox.map([*doubles(1), *([job("sleep")] * 6)])
    next(results)
    started = time.monotonic()
    results.close()  # type: ignore[attr-defined]
    assert time.monotonic() - started < 25  # a job may take 30
    assert children() == before
    assert sandbox.run(job("double", number=4))["double"] == 8


@LINUX
def test_closing_the_sandbox_ends_a_job_that_another_thread_waits_for(tmp_path: Path) -> None:
    sandbox = hostile()
    caught: list[BaseException] = []

    def ask() -> None:
        try:
            sandbox.run(job("sleep", marker=str(tmp_path / "started")))
        except AssistantError as error:
            caught.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    wait_for((tmp_path / "started").exists)
    sandbox.close()
    thread.join(60)
    assert [type(error) for error in caught] == [AssistantError]
    with pytest.raises(AssistantError, match="stopped"):
        sandbox.run(job("double", number=1))


@LINUX
@pytest.mark.parametrize("ending", ["KILL", "INT"])
def test_processes_end_with_the_one_that_started_them(tmp_path: Path, ending: str) -> None:
    marker = tmp_path / "started"
    script = (
        "from assistant.sandbox import Job, Sandbox\n"
        "sandbox = Sandbox(workers=1, seconds=1, megabytes=300, worker='hostile_worker')\n"
        f"list(sandbox.map([Job('sleep', {{'marker': {str(marker)!r}}}, 'a')] * 500))\n"
    )
    paths = os.pathsep.join((str(TESTS.parent), str(TESTS)))
    parent = subprocess.Popen(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": paths},
        stderr=subprocess.DEVNULL,
        preexec_fn=killing.hear_interrupts,
    )
    try:
        wait_for(lambda: marker.exists() and marker.read_text())
        child = int(marker.read_text())
        subprocess.run(["kill", f"-{ending}", str(parent.pid)], check=True)
        parent.wait(60)
        wait_for(lambda: not is_running(child))
    finally:
        parent.kill()
        parent.wait()


def test_a_job_costs_a_few_milliseconds(sandbox: Sandbox) -> None:
    sandbox.run(job("double", number=0))
    started = time.process_time()
    assert numbers(sandbox.map(doubles(200))) == [2 * n for n in range(200)]
    assert (time.process_time() - started) / 200 < 0.005
