"""`feedback` on the command line: what people thought of answers, as a file of questions to evaluate."""

from __future__ import annotations

import argparse
from pathlib import Path

from assistant.cli.files import require_writable, write
from assistant.errors import QuestionError
from assistant.exports import feedback_jsonl, feedback_questions
from assistant.terminal import printable


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Have the command take what it needs."""
    out = "write the questions; without it they are printed"
    parser.add_argument("--out", type=Path, metavar="FILE.jsonl", help=out)


def feedback(storage: Path, out: Path | None) -> tuple[list[dict[str, object]], list[str]]:
    """The rows of everybody's rated answers, and what to print.

    Raises:
        QuestionError: nobody has rated an answer.
        StorageError: the conversations or the file cannot be used.
    """
    # Imported here: it brings a library that takes a while, which --help must not wait for.
    from assistant.conversations import Conversations

    require_writable([out])
    kept = Conversations(storage)
    rows = feedback_questions(kept.rated()) if kept.path.exists() else []
    if not rows:
        raise QuestionError(f"no answer has been rated in {kept.path}; rate answers in the chat")
    file = feedback_jsonl(rows)
    if out is None:
        return rows, printable(file.decode()).splitlines()
    write(out, file)
    counts = {kind: sum(row.get("kind") == kind for row in rows) for kind in ("up", "down")}
    before = len(rows) - sum(counts.values())
    return rows, [f"{out}: rated up {counts['up']}, rated down {counts['down']}, turns before them {before}"]
