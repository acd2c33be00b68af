"""What `doctor` finds, looked for in a thread: an endpoint that does not answer takes its time."""

from __future__ import annotations

from datetime import UTC, datetime
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING

from assistant.errors import AssistantError
from assistant.records import Check

if TYPE_CHECKING:
    from assistant.service import Assistant


class Health:
    """Shared by every session; one examination at a time.

    `checks` is what the last one found and `checked` when, None before the first; `failure` is what kept it
    from ending, in one line, empty for what nobody foresaw.
    """

    def __init__(self, assistant: Assistant) -> None:
        self.checks: tuple[Check, ...] = ()
        self.checked: datetime | None = None
        self.failure: str | None = None
        self._assistant = assistant
        self._lock, self._idle = Lock(), Event()
        self._idle.set()

    @property
    def is_checking(self) -> bool:
        """Whether an examination is going on."""
        return not self._idle.is_set()

    def begin(self) -> None:
        """Examine everything in the background, if nobody does so already."""
        with self._lock:
            if self.is_checking:
                return
            self._idle.clear()
        Thread(target=self._check, name="health", daemon=True).start()

    def wait(self, seconds: float) -> bool:
        """Wait at most `seconds` for the end of the examination that is going on. Whether none is now."""
        return self._idle.wait(seconds)

    def _check(self) -> None:
        failure: str | None = ""
        try:
            self.checks = tuple(self._assistant.doctor())
            self.checked, failure = datetime.now(UTC), None
        except AssistantError as error:
            failure = str(error)
        finally:
            self.failure = failure
            self._idle.set()
