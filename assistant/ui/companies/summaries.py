"""Briefings and comparisons in the making: progress, what there is so far, and a button to stop."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass

import streamlit as st

from assistant.errors import AssistantError
from assistant.records import Progress
from assistant.records.briefings import Briefing, Comparison
from assistant.ui.companies.briefing_view import partial_html
from assistant.ui.escaping import escape
from assistant.ui.streaming import ticking
from assistant.ui.words.texts import Texts

_KEPT = "summaries"
_MOST = 6
Making = Iterator[Progress | Briefing | Comparison]


@dataclass(slots=True)
class Summary:
    """What has come of one making so far; `is_over` once there will be no more."""

    made: Briefing | Comparison | None = None
    failure: AssistantError | None = None
    is_over: bool = False
    is_stopped: bool = False


def obtain(wanted: object, begin: Callable[[], Making], texts: Texts) -> Summary:
    """What is wanted, made in this run if this session has not got it, shown while it is made.

    Args:
        wanted: tells it from whatever else is wanted; with the content of the index among it, a change of
            the documents has it made anew.
        begin: begins the making.
    """
    kept: dict[object, Summary] = st.session_state.setdefault(_KEPT, {})
    summary = kept.pop(wanted, Summary())
    kept[wanted] = summary  # the one asked for last goes last
    while len(kept) > _MOST:
        del kept[next(iter(kept))]
    if not summary.is_over:
        _make(summary, begin, texts)
    return summary


def again(wanted: object) -> None:
    """Forget what is kept of it; for callbacks."""
    st.session_state.get(_KEPT, {}).pop(wanted, None)


def progress_html(progress: Progress | None, texts: Texts) -> str:
    """A line with a bar: how many steps are done, and what it is at."""
    words = texts.briefing
    if progress is None or not progress.total:
        return f'<div class="working">{escape(words.working)}<i></i><i></i><i></i></div>'
    share = f"{progress.done / progress.total:.0%}"
    line = f"{progress.done:,} / {progress.total:,}"
    state = f'role="progressbar" aria-valuenow="{share[:-1]}" aria-label="{escape(words.working)}"'
    detail = f"<em>{escape(progress.detail)}</em>" if progress.detail else ""
    return (
        f'<div class="filling" {state}><i style="width: {share}"></i>'
        f"<span>{escape(words.working)} · {escape(line)} {detail}</span></div>"
    )


def _make(summary: Summary, begin: Callable[[], Making], texts: Texts) -> None:
    """Draw the making. Whatever ends this run, what arrived stays in the summary."""
    slot = st.empty()
    with slot.container(key="summary_making"):
        with st.container(key="summary_progress", horizontal=True, vertical_alignment="center"):
            bar = st.empty()
            st.button(
                texts.stop,
                key="summary_stop",
                icon=":material/stop_circle:",
                type="tertiary",
                on_click=_stop,
                args=(summary,),
            )
        so_far = st.empty()
        bar.html(progress_html(None, texts))
        try:
            _follow(summary, begin(), bar, so_far, texts)
        except AssistantError as error:
            summary.failure = error
        except Exception:
            logging.getLogger(__name__).exception("the company could not be summed up")
            summary.failure = AssistantError(texts.briefing.unexpected)
    summary.is_over = True
    slot.empty()


def _follow(
    summary: Summary,
    making: Making,
    bar: st.delta_generator.DeltaGenerator,
    so_far: st.delta_generator.DeltaGenerator,
    texts: Texts,
) -> None:
    progress: Progress | None = None
    with closing(ticking(making)) as items:
        for item in items:
            if isinstance(item, Progress):
                progress = item
            elif item is not None:
                summary.made = item
                if isinstance(item, Briefing):
                    so_far.html(partial_html(item, texts))
            bar.html(progress_html(progress, texts))


def _stop(summary: Summary) -> None:
    summary.is_over = summary.is_stopped = True
