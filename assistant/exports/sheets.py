"""Figures as CSV for spreadsheets."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence

from assistant.exports.sentences import line
from assistant.records import Citation
from assistant.records.briefings import Briefing, Comparison, Figure

COLUMNS = (
    *("company", "indicator", "value", "unit", "as_of", "text", "is_plan"),
    *("citations", "documents", "pages", "titles", "publishers", "published", "quotes"),
)
_FORMULA = re.compile(r"[=+\-@＝＋－＠\t\r\n]")
_NUMBER = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?[%‰]?")
_BETWEEN = " | "
_OF_SOURCE: tuple[Callable[[Citation], object], ...] = (
    lambda citation: citation.n,
    lambda citation: citation.document,
    lambda citation: citation.page or "",
    lambda citation: citation.title,
    lambda citation: citation.publisher,
    lambda citation: citation.published,
    lambda citation: citation.quote,
)


def figures_csv(briefing: Briefing) -> bytes:
    """The figures, one a row, as UTF-8 with a byte order mark, without which Excel guesses another encoding.

    The columns are those of `COLUMNS`. What there is of each source stands in the columns from `citations`
    on, in the order of the sources, ` | ` between them; a bar within is written ｜. A cell that a spreadsheet
    would take for a formula gets an apostrophe in front.
    """
    return _table(briefing.figures, briefing.citations)


def comparison_csv(comparison: Comparison) -> bytes:
    """The figures of all companies, indicator after indicator, in the form of `figures_csv`."""
    rows = (figure for row in comparison.figures for cell in row.figures for figure in cell)
    return _table(rows, comparison.citations)


def harmless(cell: str) -> str:
    """The cell with an apostrophe in front if a spreadsheet would take it for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def csv_text(names: Sequence[str], table: Iterable[Sequence[str]]) -> str:
    """A line of names and the rows below it; line feeds end the lines."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(table)
    return text.getvalue()


def _table(figures: Iterable[Figure], citations: Sequence[Citation]) -> bytes:
    # Many figures share their sources: what a source puts into its cells is made once.
    cells = {c.n: tuple(line(str(of(c))).replace("|", "｜") for of in _OF_SOURCE) for c in citations}
    return csv_text(COLUMNS, (_row(figure, cells) for figure in figures)).encode("utf-8-sig")


def _row(figure: Figure, cells: dict[int, tuple[str, ...]]) -> list[str]:
    about = (
        *(figure.company, figure.indicator, figure.value, figure.unit, figure.as_of, figure.text),
        "true" if figure.is_plan else "false",
    )
    sources = zip(*(cells[n] for n in figure.citations if n in cells), strict=True)
    of_sources = [_BETWEEN.join(source) for source in sources] or [""] * len(_OF_SOURCE)
    return [harmless(cell) for cell in (*map(line, about), *of_sources)]
