"""Phrases that could name a subject of some lines, with the lines that each is about."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant import companies
from assistant.briefing.material import Statement
from assistant.briefing.themes.given_names import objects, quoted_names
from assistant.briefing.themes.phrases import Keyness, Phrase, Text, candidates
from assistant.folding import fold, is_word, tokenize

IN_TEXT = 1.0
_IN_SECTION, _IN_TITLE = 0.7, 0.3
"""How surely a line is about a phrase: the line holds it, the heading, or the title."""
_LEAST_QUALITY = 1.0
SHAPES = {2: 0.5, 3: 0.75, 4: 1.15, 5: 1.1, 6: 1.1}
"""How well a name reads, by its length in characters; 0.9 for any other."""
_FEW, _SEVERAL, _MANY = 8, 16, 600
"""Lines up to which the place of a phrase in its sentence counts, up to which it may stand in one line only,
and from which on it must stand in three documents."""
_TINY = 4
"""Lines up to which what they say was made can name them."""
_SAID = 4.6
"""How good a name is what a line says was made or calls by a name."""
_LATE, _QUOTED, _AT_END = 0.3, 1.5, 1.25
"""What a phrase loses at the end of a sentence, and gains as a name in quotes, or at the end of a clause."""
_CLAUSE_END = re.compile(r"[，,。；;：:！!？?\n、]|等|荣誉|工作|$")
_SHORT = 2
_PEOPLE, _OF_PEOPLE = re.compile(r"(?:户|者|员|人|家|干部)$"), 0.6
"""Those whom a company serves or who work for it are less of a subject than what is done."""
_TITLES_OF = ("news", "other", "white_paper", "")
"""The kinds of documents whose title tells a subject; that of a report names the report."""


@dataclass(frozen=True, slots=True)
class Label:
    """A phrase, how surely each line is about it, and how good a name it is."""

    text: str
    strengths: Mapping[int, float]
    quality: float

    @property
    def lines(self) -> list[int]:
        """Those that hold it themselves."""
        return [n for n, strength in self.strengths.items() if strength >= IN_TEXT]

    @property
    def reach(self) -> float:
        """How many lines are about it."""
        return sum(self.strengths.values())


def labels_of(lines: Sequence[Statement], texts: Sequence[Text]) -> list[Label]:
    key = Keyness(texts)
    own = {token for line in lines for token in tokenize(line.company)}
    names = {name for line in lines for name in (*line.companies, *line.around)}
    begun = {fold(name)[:end] for name in names for end in range(_SHORT + 1, len(name) + 1)}
    below = _headings(lines)
    headings = list(below.values())
    least = 1 if len(lines) < _SEVERAL else 2
    sources = 3 if len(lines) >= _MANY else 1
    found = []
    for phrase, held in candidates([*texts, *map(Text.of, below)], len(lines), least).items():
        if phrase[0] in own or own.issuperset(phrase) or "".join(phrase) in begun:
            continue
        quality = key.of(phrase, len(held)) * _shape(phrase, len(lines))
        within = Counter(lines[n].passage.id for n in held if n < len(lines))
        if len({lines[n].passage.document for n in held if n < len(lines)}) < sources:
            continue
        quality *= _prominence(held, within, headings, len(lines))
        if len(lines) < _FEW:
            quality *= _standing("".join(phrase), [lines[n].text for n in held if n < len(lines)])
        if quality > _LEAST_QUALITY and not companies.find("".join(phrase)):
            strengths = _strengths(held, headings, len(lines))
            found.append(Label("".join(phrase), strengths, quality))
    if len(lines) < _TINY:
        found += _said(lines)
    return found


def _headings(lines: Sequence[Statement]) -> dict[str, tuple[float, list[int]]]:
    """Titles and headings with the lines below, and how much a word of them says of these."""
    below: dict[str, tuple[float, list[int]]] = {}
    for n, line in enumerate(lines):
        about = line.passage.metadata
        section = line.passage.section.rpartition(" › ")[2]
        title = about.title if about.kind in _TITLES_OF else ""
        for heading, strength in ((title, _IN_TITLE), (section, _IN_SECTION)):
            if heading:
                below.setdefault(heading, (strength, []))[1].append(n)
    return below


def _prominence(
    held: Sequence[int], within: Counter[str], headings: Sequence[tuple[float, list[int]]], size: int
) -> float:
    """A phrase is one that matters where it keeps coming back, or stands in a heading."""
    above = [headings[n - size] for n in held if n >= size]
    in_heading = max((strength for strength, _ in above), default=0.0)
    below = sum(len(lines) for strength, lines in above if strength == _IN_SECTION)
    in_heading = in_heading if 3 * within.total() >= below else 0.0
    return min(2.2, max(within.total() / len(within), 1.3 + in_heading if in_heading else 1.0))


def _standing(phrase: str, texts: Sequence[str]) -> float:
    """Of few lines the beginning says what they are about, a name in quotes, and the end of a clause."""
    return max(_place(phrase, text, fold(text)) for text in texts)


def _place(phrase: str, text: str, folded: str) -> float:
    at = max(0, folded.find(phrase))
    found = 1.0 - _LATE * at / len(folded)
    if phrase in quoted_names(text):
        return found * _QUOTED
    return found * (_AT_END if _CLAUSE_END.match(folded, at + len(phrase)) else 1.0)


def _said(lines: Sequence[Statement]) -> Iterator[Label]:
    """Names that few lines give to what they tell of."""
    held: dict[str, list[int]] = defaultdict(list)
    for n, line in enumerate(lines):
        for name in dict.fromkeys(map(_nameless, [*quoted_names(line.text), *objects(line.text)])):
            if len(name) > _SHORT:
                held[name].append(n)
    for name, numbers in held.items():
        quality = _SAID * _standing(name, [lines[n].text for n in numbers])
        yield Label(name, dict.fromkeys(numbers, IN_TEXT), quality)


def _nameless(name: str) -> str:
    """A phrase without the name of a company that it begins with."""
    return next((name[end:] for start, end, _ in companies.spans(name) if start == 0), name)


def _strengths(
    held: Sequence[int], headings: Sequence[tuple[float, list[int]]], size: int
) -> dict[int, float]:
    """Of each line that holds a phrase, or stands below a heading that does, how surely it is about it."""
    found: dict[int, float] = {}
    for n in held:
        strength, under = (IN_TEXT, [n]) if n < size else headings[n - size]
        for line in under:
            found[line] = max(found.get(line, 0.0), strength)
    return found


def _shape(phrase: Phrase, lines: int) -> float:
    """How well a phrase of this length reads as a name; a single word must be one of the dictionary's.

    The more lines there are, the less a mere word tells them apart.
    """
    length = sum(map(len, phrase))
    known = len(phrase) > 1 or is_word(phrase[0])
    is_vague = (length == _SHORT and lines >= _MANY) or (len(phrase) == 1 and lines < _FEW)
    name = "".join(phrase)
    found = SHAPES.get(length, 0.9) * (1.0 if known else 0.75) * (0.7 if is_vague else 1.0)
    return found * (_OF_PEOPLE if _PEOPLE.search(name) else 1.0)
