"""Dated statements in the order of their dates."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.briefing.dating import event_date
from assistant.briefing.material import Statement


def events(statements: Sequence[Statement]) -> list[tuple[str, Statement]]:
    """The statements that tell of something that happened at a date, with that date, earliest first."""
    dated = [(event_date(statement), statement) for statement in statements if not statement.is_row]
    return sorted(((date, s) for date, s in dated if date), key=lambda pair: pair[0])
