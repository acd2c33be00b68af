"""The results of an unfinished run, kept beside its report, so that the next run goes on where it stopped."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import IO, Any, Self

from assistant.errors import StorageError
from assistant.evaluation.reporting import stated, versions
from assistant.records.evaluation import EvaluationOptions, QuestionSet, RowResult
from assistant.service import Assistant


def key_of(question_set: QuestionSet, options: EvaluationOptions, assistant: Assistant) -> str:
    """What results depend on, as a hash: questions, options, index, settings and versions."""
    parts = (
        question_set.sha256,
        len(question_set.questions),
        asdict(options),
        asdict(assistant.facts()),
        stated(assistant.settings),
        versions(),
    )
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


class Journal:
    """A file of one JSON line a result, under a line with the key of the run; each is on disk when added.

    `rows` are those of the run before, if it was of the same key; `is_other` says that it was not.
    """

    def __init__(self, path: Path, key: str, *, restart: bool = False) -> None:
        """Open what is there, or begin anew.

        Raises:
            StorageError: it cannot be read or written.
        """
        self._path = path
        self.rows: tuple[RowResult, ...] = ()
        self.is_other = False
        try:
            known = [] if restart or not path.exists() else path.read_text("utf-8").split("\n")
            if known and known[0] == key:
                self.rows = tuple(_read(known[1:]))
            self.is_other = len(known) > 2 and known[0] != key
            path.parent.mkdir(parents=True, exist_ok=True)
            whole = path.with_name(f"{path.name}.new")
            whole.write_text("".join(f"{line}\n" for line in (key, *map(_line, self.rows))), "utf-8")
            whole.replace(path)
            self._is_empty = not self.rows
            self._file: IO[str] = path.open("a", encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise StorageError(f"{path} cannot be used ({error}); remove it or name another report") from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *reason: object) -> None:
        self._file.close()
        if self._is_empty:
            self._path.unlink(missing_ok=True)

    def add(self, row: RowResult) -> None:
        """Write a result down.

        Raises:
            StorageError: the disk is full.
        """
        try:
            self._is_empty = False
            self._file.write(f"{_line(row)}\n")
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            raise StorageError(f"{self._path} cannot be written ({error.strerror}); make room") from None

    def remove(self) -> None:
        """Take the file away: the run has ended and its report is written."""
        self._file.close()
        self._path.unlink(missing_ok=True)


def _line(row: RowResult) -> str:
    text: str = _adapter().dump_json(row).decode()
    return text


def _read(lines: Sequence[str]) -> Iterator[RowResult]:
    """The results up to the first line that is not whole: the run may have been cut short within it."""
    from pydantic import ValidationError

    for line in lines:
        try:
            yield _adapter().validate_json(line)
        except ValidationError:
            return


@lru_cache(maxsize=1)
def _adapter() -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(RowResult)
