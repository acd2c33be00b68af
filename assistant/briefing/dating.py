"""When a statement holds, and when what it tells of happened."""

from __future__ import annotations

import re

from assistant.briefing.material import Statement
from assistant.folding import fold

_DATE = re.compile(r"((?:19|20)\d\d)\s*年(?:\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?)?")


def as_of(statement: Statement, at: int) -> str:
    """When a figure holds that stands at `at` in the statement: `YYYY[-MM[-DD]]`, `2022H1`, or nothing."""
    found = [match for match in _DATE.finditer(fold(statement.text)) if match.start() <= at]
    return _iso(found[-1]) if found else statement.passage.metadata.period


def event_date(statement: Statement) -> str:
    """When what the statement tells of happened, `YYYY[-MM[-DD]]`; empty where it does not say."""
    match = _DATE.search(fold(statement.text))
    return _iso(match) if match else ""


def _iso(match: re.Match[str]) -> str:
    year, month, day = match.groups()
    return "-".join(part.zfill(2) for part in (year, month, day) if part)
