"""The one host of a process, for the pages and the interface for programs alike."""

from __future__ import annotations

from functools import cache
from threading import Lock

from assistant.hosting.host import Host
from assistant.settings import Settings


class Shared:
    """Opens the host when it is first needed; a failure is not remembered. Thread-safe."""

    def __init__(self) -> None:
        self._host: Host | None = None
        self._lock = Lock()

    def get(self) -> Host:
        """The host, opened with the settings of the environment.

        Raises:
            SettingsError: a setting cannot be used.
            StorageError: the storage cannot be used.
        """
        with self._lock:
            if self._host is None:
                self._host = Host(Settings.from_env())
            return self._host

    @property
    def is_open(self) -> bool:
        """Whether the host is there already, so that `get` takes no time."""
        return self._host is not None

    def close(self) -> None:
        """Close the host, if there is one; the next `get` opens another."""
        with self._lock:
            if self._host is not None:
                self._host.close()
            self._host = None


@cache
def shared() -> Shared:
    """The holder of this process."""
    return Shared()


def host() -> Host:
    """The host of this process. Raises as `Shared.get` does."""
    return shared().get()
