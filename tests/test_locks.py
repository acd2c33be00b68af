"""Locks: one writer over all processes, readers together, released when their process dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from assistant.errors import StorageBusyError, StorageError
from assistant.index import locks

ROOT = Path(__file__).parent.parent
HOLD = """
import sys, time
from pathlib import Path
from assistant.index import locks
with locks.writer(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def holder(storage: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(storage)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None and process.stdout.readline() == "held\n"
    return process


def test_second_writer_is_refused_and_told_which_process_holds_it_until_that_is_killed(storage: Path) -> None:
    with holder(storage) as process:
        with (
            pytest.raises(StorageBusyError, match=f"process {process.pid} is writing"),
            locks.writer(storage),
        ):
            pass
        process.send_signal(signal.SIGKILL)
        process.wait()
    with locks.writer(storage):
        pass


def test_second_writer_in_the_same_process_is_refused(storage: Path) -> None:
    with (
        locks.writer(storage),
        pytest.raises(StorageBusyError, match=str(os.getpid())),
        locks.writer(storage),
    ):
        pass


def test_readers_share_and_a_writer_waits_for_them(storage: Path) -> None:
    lock = locks.VectorLock(storage)
    with lock.shared(), lock.shared(wait=0), pytest.raises(StorageBusyError), lock.exclusive(wait=0.02):
        pass


def test_reader_gives_up_after_its_wait_and_says_what_to_do(storage: Path) -> None:
    lock = locks.VectorLock(storage)
    with (
        lock.exclusive(),
        pytest.raises(StorageBusyError, match="more than 0.02 seconds; try again"),
        lock.shared(wait=0.02),
    ):
        pass


def test_reader_is_served_when_the_writer_lets_go_in_time(storage: Path) -> None:
    lock = locks.VectorLock(storage)
    held, release = threading.Event(), threading.Event()

    def write() -> None:
        with lock.writing():
            held.set()
            release.wait(60)

    thread = threading.Thread(target=write)
    thread.start()
    held.wait(60)
    threading.Timer(0.1, release.set).start()
    with lock.shared(wait=5) as count:
        assert count == 1
    thread.join()


def test_every_write_is_counted_also_one_that_fails(storage: Path) -> None:
    lock = locks.VectorLock(storage)
    with lock.writing() as count:
        assert count == 0
    with pytest.raises(ZeroDivisionError), lock.writing():
        raise ZeroDivisionError
    with locks.VectorLock(storage).shared() as count:
        assert count == 2


def test_storage_that_is_no_directory_is_an_error_that_names_the_setting(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="ASSISTANT_STORAGE"), locks.writer(tmp_path / "missing"):
        pass
