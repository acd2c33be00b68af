"""The evaluation: begin one, follow it, and see what came of it question by question."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from assistant.hosting import Host
from assistant.hosting.evaluations import Run
from assistant.records.evaluation import EvaluationReport, RowResult
from assistant.ui import identity
from assistant.ui.escaping import escape, literal, printable
from assistant.ui.evaluation.detail import draw_detail
from assistant.ui.evaluation.plots import COLOURS, draw_plots
from assistant.ui.evaluation.results import (
    compared,
    draw_against,
    draw_choice,
    draw_downloads,
    draw_overview,
)
from assistant.ui.evaluation.rows import counts
from assistant.ui.evaluation.setup import SETUP, SHOWN, attempt, draw_setup, draw_trouble
from assistant.ui.evaluation.table import draw_filters, draw_table
from assistant.ui.words.texts import Texts

_SECONDS = 1.0
_QUESTION = "evaluation_question"


def draw(host: Host, texts: Texts) -> None:
    """Draw what can be begun, what goes on, and the chosen run."""
    words = texts.evaluation
    st.html(f'<div class="heading"><h2>{escape(words.title)}</h2><p>{escape(words.tagline)}</p></div>')
    runs = host.evaluations.seen_by(identity.owner())
    with st.expander(words.new, not runs, key=SETUP, icon=":material/checklist:", on_change="rerun"):
        draw_setup(host, texts)
    draw_trouble(texts)
    running = host.evaluations.running
    if running is not None:
        _follow(host, running, texts)
    if runs:
        _draw_run(host, runs, running, texts)


@st.fragment(run_every=_SECONDS)
def _follow(host: Host, run: Run, texts: Texts) -> None:
    """Drawn again by itself. At the end of the run on show the whole page is, to show its report."""
    if not run.is_running:
        if st.session_state.get(SHOWN, run.number) == run.number:
            st.rerun()
        return
    with st.container(key="evaluation_progress"):
        st.html(progress_html(run, texts))
        if host.evaluations.is_stopping:
            st.html(f'<div class="hint slim">{escape(texts.evaluation.stopping)}</div>')
        else:
            st.button(
                texts.evaluation.stop,
                key="evaluation_stop",
                icon=":material/stop_circle:",
                type="tertiary",
                on_click=host.evaluations.stop,
            )


def progress_html(run: Run, texts: Texts) -> str:
    """How many questions are done, the time left, and the outcomes so far."""
    words, rows = texts.evaluation, tuple(run.rows)
    share = f"{len(rows) / max(1, run.total):.0%}"
    line = words.progress.format(len(rows), run.total)
    if run.seconds_left is not None:
        line += " · " + words.time_left.format(_duration(run.seconds_left, texts))
    state = f'role="progressbar" aria-valuenow="{share[:-1]}" aria-label="{escape(words.title)}"'
    outcomes = "".join(
        f'<span><i style="background: {COLOURS[name]}"></i>{escape(words.classes[name])} {count}</span>'
        for name, count in counts(rows).items()
    )
    return (
        f'<div class="filling" {state}><i style="width: {share}"></i><span>{escape(line)}</span></div>'
        f'<div class="tally">{outcomes}</div>'
    )


def _duration(seconds: float, texts: Texts) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return texts.evaluation.minutes.format(minutes, rest) if minutes else texts.seconds.format(rest)


def _draw_run(host: Host, runs: Sequence[Run], running: Run | None, texts: Texts) -> None:
    """The chosen run. One that was `running` when this run of the page began is drawn by the next."""
    words = texts.evaluation
    with st.container(key="evaluation_chosen"):
        run = draw_choice(runs, texts)
        earlier = None if run is running else draw_against(run, runs, texts)
    if run is running:
        return
    _draw_end(host, run, texts)
    if run.report is None:
        return
    report, rows = compared(run.report, earlier, texts), tuple(run.rows)
    draw_downloads(host.assistant, run.question_set, rows, report, texts)
    overview, questions, plots = st.tabs([words.overview, words.questions, words.plots])
    with overview:
        draw_overview(report, texts)
    with questions:
        _draw_questions(host, rows, report, texts)
    with plots:
        draw_plots(rows, report, texts)


def _draw_end(host: Host, run: Run, texts: Texts) -> None:
    """Why the run is not whole, and the offer to go on with it."""
    words = texts.evaluation
    if run.failure is not None:
        st.error(literal(texts.said(run.failure) or words.unexpected), icon=":material/error:")
    if len(run.rows) < run.total:
        with st.container(key="evaluation_end", horizontal=True, vertical_alignment="center"):
            st.html(f'<div class="notice">{escape(words.stopped_at.format(len(run.rows), run.total))}</div>')
            st.button(
                words.resume,
                key="evaluation_resume",
                icon=":material/resume:",
                disabled=host.evaluations.running is not None,
                on_click=attempt,
                args=(lambda: host.evaluations.resume(run),),
            )


def _draw_questions(host: Host, rows: Sequence[RowResult], report: EvaluationReport, texts: Texts) -> None:
    words = texts.evaluation
    places = draw_filters(rows, report, texts)
    if not places:
        st.info(words.none_fits, icon=":material/filter_alt:")
        return
    draw_table(rows, places, report.comparison, texts, _choose)
    if st.session_state.get(_QUESTION) not in places:
        _choose(places[0])
    chosen: int = st.session_state[_QUESTION]
    with st.container(key="evaluation_steps"):
        _draw_step(words.earlier_question, -1, places, chosen)
        st.selectbox(
            words.choose,
            places,
            format_func=lambda place: printable(
                f"{rows[place].question.id} · {rows[place].question.question}"
            ),
            key=_QUESTION,
            label_visibility="collapsed",
        )
        _draw_step(words.later_question, 1, places, chosen)
    draw_detail(host.assistant, rows, chosen, texts)


def _draw_step(label: str, step: int, places: Sequence[int], chosen: int) -> None:
    """A button to the question before or after the chosen one."""
    there = places.index(chosen) + step
    is_possible = 0 <= there < len(places)
    st.button(
        label,
        key=f"evaluation_step-{step}",
        icon=":material/chevron_left:" if step < 0 else ":material/chevron_right:",
        icon_position="left" if step < 0 else "right",
        disabled=not is_possible,
        on_click=_choose,
        args=(places[there] if is_possible else chosen,),
    )


def _choose(place: int) -> None:
    st.session_state[_QUESTION] = place
