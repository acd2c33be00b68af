"""A chat assistant over a pile of Chinese documents.

From Python::

    from assistant import Assistant, Settings

    with Assistant.open(Settings.from_env()) as assistant:
        assistant.ingest(["seeds"])
        print(assistant.ask("重庆联通投入了多少扶贫预算资金？").text)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.records import Filters
    from assistant.service import Assistant
    from assistant.settings import Settings

__all__ = ["Assistant", "Filters", "Settings"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Import the public names when they are used, so that `python -m assistant --help` stays fast."""
    if name == "Assistant":
        from assistant.service import Assistant

        return Assistant
    if name == "Filters":
        from assistant.records import Filters

        return Filters
    if name == "Settings":
        from assistant.settings import Settings

        return Settings
    raise AttributeError(f"module 'assistant' has no attribute {name!r}")
