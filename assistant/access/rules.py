"""What the settings ask of a visitor."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.access.logins import Logins, logins
from assistant.access.provider import Provider, provider
from assistant.errors import AssistantError
from assistant.settings import Settings


@dataclass(frozen=True, slots=True)
class Rules:
    """What opens the pages. With passwords no provider is asked; with neither, being on this machine."""

    logins: Logins | None = None
    provider: Provider | None = None
    language: str = "zh"


class Rulebook:
    """The rules of this process, read when first needed and from then on kept.

    While the settings cannot be read, which the page says, they are those of no settings.
    """

    def __init__(self) -> None:
        self._for_pages: Rules | None = None
        self._has_keys: bool | None = None

    def for_pages(self) -> Rules:
        """What opens the pages."""
        if self._for_pages is None:
            try:
                self._for_pages = _read()
            except AssistantError:
                return Rules()
        return self._for_pages

    def has_keys(self) -> bool:
        """Whether programs have keys; without, this machine alone is served."""
        if self._has_keys is None:
            try:
                self._has_keys = bool(Settings.from_env().api_keys)
            except AssistantError:
                return False
        return self._has_keys


def _read() -> Rules:
    settings = Settings.from_env()
    by_password = logins(settings)
    return Rules(by_password, None if by_password else provider(), settings.language)
