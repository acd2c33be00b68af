"""The report of a run: which run, what it is compared with, its figures, and what can be downloaded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

import streamlit as st

from assistant.errors import AssistantError
from assistant.hosting.evaluations import Run
from assistant.records.evaluation import EvaluationReport, QuestionSet, RowResult
from assistant.ui.escaping import literal, printable
from assistant.ui.evaluation.setup import SHOWN, draw_upload
from assistant.ui.evaluation.summary import (
    cards_html,
    comparison_html,
    definitions_html,
    facts_html,
    metrics_html,
    split_html,
)
from assistant.ui.words.texts import Texts

if TYPE_CHECKING:
    from assistant.service import Assistant

_AGAINST, _FILE, _EARLIER = "evaluation_against", "evaluation_earlier_file", "evaluation_earlier"
_NOTHING, _FROM_FILE = 0, -1
_NAMED = {_NOTHING: "–", _FROM_FILE: "REPORT.json…"}


def draw_choice(runs: Sequence[Run], texts: Texts) -> Run:
    """A field to choose the run on show: the newest until another one is chosen."""
    by_number = {run.number: run for run in runs}
    if st.session_state.get(SHOWN) not in by_number:
        st.session_state[SHOWN] = runs[0].number
    number = st.selectbox(
        texts.evaluation.run,
        list(by_number),
        format_func=lambda n: _run_line(by_number[n]),
        key=SHOWN,
        persist_state="session",
    )
    return by_number[number]


def draw_against(shown: Run, runs: Sequence[Run], texts: Texts) -> EvaluationReport | None:
    """A field to choose what the run is compared with: another one or the report in a file."""
    words = texts.evaluation
    others = {run.number: run for run in runs if run is not shown and run.report is not None}
    if st.session_state.get(_AGAINST, _NOTHING) not in (_NOTHING, _FROM_FILE, *others):
        st.session_state[_AGAINST] = _NOTHING
    choice = st.selectbox(
        words.against,
        [_NOTHING, *others, _FROM_FILE],
        format_func=lambda n: _NAMED[n] if n in _NAMED else _run_line(others[n]),
        key=_AGAINST,
        persist_state="session",
    )
    if choice == _FROM_FILE:
        return _draw_file(texts)
    return others[choice].report if choice in others else None


def compared(report: EvaluationReport, earlier: EvaluationReport | None, texts: Texts) -> EvaluationReport:
    """The report with what got better and worse since the earlier one; why not is said on the page."""
    from assistant.evaluation.comparing import compare

    if earlier is None:
        return report
    try:
        return replace(report, comparison=compare(earlier, report))
    except AssistantError as error:
        st.warning(literal(texts.said(str(error))), icon=":material/warning:")
        return report


def draw_overview(report: EvaluationReport, texts: Texts) -> None:
    """All figures of the report, the first of them large."""
    from assistant.evaluation.metrics import groups

    words = texts.evaluation
    st.html(cards_html(report, texts))
    if report.comparison:
        st.html(comparison_html(report.comparison, texts))
    st.html(metrics_html(report, groups(report.ks), texts))
    for split, label in ((report.by_kind, words.by_kind), (report.by_difficulty, words.by_difficulty)):
        if len(split) > 1:
            st.html(split_html(split, label, texts))
    with st.expander(words.definitions, icon=":material/help:"):
        st.html(definitions_html(report, texts))
    with st.expander(words.about, icon=":material/info:"):
        st.html(facts_html(report, texts))


def draw_downloads(
    assistant: Assistant,
    question_set: QuestionSet,
    rows: Sequence[RowResult],
    report: EvaluationReport,
    texts: Texts,
) -> None:
    """One button a file; each is made when its button is pressed."""
    from assistant.evaluation.answer_files import answers_csv, contest_csv
    from assistant.evaluation.reporting import to_json

    words, stem = texts.evaluation, PurePath(question_set.name).stem
    files = {
        "ANSWERS.csv": (words.answers_file, lambda: answers_csv(question_set, rows)),
        "REPORT.json": (words.report_file, lambda: to_json(report).encode()),
    }
    if assistant.can_embed and not report.retrieval_only:
        files["CONTEST.csv"] = (words.contest_file, lambda: contest_csv(rows, assistant))
    with st.container(key="evaluation_downloads", horizontal=True, gap="small"):
        for name, (label, made) in files.items():
            st.download_button(
                label,
                made,
                file_name=f"{stem}-{name}",
                key=f"evaluation_download-{name}",
                icon=":material/download:",
                on_click="ignore",
            )


def _run_line(run: Run) -> str:
    """In no language and without what changes: a field keeps showing the first label of the value it has."""
    started = f"{run.started.astimezone():%m-%d %H:%M}"
    engine = "search" if run.options.retrieval_only else run.options.engine
    asked = f"{run.question_set.name} ({run.total})"
    return printable(" · ".join(filter(None, (f"#{run.number}", started, asked, engine))))


def _draw_file(texts: Texts) -> EvaluationReport | None:
    draw_upload(texts.evaluation.report_file, _FILE, ["json"], _take_report, texts)
    found: EvaluationReport | str | None = st.session_state.get(_EARLIER)
    if isinstance(found, str):
        st.error(literal(texts.said(found)), icon=":material/error:")
        return None
    return found


def _take_report() -> None:
    """Read what was dropped, or forget what was taken away."""
    from assistant.evaluation.reporting import from_json

    file = st.session_state[_FILE]
    found: EvaluationReport | str | None = None
    if file is not None:
        try:
            found = from_json(file.getvalue().decode("utf-8", "replace"), file.name)
        except AssistantError as error:
            found = str(error)
    st.session_state[_EARLIER] = found
