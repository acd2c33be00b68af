"""Lines of all pages to paragraphs: where one ends is told by the margins, not by full stops alone."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.cleaning.characters import close_gaps
from assistant.cleaning.lines import ends_sentence
from assistant.mapped_text import MappedText
from assistant.readers import pdf_headings
from assistant.readers.pdf_captions import Captions
from assistant.readers.pdf_columns import Column, columns, usual_column
from assistant.readers.pdf_furniture import Sheet
from assistant.readers.pdf_lines import Line, Role, had_blank
from assistant.records import Paragraph

_INDENT = 1.2
_SLACK = 1.4
_SIZES = 1.12
"""Sizes that differ by a larger factor belong to different paragraphs."""
_SPREAD = 1.45
"""A gap larger than this many of the usual line distances parts paragraphs."""
_BULLET = re.compile("^(?:[●•■◆▪◼○➢❖✓√□*\uf000-\uf0ff]|[-–—]\\s)\\s*\\S")
_SOURCE = re.compile(r"^(?:数据|资料)?来源\s*[:：]|^单位\s*[:：]")
_CHOICE = re.compile(r"^[□√☑☒■]\s*(?:是|否|适用|不适用)")
_LABEL = re.compile(
    r"^[（(【\[]?(?:文章|新闻|信息|稿件)?(?:来源|发布时间|发布日期|发布人|发布单位|作者|记者|日期)\s*[:：]"
)
_CAPTION = re.compile(r"^[图表]\s*[\d一二三四五六七八九十]")
_MARK_AT_END = re.compile(r"[^\w\s]$")
_OPEN_END = re.compile(r"[\w，、,]$")
_LONG = 0.8
_NOTE_MARK = re.compile(r"^(?:\[?\d{1,3}\]?|[①-⑳]|\*{1,3})\s*(?=[^\s\d.])")
_OPENS = "“《（「『(【"
_CLOSES = "”》）」』)】"
_HAN_GAP = re.compile(r"[\u3400-\u9fff] [\u3400-\u9fff]")
_WORD = re.compile(r"[^\u2e80-\uffef\s]+")


@dataclass(slots=True)
class _Placed:
    """A line with its raw offset, its page and its column."""

    line: Line
    at: int
    page: int
    column: Column

    def is_full(self, following: str) -> bool:
        """Whether what follows did not fit into the line."""
        match = _WORD.match(following)
        wanted = min(len(match.group()), 24) * 0.5 + _SLACK / 2 if match else 1.0 + _SLACK
        return self.column.right - self.line.right < wanted * self.line.size

    @property
    def is_centred(self) -> bool:
        middle = (self.column.left + self.column.right) / 2
        return self.is_indented and abs((self.line.left + self.line.right) / 2 - middle) < self.line.size

    @property
    def is_indented(self) -> bool:
        return self.line.left > self.column.left + _INDENT * self.line.size


@dataclass(slots=True)
class _Draft:
    """A paragraph while it is put together."""

    lines: list[_Placed] = field(default_factory=list)


def paragraphs(sheets: Sequence[Sheet], starts: Sequence[int]) -> list[Paragraph]:
    """The paragraphs, headings and rows of a document; `starts` are the raw offsets of its pages."""
    drafts = [_Draft(group) for group in _groups(list(_placed(sheets, starts)))]
    candidates = [_candidate(draft) for draft in drafts]
    pdf_headings.find([candidate for candidate in candidates if candidate is not None])
    captions = Captions()
    result: list[Paragraph] = []
    for draft, candidate in zip(drafts, candidates, strict=True):
        first = draft.lines[0]
        text = _joined(draft.lines)
        if not text.text.strip("\t "):
            continue
        if candidate is None:
            row = captions.table(first.line, first.page)
            if row is not None:
                result.append(Paragraph(text, row[1], table=row[0]))
            continue
        captions.see(text.text, heading=candidate.heading, framed=first.line.framed)
        if not candidate.heading and len(draft.lines) > 1 and _HAN_GAP.search(text.text):
            text = close_gaps(text)
        result.append(Paragraph(text, candidate.heading, level=candidate.level))
    return result


def _placed(sheets: Sequence[Sheet], starts: Sequence[int]) -> Iterator[_Placed]:
    usual = usual_column([line for sheet in sheets for line in sheet.lines])
    for page, (sheet, start) in enumerate(zip(sheets, starts, strict=True)):
        found = columns(sheet.lines, usual)
        at = start
        for line in sheet.lines:
            if line.role in (Role.TEXT, Role.NOTE):
                yield _Placed(line, at, page, found.get(id(line), usual))
            at += len(line.text) + 1


def _groups(lines: Sequence[_Placed]) -> Iterator[list[_Placed]]:
    group: list[_Placed] = []
    for line in lines:
        if group and _parts(group, line):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _parts(group: Sequence[_Placed], new: _Placed) -> bool:
    """Whether a paragraph ends between its last line so far and the next line."""
    last = group[-1]
    line, other = last.line, new.line
    if line.table or other.table or line.role is not other.role:
        return True
    if line.role is Role.NOTE:
        return _NOTE_MARK.match(other.text) is not None
    if _differs(last, new):
        return True
    unfinished = not _is_balanced("".join(placed.line.text for placed in group[-3:]))
    full = last.is_full(other.text)
    gap = last.page == new.page and other.base - line.base > _SPREAD * max(last.column.pitch, 1.2 * line.size)
    if gap:
        return not full or new.is_indented or not (unfinished or _OPEN_END.search(line.text))
    if line.bold != other.bold and not full:
        return True
    if _starts_point(other.text):
        return not (full and not ends_sentence(line.text)) or new.is_indented
    if not full:
        return not _goes_on(last, new) and not (unfinished and len(group) < 3)
    return new.is_indented and not _is_hanging(group, new)


def _differs(last: _Placed, new: _Placed) -> bool:
    """Whether two lines are set too differently, or begin too differently, to be of one paragraph."""
    line, other = last.line, new.line
    scale = line.size / other.size
    if not 1 / _SIZES < scale < _SIZES:
        return True
    if new.is_indented and (_LABEL.match(other.text) or _CAPTION.match(other.text)):
        return True
    if last.is_centred and new.is_centred and not 0.96 < scale < 1.04:
        return True
    return _SOURCE.match(line.text) is not None or _CHOICE.match(other.text) is not None


def _goes_on(last: _Placed, new: _Placed) -> bool:
    """Whether a line that stops a little short has no end all the same."""
    line, column = last.line, last.column
    long = line.right - line.left > _LONG * (column.right - column.left)
    return long and not new.is_indented and not _MARK_AT_END.search(line.text)


def _is_hanging(group: Sequence[_Placed], new: _Placed) -> bool:
    """Whether an indented line goes on with the paragraph: of a point, of an indented or a centred one."""
    first, line, other = group[0].line, group[-1].line, new.line
    if _starts_point(first.text) and 0 < other.left - first.left < 3.5 * line.size:
        return True
    alike = abs(other.left - line.left) < 0.5 * line.size
    return not ends_sentence(line.text) and (alike or new.is_centred)


def _starts_point(text: str) -> bool:
    return _BULLET.match(text) is not None or pdf_headings.style_of(text) is not None


def _is_balanced(text: str) -> bool:
    return sum(map(text.count, _OPENS)) <= sum(map(text.count, _CLOSES))


def _candidate(draft: _Draft) -> pdf_headings.Candidate | None:
    """The paragraph as a possible heading; None of a row."""
    first, last = draft.lines[0], draft.lines[-1]
    line = first.line
    if line.table:
        return None
    text = "".join(placed.line.text for placed in draft.lines)
    centred = all(placed.is_centred for placed in draft.lines)
    alone = len(draft.lines) <= 3 and (centred or not last.is_full("一") or line.size > 14)
    bold = all(placed.line.bold for placed in draft.lines)
    return pdf_headings.Candidate(text, line.size, bold, alone and line.role is Role.TEXT, centred)


def _joined(lines: Sequence[_Placed]) -> MappedText:
    """The lines put together, a blank between Latin words that a line end kept apart."""
    texts: list[str] = []
    offsets = array("I")
    before = ""
    for placed in lines:
        text, at = placed.line.text, placed.at
        if before and had_blank(before, text[0]):
            texts.append(" ")
            offsets.append(at - 1)
        start = 0
        for place in (*placed.line.dropped, len(text)):
            texts.append(text[start:place])
            offsets.extend(range(at + start, at + place))
            start = place + 1
        before = text[-1]
    return MappedText("".join(texts), offsets)
