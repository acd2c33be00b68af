"""A run against an earlier one: question by question, and metric by metric."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.errors import QuestionError
from assistant.evaluation.metrics import FARES, mean
from assistant.records.evaluation import Change, Comparison, EvaluationReport, Line, MetricChange, QuestionSet

_NOTICED = 0.01
"""A question fared otherwise where its score differs by this much at least."""


def compare(earlier: EvaluationReport, now: EvaluationReport) -> Comparison:
    """What got better and what worse, of the questions that both asked: those of one id and wording.

    Raises:
        QuestionError: the two have no question in common.
    """
    before, after = ({(line.id, line.question): line for line in run.lines} for run in (earlier, now))
    both = [key for key in after if key in before]
    if not both:
        raise _nothing_in_common(earlier, now.questions)
    changes = [change for key in both if (change := _change(before[key], after[key]))]
    better = sorted((c for c in changes if c.after > c.before), key=lambda c: c.before - c.after)
    worse = sorted((c for c in changes if c.after < c.before), key=lambda c: c.after - c.before)
    return Comparison(
        earlier=f"{earlier.questions}, {earlier.count} questions, {earlier.run.started}",
        better=tuple(better),
        worse=tuple(worse),
        metrics=tuple(_metric_changes(now, [before[key] for key in both], [after[key] for key in both])),
        only_before=tuple(key[0] for key in before if key not in after),
        only_now=tuple(key[0] for key in after if key not in before),
        notes=tuple(_notes(earlier, now, len(both))),
    )


def require_common(earlier: EvaluationReport, questions: QuestionSet) -> None:
    """Find out before a run whether it can be compared.

    Raises:
        QuestionError: the earlier one has no question in common with what is to be asked.
    """
    asked = {(line.id, line.question) for line in earlier.lines}
    if asked.isdisjoint((question.id, question.question) for question in questions.questions):
        raise _nothing_in_common(earlier, questions.name)


def _nothing_in_common(earlier: EvaluationReport, name: str) -> QuestionError:
    return QuestionError(
        f"the earlier report on {earlier.questions} has no question in common with {name}; "
        "compare runs of one question file"
    )


def _change(before: Line, after: Line) -> Change | None:
    """By the first score that both have; an outcome that changed without it counts for nothing."""
    name = next((name for name in FARES if name in before.scores and name in after.scores), None)
    if name is None or abs(after.scores[name] - before.scores[name]) < _NOTICED:
        return None
    return Change(
        after.id,
        after.question,
        name,
        before.scores[name],
        after.scores[name],
        before.outcome,
        after.outcome,
    )


def _metric_changes(
    now: EvaluationReport, then: Sequence[Line], current: Sequence[Line]
) -> Iterator[MetricChange]:
    for name in (metric.name for metric in now.metrics):
        before, after = (mean(name, ((x.scores, x.difficulty) for x in run)).value for run in (then, current))
        if before is None and after is None:
            continue
        difference = None if before is None or after is None else after - before
        yield MetricChange(name, before, after, difference)


def _notes(earlier: EvaluationReport, now: EvaluationReport, common: int) -> Iterator[str]:
    """What else differs between the runs."""
    if earlier.sha256 != now.sha256:
        yield f"the question file has changed; {common} questions are the same and compared"
    elif earlier.count != now.count:
        yield f"a run was stopped: {earlier.count} and {now.count} questions were asked"
    for name in ("engine", "model", "similarity", "retrieval_only", "ks"):
        before, after = getattr(earlier, name), getattr(now, name)
        if before != after:
            yield f"{name}: {before or 'none'} before, {after or 'none'} now"
    if earlier.index != now.index:
        yield f"the index differs: {_index(earlier)} before, {_index(now)} now"
    for what, then, current in (
        ("setting", earlier.settings, now.settings),
        ("version of", earlier.versions, now.versions),
    ):
        for name in sorted(then.keys() | current.keys()):
            if then.get(name) != current.get(name):
                yield f"{what} {name}: {then.get(name) or 'none'} before, {current.get(name) or 'none'} now"


def _index(run: EvaluationReport) -> str:
    index = run.index
    held = f"{index.documents} documents, {index.passages} passages ({index.content[:12]})"
    return f"{held}, {index.embedder}, {index.cleaner}"
