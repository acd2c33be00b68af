"""The one assistant of this process, and the thread that fills it at the first start or finishes it."""

from __future__ import annotations

import sys
from threading import Event, Lock, Thread

import streamlit as st

from assistant.errors import AssistantError, StorageBusyError
from assistant.records import DocumentInfo, Progress, Status
from assistant.settings import Settings

_FILES = "files"  # the outer stage of an ingestion; every other stage is a step within a file
_SUGGESTIONS = 4


class Host:
    """Shared by every session: the settings, the assistant, and how far its first filling is.

    Raises:
        StorageError: the storage cannot be used, or was built with another embedder or cleaner.
    """

    def __init__(self, settings: Settings) -> None:
        from assistant.service import Assistant  # seconds of imports, during which the page shows a spinner

        self.settings = settings
        self.failure: AssistantError | None = None
        self._files: Progress | None = None
        self._step: Progress | None = None
        self._suggested: tuple[list[DocumentInfo], list[str]] = ([], [])
        self._lock = Lock()
        self._idle = Event()
        self._idle.set()
        self.assistant = Assistant.open(settings)
        try:
            self.assistant.search("", 1)  # finds out whether this index may be read at all
        except AssistantError:
            self.assistant.close()
            raise
        if self.assistant.is_empty() or self.assistant.unfinished() is not None:
            self.fill()

    def fill(self) -> None:
        """Finish in the background what was cut short, else ingest the seeds; only once at a time."""
        with self._lock:
            if not self._idle.is_set():
                return
            self._idle.clear()
        self.failure = None
        Thread(target=self._fill, name="first-ingestion", daemon=True).start()

    def wait(self, seconds: float) -> bool:
        """Wait at most `seconds` for the filling to end; whether it has."""
        return self._idle.wait(seconds)

    def progress(self) -> tuple[float, str]:
        """How far the filling is, from 0 to 1, and the file that it is at."""
        files, step = self._files, self._step
        within = step.done / step.total if step and step.total else 0.0
        if files is None or not files.total:
            return within, step.detail if step else ""
        done = min(files.done + within, files.total)
        return done / files.total, f"{files.done}/{files.total} {files.detail}"

    def suggestions(self) -> list[str]:
        """Sample questions, found anew only when the documents have changed."""
        documents = self.assistant.documents()
        if self._suggested[0] != documents:
            self._suggested = (documents, self.assistant.suggestions(_SUGGESTIONS))
        return self._suggested[1]

    def close(self) -> None:
        """Give back the storage once nothing is being written."""
        self._idle.wait()
        self.assistant.close()

    def _fill(self) -> None:
        self.failure = AssistantError("建立索引时出现意外错误，详情见运行程序的终端。")
        try:
            left = self.assistant.unfinished()
            report = self.assistant.ingest([self.settings.seeds] if left is None else left, self._report)
            self.failure = None
            for result in report.results:
                if result.status is Status.FAILED:
                    _say(f"{result.document}: {result.reason}")
            _say(f"{report.count(Status.ADDED)} documents ingested in {report.seconds:.1f} s")
        except AssistantError as error:
            # While another process builds the index, what is in it already can be asked.
            is_readable = isinstance(error, StorageBusyError) and not self.assistant.is_empty()
            self.failure = None if is_readable else error
            _say(str(error))
        finally:
            self._idle.set()

    def _report(self, progress: Progress) -> None:
        if progress.stage == _FILES:
            self._files, self._step = progress, None
        else:
            self._step = progress
        _say(f"{progress.stage} {progress.done}/{progress.total} {progress.detail}".rstrip())


@st.cache_resource(show_spinner="正在启动…… Starting…", on_release=Host.close)
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
