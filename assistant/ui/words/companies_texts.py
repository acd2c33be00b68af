"""What the page of the companies and a briefing say, whatever the language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.records.briefings import ConflictKind


@dataclass(frozen=True, slots=True)
class CompaniesTexts:
    """The words of one language. Fields with `{}` are filled by `str.format`."""

    title: str
    tagline: str
    search: str
    none: str
    none_fits: str
    counts: str
    branch_count: str
    others: str
    more_branches: str
    all: str
    choose: str
    compare: str
    compare_with: str
    choose_more: str
    belongs_to: str
    aliases: str
    with_branches: str
    includes: str
    coverage: str
    coverage_reprints: str
    working: str
    unexpected: str
    again: str
    points: str
    figures: str
    timeline: str
    conflicts: str
    branches: str
    no_points: str
    every_theme: str
    other_points: str
    more: str
    further: str
    key_figures: str
    find_figure: str
    show_all: str
    no_figure: str
    undated: str
    plan: str
    indicator: str
    value: str
    unit: str
    as_of: str
    company: str
    words: str
    source: str
    published: str
    of_group: str
    of_branch: str
    conflict_kinds: Mapping[ConflictKind, str]
    conflict_meanings: Mapping[ConflictKind, str]
    theme_rows: str
    figure_rows: str
    shared_figures: str
    own_figures: str
    nothing_said: str
    whole_briefing: str
    whole_comparison: str
    markdown: str
    csv: str
    json: str
