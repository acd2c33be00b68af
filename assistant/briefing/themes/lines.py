"""Statements to lines: what can stand alone as one line of a briefing, still verbatim."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.briefing.material import Statement

_LONGEST = 170
"""Parts of one sentence, or a sentence and the one that points back to it, are put together up to this."""
_POINTING = 300
"""As above, where the second makes no sense alone."""
_BACK = re.compile(
    r"(?:其中|同时|并且?|两者|二者|双方还|该|其(?!他|它|实|次)|此举|这|也|还|以及|而且|从而|进而|他们?|她们?|它们?|据此|由此|"
    r"上述|前者|后者|对此|为此|与此同时|另一方面|平均)"
)
_WHOLE = re.compile(r"(?:[一二三四五六七八九十]是|第[一二三四五六]|[^，,。；]{2,10}方面[，,])")
_ENDED = re.compile(r"[。！？!?…][”’」』）)\]》]*\s*$")
_LEAD = re.compile(r"(?:[:：]|——|如下[。.]?|可见一斑.{0,3})\s*$")
_TALK = re.compile(
    r"[”’]?[^，。“”]{0,24}(?:说|表示|告诉记者|坦言|感慨|感叹|介绍|感言|回忆|称赞?)(?:道|说)?[:：。,，]"
)
_SPOKEN = re.compile(r"^\s*[“\"「]|[”\"」]\s*$|[:：]\s*[“\"「]")
_SAID = re.compile(r"(?:[说道]|说道|表示|感慨|感叹)[。:：]?$|(?:回忆|坦言|感慨|感叹)道?[，,:：]")
_FIRST_PERSON = re.compile(r"[我咱](?!国|市|省|区|县|院|行|校|公司|司)")


def lines(statements: Sequence[Statement]) -> list[Statement]:
    """The statements that can be read alone, parts of a sentence that need each other as one.

    Left out are rows of tables, headings, what only leads to something else, and what people said.
    """
    prose = [statement for statement in statements if not statement.is_row or _is_prose(statement)]
    return [line for line in _joined(prose) if _is_readable(line)]


def _is_prose(row: Statement) -> bool:
    return "\t" not in row.text and len(row.text) > 20


def _joined(statements: Sequence[Statement]) -> list[Statement]:
    found: list[Statement] = []
    for statement in statements:
        if found and _belongs(found[-1], statement):
            found[-1] = _together(found[-1], statement)
        else:
            found.append(statement)
    return found


def _belongs(one: Statement, two: Statement) -> bool:
    """Whether two neighbours are to be read together."""
    if one.passage.id != two.passage.id or one.company != two.company or two.start < one.end:
        return False
    between = one.passage.text[one.end - one.passage.start : two.start - one.passage.start]
    if between.strip() or two.is_row or one.is_row:
        return False
    length = two.end - one.start
    points = _BACK.match(two.text) is not None
    if _ENDED.search(one.text) or "\n" in between:
        return points and "\n" not in between and not two.text.startswith("同时") and length <= _LONGEST
    if points or not _WHOLE.match(two.text):
        return length <= (_POINTING if points else _LONGEST)
    return False


def _together(one: Statement, two: Statement) -> Statement:
    start = one.passage.start
    return replace(one, text=one.passage.text[one.start - start : two.end - start], end=two.end)


def _is_readable(line: Statement) -> bool:
    text = line.text.strip()
    if len(text) < 8 or _LEAD.search(text):
        return False
    if len(text) < 24 and not re.search(r"[。；;，,！]", text):
        return False
    return not (is_talk(text) or _is_quoted(line))


def _is_quoted(line: Statement) -> bool:
    """Whether it stands inside of a quotation that is longer than it."""
    before = line.passage.text[: line.start - line.passage.start]
    return any(
        before.count(a) > before.count(b) or line.text.count(a) > line.text.count(b)
        for a, b in ("“”", "「」")
    )


def is_talk(text: str) -> bool:
    """Whether it is what a person said rather than what the source states."""
    if text.endswith(("？", "?")) or _SAID.search(text) or (text[:1] in '“"「' and text[-1:] in '”"」'):
        return True
    quoted = _SPOKEN.search(text) is not None and (_TALK.search(text) or _FIRST_PERSON.search(text))
    return bool(quoted) or len(_FIRST_PERSON.findall(text)) > 1
