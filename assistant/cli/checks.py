"""`summarize --check` and `--expect`: whether briefings hold, what they leave out and what they miss."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.cli.check_report import Row, as_object, changes, summary, table
from assistant.errors import CompanyError, DocumentError
from assistant.records import Progress, Stage

if TYPE_CHECKING:
    from assistant.evaluation.expecting import Expectation
    from assistant.service import Assistant


@dataclass(frozen=True, slots=True)
class Report:
    """What was found, as JSON and for people; `is_well`: nothing to complain of."""

    value: dict[str, Any]
    lines: list[str]
    is_well: bool


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Have the command take what checks need."""
    checks = parser.add_argument_group("checks")
    check = "whether each line holds by its sources, and the share of the stated figures that is shown"
    checks.add_argument("--check", action="store_true", help=check)
    expect = "what briefings must and must not say, {company: {must: [a|b], must_not: []}}"
    checks.add_argument("--expect", type=Path, metavar="FILE.json", help=expect)
    against = "say what changed since the JSON of an earlier check"
    checks.add_argument("--against", type=Path, metavar="EARLIER.json", help=against)


def are_asked_for(options: argparse.Namespace) -> bool:
    """Whether the command is to check and not to print a briefing."""
    return bool(getattr(options, "check", False) or getattr(options, "expect", None))


def run(assistant: Assistant, options: argparse.Namespace, show: Callable[[Progress], None]) -> Report:
    """Look at the briefings of the companies named; of those expected, or of all, where none is.

    Raises:
        AssistantError: a file cannot be used; or as `Assistant.check_briefing`, but for companies that are
            not there.
    """
    # Imported here: it brings the assistant, which --help must not wait for.
    from assistant.evaluation.expecting import read_expectations

    expected = {e.company: e for e in read_expectations(options.expect)} if options.expect else {}
    earlier = _earlier(options.against)
    names = list(dict.fromkeys(options.names)) or list(expected)
    names = names or [info.name for info in assistant.companies()]
    rows: list[Row] = []
    for at, name in enumerate(names):
        show(Progress(Stage.BRIEFING, at, len(names), name))
        rows.append(_row(assistant, name, expected.get(name), options))
    show(Progress(Stage.BRIEFING, len(names), len(names)))
    value = as_object(rows)
    lines = [*table(rows), *changes(earlier, value), summary(rows)]
    return Report(value, lines, all(row.is_well for row in rows))


def _row(
    assistant: Assistant, name: str, expectation: Expectation | None, options: argparse.Namespace
) -> Row:
    from assistant.evaluation.expecting import unmet

    how = {"branches": options.branches, "engine": options.engine}
    expected = len(expectation.must) + len(expectation.must_not) if expectation else 0
    try:
        check = assistant.check_briefing(name, **how) if options.check else None
        lacking, wrong = unmet(expectation, assistant.summarize(name, **how)) if expectation else ([], [])
    except CompanyError as error:
        lacking = ["|".join(words) for words in expectation.must] if expectation else []
        return Row(name, None, expected, lacking, failure=str(error))
    return Row(name, check, expected, lacking, wrong)


def _earlier(path: Path | None) -> dict[str, dict[str, Any]]:
    """The companies of an earlier report by name."""
    if path is None:
        return {}
    try:
        given = json.loads(path.read_text("utf-8"))
        return {row["company"]: row for row in given["companies"]}
    except OSError as error:
        raise DocumentError(f"{path} cannot be read ({error.strerror}); name an earlier report") from None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise DocumentError(f"{path} is no report of --check --json; name one") from None
