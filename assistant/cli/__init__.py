"""`python -m assistant`: the command line."""

from assistant.cli.commands import INTERRUPTED, main

__all__ = ["INTERRUPTED", "main"]
