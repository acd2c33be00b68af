"""The one assistant of this process, and the thread that fills it at the first start."""

from __future__ import annotations

import sys
from threading import Event, Lock, Thread

import streamlit as st

from assistant.errors import AssistantError
from assistant.records import Progress, Status
from assistant.service import Assistant
from assistant.settings import Settings


class Host:
    """Shared by every session: the settings, the assistant, and how far its first filling is.

    Raises:
        StorageError: the storage cannot be used, or was built with another embedder or cleaner.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.assistant = Assistant.open(settings)
        self.progress: Progress | None = None
        self.failure: AssistantError | None = None
        self._lock = Lock()
        self._idle = Event()
        self._idle.set()
        if self.assistant.is_empty():
            self.fill()

    def fill(self) -> None:
        """Ingest the seeds in the background, unless that is already going on."""
        with self._lock:
            if not self._idle.is_set():
                return
            self._idle.clear()
        self.failure = None
        Thread(target=self._fill, name="first-ingestion", daemon=True).start()

    def wait(self, seconds: float) -> bool:
        """Wait at most `seconds` for the filling to end; whether it has."""
        return self._idle.wait(seconds)

    def close(self) -> None:
        """Give back the storage once nothing is being written."""
        self._idle.wait()
        self.assistant.close()

    def _fill(self) -> None:
        self.failure = AssistantError("建立索引时出现意外错误，详情见运行程序的终端。")
        try:
            report = self.assistant.ingest([self.settings.seeds], self._report)
            self.failure = None
            for result in report.results:
                if result.status is Status.FAILED:
                    _say(f"{result.document}: {result.reason}")
            _say(f"{report.count(Status.ADDED)} documents ingested in {report.seconds:.1f} s")
        except AssistantError as error:
            self.failure = error
            _say(str(error))
        finally:
            self._idle.set()

    def _report(self, progress: Progress) -> None:
        self.progress = progress
        _say(f"{progress.stage} {progress.done}/{progress.total} {progress.detail}".rstrip())


@st.cache_resource(show_spinner=False, on_release=Host.close)
def host() -> Host:
    """The process's host, made at the first call; a failure is not remembered, so it can be mended.

    Raises:
        SettingsError: a setting cannot be used.
        StorageError: the storage cannot be used.
    """
    return Host(Settings.from_env())


def _say(line: str) -> None:
    """To the person at the terminal."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
