"""The one assistant of this process, and the work in the background that fills it and keeps it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from threading import Event, Lock, Thread

from assistant.conversations import Conversations
from assistant.errors import AssistantError, SettingsError, StorageBusyError
from assistant.hosting.evaluations import Evaluations
from assistant.hosting.health import Health
from assistant.hosting.inbox import Inbox
from assistant.hosting.work import Report, Task, TaskKind, Tell, Work
from assistant.records import DocumentInfo, IngestReport, Progress, Stage, Status
from assistant.settings import Endpoint, Settings

_SUGGESTIONS = 4
_PATIENCE_SECONDS = 3.0


class Host:
    """Shared by every session: the settings, the assistant, its evaluations, and the work on its index.

    Raises:
        StorageError: the storage cannot be used, or was built with another embedder or cleaner.
    """

    def __init__(self, settings: Settings) -> None:
        from assistant.service import Assistant  # seconds of imports, during which the page shows a spinner

        self.settings = settings
        self._suggested: tuple[list[DocumentInfo], list[str]] = ([], [])
        self._lock = Lock()
        self._searchable = Event()
        self.assistant = Assistant.open(settings)
        self.conversations = Conversations(settings.storage)
        self.evaluations = Evaluations(self.assistant)
        self.health = Health(self.assistant)
        self.work = Work(self._filling, self._heard, self._ended)
        self.inbox = Inbox(self.assistant, self.work)
        try:
            self.assistant.require_index()
        except AssistantError:
            self.assistant.close()
            raise
        if self.assistant.is_new() or self.assistant.unfinished() is not None:
            self.fill()
        else:
            self._searchable.set()
        self.inbox.resume()
        self._warming = Thread(target=self._warm, name="warming", daemon=True)
        self._warming.start()

    @property
    def is_filling(self) -> bool:
        """Whether files are being read or vectors made in the background."""
        task = self.work.current
        return not self.work.is_idle and (task is None or task.kind is not TaskKind.REMOVE)

    @property
    def progress(self) -> Progress:
        """The last step of the work."""
        return self.work.progress

    @property
    def failure(self) -> AssistantError | None:
        """What the last work ended with if it did not end well."""
        return self.work.failure

    def fill(self) -> None:
        """Finish in the background what was cut short, or ingest the seeds if nothing ever was."""
        with self._lock:
            if not self.work.is_idle:
                return
            if self.assistant.is_empty():
                self._searchable.clear()
            self.work.submit(self._filling())

    def wait(self, seconds: float) -> bool:
        """Wait at most `seconds` until questions can be asked: when every file is read. Whether they can."""
        return self._searchable.wait(seconds)

    def serve_now(self) -> None:
        """Have questions asked of what is read so far."""
        self._searchable.set()

    def reread(self, documents: Sequence[str]) -> Task:
        """Have documents read again though their files have not changed."""
        return self.work.submit(
            Task(
                TaskKind.REREAD,
                lambda report, tell: self.assistant.reread(self._known(documents), report, tell=tell),
            )
        )

    def rebuild(self) -> Task:
        """Have every document read again and the index made anew."""
        return self.work.submit(
            Task(
                TaskKind.REBUILD,
                lambda report, tell: self.assistant.ingest((), report, rebuild=True, tell=tell),
            )
        )

    def remove(self, documents: Sequence[str]) -> Task:
        """Have documents taken out of the index; a file that was handed in goes with its document."""
        return self.work.submit(
            Task(TaskKind.REMOVE, lambda report, tell: self.assistant.remove(self._known(documents)))
        )

    def use(self, chat: Endpoint | None) -> None:
        """Answer by another chat endpoint from now on, or by none; an answer that has begun is finished.

        Raises:
            SettingsError: an evaluation is going on, whose answers would come from two models.
        """
        if self.evaluations.running is not None:
            raise SettingsError("an evaluation is running; stop it, or change the endpoint when it has ended")
        self.assistant.use(chat)
        self.settings = self.assistant.settings
        self.health.begin()

    def suggestions(self) -> list[str]:
        """Sample questions, found anew only when the documents have changed."""
        documents = self.assistant.documents()
        if self._suggested[0] != documents:
            self._suggested = (documents, self.assistant.suggestions(_SUGGESTIONS))
        return self._suggested[1]

    def close(self) -> None:
        """Stop the work, which the next start continues, and the evaluation; give back the storage.

        A step that takes long is not waited for: it ends with the process, wherever it is.
        """
        self._warming.join(_PATIENCE_SECONDS)
        is_idle = self.evaluations.close(_PATIENCE_SECONDS) and self.health.wait(_PATIENCE_SECONDS)
        if self.work.close(_PATIENCE_SECONDS) and is_idle and not self._warming.is_alive():
            self.assistant.close()

    def _warm(self) -> None:
        """Load what answers questions, which takes seconds, before the first one is asked."""
        with suppress(AssistantError):  # whoever asks is told
            self.assistant.search("", 1)

    def _filling(self) -> Task:
        return Task(TaskKind.FILL, self._fill, is_patient=False)

    def _fill(self, report: Report, tell: Tell) -> IngestReport:
        left = self.assistant.unfinished()
        is_first = left is None and self.assistant.is_new()
        try:
            done = self.assistant.ingest([self.settings.seeds] if is_first else left or (), report, tell=tell)
        except StorageBusyError as error:
            # While another process builds the index, what is in it already can be asked.
            if self.assistant.is_empty():
                raise
            _say(str(error))
            return IngestReport((), 0.0)
        for result in done.results:
            if result.status is Status.FAILED:
                _say(f"{result.document}: {result.reason}")
        _say(f"{done.count(Status.ADDED)} documents ingested in {done.seconds:.1f} s")
        return done

    def _known(self, documents: Sequence[str]) -> list[str]:
        """Those that are still there when their turn comes."""
        known = {info.document for info in self.assistant.documents()}
        return [document for document in documents if document in known]

    def _heard(self, progress: Progress) -> None:
        if progress.stage is Stage.EMBEDDING:
            self._searchable.set()
        _say(f"{progress.stage} {progress.done}/{progress.total} {progress.detail}".rstrip())

    def _ended(self, task: Task) -> None:
        if task.failure is not None:
            _say(str(task.failure))
        self._searchable.set()


def _say(line: str) -> None:
    """To the person at the terminal."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
