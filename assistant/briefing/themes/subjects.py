"""What a set of lines is about: a few subjects, each with the phrases that name it."""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.briefing.material import Statement
from assistant.briefing.themes.labels import Label
from assistant.briefing.themes.likeness import Likeness, alike
from assistant.briefing.themes.worth import worth

_COVERED = 0.85
_BESIDE = 0.5
"""How far a line is covered by a phrase that half of its passage, or a part of its article, is about."""
_OF_PASSAGE, _OF_ARTICLE = 0.5, 0.2
_AKIN = 0.8
"""So much two phrases' lines have in common if they stand for one subject."""
_TRIED = 150
_PERIODIC = ("report", "announcement")


@dataclass(slots=True)
class Subject:
    """A subject: the phrase that it was found by, all that stand for it, the lines that hold one."""

    about: str
    labels: list[Label] = field(default_factory=list)
    holders: dict[int, float] = field(default_factory=dict)
    lines: set[int] = field(default_factory=set)
    passages: set[str] = field(default_factory=set)


def subjects(
    lines: Sequence[Statement],
    labels: Sequence[Label],
    likeness: Likeness,
    wanted: int,
    broadest: float = 1.0,
) -> list[Subject]:
    """The subjects of the lines, the one that most of them are about first.

    Args:
        labels: the phrases that could name a subject.
        wanted: subjects at most.
        broadest: the share of the lines that may hold one phrase.
    """
    gains = _Gains(lines)
    if not wanted:
        return []
    narrow = [label for label in labels if label.reach <= broadest * len(lines)]
    named = sorted(narrow, key=lambda label: (-gains.of(label), label.text))[:_TRIED]
    found: list[Subject] = []
    for best in gains.best(
        [replace(label, quality=label.quality * _holding(likeness.cohesion(label.lines))) for label in named]
    ):
        subject = next((subject for subject in found if _is_akin(best, subject, lines, likeness)), None)
        if subject is None:
            if len(found) == wanted:
                break
            subject = Subject(best.text)
            found.append(subject)
        if _is_related(best, subject):  # what only stands beside it says nothing of lines without it
            _add(subject, best, lines)
        gains.cover(best)
    return found


def _holding(cohesion: float) -> float:
    """A phrase whose lines have nothing else in common is no subject."""
    return math.pow(0.05 + cohesion, 0.5)


class _Gains:
    """What phrases tell of lines that those taken before do not."""

    def __init__(self, lines: Sequence[Statement]) -> None:
        self._value = [max(0.2, worth(line.text, line.company)) for line in lines]
        self._source = [_source(line) for line in lines]
        self._places: list[tuple[object, ...]] = [_places(line) for line in lines]
        self._within: dict[object, list[int]] = defaultdict(list)
        for n, places in enumerate(self._places):
            for place in places:
                self._within[place].append(n)
        self._covered: dict[int, float] = {}
        self._limit = max(3.0, len(lines) / 4)

    def of(self, label: Label) -> float:
        """How good a name it is, times how much of the lines it is about, in how many documents."""
        by_source: dict[str, float] = defaultdict(float)
        for n, strength in label.strengths.items():
            left = strength * (1.0 - _COVERED * self._covered.get(n, 0.0))
            by_source[self._source[n]] += self._value[n] * left
        spread = sum(map(math.sqrt, by_source.values()))
        return label.quality * math.pow(min(self._limit, spread), 0.7)

    def best(self, labels: Sequence[Label]) -> Iterator[Label]:
        """The labels, each time the one that gains most beside those covered by then."""
        heap = [(-self.of(label), label.text, n) for n, label in enumerate(labels)]
        heapq.heapify(heap)
        while heap:
            _, text, n = heap[0]
            gain = -self.of(labels[n])
            if len(heap) > 1 and (gain, text) > min(heap[1:3])[:2]:
                heapq.heapreplace(heap, (gain, text, n))
            else:
                heapq.heappop(heap)
                yield labels[n]

    def cover(self, label: Label) -> None:
        """Take a phrase; what stands around the lines that hold it is partly about it."""
        for n, strength in label.strengths.items():
            self._covered[n] = max(self._covered.get(n, 0.0), strength)
        counts = Counter(place for n in label.lines for place in self._places[n])
        for place, count in counts.items():
            share = _OF_PASSAGE if isinstance(place, str) else _OF_ARTICLE
            if count >= share * len(self._within[place]):
                for n in self._within[place]:
                    self._covered[n] = max(self._covered.get(n, 0.0), _BESIDE)


def _source(line: Statement) -> str:
    """Its document; the periodic reports of a year, of which each repeats the one before, are one source."""
    about = line.passage.metadata
    return about.kind + about.period[:4] if about.kind in _PERIODIC else line.passage.document


def _places(line: Statement) -> tuple[object, ...]:
    """Its passage, and its article if that is about one subject."""
    passage = line.passage
    if passage.metadata.kind in _PERIODIC:
        return (passage.id,)
    return passage.id, (passage.document, passage.article, passage.section)


def _is_akin(label: Label, subject: Subject, lines: Sequence[Statement], likeness: Likeness) -> bool:
    """Whether a phrase stands for a subject that is already there."""
    if any(_contains(label.text, other.text) for other in subject.labels):
        return True
    own = label.lines
    shared = sum(n in subject.lines for n in own) / len(own)
    if shared >= 0.6:
        return True
    places = {lines[n].passage.id for n in own}
    if _is_related(label, subject) and (shared >= 0.3 or len(places & subject.passages) >= 0.5 * len(places)):
        return True
    return alike(likeness.middle(own), likeness.middle(sorted(subject.lines))) >= _AKIN


def _is_related(label: Label, subject: Subject) -> bool:
    """Whether a phrase and the one that a subject was found by have a character in common."""
    return not set(label.text).isdisjoint(subject.about)


def _contains(one: str, two: str) -> bool:
    return min(len(one), len(two)) > 2 and (one in two or two in one)


def _add(subject: Subject, label: Label, lines: Sequence[Statement]) -> None:
    subject.labels.append(label)
    for n, strength in label.strengths.items():
        subject.holders[n] = subject.holders.get(n, 0.0) + label.quality * strength / 4
    subject.lines.update(label.lines)
    subject.passages.update(lines[n].passage.id for n in label.lines)
