"""What the evaluation page calls the outcome of a question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from assistant.records.evaluation import Outcome, RowResult

RIGHT, RIGHT_REFUSAL, WRONG, REFUSED = "right", "right_refusal", "wrong", "refused"
UNGRADED, FAILED = "ungraded", "failed"
CLASSES = (RIGHT, RIGHT_REFUSAL, WRONG, REFUSED, UNGRADED, FAILED)
_MARKS = {RIGHT: "✓", RIGHT_REFUSAL: "✓", WRONG: "✗", REFUSED: "○", UNGRADED: "–", FAILED: "!"}
_SPELLINGS = " / "


def class_of(row: RowResult) -> str:
    """One of `CLASSES`: the outcome, a right refusal told from a right answer, a failure from no grade.

    An answer that could not be judged is no failure.
    """
    if row.failure and row.answer is None:
        return FAILED
    if row.outcome is Outcome.RIGHT and row.question.answerable is False:
        return RIGHT_REFUSAL
    return str(row.outcome)


def marked(name: str, label: str) -> str:
    """The label of a class behind a sign, so that it is told without colour too."""
    return f"{_MARKS[name]} {label}"


def counts(rows: Iterable[RowResult]) -> dict[str, int]:
    """How many rows are of each class that occurs, in the order of `CLASSES`."""
    counted = Counter(map(class_of, rows))
    return {name: counted[name] for name in CLASSES if counted[name]}


def spelled(keyword: Sequence[str]) -> str:
    """A keyword with its other spellings."""
    return _SPELLINGS.join(keyword)
