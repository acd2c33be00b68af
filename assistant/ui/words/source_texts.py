"""What the view of a source says, whatever the language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceTexts:
    """The words of one language. Fields with `{}` are filled by `str.format`."""

    previous: str
    next: str
    page_before: str
    page_after: str
    cited_page: str
    earlier: str
    later: str
    open: str
    copy: str
    copied: str
    place: str
    no_place: str
    close: str
