"""The filters of `ask` and `search` on the command line."""

from __future__ import annotations

import argparse
from dataclasses import fields
from typing import Any

from assistant.records import DocumentKind, Filters, Hint
from assistant.terminal import well_formed


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Have a command take filters."""
    group = parser.add_argument_group("filters", "limit it; what is given more than once is or-ed")
    for flag, field, what in (
        ("--document", "documents", "a name as `documents` lists it"),
        ("--company", "companies", "what the passage is about, by its whole name"),
        ("--kind", "kinds", ", ".join(DocumentKind)),
        ("--period", "periods", "2022, 2022FY, 2022H1 or 2022Q1"),
        ("--publisher", "publishers", "its name or a part of it"),
        ("--author", "authors", "the name or a part of it"),
    ):
        group.add_argument(
            flag,
            dest=field,
            action="append",
            type=well_formed,
            default=[],
            metavar=flag[2:].upper(),
            help=what,
        )
    for flag, what in (
        ("--title", "what the title contains"),
        ("--section", "what the headings above contain"),
        ("--since", "published on this day or later: 2023, 2023-05 or 2023-05-10"),
        ("--until", "published on this day or before"),
    ):
        group.add_argument(flag, type=well_formed, default="", metavar=flag[2:].upper(), help=what)
    group.add_argument(
        "--without",
        dest="dropped",
        action="append",
        type=_hint,
        default=[],
        metavar="NAME",
        help="a company, year (2022) or period (2022H1) of the question that shall not count",
    )


def given(options: argparse.Namespace) -> Filters:
    """The filters that were typed."""
    found: dict[str, Any] = {}
    for field in fields(Filters):
        value = getattr(options, field.name)
        found[field.name] = tuple(value) if isinstance(value, list) else value
    return Filters(**found)


def _hint(typed: str) -> Hint:
    return Hint.of(well_formed(typed))
