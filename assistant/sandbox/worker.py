"""The process that takes files apart for another one: `python -m assistant.sandbox.worker SECONDS MEGABYTES`.

It reads jobs from standard input and writes their answers to standard output (see frames), one at a time,
until its input ends. It limits its own memory; the time is kept by the process that asks (see sandbox), here
only so that an orphan ends. A task is imported when it is first asked for. An answer has one key: `ok` with
the result, or what went wrong: `refused` (the text of a DocumentError), `memory`, `unready` (a library is
missing) or `failed`.
"""

from __future__ import annotations

import errno
import importlib
import os
import signal
import sys
from collections.abc import Mapping
from typing import Any, BinaryIO

from assistant.errors import DocumentError
from assistant.sandbox import frames

TASKS = {
    "parse": "assistant.parsing:parse_file",
    "picture": "assistant.parsing:picture",
    "members": "assistant.files:members",
}
_REQUEST_LIMIT = 10_000_000
_MEGABYTE = 1_000_000
_ORPHAN_SECONDS = 2
# Enough for Python's own compiled files; a library that fills the disk is stopped.
_WRITTEN_FILE_MEGABYTES = 10
# Room for code and for reservations of addresses, which take no memory but count as address space.
_ADDRESSES_MEGABYTES = 1000
_NO_MEMORY = ("failed to map segment", "annot allocate memory")


def serve(tasks: Mapping[str, str], seconds: float, megabytes: int) -> None:
    """Answer until the input ends.

    Args:
        tasks: names and the functions they stand for (`module:function`), called with a job's arguments.
        seconds: for one job.
        megabytes: of memory for this process.
    """
    requests, answers = _streams()
    _limit(megabytes)
    frames.write(answers, {"ready": os.getpid()})
    while (job := frames.read(requests, _REQUEST_LIMIT)) is not None:
        _alarm(seconds + _ORPHAN_SECONDS)
        _answer(answers, tasks, job)
        _alarm(0)


def _streams() -> tuple[BinaryIO, BinaryIO]:
    """The two pipes, out of the reach of libraries that print or read."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in range(3):
        os.dup2(nothing, standard)
    return requests, answers


def _limit(megabytes: int) -> None:
    try:
        import resource
    except ImportError:
        return
    limits = {
        resource.RLIMIT_DATA: megabytes * _MEGABYTE,
        resource.RLIMIT_AS: (megabytes + _ADDRESSES_MEGABYTES) * _MEGABYTE,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: _WRITTEN_FILE_MEGABYTES * _MEGABYTE,
    }
    for kind, limit in limits.items():
        _, most = resource.getrlimit(kind)
        resource.setrlimit(kind, (limit if most == resource.RLIM_INFINITY else min(limit, most), most))


def _alarm(seconds: float) -> None:
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _answer(answers: BinaryIO, tasks: Mapping[str, str], job: Mapping[str, Any]) -> None:
    try:
        frames.write(answers, {"ok": _function(tasks[job["task"]])(**job["arguments"])})
    except BrokenPipeError:
        sys.exit(1)
    except DocumentError as error:
        frames.write(answers, {"refused": str(error)})
    except (Exception, SystemExit) as error:  # noqa: BLE001  (whatever it is, it concerns one file)
        frames.write(answers, {_kind(error): _described(error)})


def _function(name: str) -> Any:
    module, _, function = name.partition(":")
    return getattr(importlib.import_module(module), function)


def _kind(error: BaseException) -> str:
    is_refused = isinstance(error, OSError) and error.errno == errno.ENOMEM
    if is_refused or isinstance(error, MemoryError) or any(sign in str(error) for sign in _NO_MEMORY):
        return "memory"
    return "unready" if isinstance(error, ImportError) else "failed"


def _described(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__


if __name__ == "__main__":
    serve(TASKS, float(sys.argv[1]), int(sys.argv[2]))
