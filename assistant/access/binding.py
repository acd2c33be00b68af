"""The refusal to start where others would find open doors."""

from __future__ import annotations

from assistant.access.places import is_loopback
from assistant.access.provider import provider
from assistant.errors import SettingsError
from assistant.settings import Settings

_EVERYWHERE = "0.0.0.0"  # what Streamlit binds to when it is given no address


def require_login(address: str | None) -> None:
    """Pass if pages served at this address (None: every address) are open to nobody who does not log in.

    On this machine only, settings are not looked at: the page says what is wrong with them.

    Raises:
        SettingsError: others could open them, or the settings cannot be used.
    """
    address = address or _EVERYWHERE
    if is_loopback(address) or Settings.from_env().passwords or provider() is not None:
        return
    raise SettingsError(
        f"the pages would be open to others at {address}; set ASSISTANT_PASSWORDS, or [auth] in "
        f".streamlit/secrets.toml, or --server.address localhost (see docs/access.md)"
    )


def require_keys(address: str, settings: Settings) -> None:
    """Pass if the interface for programs, served at this address, is open to nobody without a key.

    Raises:
        SettingsError: others could use it.
    """
    if is_loopback(address) or settings.api_keys:
        return
    raise SettingsError(
        f"the interface would be open to others at {address}; set ASSISTANT_API_KEYS, or --host localhost"
    )
