"""A process that reads files for this one, from its start to its end; the other side is worker."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from assistant.errors import AssistantError
from assistant.sandbox import frames

_MEGABYTE = 1_000_000
_ENDING_SECONDS = 1
_SECRETS = ("KEY", "TOKEN", "SECRET", "PASSWORD")
_OWN = ("OPENAI_", "ASSISTANT_")


class Child:
    """One process that does jobs, one at a time, and its pipes. One thread asks; any may end it.

    Raises:
        AssistantError: it cannot be started.
    """

    def __init__(self, worker: str, seconds: float, megabytes: int) -> None:
        self.is_used = False
        self._has_expired = False
        self._answer_limit = megabytes * _MEGABYTE
        self._lock = threading.Lock()
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", worker, str(seconds), str(megabytes)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=_environment(),
                start_new_session=True,
            )
        except OSError as error:
            raise AssistantError(
                f"no process to read files in can be started: {error.strerror}; lower ASSISTANT_WORKERS"
            ) from error

    def ask(self, request: Mapping[str, Any], seconds: float) -> dict[str, Any]:
        """The answer; where there is none, `unready`, `expired` or `ended`, and the process is over."""
        timer = threading.Timer(seconds, self._expire)
        timer.daemon = True
        timer.start()
        try:
            answer = self._exchange(request)
        except (ValueError, RecursionError) as error:
            answer = {"ended": str(error)}
        finally:
            timer.cancel()
        if self._has_expired:
            return {"expired": True}
        if isinstance(answer, dict):
            return answer
        return {"ended" if self.is_used else "unready": self._how_it_ended()}

    def end(self) -> None:
        """Kill it and clear it away; more than once does no harm."""
        self._kill()
        with self._lock:
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                with suppress(OSError):
                    if pipe is not None and not pipe.closed:
                        pipe.close()

    def _exchange(self, request: Mapping[str, Any]) -> Any:
        requests, answers = self._process.stdin, self._process.stdout
        assert requests is not None and answers is not None
        if not self.is_used and frames.read(answers, self._answer_limit) is None:
            return None
        self.is_used = True
        with suppress(BrokenPipeError):
            frames.write(requests, request)
        return frames.read(answers, self._answer_limit)

    def _expire(self) -> None:
        self._has_expired = True
        self._kill()

    def _kill(self) -> None:
        # Its number is free for another process once it has been waited for: that is why there is a lock.
        with self._lock:
            if self._process.poll() is None:
                with suppress(ProcessLookupError, PermissionError):
                    if hasattr(os, "killpg"):
                        os.killpg(self._process.pid, signal.SIGKILL)
                    else:
                        self._process.kill()

    def _how_it_ended(self) -> str:
        with suppress(subprocess.TimeoutExpired), self._lock:
            self._process.wait(_ENDING_SECONDS)
        self._kill()
        with self._lock:
            code = self._process.wait()
        return signal.Signals(-code).name if code < 0 else f"exit code {code}"


def _environment() -> dict[str, str]:
    """This process's, without settings and secrets, which no reader of files needs."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(_OWN) and not any(word in name.upper() for word in _SECRETS)
    }
    paths = [str(Path(__file__).parent.parent.parent), *filter(None, [kept.get("PYTHONPATH")])]
    return kept | {"PYTHONPATH": os.pathsep.join(paths), "OMP_NUM_THREADS": "1"}
