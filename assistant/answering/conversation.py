"""Follow-up questions: a question that refers back is made to stand on its own; any other is left alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant import companies
from assistant.folding import fold, tidied
from assistant.records import Turn

_REFERS_BACK = re.compile(
    r"^(?:那么?|还有|另外|其中|此外|以及|然后)|它们?|(?<!其)他们?|她们?|该(?:公司|企业|平台|项目|系统|活动|文章|集团)|这(?:个|些|家|项|次|"
    r"篇|款|里|件|位)|上述|前者|后者|各自|同期|呢[?？]?$"
)
_ANOTHER = re.compile(r"^(?:那么?)?\s*(?P<other>[^，,。？?]{2,16}?)\s*呢[?？]?$")
_YEAR = re.compile(r"(?:19|20)\d{2}年?")
_TURNS = 6


def recent(history: Sequence[Turn]) -> list[Turn]:
    """The last turns, tidied as a question is."""
    return [Turn(tidied(turn.question), tidied(turn.answer)) for turn in history[-_TURNS:]]


def standalone(question: str, history: Sequence[Turn], limit: int) -> str:
    """The question with what it leaves unsaid taken from the turns before, or the question itself.

    「那重庆铁塔呢？」 asks the last question of another company (or year); 「其中4G的有多少？」 is asked
    of what the last question was about. A turn that refers back itself is understood first. What is longer
    than `limit` characters loses its beginning, for the question is at its end.
    """
    last = ""
    for turn in history:
        last = _joined(turn.question, last)[-limit:]
    return _joined(question, last)[-limit:]


def _joined(question: str, last: str) -> str:
    """The question, completed by the last one where it refers back to it."""
    last = last.strip()
    if not last or not _REFERS_BACK.search(question.strip()):
        return question
    if match := _ANOTHER.match(question.strip()):
        swapped = _swap(last, match["other"])
        if swapped:
            return swapped
    if companies.find(question):
        return question
    subject = re.sub(r"[?？。!！]+$", "", last)
    return f"{subject}，{question.strip()}"


def _swap(last: str, other: str) -> str:
    """The last question with its company, its year or both replaced; empty where none is meant."""
    named, before = companies.spans(other), companies.spans(last)
    year = _YEAR.search(other)
    rest = companies.without(fold(_YEAR.sub("", other)), "")
    if not named and not year:
        return ""
    if rest.strip("的在 ") or (named and not before) or (year and not _YEAR.search(last)):
        return ""
    if named:
        (first, end, _), (start, stop, _) = named[0], before[0]
        last = last[:start] + other[first:end] + last[stop:]
    return _YEAR.sub(year.group(), last, count=1) if year else last
