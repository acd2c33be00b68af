"""`python -m assistant`."""

import signal
import sys

from assistant.cli import INTERRUPTED, main

if __name__ == "__main__":
    code = main()
    if code == INTERRUPTED:
        # The embedder's threads end with their text; who interrupts again does not want to wait for them.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.exit(code)
