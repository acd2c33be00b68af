"""Names that Windows keeps for devices, so that no file may have them."""

from __future__ import annotations

import re

_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)


def is_device(name: str) -> bool:
    """Whether a file name, with or without an ending, is that of a device."""
    return _DEVICE.match(name) is not None
