"""What a set of lines is about: a few subjects, each with the phrases that name it."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant import companies
from assistant.briefing.labels import Keyness, Phrase, Text, candidates
from assistant.briefing.likeness import Likeness
from assistant.briefing.material import Statement
from assistant.briefing.worth import worth
from assistant.folding import fold, is_word, to_simplified, tokenize

_IN_TEXT, _IN_SECTION, _AROUND, _IN_TITLE = 1.0, 0.7, 0.35, 0.3
"""How surely a line is about a phrase: the line holds it, the heading, half of the passage, or the title."""
_LEAST_QUALITY = 1.0
_SHAPES = {2: 0.6, 3: 0.75, 4: 1.15, 5: 1.1, 6: 1.1}
"""By the length of a name in characters."""
_FEW, _MANY = 8, 600
"""Lines up to which a phrase may stand in one only, and from which on it must stand in three."""
_SHORT = 2
_REPEATS = 3
_COVERED = 0.85
_OWN = 0.6
_TRIED = 400
_PERIODIC = ("report", "announcement")
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
        return [n for n, strength in self.strengths.items() if strength >= _IN_TEXT]

    @property
    def reach(self) -> float:
        """How many lines are about it."""
        return sum(self.strengths.values())


@dataclass(slots=True)
class Subject:
    """A subject: its name, the phrases that stand for it, and the lines that hold one of them."""

    title: str
    labels: list[Label] = field(default_factory=list)
    holders: dict[int, float] = field(default_factory=dict)
    lines: set[int] = field(default_factory=set)
    passages: set[str] = field(default_factory=set)


def subjects(
    lines: Sequence[Statement], texts: Sequence[Text], likeness: Likeness, wanted: int, broadest: float = 1.0
) -> list[Subject]:
    """The subjects of the lines, the one that most of them are about first.

    Args:
        texts: the words of each line.
        wanted: subjects at most.
        broadest: the share of the lines that may hold one phrase.
    """
    found: list[Subject] = []
    value = [max(0.2, worth(line.text, line.company)) for line in lines]
    covered: dict[int, float] = {}
    labels = [label for label in _labels(lines, texts) if label.reach <= broadest * len(lines)]
    labels.sort(key=lambda label: (-_gain(label, lines, value, covered), label.text))
    named = labels[:_TRIED]
    pool = [
        replace(label, quality=label.quality * _holding(likeness.cohesion(label.lines))) for label in named
    ]
    while pool and len(found) < wanted:
        best = max(pool, key=lambda label: (_gain(label, lines, value, covered), label.text))
        pool = [label for label in pool if label is not best]
        akin = next((subject for subject in found if _is_akin(best, subject, lines)), None)
        subject = akin or Subject(best.text)
        if akin is None:
            found.append(subject)
        _add(subject, best, lines)
        for n, strength in best.strengths.items():
            covered[n] = max(covered.get(n, 0.0), strength)
    taken: set[str] = set()
    for subject in found:
        name = _best_name(subject, named, taken)
        taken.add(name)
        subject.title = _as_written(name, [lines[n] for n in sorted(subject.lines)])
    return found


def _holding(cohesion: float) -> float:
    """A phrase whose lines have nothing else in common is no subject."""
    return math.pow(0.05 + cohesion, 0.3)


def _labels(lines: Sequence[Statement], texts: Sequence[Text]) -> list[Label]:
    texts = _once(texts)
    key = Keyness(texts)
    own = {token for line in lines for token in tokenize(line.company)}
    below = _headings(lines)
    headings = list(below.values())
    passages: dict[str, list[int]] = defaultdict(list)
    for n, line in enumerate(lines):
        passages[line.passage.id].append(n)
    least = 1 if len(lines) < _FEW else 2 if len(lines) < _MANY else 3
    found = []
    for phrase, held in candidates([*texts, *map(Text.of, below)], len(lines), least).items():
        if phrase[0] in own or own.issuperset(phrase):
            continue
        quality = key.of(phrase, len(held)) * _shape(phrase, len(lines))
        within = Counter(lines[n].passage.id for n in held if n < len(lines))
        quality *= _prominence(held, within, headings, len(lines))
        if len(lines) < _FEW:
            quality *= _earliness("".join(phrase), [lines[n].text for n in held if n < len(lines)])
        if quality > _LEAST_QUALITY and not companies.find("".join(phrase)):
            strengths = _strengths(held, headings, len(lines))
            for place, count in within.items():
                if 2 * count >= len(passages[place]) > 1:
                    for n in passages[place]:
                        strengths[n] = max(strengths.get(n, 0.0), _AROUND)
            found.append(Label("".join(phrase), strengths, quality))
    return found


def _once(texts: Sequence[Text]) -> list[Text]:
    """The texts, those empty that only repeat earlier ones, be it with other figures: boilerplate."""
    seen: Counter[tuple[str, ...]] = Counter()
    found = []
    for text in texts:
        words = tuple(word for word, kind in text.words if kind != "m")
        found.append(Text(()) if seen[words] >= _REPEATS else text)
        seen[words] += 1
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


def _earliness(phrase: str, texts: Sequence[str]) -> float:
    """Of few lines the beginning says what they are about: 1 there, 0.6 at the end."""
    return max(1.0 - 0.4 * max(0, fold(text).find(phrase)) / len(text) for text in texts)


def _strengths(
    held: Sequence[int], headings: Sequence[tuple[float, list[int]]], size: int
) -> dict[int, float]:
    """Of each line that holds a phrase, or stands below a heading that does, how surely it is about it."""
    found: dict[int, float] = {}
    for n in held:
        strength, under = (_IN_TEXT, [n]) if n < size else headings[n - size]
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
    short = 0.7 if is_vague else 1.0
    return _SHAPES.get(length, 0.9) * (1.0 if known else 0.75) * short


def _gain(
    label: Label, lines: Sequence[Statement], value: Sequence[float], covered: Mapping[int, float]
) -> float:
    by_source: dict[str, float] = defaultdict(float)
    for n, strength in label.strengths.items():
        left = strength * (1.0 - _COVERED * covered.get(n, 0.0))
        by_source[_source(lines[n])] += value[n] * left
    limit = max(3.0, len(lines) / 4)
    spread = sum(math.sqrt(held) for held in by_source.values())
    return label.quality * math.pow(min(limit, spread), 0.7)


def _source(line: Statement) -> str:
    """Its document; the periodic reports of a year, of which each repeats the one before, are one source."""
    about = line.passage.metadata
    return about.kind + about.period[:4] if about.kind in _PERIODIC else line.passage.document


def _is_akin(label: Label, subject: Subject, lines: Sequence[Statement]) -> bool:
    """Whether a phrase stands for a subject that is already there."""
    if any(_contains(label.text, other.text) for other in subject.labels):
        return True
    own = label.lines
    shared = sum(n in subject.lines for n in own) / len(own)
    if shared >= 0.6:
        return True
    related = bool(set(label.text) & set(subject.labels[0].text))
    places = {lines[n].passage.id for n in own}
    return related and (shared >= 0.3 or len(places & subject.passages) >= 0.5 * len(places))


def _contains(one: str, two: str) -> bool:
    return min(len(one), len(two)) > 2 and (one in two or two in one)


def _add(subject: Subject, label: Label, lines: Sequence[Statement]) -> None:
    subject.labels.append(label)
    for n, strength in label.strengths.items():
        subject.holders[n] = subject.holders.get(n, 0.0) + label.quality * strength / 4
    subject.lines.update(label.lines)
    subject.passages.update(lines[n].passage.id for n in label.lines)


def _best_name(subject: Subject, named: Sequence[Label], taken: Collection[str]) -> str:
    """A phrase that stands for the subject and is no other's name; a telling one before a frequent one."""
    size = len(subject.lines)
    best, most = subject.labels[0].text, 0.0
    for label in (*subject.labels, *named):
        held = label.lines
        shared = sum(n in subject.lines for n in held)
        is_free = not any(label.text in other or other in label.text for other in taken)
        is_own = shared >= _OWN * len(held) and len(held) >= min(size, max(2, 0.15 * size))
        if not (is_free and is_own):
            continue
        grade = label.quality * _SHAPES.get(len(label.text), 0.9) * len(held) ** 0.25
        grade *= 1.5 if label.text == subject.labels[0].text else 1.0
        if grade > most:
            best, most = label.text, grade
    return best


def _as_written(label: str, lines: Sequence[Statement]) -> str:
    """The name as most lines write it, in Simplified characters if any does."""
    forms: Counter[str] = Counter()
    for line in lines:
        at = fold(line.text).find(label)
        if at >= 0:
            forms[line.text[at : at + len(label)]] += 1
    return max(forms, key=lambda form: (to_simplified(form) == form, forms[form], form), default=label)
