"""Lines into groups that are about one subject each."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from assistant import companies
from assistant.briefing.material import Statement
from assistant.briefing.themes.labels import labels_of
from assistant.briefing.themes.likeness import Likeness, alike
from assistant.briefing.themes.phrases import Keyness, Text
from assistant.briefing.themes.subjects import Subject, subjects
from assistant.briefing.themes.titles import titles
from assistant.folding import fold

_MOST, _GROWTH = 16, 0.45
"""Topics of a briefing, and the power of the number of lines that says how many there are."""
_FULL = 14
"""Lines of one topic from which it is parted."""
_PART, _LEAST_PART = 9, 3
_FEW_LINES, _SEVERAL_LINES = 3, 40
"""Lines from which on a topic has at least two, and three."""
_BESIDE, _FILLED, _COMMON = 0.15, 0.005, 0.05
"""Of a topic that a small one joins: what it counts that it is of the same article, what each of its first
lines counts against it, and what the two must have in common where lines are few."""
_NAME_LENGTHS = range(2, 11)
_STEM, _STEM_ELSEWHERE = 0.6, 0.1
"""Of the lines of two groups those that hold a character of both names if they are one subject, at least;
and of those of other names, at most."""
_BROAD = 0.45
"""The share of a topic's lines that hold a phrase from which on it does not part them."""
_NEAR = (1.2, 0.8)
"""What it counts that the rest of a line's passage, and of its section, is about a subject."""
_ALIKE = 2.5
_HELD = 4.0
"""What it counts that a line holds one of the subject's phrases."""
_LOOSE = 1.1
"""A line that scores less is about none of the subjects."""


@dataclass(slots=True)
class Group:
    """Lines by number, each with how surely it is about the subject that they were gathered about."""

    about: str
    members: list[tuple[int, float]]
    title: str = ""


def grouped(lines: Sequence[Statement]) -> list[Group]:
    """All lines in groups, the subject that most of them are about first."""
    grouping = _Grouping(lines)
    wanted = _wanted(len(lines))
    is_full = wanted == _MOST  # with so many lines nothing is gained by a place for each
    found, loose = grouping.part(range(len(lines)), wanted, keep=is_full)
    if is_full:
        return grouping.titled(found)
    more, rest = grouping.part(loose, min(_MOST - len(found), _wanted(len(loose))))
    found += more
    grouping.house(rest, found)
    for group in list(found):
        at = found.index(group)
        found[at : at + 1] = grouping.split(group, _MOST + 1 - len(found))
    return grouping.titled(grouping.tidied(found))


def _wanted(lines: int) -> int:
    """How many subjects so many lines have: 1 for two, 3 for ten, 8 for 150."""
    return min(_MOST, round(math.pow(lines, _GROWTH)))


class _Grouping:
    def __init__(self, lines: Sequence[Statement]) -> None:
        self._lines = lines
        self._texts = [Text.of(line.text) for line in lines]
        self.labels = labels_of(lines, self._texts)

    def part(
        self, numbers: Sequence[int], wanted: int, broadest: float = 1.0, *, keep: bool = False
    ) -> tuple[list[Group], list[int]]:
        """Some of the lines in groups, and those that fit none.

        Args:
            numbers: of the lines.
            wanted: groups at most.
            broadest: as `subjects` takes it.
            keep: whether what fits none stays in the group that it is nearest to.
        """
        lines = [self._lines[n] for n in numbers]
        texts = [self._texts[n] for n in numbers]
        likeness = self._likeness(lines, texts)
        labels = self.labels if len(lines) == len(self._lines) else labels_of(lines, texts)
        found = subjects(lines, labels, likeness, wanted, broadest)
        groups = [Group(subject.about, []) for subject in found]
        loose: list[int] = []
        for n, scores in zip(numbers, _scores(lines, likeness, found), strict=True):
            best = max(range(len(found)), key=lambda t: (scores[t], -t), default=-1)
            if best >= 0 and scores[best] >= _LOOSE:
                groups[best].members.append((n, scores[best]))
            elif best >= 0 and keep:
                groups[best].members.append((n, 0.0))
            else:
                loose.append(n)
        return [group for group in groups if group.members], loose

    def split(self, group: Group, room: int) -> list[Group]:
        """The group, parted if it has more lines than can be shown; what fits no part stays under its name.

        Args:
            room: groups that may come of it.
        """
        if len(group.members) <= _FULL or room < 2:
            return [group]
        numbers = [n for n, _ in group.members]
        parts, _ = self.part(numbers, min(room - 1, round(len(numbers) / _PART)), _BROAD)
        parts = [
            part
            for part in parts
            if len(part.members) >= _LEAST_PART and not _is_same(part.about, group.about)
        ]
        apart = {n for part in parts for n, _ in part.members}
        rest = Group(group.about, [(n, sure) for n, sure in group.members if n not in apart])
        if parts and len(rest.members) < _LEAST_PART:
            largest = max(parts, key=lambda part: len(part.members))
            largest.members += rest.members
            largest.about, rest.members = group.about, []
        return [part for part in (rest, *parts) if part.members]

    def house(self, rest: Sequence[int], found: list[Group]) -> None:
        """Put lines of no subject where the rest of their article is, else by themselves."""
        by_article: dict[object, list[int]] = defaultdict(list)
        for n in rest:
            by_article[self._article(n)].append(n)
        shares: dict[object, Counter[int]] = defaultdict(Counter)
        for at, group in enumerate(found):
            for n, _ in group.members:
                shares[self._article(n)][at] += 1
        for article, numbers in by_article.items():
            if share := shares.get(article):
                at = max(share, key=lambda at: (share[at], -at))
                found[at].members.extend((n, 0.0) for n in numbers)
            else:
                found.append(Group(self._name_of(numbers), [(n, 0.0) for n in numbers]))

    def tidied(self, found: Sequence[Group]) -> list[Group]:
        """The groups; those of one subject as one, small ones with those they are nearest to."""
        kept: list[Group] = []
        for group in found:
            same = next((other for other in kept if self._is_one(group, other, found)), None)
            if same:
                same.about = max(same, group, key=lambda each: len(each.members)).about
                same.members += group.members
            else:
                kept.append(group)
        likeness = self._likeness(self._lines, self._texts)
        least = 1 + (len(self._lines) >= _FEW_LINES) + (len(self._lines) >= _SEVERAL_LINES)
        for group in sorted(kept, key=lambda group: len(group.members)):
            is_small = len(group.members) < least or len(kept) > _MOST
            if is_small and (near := self._nearest(group, kept, likeness)) is not None:
                near.members += [(n, 0.0) for n, _ in group.members]
                kept = [other for other in kept if other is not group]
        return kept

    def titled(self, found: list[Group]) -> list[Group]:
        """The groups with their names; those that no name tells apart as one."""
        members = [(group.about, [n for n, _ in group.members]) for group in found]
        for group, title in zip(found, titles(members, self.labels, self._lines), strict=True):
            group.title = title
        by_title: dict[str, Group] = {}
        for group in found:
            if by_title.setdefault(group.title, group) is not group:
                by_title[group.title].members += group.members
        return list(by_title.values())

    def _is_one(self, group: Group, other: Group, found: Sequence[Group]) -> bool:
        """Whether two are one subject: of one name, or of one article and stem, 「扶贫」 and 「贫困县」."""
        if _is_same(group.about, other.about):
            return True
        if self._articles(group).isdisjoint(self._articles(other)):
            return False
        return any(
            min(self._share(char, [group]), self._share(char, [other])) >= _STEM
            and self._share(char, [each for each in found if char not in each.about]) <= _STEM_ELSEWHERE
            for char in set(group.about) & set(other.about)
            if not char.isascii()
        )

    def _share(self, char: str, groups: Sequence[Group]) -> float:
        """Of the lines of groups those that hold a character."""
        held = [char in fold(self._lines[n].text) for group in groups for n, _ in group.members]
        return sum(held) / max(1, len(held))

    def _nearest(self, group: Group, kept: Sequence[Group], likeness: Likeness) -> Group | None:
        """The group most like another, best a small one of its article; none if nothing is in common."""
        own = likeness.middle(n for n, _ in group.members)
        articles = self._articles(group)
        near: list[tuple[float, int]] = []
        for at, other in enumerate(kept):
            if other is not group:
                beside = sum(self._article(n) in articles for n, _ in other.members) / len(other.members)
                common = alike(own, likeness.middle(n for n, _ in other.members))
                near.append((common + _BESIDE * beside - _FILLED * min(_PART, len(other.members)), -at))
        best, at = max(near, default=(0.0, 0))
        return kept[-at] if best >= _COMMON or (near and len(self._lines) >= _SEVERAL_LINES) else None

    def _likeness(self, lines: Sequence[Statement], texts: Sequence[Text]) -> Likeness:
        places = [line.passage.id for line in lines]
        return Likeness([text.content for text in texts], places, Keyness(texts).words)

    def _name_of(self, numbers: Sequence[int]) -> str:
        """A name for lines that share no phrase: one from them, else from what they stand under."""
        named, _ = self.part(numbers, 1)
        about = self._lines[numbers[0]]
        above = f"{about.passage.section} {about.passage.metadata.title}"
        clauses = [c for c in re.split(r"[\W_]+", above) if len(c) in _NAME_LENGTHS and not companies.find(c)]
        return named[0].about if named else clauses[0] if clauses else about.company

    def _articles(self, group: Group) -> set[tuple[str, int]]:
        return {self._article(n) for n, _ in group.members}

    def _article(self, n: int) -> tuple[str, int]:
        passage = self._lines[n].passage
        return passage.document, passage.article


def _is_same(one: str, two: str) -> bool:
    short, long = sorted((fold(one), fold(two)), key=len)
    return short in long and (len(short) > 2 or short == long)


def _scores(lines: Sequence[Statement], likeness: Likeness, found: Sequence[Subject]) -> list[list[float]]:
    """Of each line how surely it is about each of the subjects."""
    middles = [likeness.middle(sorted(subject.lines)) for subject in found]
    near: dict[object, Counter[int]] = defaultdict(Counter)
    for t, subject in enumerate(found):
        for n in subject.lines:
            for place in _places(lines[n]):
                near[place][t] += 1
    rows = []
    for n, line in enumerate(lines):
        scores = [
            subject.holders.get(n, 0.0) + _HELD * (n in subject.lines) + _ALIKE * likeness.to(n, middle)
            for subject, middle in zip(found, middles, strict=True)
        ]
        for place, weight in zip(_places(line), _NEAR, strict=True):
            total = 1 + near[place].total()
            for t, count in near[place].items():
                scores[t] += weight * count / total
        rows.append(scores)
    return rows


def _places(line: Statement) -> tuple[object, object]:
    passage = line.passage
    return passage.id, (passage.document, passage.article, passage.section)
