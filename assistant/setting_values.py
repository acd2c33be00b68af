"""Each setting by its name: the value that is running, where it comes from, and how `.env` is changed."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from io import StringIO
from pathlib import Path

from assistant.errors import SettingsError
from assistant.settings import NAMES, PREFIX, Endpoint, Settings, in_file

_PARTS = ("BASE_URL", "API_KEY", "MODEL")
_ENDPOINTS = {"chat": "OPENAI_", "embeddings": f"{PREFIX}EMBEDDING_", "rerank": f"{PREFIX}RERANK_"}
ENDPOINT_NAMES = {field: tuple(prefix + part for part in _PARTS) for field, prefix in _ENDPOINTS.items()}
"""The variables of each endpoint: address, key, model."""
_SECRET = ("API_KEY", "API_KEYS", "PASSWORDS", "ADMITTED")
_PLAIN = re.compile(r"[\w.:/@%+=,~-]*", re.ASCII)


class Origin(StrEnum):
    """Where a value comes from; each overrules those after it."""

    ENVIRONMENT = "environment"
    FILE = "file"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class SettingValue:
    """A setting as it is running.

    `value` is empty for a secret, of which only `is_set` is told. `is_changing`: the next start will have
    another value.
    """

    name: str
    value: str
    origin: Origin
    is_secret: bool
    is_set: bool
    is_changing: bool


def setting_values(running: Settings, coming: Settings) -> list[SettingValue]:
    """Every setting, in the order of `NAMES`.

    Args:
        coming: what the next start will have, as `Settings.from_env` reads it now.

    Raises:
        SettingsError: `.env` cannot be read.
    """
    written = in_file()
    found = []
    for name in NAMES:
        value, is_secret = _value_of(running, name), name.endswith(_SECRET)
        items = value if isinstance(value, tuple) else () if value is None else (value,)
        found.append(
            SettingValue(
                name=name,
                value="" if is_secret else ", ".join(map(_text, items)),
                origin=_origin(name, written),
                is_secret=is_secret,
                is_set=value not in (None, "", ()),
                is_changing=value != _value_of(coming, name),
            )
        )
    return found


def overruling(names: Iterable[str]) -> tuple[str, ...]:
    """Those of the names that the process's own environment sets, whatever `.env` says."""
    return tuple(name for name in names if name in os.environ)


def write(values: Mapping[str, str], path: Path = Path(".env")) -> None:
    """Put values into `.env` and leave everything else in it as it stands; only its owner may read it then.

    The file is replaced in one step: whoever reads meanwhile sees it before or after. Whoever else writes
    waits, by a lock file beside it, so that nothing that was put in is lost.

    Raises:
        SettingsError: a value cannot stand in the file, or the file cannot be read or written.
    """
    if any(not value.isprintable() for value in values.values()):
        raise SettingsError(f"a value for {', '.join(values)} holds a control character; type it again")
    target = path.resolve()  # what a link points to, not the link, is replaced
    try:
        with _alone(target):
            _replace(target, _changed(_read(target), values))
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise SettingsError(f"{path} cannot be written ({reason}); see who may write in its folder") from None


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Be the only one, of all threads and processes, that changes this file."""
    import portalocker
    from portalocker.constants import LockFlags

    with path.with_name(f"{path.name}.lock").open("ab") as lock:
        try:
            portalocker.lock(lock, LockFlags.EXCLUSIVE)
        except portalocker.LockException as error:
            raise OSError(None, "its folder knows no locks") from error
        yield


def _read(path: Path) -> str:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return file.read()
    except FileNotFoundError:
        return ""


def _changed(text: str, values: Mapping[str, str]) -> str:
    from dotenv.parser import parse_stream

    left, pieces = dict(values), []
    end = "\r\n" if "\r\n" in text else "\n"
    for binding in parse_stream(StringIO(text, newline="")):
        line = binding.original.string
        if binding.key is not None and binding.key in values:
            # The parser counts the empty lines before it as part of a line.
            before = line[: len(line) - len(line.lstrip())]
            exported = "export " if line.lstrip().startswith("export ") else ""
            line = f"{before}{exported}{binding.key}={_quoted(values[binding.key])}{end}"
            left.pop(binding.key, None)
        pieces.append(line)
    if left and pieces and not pieces[-1].endswith(("\n", "\r")):
        pieces.append(end)
    return "".join([*pieces, *(f"{name}={_quoted(value)}{end}" for name, value in left.items())])


def _quoted(value: str) -> str:
    if _PLAIN.fullmatch(value):
        return value
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _replace(path: Path, text: str) -> None:
    # mkstemp makes a file that only its owner may read.
    handle, name = tempfile.mkstemp(prefix=".env-", dir=path.parent)
    try:
        with open(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def _origin(name: str, written: Mapping[str, str]) -> Origin:
    """An empty value, wherever it stands, gives the default; the environment's hides that of the file."""
    if name in os.environ:
        return Origin.ENVIRONMENT if os.environ[name].strip() else Origin.DEFAULT
    return Origin.FILE if written.get(name, "").strip() else Origin.DEFAULT


def _text(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _value_of(settings: Settings, name: str) -> object:
    for field, names in ENDPOINT_NAMES.items():
        if name in names:
            endpoint: Endpoint | None = getattr(settings, field)
            part = _PARTS[names.index(name)].lower()
            return getattr(endpoint, part) if endpoint else ""
    return getattr(settings, name.removeprefix(PREFIX).lower())
