"""The figures of a run as HTML: cards, tables of all metrics, what an earlier run had, and what was run."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.records.evaluation import Comparison, EvaluationReport, Metric
from assistant.ui.escaping import escape
from assistant.ui.words.texts import Texts

NONE = "–"
_CARDS = (
    "right",
    "unanswerable_refused",
    "keyword_share",
    "contest",
    "passage_recall@5",
    "citation_valid",
    "grounded",
)
_HASH_CHARACTERS = 12
_RUN = re.compile(r"(.*), (\d+) questions, (\d{4}-\S+)", re.DOTALL)


def cards_html(report: EvaluationReport, texts: Texts) -> str:
    """The figures to look at first, one card each; a metric that no row supports has a dash."""
    words = texts.evaluation
    metrics = {metric.name: metric for metric in report.metrics}
    cards = [_card(words.metric_name(name), metrics.get(name), texts) for name in _CARDS]
    latency = report.run.latency
    times = " / ".join(f"{latency[p]:.2f}" for p in ("p50", "p95") if p in latency)
    said = texts.seconds.format(times) if times else NONE
    cards.append(f"<div><span>{escape(words.latency)}</span><b>{escape(said)}</b></div>")
    return f'<div class="cards">{"".join(cards)}</div>'


def metrics_html(report: EvaluationReport, groups: Mapping[str, Sequence[str]], texts: Texts) -> str:
    """Every metric that a row supports, with its standard error, those of several depths in one line.

    With a comparison the change, if there is one, stands behind the value.
    """
    words, depths = texts.evaluation, [f"@{k}" for k in report.ks]
    metrics = {metric.name: metric for metric in report.metrics}
    tables = []
    for heading, names in groups.items():
        lines: dict[str, list[str]] = {}
        for name in names:
            lines.setdefault(name.partition("@")[0], []).append(name)
        is_deep = any(len(line) > 1 for line in lines.values())
        heads = [words.groups.get(heading, heading), *(depths if is_deep else [words.value]), words.rows]
        body = "".join(
            _line([metrics[name] for name in line], report, len(heads), texts)
            for line in lines.values()
            if any(metrics[name].count for name in line)
        )
        if body:
            tables.append(_table(heads, body))
    return f'<div class="figures">{"".join(tables)}</div>'


def split_html(split: Mapping[str, Sequence[Metric]], label: str, texts: Texts) -> str:
    """The figures of the cards for each kind or difficulty, as far as any of them supports it."""
    words = texts.evaluation
    rows = {name: {metric.name: metric for metric in metrics} for name, metrics in split.items()}
    names = [
        name
        for name in ("right", "wrong", "refused", *_CARDS[1:])
        if any(name in metrics and metrics[name].value is not None for metrics in rows.values())
    ]
    body = ""
    for kind, metrics in rows.items():
        cells = [_value(metrics.get(name)) for name in names]
        body += f"<tr><td>{escape(kind)}</td>{_figures(cells)}</tr>"
    return _table([label, *map(words.metric_name, names)], body)


def comparison_html(comparison: Comparison, texts: Texts) -> str:
    """What this run is held against, how many questions fared otherwise, and what else differs."""
    words = texts.evaluation
    said = [
        words.compared_with.format(_earlier(comparison.earlier, texts)),
        f"{words.better} {len(comparison.better)}",
        f"{words.worse} {len(comparison.worse)}",
    ]
    for label, ids in ((words.only_before, comparison.only_before), (words.only_now, comparison.only_now)):
        if ids:
            said.append(label.format(len(ids)))
    notes = "".join(f'<div class="notice">{escape(texts.said(note))}</div>' for note in comparison.notes)
    return f'<div class="side">{escape(" · ".join(said))}</div>{notes}'


def definitions_html(report: EvaluationReport, texts: Texts) -> str:
    """What each metric says, one line a metric whatever its depth."""
    words = texts.evaluation
    lines: dict[str, str] = {}
    for metric in report.metrics:
        base = metric.name.partition("@")[0]
        lines.setdefault(base, words.meaning(metric.name, report.definitions.get(metric.name, "")))
    return _pairs({words.metric_name(base): line for base, line in lines.items() if line})


def facts_html(report: EvaluationReport, texts: Texts) -> str:
    """What was run, so that it can be run again."""
    index, tokens = report.index, report.tokens
    known = {
        "questions": f"{report.questions} · SHA-256 {report.sha256[:_HASH_CHARACTERS]}",
        "engine": " · ".join(filter(None, (texts.engines.get(report.engine, report.engine), report.model))),
        "answered_by": " · ".join(f"{texts.engines.get(k, k)} {n}" for k, n in report.answered_by.items()),
        "judge": report.judge,
        "similarity": report.similarity,
        "documents": str(index.documents),
        "passages": f"{index.passages} ({index.waiting})" if index.waiting else str(index.passages),
        "embedder": index.embedder,
        "cleaner": index.cleaner,
        "content": index.content[:_HASH_CHARACTERS],
        "tokens": f"{tokens.prompt:,} + {tokens.completion:,}" if tokens.prompt + tokens.completion else "",
        "started": report.run.started,
    }
    named = texts.evaluation.facts
    lines = {named.get(name, name): value for name, value in known.items() if value}
    given = {name: value for name, value in report.settings.items() if value}
    return _pairs(lines | given | dict(report.versions))


def percent(value: float | None) -> str:
    """A share as a percentage; a dash for none."""
    return NONE if value is None else f"{value:.1%}"


def _earlier(said: str, texts: Texts) -> str:
    """The name of the earlier run: its question file, how many were asked, and when."""
    if not (found := _RUN.fullmatch(said)):
        return said
    name, count, started = found.groups()
    return " · ".join((name, texts.evaluation.count.format(count), started[:16].replace("T", " ")))


def _line(metrics: Sequence[Metric], report: EvaluationReport, width: int, texts: Texts) -> str:
    """One measure: a cell for each of its depths, or one over all of them."""
    words, first = texts.evaluation, metrics[0]
    differences = _differences(report.comparison)
    title = words.meaning(first.name, report.definitions.get(first.name, ""))
    span = f' colspan="{width - 2}"' if len(metrics) == 1 else ""
    cells = ""
    for metric in metrics:
        difference = differences.get(metric.name)
        change = f"<b>{difference:+.1%}</b>" if difference else ""
        cells += f'<td class="figure"{span}>{escape(_value(metric))}{change}</td>'
    label = words.metric_name(first.name.partition("@")[0])
    return f'<tr title="{escape(title)}"><td>{escape(label)}</td>{cells}{_figures([str(first.count)])}</tr>'


def _card(label: str, metric: Metric | None, texts: Texts) -> str:
    value = metric.value if metric else None
    small = ""
    if metric and value is not None:
        words = texts.evaluation
        error = words.error_of.format(f"{metric.error:.1%}") if metric.error is not None else ""
        small = " · ".join(filter(None, (error, words.of_count.format(metric.count))))
    return f"<div><span>{escape(label)}</span><b>{percent(value)}</b><i>{escape(small)}</i></div>"


def _value(metric: Metric | None) -> str:
    if metric is None or metric.value is None:
        return NONE
    return percent(metric.value) + (f" ± {metric.error:.1%}" if metric.error is not None else "")


def _differences(comparison: Comparison | None) -> dict[str, float | None]:
    return {change.name: change.difference for change in comparison.metrics} if comparison else {}


def _figures(cells: Sequence[str]) -> str:
    return "".join(f'<td class="figure">{escape(cell)}</td>' for cell in cells)


def _table(heads: Sequence[str], body: str) -> str:
    row = "".join(f"<th>{escape(head)}</th>" for head in heads)
    table = f"<table><thead><tr>{row}</tr></thead><tbody>{body}</tbody></table>"
    return f'<div class="grid metrics">{table}</div>'


def _pairs(lines: Mapping[str, str]) -> str:
    body = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in lines.items())
    return f'<dl class="facts">{body}</dl>'
