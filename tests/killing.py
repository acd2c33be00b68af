"""An ingestion in another process that is killed halfway."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
KILLED = """
import os, sys
from pathlib import Path
from assistant.service import Assistant
from assistant.settings import Settings
def die(step):
    if step.stage == "files" and step.done == 1:
        os.kill(os.getpid(), 9)
storage, folder, mode = sys.argv[1:]
with Assistant.open(Settings(storage=Path(storage), embedder="none")) as assistant:
    assistant.ingest([folder], die, rebuild=mode == "rebuild")
"""


def kill_after_the_first_file(storage: Path, folder: Path, mode: str = "") -> None:
    """Ingest by words alone in another process that SIGKILL ends after the first file."""
    command = [sys.executable, "-c", KILLED, str(storage), str(folder), mode]
    done = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=60, check=False)
    assert done.returncode == -signal.SIGKILL


def hear_interrupts() -> None:
    """Before a child begins: what runs in the background of a shell is told to ignore interrupts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
