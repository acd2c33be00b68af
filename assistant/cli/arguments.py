"""What the command line takes as a value: paths, counts and ports."""

from __future__ import annotations

import argparse
from pathlib import Path

_MOST_PORT = 65535


def path(text: str) -> Path:
    """A file or folder."""
    # Path("") is the current folder, which an unset shell variable never meant.
    if not text:
        raise argparse.ArgumentTypeError("the path is empty")
    return Path(text)


def count(text: str) -> int:
    """How many: 1 to 1000."""
    if not text.isdecimal() or not 1 <= int(text) <= 1000:
        raise argparse.ArgumentTypeError("give a number from 1 to 1000")
    return int(text)


def port(text: str) -> int:
    """A network port; 0 stands for a free one."""
    if not text.isdecimal() or int(text) > _MOST_PORT:
        raise argparse.ArgumentTypeError(f"give a number from 0 to {_MOST_PORT}")
    return int(text)
