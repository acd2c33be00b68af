"""Rows of tables to figures: what each numeric cell is a figure of, its unit, and when it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.briefing.dating import periods
from assistant.briefing.figures.table_lines import CURRENCY, Table, label_of, table_of
from assistant.briefing.figures.units import UNIT
from assistant.briefing.material import Statement
from assistant.folding import fold

_AMOUNT = (
    r"%|‰|[十百千]?[万亿]*(?:(?:人民币|美|港|欧|日)?元(?:/\S{1,6})?"
    rf"|(?:{UNIT})(?:/\S{{1,4}})?)|[十百千]?[万亿]"
)
_CELL = re.compile(
    r"(?P<way>增加|减少|上升|下降|提高|降低|增长|上涨|下跌|约|近|超过?)?\s*"
    r"(?P<figure>(?P<value>[-+−－(]?\s*[¥$]?\s*\d[\d,]*(?:\.\d+)?(?:e[+-]?\d+)?\s*\)?)\s*"
    rf"(?P<unit>{_AMOUNT}|[a-z][a-z/]{{0,7}})?)\s*(?:以上|左右|[↑↓])?",
)
_UNIT = re.compile(rf"{_AMOUNT}|[万亿]?\s*[a-z]{{1,7}}(?:/[a-z]+)?")
_PAREN = re.compile(r"\s*[(（]([^()（）]{1,12})[)）]")
_CODES = re.compile(
    r"序号|编号|代码|附注|注释|页码|电话|传真|邮编|邮政|证件|号码|行次|日期(?!间)|时间|文号|网址|邮箱|年份|排名|名次|版本|届次|身份证|账号|出生|期限"
    r"|^no\.?$|^起止|联系|地址"
)
_PLAIN = re.compile(r"(?:金额|数[量额值]?|余额|合计|发生额|情况|指标值?|值|累计|数据|结果|人民币)?")
_CHANGE = re.compile(r"增减|变动|同比|环比|增幅|增速|增长|比上|较上|变化")
_COMPARED = re.compile(r"比(?![例重率])|较|同比|环比|增减|变动|增[长幅速]")
_RATIO = re.compile(r"比例|占比|比率|比重|率|幅度?$|指数|倍数")
_SHARE = re.compile(r"百分比|比例|占比|[(（]%[)）]")
_NUMBERED = re.compile(r"数量|股东总数|人数|户数|家数|个数|次数|股数|笔数|件数|总数")
_DUE = re.compile(r"到期|起[始止]|开始|终止|截止|发行|成立|印发|发布")
_SIDE = re.compile(r"性质|状态|说明|备注|方式|原因")
_SEVERAL = re.compile(r"[、,，;；]")
"""Several units over a table: which row has which, is not said."""
_FRONT = re.compile(r"^(?:本|年初至|报告)[^比较]{0,7}(?=比|较)")
_NOTHING = re.compile(r"[-–—－/\s*]*|不适用|无|同上|n/?a")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LETTER, _WORD = re.compile(r"[^\W\d_]"), re.compile(r"[^\W\d_]{2}")
_NO_AMOUNT = re.compile(r"(?:19|20)\d\d|0\d{4,}")
_folded = lru_cache(maxsize=4096)(fold)
_PARENT = "母公司"
_LABELS = 2
"""How many of the text cells of a row name it, the last ones."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A numeric cell of a row, `text[start:end]`; `as_of` is None where neither head nor label tells."""

    indicator: str
    value: str
    unit: str
    as_of: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Row:
    """What names a row: its label, a unit and a time that stand in cells of their own."""

    label: str
    unit: str
    when: str


@dataclass(frozen=True, slots=True)
class _Column:
    """One cell, where its words begin in the row, as written and folded, and the head over it."""

    start: int
    text: str
    folded: str
    head: str


@dataclass(frozen=True, slots=True)
class _Head:
    """A column's head, and how many columns before it have the same."""

    text: str
    same: int


def cells(statement: Statement, carried: Sequence[str] = ()) -> Iterator[Cell]:
    """The numeric cells of a row in their order: no numbers of rows, notes, telephones; no dates.

    Args:
        carried: the heads of a row above, for a table that has none of its own.
    """
    table = table_of(statement.passage.table)
    above = table.heads or (carried if len(carried) == statement.text.count("\t") + 1 else ())
    columns = _columns(statement.text, above)
    heads = [column.head for column in columns]
    figures = _figures(columns)
    row = _row(columns, figures, statement.passage.metadata.period)
    if _CODES.search(row.label) and sum(map(bool, figures)) < 2:
        return
    first: str | None = None
    owners = dict(statement.owners)
    for at, (column, figure) in enumerate(zip(columns, figures, strict=True)):
        if figure and owners.get(column.head, statement.company) == statement.company:
            same = heads[:at].count(column.head) if column.head else sum(map(bool, figures[:at]))
            head = "" if column.head in owners else column.head
            cell = _cell(statement, table, row, _Head(head, same), figure, column.start)
            # 比上年同期增减 without a time of its own compares the first column.
            cell = replace(cell, as_of=first) if first and _COMPARED.match(column.head) else cell
            first = first or cell.as_of
            yield cell


def _columns(text: str, heads: Sequence[str]) -> list[_Column]:
    """The cells of a row under their heads; of several numbers in one cell each by itself."""
    written = text.split("\t")
    over = (*("",) * len(written), *heads)[-len(written) :] if len(heads) >= len(written) - 1 else ()
    found: list[_Column] = []
    start = 0
    for at, cell in enumerate(written):
        pieces = list(re.finditer(r"\S+", cell))
        several = len(pieces) > 1 and all(_CELL.fullmatch(fold(piece.group())) for piece in pieces)
        spans = [piece.span() for piece in pieces] if several else [(0, len(cell))]
        for first, last in spans:
            words = cell[first:last]
            lead = len(words) - len(words.lstrip())
            head = over[at] if over else ""
            found.append(_Column(start + first + lead, words, fold(words), head))
        start += len(cell) + 1
    return found


def head_cells(statement: Statement) -> tuple[str, ...]:
    """The cells of a row that says of its columns when they hold, for the rows below it; else nothing."""
    cells = statement.text.split("\t")
    is_head = len(cells) > 1 and all(periods.is_time(fold(cell).strip()) for cell in cells[1:])
    return tuple(cells) if is_head and not _CELL.fullmatch(fold(cells[0]).strip()) else ()


def _figures(columns: Sequence[_Column]) -> list[re.Match[str] | None]:
    """The numbers of a row, None for other cells; what stands before its first words numbers the row."""
    figures = [_figure(column.folded, column.head) for column in columns]
    words = (at for at, column in enumerate(columns) if not figures[at] and _WORD.search(column.folded))
    first = next(words, -1)
    return [figure if at > first else None for at, figure in enumerate(figures)]


def _figure(cell: str, head: str) -> re.Match[str] | None:
    """The cell's number, if it is an amount rather than a code or a date."""
    match = _CELL.fullmatch(cell.strip()) if cell[:60].strip() else None
    if not match or _CODES.search(_folded(head)) or _NO_AMOUNT.fullmatch(match["figure"].strip()):
        return None
    if match["unit"] == "年" and _YEAR.fullmatch(match["value"].strip()):
        return None
    return match


def _row(columns: Sequence[_Column], figures: Sequence[re.Match[str] | None], period: str) -> _Row:
    """What stands before the first number of a row names it; a unit may stand behind as well."""
    labels, unit, when = [], "", ""
    first = next((at for at, figure in enumerate(figures) if figure), len(columns))
    for at, column in enumerate(columns):
        head, words = column.head, column.folded.strip()
        if "单位" in head and _UNIT.fullmatch(words):
            unit = column.text.strip()
            continue
        is_number = re.fullmatch(r"\d+", words) and not _YEAR.search(words)
        if at >= first or is_number or _NOTHING.fullmatch(words):
            continue
        if periods.is_time(words) or _YEAR.fullmatch(words):
            when = when or ("" if _DUE.search(head) else periods.of_head(words, period))
        elif _LETTER.search(column.text) and not _CODES.search(_folded(head)) and not _SIDE.search(head):
            labels.append(label_of(column.text))
    kept = [label for label in labels if label][:_LABELS]
    return _Row(" ".join(dict.fromkeys(kept)), unit, when)


def _cell(
    statement: Statement, table: Table, row: _Row, head: _Head, figure: re.Match[str], start: int
) -> Cell:
    first, last = (start + at for at in figure.span("value"))
    words = statement.text[first : start + figure.end("figure")].rstrip()
    value = statement.text[first:last]
    unit = words[len(value) :].strip() or _unit(table, row, _folded(head.text))
    # Of an amount and its share in one cell, the head that is left speaks of the share.
    said = "" if "元" in unit and _SHARE.search(head.text) else head.text
    return Cell(
        _indicator(statement, table, row, said, figure["way"] or ""),
        "".join(value.split()),
        unit,
        _when(table, row, head, statement.passage.metadata.period),
        first,
        first + len(words),
    )


def _when(table: Table, row: _Row, head: _Head, period: str) -> str | None:
    """When a cell holds: by head, row or the table's name; a report's first column by its period."""
    if said := periods.of_head(_folded(head.text), period) or row.when:
        return said
    named = periods.named(_folded(table.caption))
    if named:
        return named[head.same] if head.same < len(named) else ""
    if not period:
        return None
    return "" if head.same else periods.of_head("本期", period)


def _unit(table: Table, row: _Row, head: str) -> str:
    """The unit that head or row states, or the table, unless what the cell holds is of another kind."""
    for words in (head, row.label):
        for inside in _PAREN.findall(words):
            if _UNIT.fullmatch(fold(CURRENCY.sub("", inside).strip())):
                return str(CURRENCY.sub("", inside).strip())
    if row.unit:
        return row.unit
    said = f"{row.label} {head}"
    is_money = table.unit == "股" or "元" in table.unit
    if _CHANGE.search(head) or (
        is_money and (_RATIO.search(said) or _NUMBERED.search(said) and table.unit != "股" or "总数" in said)
    ):
        return "%" if table.unit == "%" else ""
    return "" if _SEVERAL.search(table.unit) else table.unit


def _indicator(statement: Statement, table: Table, row: _Row, head: str, way: str) -> str:
    label = _without_unit(row.label)
    name = _without_unit(head)
    if _CHANGE.search(name) and re.search("[比较]", name):
        name = _FRONT.sub("", name)
    elif periods.of_head(_folded(head), statement.passage.metadata.period):
        name = periods.without_time(name)
    if way and "增减" in name:
        name = re.sub(r"增减(?:变动)?(?:幅度)?", way, name)
    if _PLAIN.fullmatch(name) or name in label:
        name = ""
    words = " ".join(filter(None, (label, name))) or table.caption or _last(statement)
    return f"{words}（{_PARENT}）" if _is_of_parent(statement, table) and _PARENT not in words else words


def _is_of_parent(statement: Statement, table: Table) -> bool:
    """Whether a table of a group's report is one of the parent company alone."""
    section = statement.passage.section.split(" › ")[-1]
    return _PARENT in section + table.caption and "合并" not in table.caption


def _without_unit(words: str) -> str:
    """A head or label without the unit that it has in parentheses: 金额（万元）."""

    def emptied(match: re.Match[str]) -> str:
        return "" if _UNIT.fullmatch(fold(CURRENCY.sub("", match.group(1)).strip())) else match.group()

    return " ".join(_PAREN.sub(emptied, words).split()).strip(" :：")


def _last(statement: Statement) -> str:
    passage = statement.passage
    return passage.section.split(" › ")[-1] or passage.metadata.title or statement.company
