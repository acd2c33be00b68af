"""A run in pictures. Vega-Lite draws what the report says; the bins of its histograms are all it counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from assistant.records.evaluation import EvaluationReport, Metric, RowResult
from assistant.ui.escaping import escape, printable
from assistant.ui.evaluation.rows import CLASSES, class_of, counts
from assistant.ui.words.texts import Texts

Spec = dict[str, Any]

COLOURS = {
    "right": "#2e9d6b",
    "right_refusal": "#8fcdb0",
    "wrong": "#d0524a",
    "refused": "#d99a2b",
    "ungraded": "#9aa0a8",
    "failed": "#5d6470",
}
SCORES = ("contest", "keyword_share", "similarity", "f1", "judged")
_DEPTHS = ("passage_recall", "passage_hit", "document_recall", "document_hit")
_BLUE = "#4c83d6"
_LABEL_PIXELS = 140
_KINDS, _MANY_KINDS, _REST = 30, 10, "…"


def draw_plots(rows: Sequence[RowResult], report: EvaluationReport, texts: Texts) -> None:
    """Four pictures, two beside each other where there is room."""
    words = texts.evaluation
    left, right = st.columns(2, gap="large")
    has_room = len({row.question.kind for row in rows}) < _MANY_KINDS
    with left:
        _draw(words.plot_kinds, kinds_spec(rows, texts), texts)
    with right:
        _draw_scores(rows, texts)
    with left if has_room else right:
        _draw(words.plot_depths, depths_spec(report.metrics, texts), texts)
    with right:
        _draw(words.plot_latency, latency_spec(report.run.seconds, texts), texts)


def kinds_spec(rows: Sequence[RowResult], texts: Texts) -> Spec:
    """One bar a kind, most questions first, cut by outcome; what is beyond some kinds stands together."""
    words = texts.evaluation
    kinds = [printable(row.question.kind) or words.no_kind for row in rows]
    common = {kind for kind, _ in Counter(kinds).most_common(_KINDS)}
    counted = Counter(
        (kind if kind in common else _REST, class_of(row)) for kind, row in zip(kinds, rows, strict=True)
    )
    shown = list(counts(rows))
    values = [
        {"kind": kind, "outcome": words.classes[name], "order": CLASSES.index(name), "count": count}
        for (kind, name), count in counted.items()
    ]
    colour = {
        "field": "outcome",
        "scale": {
            "domain": [words.classes[name] for name in shown],
            "range": [COLOURS[name] for name in shown],
        },
        "legend": {"title": None, "orient": "top", "columns": 3, "labelLimit": _LABEL_PIXELS},
    }
    return _spec(
        values,
        "bar",
        y={
            "field": "kind",
            "title": None,
            "sort": {"field": "count", "op": "sum", "order": "descending"},
            "axis": {"labelLimit": _LABEL_PIXELS},
        },
        x={"field": "count", "type": "quantitative", "title": words.question_count, "axis": _WHOLE},
        color=colour,
        order={"field": "order"},
        tooltip=[
            {"field": "kind", "title": words.kind},
            {"field": "outcome", "title": words.columns["outcome"]},
            {"field": "count", "title": words.question_count},
        ],
    ) | {"height": {"step": 24}}


def scores_spec(rows: Sequence[RowResult], name: str, texts: Texts) -> Spec | None:
    """How many questions have a score of each tenth."""
    values = [{"score": row.scores[name]} for row in rows if name in row.scores]
    bins = {"step": 0.1, "extent": [0, 1]}
    return _histogram(values, "score", bins, texts.evaluation.metric_name(name), "%", texts)


def latency_spec(seconds: Sequence[float | None], texts: Texts) -> Spec | None:
    """How many answers took how long."""
    values = [{"seconds": value} for value in seconds if value is not None]
    return _histogram(values, "seconds", {"maxbins": 20}, texts.evaluation.seconds_axis, "~r", texts)


def depths_spec(metrics: Sequence[Metric], texts: Texts) -> Spec | None:
    """Recall by how many passages are looked at, with the standard error on either side."""
    words, values = texts.evaluation, _depth_values(metrics, texts)
    if not values:
        return None
    share = {
        "type": "quantitative",
        "scale": {"zero": False, "domainMax": 1},
        "title": None,
        "axis": {"format": "%"},
    }
    legend = {"title": None, "orient": "top", "columns": 2, "labelLimit": 2 * _LABEL_PIXELS}
    tooltip = [
        {"field": "measure", "title": words.metric},
        {"field": "depth", "title": words.depth},
        {"field": "value", "title": words.value, "format": ".1%"},
    ]
    return {
        "data": {"values": values},
        "height": 300,
        "encoding": {
            "x": {
                "field": "depth",
                "type": "quantitative",
                "title": words.depth,
                "axis": {"values": sorted({value["depth"] for value in values}), "format": "d"},
            },
            "color": {"field": "measure", "legend": legend},
        },
        "layer": [
            {
                "mark": {"type": "line", "point": True},
                "encoding": {"y": share | {"field": "value"}, "tooltip": tooltip},
            },
            {
                "mark": {"type": "rule", "opacity": 0.5},
                "encoding": {"y": share | {"field": "low"}, "y2": {"field": "high"}},
            },
        ],
    }


_WHOLE = {"format": "d", "tickMinStep": 1}


def _draw_scores(rows: Sequence[RowResult], texts: Texts) -> None:
    """With a choice where there are several scores."""
    words = texts.evaluation
    names = [name for name in SCORES if any(name in row.scores for row in rows)]
    name = names[0] if names else ""
    if len(names) > 1:
        st.html(_heading(words.plot_scores))
        name = st.pills(
            words.score,
            names,
            default=name,
            format_func=words.metric_name,
            key="evaluation_score",
            required=True,
            label_visibility="collapsed",
        )
        _draw("", scores_spec(rows, name, texts), texts, alt=words.plot_scores)
    else:
        _draw(words.plot_scores, scores_spec(rows, name, texts), texts)


def _draw(heading: str, spec: Spec | None, texts: Texts, alt: str = "") -> None:
    if heading:
        st.html(_heading(heading))
    if spec is None:
        st.html(f'<div class="hint slim">{escape(texts.evaluation.plot_empty)}</div>')
    else:
        st.vega_lite_chart(spec, alt=alt or heading)


def _heading(text: str) -> str:
    return f'<div class="plot">{escape(text)}</div>'


def _depth_values(metrics: Sequence[Metric], texts: Texts) -> list[Spec]:
    values = []
    for metric in metrics:
        base, _, depth = metric.name.partition("@")
        if base in _DEPTHS and depth and metric.value is not None:
            error = metric.error or 0.0
            values.append(
                {
                    "depth": int(depth),
                    "value": metric.value,
                    "low": max(0.0, metric.value - error),
                    "high": min(1.0, metric.value + error),
                    "measure": texts.evaluation.metric_name(base),
                }
            )
    return values


def _histogram(
    values: Sequence[Mapping[str, float]], name: str, bins: Spec, title: str, form: str, texts: Texts
) -> Spec | None:
    count = texts.evaluation.question_count
    return (
        _spec(
            values,
            {"type": "bar", "color": _BLUE},
            x={"field": name, "bin": bins, "title": title, "axis": {"format": form}},
            y={"aggregate": "count", "title": count, "axis": _WHOLE},
            tooltip=[
                {"field": name, "bin": bins, "title": title, "format": form},
                {"aggregate": "count", "title": count},
            ],
        )
        | {"height": 240}
        if values
        else None
    )


def _spec(values: Sequence[Mapping[str, object]], mark: str | Spec, **encoding: object) -> Spec:
    return {"data": {"values": list(values)}, "mark": mark, "encoding": encoding}
