"""Which statements the briefing of a company is made of."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from assistant.briefing.material import Statement


def counted(statement: Statement, names: Sequence[str], groups: Collection[str]) -> Statement | None:
    """The statement as one of the company that it counts for; None where it counts for none of them.

    What is stated of the company's group counts, as the group's, where an article that is first of all about
    the company states it in a passage about the company. What is stated of a branch counts only if the branch
    is asked for.

    Args:
        names: the companies asked for, the briefing's own first.
        groups: those that the first of them belongs to.
    """
    own = next((name for name in names if name in statement.companies), "")
    if own:
        return statement if own == statement.company else replace(statement, company=own)
    if names[0] not in statement.passage.companies or statement.around[:1] != (names[0],):
        return None
    group = next((name for name in statement.companies if name in groups), "")
    return replace(statement, company=group) if group else None
