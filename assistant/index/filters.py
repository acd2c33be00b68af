"""What a search is limited to, as a condition on the rows of the passages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from assistant.errors import QuestionError
from assistant.folding import fold
from assistant.languages import Saying
from assistant.records import DocumentKind, Filters

_PERIOD = re.compile(r"\d{4}(?:FY|H[12]|Q[1-4])?")
_YEAR_ONLY = 4
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
# What is known of a date, as far as it is one: of an issue (2020年第15期) the year.
_PUBLISHED = (
    "CASE WHEN {p}.published GLOB '[0-9][0-9][0-9][0-9]' OR {p}.published GLOB '[0-9][0-9][0-9][0-9]-*' "
    "THEN {p}.published WHEN {p}.published GLOB '[0-9][0-9][0-9][0-9]*' THEN substr({p}.published, 1, 4) END"
)

Condition = tuple[str, list[str]]


def where(filters: Filters | None, alias: str = "p") -> Condition:
    """An SQL condition on the table of passages, known as `alias`, and its parameters.

    Names of documents and companies must be whole (a group is not its branches, but script, case and width do
    not matter in a company's), publishers, authors, titles and sections need only contain what is asked for.
    A period that is a year covers its halves and quarters. Of an incomplete date any day will do: `2023-05`
    is since `2023-05-10` and until `2023-05-10` too; what has no date is neither.

    Raises:
        QuestionError: an unknown kind, or what is no date or period.
    """
    found = list(_conditions(filters or Filters()))
    condition = " AND ".join(f"({text.format(p=alias)})" for text, _ in found)
    return condition or "1", [value for _, values in found for value in values]


def _conditions(filters: Filters) -> Iterator[Condition]:
    yield from _one_of("{p}.document", _given(filters.documents))
    if names := [fold(name) for name in _given(filters.companies)]:
        named = f"SELECT 1 FROM json_each({{p}}.companies) WHERE fold(value) IN ({_marks(names)})"
        yield f"EXISTS ({named})", names
    yield from _one_of("{p}.kind", [_kind(name) for name in _given(filters.kinds)])
    yield from _any([_period(text) for text in _given(filters.periods)])
    for column, texts in (
        ("publisher", filters.publishers),
        ("author", filters.authors),
        ("title", [filters.title]),
        ("section", [filters.section]),
    ):
        yield from _any([(f"instr(fold({{p}}.{column}), ?)", [fold(text)]) for text in _given(texts)])
    if since := _date(filters.since):
        yield f"substr({_PUBLISHED}, 1, {len(since)}) >= substr(?, 1, length({_PUBLISHED}))", [since]
    if until := _date(filters.until):
        yield f"substr({_PUBLISHED}, 1, {len(until)}) <= substr(?, 1, length({_PUBLISHED}))", [until]


def _given(texts: Iterable[str]) -> list[str]:
    return [text.strip() for text in texts if text.strip()]


def _one_of(column: str, values: Sequence[str]) -> Iterator[Condition]:
    if values:
        yield f"{column} IN ({_marks(values)})", list(values)


def _any(conditions: Sequence[Condition]) -> Iterator[Condition]:
    if conditions:
        yield (
            " OR ".join(text for text, _ in conditions),
            [value for _, values in conditions for value in values],
        )


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))


def _kind(name: str) -> str:
    kinds = [kind.value for kind in DocumentKind]
    if name.lower() not in kinds:
        raise QuestionError(
            Saying(
                f"没有“{name}”这种资料类型；可用的有：{'、'.join(kinds)}。",
                f"There is no kind of document “{name}”; choose one of {', '.join(kinds)}.",
            )
        )
    return name.lower()


def _period(text: str) -> Condition:
    period = fold(text).upper()
    if not _PERIOD.fullmatch(period):
        raise QuestionError(
            Saying(
                f"“{text}”不是报告期；请写成 2022（各期）、2022FY（年度）、2022H1（半年度）"
                "或 2022Q1（季度）。",
                f"“{text}” is no reporting period; write 2022 (all of it), 2022FY, 2022H1 or 2022Q1.",
            )
        )
    column = f"substr({{p}}.period, 1, {_YEAR_ONLY})" if len(period) == _YEAR_ONLY else "{p}.period"
    return f"{column} = ?", [period]


def _date(text: str) -> str:
    """The date as it stands, empty for none."""
    text = text.strip()
    if not text:
        return ""
    match = _DATE.fullmatch(text)
    try:
        if match is None:
            raise ValueError(text)
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        raise QuestionError(
            Saying(
                f"“{text}”不是日期；请写成 2023、2023-05 或 2023-05-10。",
                f"“{text}” is no date; write 2023, 2023-05 or 2023-05-10.",
            )
        ) from None
    return text
