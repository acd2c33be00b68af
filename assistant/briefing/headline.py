"""The two or three lines that a briefing opens with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant import companies
from assistant.briefing.choosing import alike
from assistant.briefing.lines import lines
from assistant.briefing.material import Statement, Topic
from assistant.briefing.worth import worth
from assistant.folding import fold

_MOST = 3
_CHARACTERS = 180
"""What the lines have together."""
_GOOD_LENGTHS = range(25, 91)
_EARLY = 14
"""A sentence that is about a company names it within so many characters, or behind its first comma."""
_NAMED, _TELLING = 0.4, 1.3
"""What a second line needs: that it names the company, and tells something of it."""
_DEPENDENT = re.compile(
    r"(?:同时|此外|另外|其中|不仅如此|与此同时|除此|为此|因此|对此|而|但|并|以[^，,]{2,20}为例|总之|综上|和[^，,]{2,20}一样|[一二三四五六]是|下一步|未来|今后|"
    r"这|该|其|他|她|它|两者|据|目前[，,]?已|在[^，,]{2,30}方面|另|也|还|再|“|\"|「|《|[（(\d]+[.、）)])"
)


def headline(statements: Sequence[Statement], company: str, found: Sequence[Topic] = ()) -> list[Statement]:
    """Two or three statements that say what the company is about, from different topics.

    Args:
        statements: those of the company.
        company: its name.
        found: their topics, as `themes.topics` gives them.
    """
    graded = sorted(_graded(statements, company, found), key=lambda item: (-item[0], item[2].start))
    chosen: list[tuple[int, Statement]] = []
    for _, topic, line in graded:
        if len(chosen) == _MOST:
            break
        long = sum(len(other.text) for _, other in chosen) + len(line.text) > _CHARACTERS
        repeats = any(topic == other or alike(line.text, text.text) for other, text in chosen)
        tells = _is_telling(line.text, company)
        if not chosen or (tells and not (long or repeats)):
            chosen.append((topic, line))
    return [line for _, line in sorted(chosen, key=lambda pair: pair[0])]


def _graded(
    statements: Sequence[Statement], company: str, found: Sequence[Topic]
) -> Iterator[tuple[float, int, Statement]]:
    """Lines with how well each opens a briefing, and the topic that it is of."""
    listed = [(n, line) for n, topic in enumerate(found) for line in topic.statements]
    listed = listed or list(enumerate(lines(statements))) or list(enumerate(statements))
    for n, line in listed:
        yield _grade(line.text, company) - 0.5 * n / (len(found) + 1), n, line


def _is_telling(text: str, company: str) -> bool:
    """Whether a line names the company, tells something of it and needs no other line."""
    folded = fold(text)
    independent = _DEPENDENT.match(folded) is None and folded[-1:] not in "，,；;"
    return independent and _naming(folded, company) >= _NAMED and worth(text, company) >= _TELLING


def _grade(text: str, company: str) -> float:
    folded = fold(text).strip()
    grade = min(worth(text, company), 3.5) + 2.5 * _naming(folded, company)
    if _DEPENDENT.match(folded):
        grade -= 2.5
    if folded[-1:] not in "。！.!":
        grade -= 0.5
    over = len(folded) - _GOOD_LENGTHS[-1]
    under = _GOOD_LENGTHS[0] - len(folded)
    return grade - 0.04 * max(0, over) - 0.06 * max(0, under)


def _naming(folded: str, company: str) -> float:
    """How clearly a sentence is about the company: 1 as its subject, less where named elsewhere or not."""
    at = folded.find(fold(company))
    named = companies.find(folded)
    if at < 0 and company not in named:
        return 0.25 if not named and re.search(r"公司|企业|我[行院校厂司]", folded) else 0.0
    first = named[:1] == [company] or not named
    comma = re.search(r"[，,]", folded)
    early = at >= 0 and (at <= _EARLY or (comma is not None and 0 <= at - comma.end() <= _EARLY))
    return 0.4 + 0.3 * first + 0.3 * early
