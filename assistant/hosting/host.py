"""The one assistant of this process, and the thread that fills it at the first start or finishes it."""

from __future__ import annotations

import sys
from threading import Event, Lock, Thread

from assistant.conversations import Conversations
from assistant.errors import AssistantError, StorageBusyError
from assistant.hosting.evaluations import Evaluations
from assistant.records import DocumentInfo, Progress, Stage, Status
from assistant.settings import Settings

_SUGGESTIONS = 4
_PATIENCE_SECONDS = 3.0


class Host:
    """Shared by every session: the settings, the assistant, its evaluations, and how far its filling is.

    `progress` is the last step of the filling, `failure` what it ended with if it did not end well.

    Raises:
        StorageError: the storage cannot be used, or was built with another embedder or cleaner.
    """

    def __init__(self, settings: Settings) -> None:
        from assistant.service import Assistant  # seconds of imports, during which the page shows a spinner

        self.settings = settings
        self.failure: AssistantError | None = None
        self.progress = Progress(Stage.FILES, 0, 0)
        self._suggested: tuple[list[DocumentInfo], list[str]] = ([], [])
        self._lock = Lock()
        self._idle, self._searchable, self._closing = Event(), Event(), Event()
        self._idle.set()
        self.assistant = Assistant.open(settings)
        self.conversations = Conversations(settings.storage)
        self.evaluations = Evaluations(self.assistant)
        try:
            self.assistant.search("", 1)  # finds out whether this index may be read at all
        except AssistantError:
            self.assistant.close()
            raise
        if self.assistant.is_empty() or self.assistant.unfinished() is not None:
            self.fill()
        else:
            self._searchable.set()

    @property
    def is_filling(self) -> bool:
        """Whether files are being read or vectors made in the background."""
        return not self._idle.is_set()

    def fill(self) -> None:
        """Finish in the background what was cut short, else ingest the seeds; only once at a time."""
        with self._lock:
            if not self._idle.is_set():
                return
            self._idle.clear()
            if self.assistant.is_empty():
                self._searchable.clear()
        self.failure = None
        self.progress = Progress(Stage.FILES, 0, 0)
        Thread(target=self._fill, name="filling", daemon=True).start()

    def wait(self, seconds: float) -> bool:
        """Wait at most `seconds` until questions can be asked: when every file is read. Whether they can."""
        return self._searchable.wait(seconds)

    def serve_now(self) -> None:
        """Have questions asked of what is read so far."""
        self._searchable.set()

    def suggestions(self) -> list[str]:
        """Sample questions, found anew only when the documents have changed."""
        documents = self.assistant.documents()
        if self._suggested[0] != documents:
            self._suggested = (documents, self.assistant.suggestions(_SUGGESTIONS))
        return self._suggested[1]

    def close(self) -> None:
        """Stop the filling, which the next start continues, and the evaluation; give back the storage.

        A step that takes long is not waited for: it ends with the process, wherever it is.
        """
        self._closing.set()
        is_idle = self.evaluations.close(_PATIENCE_SECONDS)
        if self._idle.wait(_PATIENCE_SECONDS) and is_idle:
            self.assistant.close()

    def _fill(self) -> None:
        failure: AssistantError | None = AssistantError("建立索引时出现意外错误，详情见运行程序的终端。")
        try:
            left = self.assistant.unfinished()
            report = self.assistant.ingest([self.settings.seeds] if left is None else left, self._report)
            failure = None
            for result in report.results:
                if result.status is Status.FAILED:
                    _say(f"{result.document}: {result.reason}")
            _say(f"{report.count(Status.ADDED)} documents ingested in {report.seconds:.1f} s")
        except AssistantError as error:
            # While another process builds the index, what is in it already can be asked.
            is_readable = isinstance(error, StorageBusyError) and not self.assistant.is_empty()
            failure = None if is_readable else error
            _say(str(error))
        finally:
            self.failure = failure
            self._idle.set()
            self._searchable.set()

    def _report(self, progress: Progress) -> None:
        if self._closing.is_set():
            raise AssistantError("the filling was stopped; the next start continues it")
        self.progress = progress
        if progress.stage is Stage.EMBEDDING:
            self._searchable.set()
        _say(f"{progress.stage} {progress.done}/{progress.total} {progress.detail}".rstrip())


def _say(line: str) -> None:
    """To the person at the terminal."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
