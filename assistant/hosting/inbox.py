"""Files that people hand in at the page: taken at once, read lot by lot, and what became of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from assistant.errors import AssistantError, DocumentError, StorageBusyError, StorageError
from assistant.hosting.work import Report, Task, TaskKind, Tell, Work
from assistant.records import FileResult, IngestReport, Progress, Stage, Status

if TYPE_CHECKING:
    from assistant.service import Assistant

_KEPT = 500
_MEMBERS = ".zip"


class FileState(StrEnum):
    """How far a file that was handed in has come."""

    WAITING = "waiting"
    READING = "reading"
    READ = "read"
    KNOWN = "known"
    REFUSED = "refused"


@dataclass(slots=True)
class HandedIn:
    """One file that was handed in, by the name it was kept under.

    `results` are those of its documents (an archive has many), `reason` why it was refused as a whole.
    `same_as` is the document that has the same content.
    """

    name: str
    path: str = ""
    is_replaced: bool = False
    same_as: str = ""
    reason: str = ""
    state: FileState = FileState.WAITING
    results: dict[str, FileResult] = field(default_factory=dict)

    @property
    def has_ended(self) -> bool:
        """Whether it will not change any more, but for its vectors."""
        return self.state not in (FileState.WAITING, FileState.READING)

    def tell(self, result: FileResult) -> None:
        """Take the outcome of one of its documents."""
        self.results[result.document] = result
        if not self.name.lower().endswith(_MEMBERS):
            self.conclude()

    def conclude(self) -> None:
        """Every document of it has been told of."""
        failed = [result for result in self.results.values() if result.status is Status.FAILED]
        statuses = {result.status for result in self.results.values()}
        if failed and len(failed) == len(self.results):
            self.state, self.reason = FileState.REFUSED, failed[0].reason
        else:
            self.state = FileState.KNOWN if statuses == {Status.UNCHANGED} else FileState.READ


class Inbox:
    """Shared by every session. `items` are the files handed in of late, newest lot first. Thread-safe."""

    def __init__(self, assistant: Assistant, work: Work) -> None:
        self._assistant = assistant
        self._work = work
        self._lock = Lock()
        self.items: tuple[HandedIn, ...] = ()

    def take(self, files: Iterable[tuple[str, bytes]]) -> Task | None:
        """Keep files and have them read when what goes before is done; the task, if any is to be read."""
        lot: list[HandedIn] = []
        for name, data in files:
            lot.append(self._kept(name, data, {item.name for item in lot}))
        return self._submit(lot)

    def resume(self) -> Task | None:
        """Have read what was kept and never read."""
        unread = self._assistant.originals.unread()
        return self._submit([HandedIn(path.name, str(path)) for path in unread])

    def clear(self) -> None:
        """Forget the files that are done with."""
        with self._lock:
            self.items = tuple(item for item in self.items if not item.has_ended)

    def _kept(self, name: str, data: bytes, taken: set[str]) -> HandedIn:
        try:
            upload = self._assistant.originals.keep(name, data, taken)
        except (DocumentError, StorageError) as error:
            return HandedIn(name, reason=str(error), state=FileState.REFUSED)
        item = HandedIn(upload.name, upload.path, upload.is_replaced, upload.same_as)
        if upload.same_as:
            item.state = FileState.KNOWN
        return item

    def _submit(self, lot: Sequence[HandedIn]) -> Task | None:
        with self._lock:
            self.items = (*lot, *self.items)[:_KEPT]
        waiting = {item.path: item for item in lot if not item.has_ended}
        if not waiting:
            return None
        return self._work.submit(
            Task(
                TaskKind.UPLOAD, lambda report, tell: self._read(waiting, report, tell), self._teller(waiting)
            )
        )

    def _read(self, waiting: dict[str, HandedIn], report: Report, tell: Tell) -> IngestReport:
        for item in waiting.values():
            item.state = FileState.READING

        def heard(progress: Progress) -> None:
            if progress.stage is Stage.EMBEDDING:
                _conclude(waiting.values())
            report(progress)

        try:
            done = self._assistant.ingest(list(waiting), heard, tell=tell)
        except StorageBusyError:
            for item in waiting.values():
                item.state = item.state if item.has_ended else FileState.WAITING
            raise
        except AssistantError as error:
            _give_up(waiting.values(), str(error))
            raise
        _conclude(waiting.values())
        return done

    def _teller(self, waiting: dict[str, HandedIn]) -> Tell:
        def told(result: FileResult) -> None:
            """A member is told of under the archive that holds it; what is no document is nobody's."""
            item = waiting.get(self._place(result.document))
            if item is not None:
                item.tell(result)

        return told

    def _place(self, document: str) -> str:
        try:
            return self._assistant.originals.file(document).path
        except DocumentError:
            return str(Path(document))


def _conclude(items: Iterable[HandedIn]) -> None:
    for item in items:
        if not item.has_ended:
            item.conclude()


def _give_up(items: Iterable[HandedIn], reason: str) -> None:
    for item in items:
        if not item.has_ended:
            item.state, item.reason = FileState.REFUSED, reason
