"""Counting tokens without a network."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import tiktoken

_VARIABLE = "TIKTOKEN_CACHE_DIR"
# The name under which tiktoken keeps o200k_base: the SHA-1 of the address it would download it from.
_O200K_BASE = "fb374d419588a4632f3f557e76b4b70aebbca790"
_environment_lock = Lock()


def count(text: str) -> int:
    """How many tokens current models make of the text (o200k_base).

    Where the encoding is not at hand it is the number of characters, which for Chinese is too many
    rather than too few.
    """
    encoding = _encoding()
    return len(text) if encoding is None else len(encoding.encode(text, disallowed_special=()))


@lru_cache(maxsize=1)
def _encoding() -> tiktoken.Encoding | None:
    """LlamaIndex ships the encoding that tiktoken would otherwise download."""
    directory = _shipped_directory()
    if directory is None:
        return None
    try:
        import tiktoken

        with _cache_directory(directory):
            return tiktoken.get_encoding("o200k_base")
    except (ImportError, OSError, ValueError):
        return None


def _shipped_directory() -> Path | None:
    package = find_spec("llama_index.core")
    for place in (package.submodule_search_locations or ()) if package else ():
        directory = Path(place, "_static", "tiktoken_cache")
        if (directory / _O200K_BASE).is_file():
            return directory
    return None


@contextmanager
def _cache_directory(directory: Path) -> Iterator[None]:
    """Point tiktoken at the directory, and leave the environment as it was."""
    with _environment_lock:
        before = os.environ.get(_VARIABLE)
        os.environ[_VARIABLE] = str(directory)
        try:
            yield
        finally:
            if before is None:
                del os.environ[_VARIABLE]
            else:
                os.environ[_VARIABLE] = before
