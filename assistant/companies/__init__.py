"""Which companies a text names. General rules and an editable list; no rule names a document.

The functions here know the list that ships; a `Catalogue` with a list of the user's own has them as methods.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from assistant.companies.catalogue import Catalogue, prominent
from assistant.companies.places import regions
from assistant.companies.spans import Span, any_of, apart

__all__ = [
    "Catalogue",
    "Span",
    "about",
    "any_of",
    "apart",
    "base",
    "brand_of",
    "brands",
    "current",
    "find",
    "mentions",
    "prominent",
    "region_of",
    "regions",
    "spans",
    "without",
]


@lru_cache(maxsize=1)
def base() -> Catalogue:
    """The catalogue that ships, without a list of the user's own."""
    return Catalogue.load(None)


def current(path: Path | None) -> Catalogue:
    """The catalogue with the user's own list at `path` as that file is now; loaded once for each change.

    Raises:
        SettingsError: as `Catalogue.load`.
    """
    if path is None:
        return base()
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        changed = 0  # loading says what is wrong
    return _loaded(path, changed)


@lru_cache(maxsize=2)
def _loaded(path: Path, changed: int) -> Catalogue:
    return Catalogue.load(path)


def find(text: str) -> list[str]:
    """The companies named in the text, in order of first mention, each once, in Simplified characters."""
    return base().find(text)


def mentions(text: str) -> list[str]:
    """Every mention of a company in the text, as its one name, in text order."""
    return [name for _, _, name in base().spans(text)]


def spans(text: str) -> list[Span]:
    """Start, end and the one name of every mention of a company, in text order."""
    return base().spans(text)


def without(text: str, filler: str) -> str:
    """A text with every mention of a company replaced."""
    return base().without(text, filler)


def about(texts: Sequence[str], title: str = "") -> tuple[str, ...]:
    """The companies that a run of paragraphs is about, the main one first."""
    return base().about(texts, title)


def brands() -> tuple[str, ...]:
    """The brands of the operators."""
    return base().brands


def brand_of(name: str) -> str:
    """The operator's brand within a company's name, empty for a company of no operator."""
    return base().brand_of(name)


def region_of(name: str) -> str:
    """What stands before the brand: `中国` for a group, a region for a branch."""
    return base().region_of(name)
