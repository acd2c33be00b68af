"""`serve` on the command line: the interface for programs without the pages."""

from __future__ import annotations

import argparse

from assistant.cli.arguments import port
from assistant.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Have `serve` take what it needs."""
    where = "where to listen (default 127.0.0.1); for others to reach it ASSISTANT_API_KEYS must be set"
    parser.add_argument("--host", default="127.0.0.1", help=where)
    parser.add_argument("--port", type=port, default=8600, help="default 8600; 0 chooses a free one")


def serve(settings: Settings, options: argparse.Namespace) -> int:
    """Serve until the process is stopped. Raises as `serving.serve`."""
    from assistant import serving

    serving.serve(settings, options.host, options.port)
    return 0
