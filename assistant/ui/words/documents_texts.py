"""What the page of the documents says, whatever the language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DocumentsTexts:
    """The words of one language. Fields with `{}` are filled by `str.format`.

    `reason` words why a file was not read, which the index keeps in English.
    """

    drop: str
    drop_button: str
    handed_in: str
    clear: str
    states: Mapping[str, str]
    replaced: str
    same_as: str
    documents_in: str
    unread_in: str
    passages: str
    vectors: str
    all_vectors: str
    seconds_left: str
    minutes_left: str
    tasks: Mapping[str, str]
    step: str
    tasks_waiting: str
    busy: str
    empty: str
    empty_hint: str
    unknown: str
    spread: str
    by_year: str
    by_month: str
    by_company: str
    count: str
    undated: str
    year_only: str
    no_company: str
    chosen: str
    reread: str
    remove: str
    rebuild: str
    cancel: str
    remove_sure: str
    deletes_files: str
    leaves_files: str
    leaves_archives: str
    rebuild_sure: str
    rebuild_missing: str
    download: str
    download_archive: str
    gone: str
    reason: Callable[[str], str]
