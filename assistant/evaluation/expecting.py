"""What briefings of companies must and must not say: a file of it, and what a briefing misses of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import DocumentError, QuestionError
from assistant.evaluation.wording import folded, holds
from assistant.records.briefings import Briefing

_SHAPE = '{"company": {"must": ["280万元", "1.38万|1.38万站"], "must_not": []}}'
_SEAM = "。"
"""Between two texts that are searched as one: of blanks nothing would be left."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What the briefing of a company must say and what not, each in one of several spellings."""

    company: str
    must: tuple[tuple[str, ...], ...] = ()
    must_not: tuple[tuple[str, ...], ...] = ()


def read_expectations(path: Path) -> list[Expectation]:
    """The expectations of a JSON file: `{company: {"must": […], "must_not": […]}}`, `|` between spellings.

    Whatever else an entry holds is left alone.

    Raises:
        DocumentError: it cannot be read, or is no JSON.
        QuestionError: it has another shape; the message names the company.
    """
    try:
        given = json.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise DocumentError(f"{path} cannot be read ({error.strerror}); name a JSON file") from None
    except (ValueError, RecursionError) as error:
        line = " ".join(str(error).split())
        raise DocumentError(f"{path} is no JSON in UTF-8 ({line}); mend it") from None
    if not isinstance(given, dict) or not given:
        raise QuestionError(f"{path} holds no company; write {_SHAPE}")
    return [_expectation(path, company, entry) for company, entry in given.items()]


def unmet(expectation: Expectation, briefing: Briefing) -> tuple[list[str], list[str]]:
    """What a briefing lacks, and what it says and must not.

    Compared without blanks, width, case, script and thousands separators; a number does not stand within a
    longer one. What is wanted is looked for in what the briefing says, what is not wanted in its quotes too.
    """
    said = list(_said(briefing))
    shown = folded(_SEAM.join(said))
    whole = folded(_SEAM.join([*said, *(citation.quote for citation in briefing.citations)]))
    lacking = ["|".join(words) for words in expectation.must if not _has(shown, words)]
    wrong = ["|".join(words) for words in expectation.must_not if _has(whole, words)]
    return lacking, wrong


def _has(text: str, spellings: Sequence[str]) -> bool:
    return any(holds(text, folded(spelling)) for spelling in spellings)


def _said(briefing: Briefing) -> Iterator[str]:
    yield from (bullet.text for bullet in briefing.headline)
    for theme in briefing.themes:
        yield theme.title
        yield from (bullet.text for bullet in theme.bullets)
    for figure in briefing.figures:
        yield from (figure.indicator, figure.value + figure.unit, figure.text)
    yield from (event.text for event in briefing.timeline)
    for conflict in briefing.conflicts:
        yield conflict.indicator
        for reading in conflict.readings:
            yield from (reading.value + reading.unit, reading.text)


def _expectation(path: Path, company: str, entry: object) -> Expectation:
    if not isinstance(entry, dict):
        raise QuestionError(f"{path} has for {company!r} no object; write {_SHAPE}")
    return Expectation(
        company, *(_spellings(path, company, key, entry.get(key, [])) for key in ("must", "must_not"))
    )


def _spellings(path: Path, company: str, key: str, values: object) -> tuple[tuple[str, ...], ...]:
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise QuestionError(f"{path} has for {company!r} no list of texts as `{key}`; write {_SHAPE}")
    groups = (tuple(part for part in map(str.strip, value.split("|")) if part) for value in values)
    return tuple(group for group in groups if group)
