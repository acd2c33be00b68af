"""`evaluate` on the command line: what it takes, a run that goes on after a stop, the files it writes."""

from __future__ import annotations

import argparse
import json
import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cli.files import require_writable, write
from assistant.errors import DocumentError, QuestionError
from assistant.records import Progress, Stage
from assistant.records.evaluation import (
    EvaluationOptions,
    EvaluationReport,
    QuestionSet,
    RowResult,
    Similarity,
)

if TYPE_CHECKING:
    from assistant.evaluation.journal import Journal
    from assistant.service import Assistant
    from assistant.terminal import ProgressLine

_UNFINISHED = ".unfinished"
_DEEPEST = 100
_ENGINE = "who answers (default: llm where a chat endpoint is set, else quoting)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Have the command take what it needs."""
    what = "CSV or JSONL; only a column `question` is needed, docs/evaluation.md lists the others"
    parser.add_argument("questions", type=Path, metavar="QUESTIONS", help=what)
    files = parser.add_argument_group("files")
    for flag, name, text in (
        ("--out", "ANSWERS.csv", "write the questions with their answers"),
        (
            "--report",
            "REPORT.json",
            "write the report; a stopped run goes on from what lies beside it",
        ),
        ("--against", "EARLIER.json", "say what got better and worse since an earlier report"),
        ("--submission", "CONTEST.csv", "write ques_id, question, answer and the answer's embedding"),
    ):
        files.add_argument(flag, type=Path, metavar=name, help=text)
    files.add_argument("--restart", action="store_true", help="do not go on with a run that was stopped")
    how = parser.add_argument_group("what is asked and measured")
    how.add_argument("--engine", choices=("quoting", "llm"), default="", help=_ENGINE)
    how.add_argument("--retrieval-only", action="store_true", help="look for passages, ask nothing")
    how.add_argument(
        "--similarity",
        choices=tuple(map(str, Similarity)),
        default=str(Similarity.BIGRAM),
        help="of answer and gold passage in the contest score: F1 of character pairs (default), or cosine of "
        "embeddings, which is higher for unlike texts too",
    )
    how.add_argument("--judge", action="store_true", help="have the chat endpoint's model judge the answers")
    depths = "depths of the retrieval metrics (default 1,3,5,10)"
    how.add_argument("--k", type=_depths, default=(1, 3, 5, 10), metavar="N,N…", help=depths)
    how.add_argument("--first", type=_count, metavar="N", help="ask only the first N questions")


def evaluate(
    assistant: Assistant, options: argparse.Namespace, show: ProgressLine, say: Callable[[str], None]
) -> EvaluationReport:
    """Ask the questions, write the files, give the report.

    Args:
        show: is told the progress; cleared at the end.
        say: is told, in a line each, what there is to know besides.

    Raises:
        AssistantError: a file that cannot be used, before anything is asked; or as `running.run` does.
    """
    # Imported here: they bring the assistant, which --help must not wait for.
    from assistant.evaluation import answer_files, comparing, reporting
    from assistant.evaluation.questions import read_questions

    _require_sense(options)
    questions = read_questions(options.questions)
    if options.first:
        questions = replace(questions, questions=questions.questions[: options.first])
    earlier = _earlier(options.against, questions)
    if options.submission:
        assistant.embeddings(["向量"])
    started, chosen = datetime.now(), _chosen(options)
    with _journal(assistant, questions, chosen, options, say) as journal:
        rows = _rows(assistant, questions, chosen, journal, show)
        whole = reporting.report(questions, rows, chosen, assistant, _command(), started)
        if earlier:
            whole = replace(whole, comparison=comparing.compare(earlier, whole))
        _write(options.out, lambda: answer_files.answers_csv(questions, rows))
        _write(options.submission, lambda: answer_files.contest_csv(rows, assistant))
        _write(options.report, lambda: reporting.to_json(whole).encode())
        if journal:
            journal.remove()
    return whole


def as_object(whole: EvaluationReport) -> object:
    """The report as what JSON is made of."""
    from assistant.evaluation.reporting import to_json

    return json.loads(to_json(whole))


def _chosen(options: argparse.Namespace) -> EvaluationOptions:
    return EvaluationOptions(
        engine=options.engine,
        retrieval_only=options.retrieval_only,
        similarity=Similarity(options.similarity),
        judge=options.judge,
        ks=options.k,
    )


def _earlier(path: Path | None, questions: QuestionSet) -> EvaluationReport | None:
    """The report to compare with, known to have questions in common with those to be asked."""
    if path is None:
        return None
    from assistant.evaluation import comparing, reporting

    try:
        earlier = reporting.from_json(path.read_text("utf-8"), path.name)
    except (OSError, UnicodeDecodeError) as error:
        raise DocumentError(f"{path} cannot be read ({error}); name a REPORT.json") from None
    comparing.require_common(earlier, questions)
    return earlier


@contextmanager
def _journal(
    assistant: Assistant,
    questions: QuestionSet,
    chosen: EvaluationOptions,
    options: argparse.Namespace,
    say: Callable[[str], None],
) -> Iterator[Journal | None]:
    """Beside the report, else beside another file; None where none is asked for."""
    from assistant.evaluation.journal import Journal, key_of

    beside = options.report or options.out or options.submission
    if beside is None:
        yield None
        return
    path = beside.with_name(beside.name + _UNFINISHED)
    key = key_of(questions, chosen, assistant)
    with Journal(path, key, restart=options.restart) as journal:
        if journal.is_other:
            say("questions, index, options or program changed since the stopped run; beginning anew")
        elif journal.rows:
            say(f"going on after {len(journal.rows)} of {len(questions.questions)} questions")
        yield journal


def _rows(
    assistant: Assistant,
    questions: QuestionSet,
    chosen: EvaluationOptions,
    journal: Journal | None,
    show: ProgressLine,
) -> list[RowResult]:
    from assistant.evaluation.running import run

    done = journal.rows if journal else ()
    total = len(questions.questions)
    rows: list[RowResult] = []
    try:
        for row in run(assistant, questions.questions, chosen, done):
            rows.append(row)
            if journal and len(rows) > len(done):
                journal.add(row)
            show(Progress(Stage.QUESTIONS, len(rows), total, row.question.question))
    except KeyboardInterrupt:
        if journal:
            raise
        raise KeyboardInterrupt("interrupted; name --report for a run that goes on after a stop") from None
    finally:
        show.clear()
    return rows


def _require_sense(options: argparse.Namespace) -> None:
    """Refuse what could not be written in the end, would overwrite another file, or has nothing to hold."""
    if options.retrieval_only and (options.judge or options.submission):
        raise QuestionError("--retrieval-only asks nothing; leave it out, or --judge and --submission")
    require_writable((options.out, options.report, options.submission), taken=[options.questions])


def _write(path: Path | None, content: Callable[[], bytes]) -> None:
    if path is not None:
        write(path, content())


def _command() -> str:
    return shlex.join(["python", "-m", "assistant", *sys.argv[1:]])


def _depths(text: str) -> tuple[int, ...]:
    parts = text.split(",")
    if not all(part.isdecimal() and 1 <= int(part) <= _DEEPEST for part in parts):
        raise argparse.ArgumentTypeError(f"give numbers from 1 to {_DEEPEST} with commas between")
    return tuple(sorted({int(part) for part in parts}))


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("give a number above 0")
    return int(text)
