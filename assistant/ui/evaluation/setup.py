"""What is to be evaluated: the questions, the engine, what is measured, and the button that begins it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from assistant.errors import AssistantError
from assistant.hosting import Host
from assistant.records.evaluation import EvaluationOptions, QuestionSet, Similarity
from assistant.ui import identity
from assistant.ui.escaping import escape, literal
from assistant.ui.evaluation.feedback import draw_rated
from assistant.ui.words.languages import language_of
from assistant.ui.words.texts import Texts

SHOWN, SETUP = "evaluation_run", "evaluation_setup"
_SAMPLES = Path(__file__).parents[3] / "tests" / "questions"
_SOURCE, _FILE = "evaluation_source", "evaluation_file"
_PARSED, _TROUBLE = "evaluation_questions", "evaluation_trouble"
_UPLOAD, _RATED = "upload", "rated"
_MEGABYTES = 20


def draw_setup(host: Host, texts: Texts) -> None:
    """The fields and the button; what cannot be read is said in one line."""
    question_set = _draw_questions(host, texts)
    options = _draw_options(host, texts)
    is_busy = host.evaluations.running is not None
    st.button(
        texts.evaluation.start,
        key="evaluation_start",
        type="primary",
        icon=":material/play_arrow:",
        disabled=question_set is None or is_busy,
        help=texts.evaluation.busy if is_busy else None,
        on_click=attempt,
        args=(lambda: _start(host, question_set, options, texts),),
    )


def draw_trouble(texts: Texts) -> None:
    """Say once why the last attempt failed."""
    if trouble := st.session_state.pop(_TROUBLE, ""):
        st.error(literal(texts.said(trouble)), icon=":material/error:")


def attempt(action: Callable[[], None]) -> None:
    """Do it, and leave what went wrong to be said by the next run of the page."""
    try:
        action()
    except AssistantError as error:
        st.session_state[_TROUBLE] = str(error)


def draw_upload(label: str, key: str, kinds: list[str], on_change: Callable[[], None], texts: Texts) -> None:
    """A field to drop a file on, in the words of the language; what came in is `st.session_state[key]`."""
    with st.container(key=f"drop-{key}"):
        st.html(f'<style>.st-key-drop-{key} {{ --words: "{texts.evaluation.file_button}" }}</style>')
        st.file_uploader(label, type=kinds, key=key, on_change=on_change, max_upload_size=_MEGABYTES)


def samples() -> list[Path]:
    """The question sets that stand beside the product."""
    return sorted(path for kind in ("*.jsonl", "*.csv") for path in _SAMPLES.glob(kind))


def _start(host: Host, question_set: QuestionSet | None, options: EvaluationOptions, texts: Texts) -> None:
    """Begin, show what begins, and fold the fields away. What a person rated is for this person's eyes."""
    if question_set is not None:
        owner = identity.owner() if st.session_state.get(_SOURCE) == _RATED else None
        run = host.evaluations.start(question_set, options, owner, language_of(texts))
        st.session_state[SHOWN] = run.number
        st.session_state[SETUP] = False


def _draw_questions(host: Host, texts: Texts) -> QuestionSet | None:
    """The questions chosen, if they could be read."""
    words = texts.evaluation
    sources: list[str | Path] = [_UPLOAD, _RATED, *samples()]
    source = st.segmented_control(
        words.source,
        sources,
        default=_UPLOAD,
        format_func=lambda choice: _source_label(choice, texts),
        key=_SOURCE,
        required=True,
        label_visibility="collapsed",
        persist_state="session",
    )
    found: QuestionSet | str | None
    if isinstance(source, Path):
        found = _sample(source)
    elif source == _RATED:
        found = _read(lambda: draw_rated(host, texts))
    else:
        draw_upload(words.file, _FILE, ["csv", "jsonl"], _take_upload, texts)
        st.html(f'<div class="hint slim">{escape(words.file_hint)}</div>')
        found = st.session_state.get(_PARSED)
    if isinstance(found, str):
        st.error(literal(texts.said(found)), icon=":material/error:")
    elif found is not None:
        line = texts.named.format(found.name, words.count.format(len(found.questions)))
        st.html(f'<div class="side">{escape(line)}</div>')
        return found
    return None


def _source_label(source: str | Path, texts: Texts) -> str:
    words = texts.evaluation
    if isinstance(source, Path):
        return words.sample.format(literal(source.stem))
    return words.rated if source == _RATED else words.upload


def _take_upload() -> None:
    """Read what was dropped, or forget what was taken away. Kept while another page is open."""
    from assistant.evaluation.questions import parse_questions

    file = st.session_state[_FILE]
    st.session_state[_PARSED] = (
        None if file is None else _read(lambda: parse_questions(file.getvalue(), file.name))
    )


def _sample(path: Path) -> QuestionSet | str | None:
    """Read again when the file has changed."""
    from assistant.evaluation.questions import read_questions

    key, version = f"evaluation_sample-{path.name}", path.stat().st_mtime_ns
    if st.session_state.get(key, (None, None))[0] != version:
        st.session_state[key] = (version, _read(lambda: read_questions(path)))
    found: QuestionSet | str | None = st.session_state[key][1]
    return found


def _read(reading: Callable[[], QuestionSet | None]) -> QuestionSet | str | None:
    """The questions, if there are any, or the line that says why they cannot be read."""
    try:
        return reading()
    except AssistantError as error:
        return str(error)


def _draw_options(host: Host, texts: Texts) -> EvaluationOptions:
    words, assistant = texts.evaluation, host.assistant
    has_endpoint = assistant.engine == "llm"
    engine, similarity, judge = "", Similarity.BIGRAM, False
    with st.container(key="evaluation_options", horizontal=True, gap="medium", vertical_alignment="bottom"):
        if has_endpoint:
            engine = st.segmented_control(
                words.engine,
                list(texts.engines),
                default=assistant.engine,
                format_func=texts.engines.__getitem__,
                key="evaluation_engine",
                required=True,
                persist_state="session",
            )
        if assistant.can_embed:
            similarity = st.segmented_control(
                words.similarity,
                list(Similarity),
                default=Similarity.BIGRAM,
                format_func=words.similarities.__getitem__,
                key="evaluation_similarity",
                required=True,
                persist_state="session",
            )
        retrieval_only = st.toggle(
            words.retrieval_only, key="evaluation_retrieval_only", persist_state="session"
        )
        if has_endpoint:
            judge = st.toggle(words.judge, key="evaluation_judge", persist_state="session")
    return EvaluationOptions(engine, retrieval_only, similarity, judge and not retrieval_only)
