"""What the evaluation page says, whatever the language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.records.evaluation import Similarity


@dataclass(frozen=True, slots=True)
class EvaluationTexts:
    """The words of one language. Fields with `{}` are filled by `str.format`."""

    title: str
    tagline: str
    source: str
    upload: str
    rated: str
    rated_hint: str
    rated_none: str
    rated_file: str
    sample: str
    file: str
    file_button: str
    file_hint: str
    count: str
    engine: str
    retrieval_only: str
    similarity: str
    similarities: Mapping[Similarity, str]
    judge: str
    new: str
    start: str
    busy: str
    stop: str
    stopping: str
    resume: str
    progress: str
    time_left: str
    minutes: str
    unexpected: str
    stopped_at: str
    run: str
    against: str
    overview: str
    questions: str
    plots: str
    about: str
    error_of: str
    of_count: str
    latency: str
    metric: str
    value: str
    rows: str
    by_kind: str
    by_difficulty: str
    definitions: str
    compared_with: str
    only_before: str
    only_now: str
    everything: str
    worst: str
    better: str
    worse: str
    search: str
    kind: str
    none_fits: str
    earlier_question: str
    later_question: str
    choose: str
    asked_before: str
    answer: str
    not_asked: str
    expected: str
    found: str
    missing: str
    gold: str
    short_answers: str
    opinion: str
    passages: str
    no_passages: str
    expected_document: str
    plot_kinds: str
    plot_scores: str
    plot_depths: str
    plot_latency: str
    plot_empty: str
    no_kind: str
    question_count: str
    score: str
    depth: str
    seconds_axis: str
    answers_file: str
    report_file: str
    contest_file: str
    facts: Mapping[str, str]
    classes: Mapping[str, str]
    columns: Mapping[str, str]
    groups: Mapping[str, str]
    metrics: Mapping[str, str]
    meanings: Mapping[str, str] = field(default_factory=dict)

    def metric_name(self, name: str) -> str:
        """A metric in words, with its depth where it has one; without words for it, its own name."""
        base, at, depth = name.partition("@")
        return self.metrics.get(base, base) + at + depth

    def meaning(self, name: str, fallback: str) -> str:
        """What a metric says, in a sentence of this language if there is one."""
        return self.meanings.get(name.partition("@")[0], fallback)
