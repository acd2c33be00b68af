"""Documents into the index and out of it on the command line: progress, failures, wrong names."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cli import formatting
from assistant.errors import DocumentError, EmbeddingError
from assistant.records import FileResult, IngestReport, Progress, Status
from assistant.terminal import ProgressLine, columns, say

if TYPE_CHECKING:
    from assistant.service import Assistant

_NEAR = 3


def ingest(assistant: Assistant, paths: Sequence[str | Path], *, rebuild: bool = False) -> IngestReport:
    """Bring the index in line with files and folders. Raises as `Assistant.ingest`."""
    return _followed(assistant, partial(assistant.ingest, paths, rebuild=rebuild))


def ingest_seeds(assistant: Assistant, seeds: Path) -> None:
    """Ingest them if this is the first start; say what to do if there is nothing to ask."""
    if not assistant.is_empty():
        return
    if not assistant.is_new():
        say("every document has been removed; run python -m assistant ingest PATH")
    elif not seeds.is_dir():
        say(f"nothing is ingested and there is no folder {seeds}; run python -m assistant ingest PATH")
    else:
        say(f"first start: ingesting {seeds}")
        say(formatting.report_line(ingest(assistant, [seeds])))


def reread(assistant: Assistant, names: Sequence[str]) -> IngestReport:
    """Read documents again though their files have not changed. Raises as `Assistant.reread`."""
    require_known(assistant, names)
    return _followed(assistant, partial(assistant.reread, names))


def remove(assistant: Assistant, names: Sequence[str]) -> IngestReport:
    """Take documents out of the index. Raises as `Assistant.remove`."""
    require_known(assistant, names)
    return assistant.remove(names)


def require_known(assistant: Assistant, names: Sequence[str]) -> None:
    """See that there are documents of these names.

    Raises:
        DocumentError: there is none of one name; the message tells the nearest.
    """
    known = [info.document for info in assistant.documents()]
    for name in names:
        if name not in known:
            near = _nearest(name, known)
            hint = f"; the nearest: {', '.join(near)}" if near else ""
            raise DocumentError(
                f"there is no document {name!r}{hint}; python -m assistant documents lists them all"
            )


def _nearest(name: str, known: Sequence[str]) -> list[str]:
    """Names that hold what was typed, else those spelled alike."""
    holding = [other for other in known if name and name.casefold() in other.casefold()]
    return holding[:_NEAR] or difflib.get_close_matches(name, known, _NEAR)


def _followed(
    assistant: Assistant, work: Callable[[Callable[[Progress], None]], IngestReport]
) -> IngestReport:
    """Do it, and say how far it is and what failed."""
    line = ProgressLine(sys.stderr, columns())
    try:
        report = work(line)
    except EmbeddingError:
        # The files were read all the same, and those that failed are told all the same.
        line.clear()
        failed = [info for info in assistant.documents() if info.reason]
        results = (FileResult(info.document, Status.FAILED, reason=info.reason) for info in failed)
        _say_failures(IngestReport(tuple(results), 0.0))
        raise
    finally:
        line.clear()
    _say_failures(report)
    return report


def _say_failures(report: IngestReport) -> None:
    for failure in formatting.failure_lines(report):
        say(failure)
