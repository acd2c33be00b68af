"""When a statement holds, and when what it tells of happened."""

from __future__ import annotations

import re

from assistant.briefing.dating import periods
from assistant.briefing.dating.dates import joined, mentions
from assistant.briefing.dating.moments import Anchor, Mention, Role
from assistant.briefing.material import Statement
from assistant.folding import fold

_SENTENCE_END = re.compile(r"[。！？!?]+[”」』）)]*")
_PUBLISHED = re.compile(r"((?:19|20)\d\d)(?:-(\d\d)(?:-(\d\d))?)?")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?\s*(?=[^\s\d年月日])")
_NEW_FRAME = re.compile(
    r"(?:近年|多年|同日|当日|次日|未来|下一步|长期|一直|历年|此前|以往|接下来|面向|展望|今后|过去)"
)
_BY_NOW = re.compile(r"[^,;。\d]{0,12}(?:已[在经有建]|现有|共有)")
"""What there is by now is of no quarter or half that was spoken of before."""
_LEADING = 10
"""A date this near to the beginning of its sentence sets the time for the next ones, too."""
_MONTH = len("2019-05")
_CARRIED = 2
"""How many sentences on."""
_THE_SAME = ("本年", "本年度", "当年", "同年")
_END_OF_YEAR = re.compile(r"\s*年?度?[底末全]")
_SAME_PART = re.compile(r"\s*同期")
_WHOLE_YEAR = re.compile(r"全年(?!龄)")
_OPENED_BEHIND = re.compile(r"[\d,.]+[^\d\s,，。；;()（）]{0,4}[（(]")
_BEHIND = re.compile(r"(?:于|在|截[至止])\s*$")


def as_of(statement: Statement, at: int) -> str:
    """When a figure holds that stands at `at` in the statement; empty where nothing tells.

    `YYYY[-MM[-DD]]`, a half (`2022H1`), a quarter (`2022Q3`) or the first three quarters (`2022Q1-Q3`). The
    end of a year or month is the year or month itself. It is the nearest date before the figure that governs
    it, in its sentence or at the head of the two before in the paragraph. What has none holds for the period
    that its document reports on, else for the month in which that was published, or the year it is about.
    """
    anchor = anchor_of(statement)
    lead, before = _context(statement)
    text = _unquoted(fold(lead + statement.text), len(lead) + at)
    found = _governing(text, len(lead) + at, is_in_report=bool(statement.passage.metadata.period))
    if found is not None:
        date = found.resolved(anchor, _named_before(statement, text, found))
        if _is_the_last(found, text):
            return date + (_period(statement)[4:] or _part_before(text, found, anchor))
        return date[:4] if _is_whole_year(text, found, len(lead) + at) else date
    if known := _behind(text, len(lead) + at, anchor) or _carried(text, before, anchor):
        return known
    source = _of_source(statement)
    return source[:4] if _is_of_whole_year(text, len(lead) + at) else source


def _unquoted(text: str, at: int) -> str:
    """The text without the quotation marks that `at` stands between: what is quoted dates its own figures."""
    opened, closed = max(text.rfind("“", 0, at), text.rfind("「", 0, at)), -1
    if opened >= 0:
        closed = text.find("”" if text[opened] == "“" else "」", opened)
    if opened < 0 or closed < at:
        return text
    return f"{text[:opened]} {text[opened + 1 : closed]} {text[closed + 1 :]}"


def event_date(statement: Statement) -> str:
    """When what the statement tells of happened, `YYYY[-MM[-DD]]`; empty where it does not say."""
    anchor = anchor_of(statement)
    lead, before = _context(statement)
    text = fold(lead + statement.text)
    dates = [m for m in mentions(text) if m.role in (Role.GOVERNS, Role.SINCE) and not m.now]
    own = [m for m in dates if m.start >= len(lead)]
    leading = [m for m in dates if m.start <= _LEADING and m.role is Role.GOVERNS]
    for mention in own or leading[:1]:
        date = mention.resolved(anchor, _named_before(statement, text, mention))
        return date[:4] if mention.part else date
    return ""


def anchor_of(statement: Statement) -> Anchor:
    """When the words 今年, 本月 and 目前 are spoken."""
    metadata = statement.passage.metadata
    has_own_day = len(statement.time) > _MONTH
    year, month, day = _parts(statement.time if has_own_day else metadata.published or statement.time)
    written = _parts(metadata.period)[0] or statement.year or year
    return Anchor(year, month, day) if written == year else Anchor(written)


def _parts(date: str) -> tuple[int, int, int]:
    match = _PUBLISHED.match(date)
    year, month, day = match.groups() if match else (None, None, None)
    return int(year or 0), int(month or 0), int(day or 0)


def _of_source(statement: Statement) -> str:
    published = _PUBLISHED.match(statement.passage.metadata.published)
    return _period(statement) or _at_month(statement.time) or (published.group()[:7] if published else "")


def _at_month(time: str) -> str:
    """A day as its month; a period, month or year as it is."""
    return time[:_MONTH] if "-" in time[:_MONTH] and len(time) > len("2022Q1-Q3") else time


def _period(statement: Statement) -> str:
    return periods.bare(statement.passage.metadata.period)


def _context(statement: Statement) -> tuple[str, list[str]]:
    """What stands before the statement in its sentence, and the sentences before that in the paragraph."""
    passage = statement.passage
    head = passage.text[: max(0, statement.start - passage.start)]
    paragraph = head[head.rfind("\n") + 1 :]
    ends = [0, *(match.end() for match in _SENTENCE_END.finditer(paragraph))]
    sentences = [paragraph[a:b] for a, b in zip(ends, ends[1:], strict=False)]
    return paragraph[ends[-1] :].lstrip() or statement.before, sentences[-_CARRIED:]


def _governing(text: str, at: int, *, is_in_report: bool) -> Mention | None:
    """The last date before `at` that reaches it; of some that stand side by side the one in its turn.

    The 本年 of a report, or of a sentence that has a date, is no other time.
    """
    reaching = [m for m in mentions(text) if m.end <= at < m.until and m.role is not Role.SINCE]
    reaching = [m for n, m in enumerate(reaching) if not ((n or is_in_report) and _is_the_same_year(m, text))]
    if not reaching:
        return _in_parentheses(text, at)
    last = reaching[-1]
    if last.role is Role.COMPARED:
        return last
    row = [last]
    for mention in reversed(reaching[:-1]):
        if not joined(text, mention, row[0]):
            break
        row.insert(0, mention)
    if len(row) > 1 and "分别" in text[last.end : at]:
        turn = len(_NUMBER.findall(text, last.end, at))
        return row[min(turn, len(row) - 1)]
    return last


def _is_the_last(mention: Mention, text: str) -> bool:
    """Whether a date is the 上年 or 去年 that a report of half a year means the half by."""
    is_bare = mention.back == 1 and not mention.month and not mention.part
    return is_bare and not _END_OF_YEAR.match(text, mention.end)


def _part_before(text: str, mention: Mention, anchor: Anchor) -> str:
    """Of 上年同期 the half, quarter or month that the sentence spoke of before."""
    if not _SAME_PART.match(text, mention.end):
        return ""
    earlier = [m for m in mentions(text) if m.end <= mention.start and (m.part or m.month)]
    return earlier[-1].resolved(anchor)[4:] if earlier else ""


def _is_the_same_year(mention: Mention, text: str) -> bool:
    return not mention.month and not mention.part and text[mention.start : mention.end] in _THE_SAME


def _in_parentheses(text: str, at: int) -> Mention | None:
    """The date right behind a figure in parentheses: 5.1亿元(2019年)."""
    opened = _OPENED_BEHIND.match(text, at)
    if opened is None:
        return None
    return next((m for m in mentions(text) if opened.end() <= m.start <= opened.end() + 3), None)


def _named_before(statement: Statement, text: str, mention: Mention) -> str:
    """The date spoken of before this one, that a month or half without its year belongs to."""
    anchor = anchor_of(statement)
    earlier = [m for m in mentions(text) if m.end <= mention.start and (m.year or m.start == 0)]
    if earlier:
        return earlier[-1].resolved(anchor)
    if mention.is_same:
        head = statement.passage.text[: max(0, statement.start - statement.passage.start)]
        return next((str(m.year) for m in reversed(mentions(head)) if m.year), "")
    return "" if anchor.month else _carried("", _context(statement)[1], anchor)


def _is_whole_year(text: str, mention: Mention, at: int) -> bool:
    if mention.part:
        return _is_of_whole_year(text, at)
    is_named = mention.year or mention.back is not None
    return bool(is_named) and bool(_WHOLE_YEAR.search(text, mention.end, at))


def _is_of_whole_year(text: str, at: int) -> bool:
    """Whether the clause of a figure says 全年."""
    first = max(text.rfind(mark, 0, at) for mark in ",;。")
    return bool(_WHOLE_YEAR.search(text, first + 1, at))


def _behind(text: str, at: int, anchor: Anchor) -> str:
    """A date later in the sentence that says when it was: 承接项目5个，于去年4月完成."""
    for mention in mentions(text):
        if mention.start > at and mention.role is Role.GOVERNS and _BEHIND.search(text, 0, mention.start):
            date = mention.resolved(anchor)
            return date[:4] if _WHOLE_YEAR.search(text, 0, at) else date
    return ""


def _carried(text: str, before: list[str], anchor: Anchor) -> str:
    """The date that one of the last sentences begins with, if this one does not set out anew."""
    if _NEW_FRAME.match(text):
        return ""
    for sentence in map(fold, reversed(before)):
        found = [m for m in mentions(sentence) if m.role is Role.GOVERNS and not m.recent]
        if found:
            is_leading = found[-1].start <= _LEADING and not found[-1].is_ahead
            if found[-1].part and _BY_NOW.match(text):
                return ""
            return found[-1].resolved(anchor) if is_leading else ""
        if _NEW_FRAME.match(sentence):
            return ""
    return ""
