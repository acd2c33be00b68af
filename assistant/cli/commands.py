"""`python -m assistant`: the command line. Results go to stdout, progress and errors to stderr."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from functools import partial
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any

from assistant.cli import (
    briefings,
    contents,
    evaluation,
    evaluation_report,
    feedback,
    filters,
    formatting,
    serving,
)
from assistant.cli.arguments import count, path
from assistant.errors import AssistantError, CompanyError
from assistant.exports.objects import answer_object, hit_object
from assistant.records import Check, IngestReport, Status
from assistant.settings import Settings
from assistant.terminal import ProgressLine, as_json, columns, printable, say, well_formed

if TYPE_CHECKING:
    from assistant.service import Assistant

FAILED = 1
INTERRUPTED = 130
PIPE_CLOSED = 141


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        0 when all went well; 1 after an error, or when a file failed or a check found something; 130 when
        interrupted; 141 when nobody reads stdout any more. Wrong usage leaves through SystemExit(2).
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = _parser().parse_args(argv)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except AssistantError as error:
        say(f"error: {error}")
        if isinstance(error, CompanyError) and error.nearest and error.nearest[0] not in str(error):
            say(f"nearest: {'、'.join(error.nearest)}")
        return FAILED
    except KeyboardInterrupt as stop:
        say(str(stop) or "interrupted; nothing that was finished is lost")
        return INTERRUPTED
    except BrokenPipeError:
        # Otherwise Python complains once more when it flushes stdout at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m assistant", description="Ask a pile of Chinese documents; every answer is cited."
    )
    _add_storage(parser, default=None)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    ingest = _add_command(commands, "ingest", _ingest, "bring the index in line with files and folders")
    ingest.add_argument("paths", nargs="+", type=path, metavar="PATH", help="a file, a folder or a zip")
    ingest.add_argument("--rebuild", action="store_true", help="throw the index away first")
    _add_questions(commands)
    _add_companies(commands)
    _add_measuring(commands)
    _add_contents(commands)
    purpose = "serve programs over HTTP, in the way of OpenAI's interface"
    serving.add_arguments(_add_command(commands, "serve", _serve, purpose))
    _add_command(commands, "doctor", _doctor, "look at settings, storage, index, embedder and endpoints")
    return parser


def _add_questions(commands: Any) -> None:
    ask = _add_command(commands, "ask", _ask, "answer a question with numbered sources")
    ask.add_argument("question", metavar="QUESTION", type=well_formed)
    filters.add_arguments(ask)
    search = _add_command(commands, "search", _search, "list the passages that fit best")
    search.add_argument("query", metavar="QUERY", type=well_formed)
    search.add_argument("-k", type=count, default=8, metavar="N", help="how many (default 8)")
    filters.add_arguments(search)


def _add_companies(commands: Any) -> None:
    run, purpose = partial(_brief, briefings.summarize), "sum up what is said of a company"
    briefings.add_summary(_add_command(commands, "summarize", run, purpose, briefings.FORMS))
    run, purpose = partial(_brief, briefings.compare), "put companies side by side"
    briefings.add_comparison(_add_command(commands, "compare", run, purpose, briefings.FORMS))


def _add_measuring(commands: Any) -> None:
    purpose = "measure the answers to a file of questions"
    evaluation.add_arguments(_add_command(commands, "evaluate", _evaluate, purpose))
    purpose = "write down rated answers as questions"
    feedback.add_arguments(_add_command(commands, "feedback", _feedback, purpose))


def _add_contents(commands: Any) -> None:
    for name, change, purpose in (
        ("reread", contents.reread, "read documents again though their files have not changed"),
        ("remove", contents.remove, "take documents out of the index"),
    ):
        command = _add_command(commands, name, partial(_change, change), purpose)
        text = "its name as `documents` lists it"
        command.add_argument("documents", nargs="+", metavar="DOCUMENT", help=text)
    _add_command(commands, "documents", _documents, "list the documents, those that failed included")
    _add_command(commands, "companies", _companies, "list the companies that passages are about")
    show = _add_command(commands, "show", _show, "show a document, raw and clean side by side")
    show.add_argument("document", metavar="DOCUMENT", help="its name as `documents` lists it")
    form = show.add_mutually_exclusive_group()
    form.add_argument("--raw", action="store_true", help="only the text as it stands in the file")
    form.add_argument("--clean", action="store_true", help="only the cleaned text")


def _add_command(
    commands: Any,
    name: str,
    run: Callable[[argparse.Namespace], int],
    purpose: str,
    forms: Sequence[str] = (),
) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=purpose, description=purpose)
    command.set_defaults(run=run)
    # Without a default here, or it would overrule what stands before the command.
    _add_storage(command, default=argparse.SUPPRESS)
    printed = command.add_mutually_exclusive_group()
    printed.add_argument("--json", action="store_true", help="print the result as JSON")
    for form in forms:
        printed.add_argument(f"--{form}", action="store_true", help=f"print it as {form}, sources included")
    return command


def _add_storage(parser: argparse.ArgumentParser, default: str | None) -> None:
    text = "where the index is kept (default: ASSISTANT_STORAGE, or storage)"
    parser.add_argument("--storage", type=path, default=default, metavar="DIR", help=text)


def _ingest(options: argparse.Namespace) -> int:
    with _open(_settings(options)) as assistant:
        report = contents.ingest(assistant, options.paths, rebuild=options.rebuild)
    return _report(options, report)


def _change(change: Callable[[Assistant, Sequence[str]], IngestReport], options: argparse.Namespace) -> int:
    with _open(_settings(options)) as assistant:
        report = change(assistant, options.documents)
    return _report(options, report)


def _report(options: argparse.Namespace, report: IngestReport) -> int:
    _print(options, formatting.report_object(report), [formatting.report_line(report)])
    return FAILED if report.count(Status.FAILED) else 0


def _ask(options: argparse.Namespace) -> int:
    settings = _settings(options)
    with _open(settings) as assistant:
        contents.ingest_seeds(assistant, settings.seeds)
        answer = assistant.ask(options.question, filters=filters.given(options), dropped=options.dropped)
    _print(options, answer_object(answer), formatting.answer_lines(answer))
    return 0


def _search(options: argparse.Namespace) -> int:
    settings = _settings(options)
    with _open(settings) as assistant:
        contents.ingest_seeds(assistant, settings.seeds)
        found = assistant.search(options.query, options.k, filters.given(options), dropped=options.dropped)
    lines = (line for rank, hit in enumerate(found, 1) for line in formatting.hit_lines(rank, hit))
    _print(options, [hit_object(hit) for hit in found], lines)
    return 0


def _brief(make: Callable[..., briefings.Result], options: argparse.Namespace) -> int:
    briefings.require_sense(options)
    settings = _settings(options)
    line = ProgressLine(sys.stderr, columns())
    with _open(settings) as assistant:
        contents.ingest_seeds(assistant, settings.seeds)
        try:
            result = make(assistant, options, line)
        finally:
            line.clear()
    for text in briefings.told(result, options):
        print(text)
    return 0 if result.is_well else FAILED


def _evaluate(options: argparse.Namespace) -> int:
    settings = _settings(options)
    with _open(settings) as assistant:
        contents.ingest_seeds(assistant, settings.seeds)
        whole = evaluation.evaluate(assistant, options, ProgressLine(sys.stderr, columns()), say)
    _print(options, evaluation.as_object(whole), evaluation_report.lines(whole))
    return 0


def _feedback(options: argparse.Namespace) -> int:
    rows, lines = feedback.feedback(_settings(options).storage, options.out)
    _print(options, rows, lines)
    return 0


def _documents(options: argparse.Namespace) -> int:
    with _open(_settings(options)) as assistant:
        documents = assistant.documents()
    lines = (line for info in documents for line in formatting.document_lines(info))
    _print(options, [asdict(info) for info in documents], lines)
    return 0


def _companies(options: argparse.Namespace) -> int:
    with _open(_settings(options)) as assistant:
        companies = assistant.companies()
    _print(options, [asdict(info) for info in companies], map(formatting.company_line, companies))
    return 0


def _show(options: argparse.Namespace) -> int:
    with _open(_settings(options)) as assistant:
        contents.require_known(assistant, [options.document])
        view = assistant.show(options.document)
    clean = view.parsed.clean.text
    if options.raw or options.clean:
        lines: Iterable[str] = [printable(view.raw if options.raw else clean)]
    else:
        lines = formatting.view_lines(view, columns())
    _print(options, asdict(view.info) | {"raw": view.raw, "clean": clean}, lines)
    return 0


def _doctor(options: argparse.Namespace) -> int:
    try:
        with _open(_settings(options)) as assistant:
            checks = assistant.doctor()
    except AssistantError as error:
        checks = [Check("open", False, str(error))]
    _print(options, [asdict(check) for check in checks], map(formatting.check_line, checks))
    return 0 if all(check.ok for check in checks) else FAILED


def _serve(options: argparse.Namespace) -> int:
    return serving.serve(_settings(options), options)


def _settings(options: argparse.Namespace) -> Settings:
    return Settings.from_env(**({"storage": options.storage} if options.storage else {}))


def _open(settings: Settings) -> Assistant:
    # Imported here: it brings the libraries that take seconds, which --help must not wait for.
    from assistant.service import Assistant

    return Assistant.open(settings)


def _print(options: argparse.Namespace, value: object, lines: Iterable[str]) -> None:
    for line in [as_json(value)] if options.json else lines:
        print(line)
