"""What every part of a drawn conversation needs at hand."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.hosting import Host
from assistant.ui.session import Talk
from assistant.ui.words.texts import Texts


@dataclass(frozen=True, slots=True)
class Scene:
    """The host of the process, the conversation that is open, the words."""

    host: Host
    talk: Talk
    texts: Texts
