"""Whether a finished briefing holds: each line by its sources, all its figures by what was stated.

Nothing here asks how the briefing was made: figures are read anew, by the rules that check answers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from assistant.answering.verifying.grounding import missing, quantities
from assistant.briefing.material import Statement
from assistant.folding import compact, fold
from assistant.records import Citation
from assistant.records.briefings import Briefing, Figure, Reading
from assistant.records.checks import BriefingCheck

Named = Callable[[str], Sequence[str]]
"""Gives the companies that a text names, each under its one name."""
_Key = tuple[Decimal, str]

_NAME = re.compile(r"“[^“”]*”|「[^「」]*」|《[^《》]*》|‘[^‘’]*’")
"""What is called 3+X or 四个一 is a name and no figure."""
_ORDINAL = re.compile(r"第[\d一二三四五六七八九十百]+\w?|[一二三四五六七八九]?十[一二三四五六七八九]?届")
_CELL = re.compile(r"[(+-]?(?P<value>\d+(?:,\d{3})*(?:\.\d+)?)\s*(?P<share>[%‰]?)\)?")
_HEDGE = re.compile(r"(?<=[\d百千万亿])[余多来](?=[^\W\d])")
_SERIAL = 100
_YEARS = range(1900, 2101)


def check(briefing: Briefing, statements: Iterable[Statement], named: Named) -> BriefingCheck:
    """Hold a briefing against its sources and against the statements that count for it."""
    cited = {citation.n: citation for citation in briefing.citations}
    lines = list(_lines(briefing))
    readings = [reading for conflict in briefing.conflicts for reading in conflict.readings]
    faults = [
        *(_said(figure) for figure in briefing.figures if not _figure_holds(figure, cited)),
        *(_said(reading) for reading in readings if not _figure_holds(reading, cited)),
        *(text for text, numbers in lines if not _line_holds(text, numbers, cited, named)),
    ]
    stated = {key: words for statement in statements for words, key in _stated(statement)}
    shown = set(_shown(briefing, (text for text, _ in lines)))
    return BriefingCheck(
        company=briefing.company,
        seconds=briefing.seconds,
        figures=len(briefing.figures),
        lines=len(lines) + len(readings),
        ungrounded=tuple(faults),
        stated=len(stated),
        left_out=tuple(words for key, words in stated.items() if key not in shown),
        passages=briefing.coverage.passages - briefing.coverage.reprints,
        used=briefing.coverage.used,
    )


def _lines(briefing: Briefing) -> Iterator[tuple[str, tuple[int, ...]]]:
    """All that is said in sentences, with the numbers it cites."""
    bullets = [bullet for theme in briefing.themes for bullet in theme.bullets]
    yield from ((bullet.text, bullet.citations) for bullet in (*briefing.headline, *bullets))
    yield from ((event.text, event.citations) for event in briefing.timeline)


def _line_holds(text: str, numbers: Sequence[int], cited: Mapping[int, Citation], named: Named) -> bool:
    sources = [cited[n] for n in numbers if n in cited]
    if not sources or len(sources) < len(numbers):
        return False
    evidence = [part for source in sources for part in _known(source)]
    if compact(text) in compact(evidence[0]):
        return True
    there = set(named("\n".join(evidence)))
    return not missing(text, evidence) and there.issuperset(named(text))


def _known(source: Citation) -> tuple[str, ...]:
    return source.quote, source.title, source.published, source.publisher


def _figure_holds(figure: Figure | Reading, cited: Mapping[int, Citation]) -> bool:
    """Whether every source that it cites states the value in the unit, and one in these very words."""
    sources = [cited[n] for n in figure.citations if n in cited]
    if not sources or len(sources) < len(figure.citations):
        return False
    verbatim = [_in_words(source.quote, figure) or _in_row(source, figure) for source in sources]
    same = figure.value + figure.unit
    return any(verbatim) and all(
        there or not missing(same, [source.quote, *_declared(source)])
        for there, source in zip(verbatim, sources, strict=True)
    )


def _in_words(quote: str, figure: Figure | Reading) -> bool:
    """Whether a quote has value and unit next to each other, or with the words that the figure gives."""
    value, unit, text = (_plain(part) for part in (figure.value, figure.unit, figure.text))
    if _has_number(value, "", text) and unit in text and text in _plain(quote):
        return True
    unit = unit.lstrip("余多来")
    return _has_number(value, unit, _plain(quote)) or _has_number(value, unit, fold(quote))


def _plain(text: str) -> str:
    """The compact form, without the words that hedge: 3万余条, 3万条."""
    return _HEDGE.sub("", compact(text))


def _has_number(value: str, rest: str, text: str) -> bool:
    """Whether a text has a value, no part of a longer number, with the rest right behind it."""
    return bool(value) and bool(
        re.search(rf"(?<!\d)(?<!\d\.){re.escape(value)}(?!\.?\d){re.escape(rest)}", text)
    )


def _in_row(source: Citation, figure: Figure | Reading) -> bool:
    """Whether a row holds the value, and the unit stands in the row or in what its table declares."""
    cells = [compact(cell) for cell in re.split(r"\t|(?<=[\d%]) +(?=[-\d])", source.quote)]
    value, unit = compact(figure.value), compact(figure.unit)
    is_there = any(_has_number(value, "", cell) or _is_number(value, cell) for cell in cells)
    return len(cells) > 1 and is_there and unit in compact(" ".join((source.quote, *_declared(source))))


def _is_number(value: str, cell: str) -> bool:
    """Whether a cell holds nothing but the value, however many noughts it ends with."""
    one, other = _CELL.fullmatch(value), _CELL.fullmatch(cell)
    return one is not None and other is not None and _cell_key(one)[0] == _cell_key(other)[0]


def _declared(source: Citation) -> tuple[str, ...]:
    """What the table of a row says of its cells."""
    table = source.table
    return (table.caption, f"单位：{table.unit}", *table.heads) if table else ()


def _said(figure: Figure | Reading) -> str:
    indicator = figure.indicator if isinstance(figure, Figure) else figure.text
    return f"{figure.value}{figure.unit}（{indicator}）"


def _stated(statement: Statement) -> Iterator[tuple[str, _Key]]:
    """The figures of a statement, as written and in base units."""
    if not statement.is_row:
        yield from _counted(statement.text)
        return
    for cell in statement.text.split("\t"):
        folded = fold(cell).strip()
        match = _CELL.fullmatch(folded)
        if match is None:
            yield from _counted(cell)
        elif not _may_be_a_number_of_order(match):
            yield folded, _cell_key(match)


def _counted(text: str) -> Iterator[tuple[str, _Key]]:
    """The quantities of a text, without names, ordinals and numerals that may be part of a word."""
    bare = _ORDINAL.sub("\n", _NAME.sub("\n", text))
    return ((words, key) for words, key in quantities(bare) if key[1] or re.search(r"\d", words))


def _may_be_a_number_of_order(match: re.Match[str]) -> bool:
    """A small whole number alone in a cell may number the row or refer to a note; another may be a year."""
    value = match["value"]
    return value.isdecimal() and not match["share"] and (int(value) < _SERIAL or int(value) in _YEARS)


def _cell_key(match: re.Match[str]) -> _Key:
    return Decimal(match["value"].replace(",", "")), match["share"]


def _shown(briefing: Briefing, lines: Iterable[str]) -> Iterator[_Key]:
    """The figures that a briefing shows anywhere, in base units; those of rows as their cells too."""
    for figure in briefing.figures:
        texts = [figure.value + figure.unit, figure.text]
        yield from (key for text in texts for _, key in quantities(text))
        if match := _CELL.fullmatch(fold(figure.value).strip()):
            value = _cell_key(match)[0]
            yield from ((value, ""), (value, "%"), (value, "‰"))
    for text in lines:
        yield from (key for _, key in quantities(text))
