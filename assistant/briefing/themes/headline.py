"""The two or three lines that a briefing opens with."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from assistant.briefing.material import Statement, Topic
from assistant.briefing.themes.choosing import overlap
from assistant.briefing.themes.lines import lines
from assistant.briefing.themes.openings import grade, is_defining, naming
from assistant.briefing.themes.worth import worth
from assistant.folding import fold

_MOST = 3
_CHARACTERS = (300, 270)
"""What two lines, and three, have together."""
_OF_TOPIC = 30
"""Lines of a topic that are looked at, the strongest."""
_WEIGHTY, _AGAIN, _SAID = 2.0, 1.5, 5.0
"""What it counts that a line is of the topic with the most passages; and against it that a line of its topic,
or one that says the same, is there."""
_SAME = 0.5
_LOOKED_AT = 80
_RECENT = 0.1
"""What each year counts that a line is newer."""
_NAMED = 0.5
"""From here on the company is the subject of a line, or something of it."""
_LEAST, _TELLING = 4.0, 1.4
"""The grade that a second line needs, and what it must tell."""


class _Opening(NamedTuple):
    """A line, its grade, the number of its topic, whether it names the company and says what that is."""

    grade: float
    topic: int
    line: Statement
    is_named: bool
    is_defining: bool


def headline(statements: Sequence[Statement], company: str, found: Sequence[Topic] = ()) -> list[Statement]:
    """Two or three statements that say what the company is and does, of different topics if there are.

    Args:
        statements: those of the company.
        company: its name.
        found: their topics, as `themes.topics` gives them.
    """
    open_ = sorted(_openings(statements, company, found), key=lambda o: (-o.grade, o.topic, o.line.start))
    named = [opening for opening in open_ if opening.is_named]
    open_ = named if len(named) >= _MOST else open_
    open_ = open_[:_LOOKED_AT]
    chosen: list[_Opening] = []
    while open_ and len(chosen) < _MOST:
        best = max(open_, key=lambda o: o.grade - _known(o, chosen))
        open_.remove(best)
        together = sum(len(o.line.text) for o in (*chosen, best))
        tells = best.grade >= _LEAST and worth(best.line.text, company) >= _TELLING
        repeats = any(overlap(best.line.text, o.line.text) > _SAME for o in chosen)
        if not chosen or (tells and not repeats and together <= _CHARACTERS[len(chosen) > 1]):
            chosen.append(best)
    return [o.line for o in sorted(chosen, key=lambda o: (not o.is_defining, o.topic, -o.grade))]


def _openings(statements: Sequence[Statement], company: str, found: Sequence[Topic]) -> list[_Opening]:
    groups = [(*topic.statements, *topic.rest)[:_OF_TOPIC] for topic in found]
    sizes = [len({line.passage.id for line in (*topic.statements, *topic.rest)}) for topic in found]
    if not groups:
        groups = [tuple(lines(statements)) or tuple(statements)]
        sizes = [1]
    most = math.log(1 + max(sizes))
    return [
        _opening(line, company, at, _WEIGHTY * math.log(1 + size) / most)
        for at, (group, size) in enumerate(zip(groups, sizes, strict=True))
        for line in group
    ]


def _opening(line: Statement, company: str, topic: int, weight: float) -> _Opening:
    folded = fold(line.text).strip()
    about = line.passage.metadata
    year = (about.published or about.period)[:4]
    weight += _RECENT * max(0, min(10, int(year) - 2015)) if year.isdigit() else 0.0
    is_named = naming(folded, company) >= _NAMED
    return _Opening(grade(line.text, company) + weight, topic, line, is_named, is_defining(folded, company))


def _known(opening: _Opening, chosen: Sequence[_Opening]) -> float:
    """What counts against a line: that those chosen are of its topic, and say what it says."""
    again = any(opening.topic == other.topic for other in chosen)
    said = max((overlap(opening.line.text, other.line.text) for other in chosen), default=0.0)
    return _AGAIN * again + _SAID * said
