"""A worker like the real one whose tasks hang, crash, fill the memory and misuse their pipes."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

from assistant.errors import DocumentError
from assistant.sandbox import worker

TASKS = (
    "double environment sleep spin fill keep crash leave refuse fail overflow print_and_read boast write "
    "missing_library note meet"
)


def double(number: int) -> dict[str, int]:
    return {"double": 2 * number, "process": os.getpid()}


def environment() -> dict[str, str]:
    return dict(os.environ)


def sleep(marker: str = "") -> None:
    if marker:
        Path(marker).write_text(str(os.getpid()), encoding="ascii")
    time.sleep(600)


def meet(mine: str, other: str) -> dict[str, bool]:
    """Ends when another job has come to where this one waits for it."""
    Path(mine).touch()
    while not Path(other).exists():
        time.sleep(0.01)
    return {"met": True}


def spin() -> None:
    """Backtracks for years inside C code that never lets another thread run."""
    re.match("(a+)+$", "a" * 60 + "b")


def fill(megabytes: int) -> dict[str, int]:
    return {"filled": len(bytearray(megabytes * 1_000_000))}


def keep(megabytes: int, kept: list[bytearray] = []) -> dict[str, int]:  # noqa: B006
    """Leaks: what one file took is still held when the next one comes."""
    kept.append(bytearray(megabytes * 1_000_000))
    return {"kept": len(kept)}


def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def leave() -> None:
    os._exit(7)


def refuse() -> None:
    raise DocumentError("报告.pdf is damaged;\nget the file again")


def fail() -> None:
    raise KeyError("一行\n二行" + "长" * 5000)


def overflow() -> dict[str, list[object]]:
    nested: list[object] = []
    for _ in range(100_000):
        nested = [nested]
    return {"nested": nested}


def print_and_read() -> dict[str, str]:
    sys.stdout.write("noise")
    sys.stdout.flush()
    os.write(1, b"noise")
    subprocess.run(["echo", "noise"], check=True)
    return {"read": sys.stdin.read()}


def boast() -> None:
    """Announces an answer that nobody could hold."""
    for descriptor in range(3, 20):
        try:
            os.write(descriptor, (10**15).to_bytes(8, "big"))
        except OSError:
            continue


def write(path: str) -> None:
    Path(path).write_bytes(bytes(20_000_000))


def missing_library() -> None:
    import no_such_library  # type: ignore[import-not-found]  # noqa: F401


def note(path: str) -> dict[str, str]:
    with Path(path).open("a", encoding="ascii") as file:
        file.write("x")
    return {}


if __name__ == "__main__":
    names = {name: f"hostile_worker:{name}" for name in TASKS.split()}
    worker.serve(names, float(sys.argv[1]), int(sys.argv[2]))
