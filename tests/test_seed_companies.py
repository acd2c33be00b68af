"""The summaries of the companies in the corpus that ships: what they must state, and that all of it holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.evaluation.expecting import Expectation, read_expectations, unmet
from assistant.records.checks import BriefingCheck
from assistant.service import Assistant

EXPECTED = read_expectations(Path(__file__).parent / "questions" / "companies.json")


@pytest.fixture(scope="module")
def checks(seeds: Assistant) -> list[BriefingCheck]:
    return [seeds.check_briefing(info.name) for info in seeds.companies()]


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda expected: expected.company)
def test_a_summary_states_what_it_must_and_no_figure_of_others(
    seeds: Assistant, expected: Expectation
) -> None:
    assert unmet(expected, seeds.summarize(expected.company)) == ([], [])


def test_every_figure_and_every_line_is_grounded(checks: list[BriefingCheck]) -> None:
    assert [(check.company, check.ungrounded) for check in checks if check.ungrounded] == []


def test_nine_tenths_of_the_figures_that_are_stated_are_shown(checks: list[BriefingCheck]) -> None:
    assert sum(check.stated for check in checks) > 100
    assert [(check.company, check.left_out) for check in checks if check.coverage < 0.9] == []
