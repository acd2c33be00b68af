"""What the sources state differently: over the same time, or from one time to another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations

from assistant.briefing.dating.moments import end_of
from assistant.briefing.figures.comparable import Group, Stated, clusters, near, time_of
from assistant.briefing.figures.disputes import disputed
from assistant.briefing.figures.measures import Measure
from assistant.briefing.figures.things import words_of
from assistant.records.briefings import ConflictKind

_MOST = 20
"""Conflicts of one briefing."""
_LONGEST = 6
"""Readings of one indicator."""
_FAR = 20
"""Two values of one thing are not this many times apart."""
_FAR_BY_ONE_WORD = 3
"""And not this many where the thing is named by one word only."""
_RESTATED = Decimal("1.05")
"""Two that a report gives for one period are not even this."""
_BEFORE = 15
"""Characters in front of a share that say whether it is one of change."""
_OF_CHANGE = re.compile(
    r"[同环]比|[年月季]增|增[长幅速]|降幅|[上下]升|下降|提[升高]|净增|新增|较上|比上|百分点"
)
"""What is told of a period against the one before; two periods have two of it."""


def differing(groups: Sequence[Group], most: int = _MOST) -> list[list[Group]]:
    """Distinct facts of one indicator and unit that differ in value, of each the earlier first.

    Values that differ only in how they are rounded do not. Of figures in tables only those count that are
    given differently for one period by different documents; a row's years are a series and no conflict.

    Args:
        groups: distinct facts, as `merged` gives them.
        most: conflicts that are given, the weightiest.
    """
    found: list[list[Stated]] = []
    for lot in near(groups):
        found += [chosen for cluster in clusters(lot) if (chosen := _told_apart(cluster))]
    known = {id(stated.group) for cluster in found for stated in cluster}
    found += [pair for pair in disputed(groups) if not all(id(stated.group) in known for stated in pair)]
    found.sort(key=_weight, reverse=True)
    return [[stated.group for stated in cluster] for cluster in found[:most]]


def kind_of(groups: Sequence[Group]) -> ConflictKind:
    """Whether such facts tell of a change, each of its own time, or disagree."""
    is_change = len({time_of(group) for group in groups}) == len(groups)
    return ConflictKind.CHANGE if is_change else ConflictKind.DISAGREEMENT


def _told_apart(cluster: Sequence[Stated]) -> list[Stated]:
    """The readings of a cluster that differ and can be held against each other; empty if there are none."""
    if len(cluster) < 2:
        return []
    if all(stated.fact.statement.passage.metadata.period for stated in cluster):
        return _restated(cluster)
    cluster = _not_far([stated for stated in cluster if not _is_of_period(stated)])
    if _is_a_list(cluster):
        return []
    kept: list[Stated] = []
    for stated in sorted(cluster, key=lambda stated: end_of(stated.time) or "9"):
        if all(not stated.amount.agrees(other.amount) for other in kept):
            kept.append(stated)
    documents = {document for stated in kept for document in stated.documents}
    if len(kept) < 2 or len(documents) < 2:
        return []
    return kept[-_LONGEST:]


def _not_far(cluster: Sequence[Stated]) -> list[Stated]:
    """Those whose values lie near enough to the latest for being values of one thing."""
    if not cluster:
        return []
    latest = max(cluster, key=lambda stated: end_of(stated.time))
    far = _FAR if len(words_of(latest.fact.indicator)) > 1 else _FAR_BY_ONE_WORD
    low, high = latest.amount.value / far, latest.amount.value * far
    return [stated for stated in cluster if stated.amount.value > 0 and low <= stated.amount.value <= high]


def _is_of_period(stated: Stated) -> bool:
    """Whether a figure belongs to its period: in a table or periodic report, or told against the last."""
    fact = stated.fact
    if fact.statement.is_row or fact.statement.passage.metadata.period:
        return True
    words = fact.statement.text[max(0, fact.start - _BEFORE) : fact.end]
    return bool(_OF_CHANGE.search(fact.indicator) or (stated.amount.unit == "%" and _OF_CHANGE.search(words)))


def _is_a_list(cluster: Sequence[Stated]) -> bool:
    """Whether one document gives several values for one time: the name does not tell them apart."""
    seen: dict[tuple[str, str], Measure] = {}
    for stated in cluster:
        for document in stated.documents:
            known = seen.setdefault((document, stated.time), stated.amount)
            if not known.agrees(stated.amount):
                return True
    return False


def _restated(cluster: Sequence[Stated]) -> list[Stated]:
    """Two values for one period that two reports give a little differently."""
    by_time: dict[str, list[Stated]] = defaultdict(list)
    for stated in cluster:
        if stated.time:
            by_time[stated.time].append(stated)
    for _, same in sorted(by_time.items(), reverse=True):
        for first, second in combinations(same, 2):
            low, high = sorted((first.amount.value, second.amount.value))
            is_near = low > 0 and high <= low * _RESTATED and not first.amount.agrees(second.amount)
            if is_near and not first.documents & second.documents:
                return [first, second]
    return []


def _weight(cluster: Sequence[Stated]) -> tuple[bool, int, int]:
    """Prose before tables, disagreement before change, well named before vague."""
    is_row = cluster[0].fact.statement.is_row
    disagree = kind_of([stated.group for stated in cluster]) is ConflictKind.DISAGREEMENT
    return (not is_row, len(words_of(cluster[0].fact.indicator)) + 2 * disagree, len(cluster))
