"""`summarize` and `compare` on the command line: what they take, and what they print or write."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import exports
from assistant.cli import checks
from assistant.cli.briefing_lines import briefing_lines, comparison_lines
from assistant.cli.files import require_writable, write
from assistant.records import Progress
from assistant.terminal import as_json, well_formed

if TYPE_CHECKING:
    from assistant.service import Assistant

FORMS = ("markdown", "csv")
"""What a briefing can be printed as beside JSON."""
_BY_ENDING = {".json": "json", ".md": "markdown", ".csv": "csv"}
Show = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Result:
    """What a command came to, in each form, made when it is asked for; `is_well`: nothing was found wrong."""

    value: Callable[[], object]
    lines: Callable[[], Iterable[str]]
    markdown: Callable[[], str] = str
    csv: Callable[[], bytes] = bytes
    is_well: bool = True


def add_summary(parser: argparse.ArgumentParser) -> None:
    """Have `summarize` take what it needs."""
    names = "any form of a company's name; with --check several, or none for all"
    parser.add_argument("names", nargs="*", metavar="NAME", type=well_formed, help=names)
    engine = "who writes (default: llm where a chat endpoint is set, else quoting)"
    parser.add_argument("--engine", choices=("quoting", "llm"), default="", help=engine)
    _add_shared(parser)
    checks.add_arguments(parser)


def add_comparison(parser: argparse.ArgumentParser) -> None:
    """Have `compare` take what it needs."""
    parser.add_argument("names", nargs="+", metavar="NAME", type=well_formed, help="two companies or more")
    _add_shared(parser)


def _add_shared(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--branches", action="store_true", help="what is about its branches is part of it")
    output = "write it to this file; .json, .md and .csv choose the form"
    parser.add_argument("--output", type=Path, metavar="FILE", help=output)
    parser.set_defaults(misused=parser.error)


def summarize(assistant: Assistant, options: argparse.Namespace, show: Show) -> Result:
    """One company's briefing, or with `--check` or `--expect` what there is to say against those of several.

    Raises:
        AssistantError: as `Assistant.summarize` does, or a file cannot be used.
    """
    if checks.are_asked_for(options):
        report = checks.run(assistant, options, show)
        return Result(lambda: report.value, lambda: report.lines, is_well=report.is_well)
    language = assistant.settings.language
    (name,) = options.names
    briefing = assistant.summarize(name, show, branches=options.branches, engine=options.engine)
    return Result(
        lambda: exports.briefing_object(briefing),
        lambda: briefing_lines(briefing, language),
        lambda: exports.briefing_markdown(briefing, language),
        lambda: exports.figures_csv(briefing),
    )


def compare(assistant: Assistant, options: argparse.Namespace, show: Show) -> Result:
    """Several companies side by side.

    Raises:
        AssistantError: as `Assistant.compare` does, or the file cannot be written.
    """
    language = assistant.settings.language
    comparison = assistant.compare(options.names, show, branches=options.branches)
    return Result(
        lambda: exports.comparison_object(comparison),
        lambda: comparison_lines(comparison, language),
        lambda: exports.comparison_markdown(comparison, language),
        lambda: exports.comparison_csv(comparison),
    )


def require_sense(options: argparse.Namespace) -> None:
    """Refuse what asks for nothing or for two things, before anything is opened; leaves by SystemExit(2).

    Raises:
        StorageError: the output cannot be written.
    """
    is_checked = checks.are_asked_for(options)
    if not is_checked and len(options.names) != 1 and "check" in options:
        options.misused("name one company; `compare` takes several, and so does --check")
    if getattr(options, "against", None) and not is_checked:
        options.misused("--against goes with --check or --expect")
    if is_checked and (options.markdown or options.csv or _form(options) in FORMS):
        options.misused("what --check and --expect find is printed as text or as --json only")
    require_writable([options.output], taken=[getattr(options, "expect", None)])


def told(result: Result, options: argparse.Namespace) -> Iterable[str]:
    """The lines to print, which are none where a file is to hold them.

    Raises:
        StorageError: the file cannot be written.
    """
    form = _form(options)
    if options.output is None:
        if form == "text":
            return result.lines()
        return [_data(result, form).decode("utf-8-sig").rstrip("\n")]
    write(options.output, _data(result, form))
    return []


def _form(options: argparse.Namespace) -> str:
    for form in ("json", *FORMS):
        if getattr(options, form):
            return form
    return _BY_ENDING.get(options.output.suffix.lower(), "text") if options.output else "text"


def _data(result: Result, form: str) -> bytes:
    if form == "csv":
        return result.csv()
    if form == "markdown":
        return result.markdown().encode()
    text = as_json(result.value()) if form == "json" else "\n".join(result.lines())
    return f"{text}\n".encode()
