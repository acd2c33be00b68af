"""The questions of a run: what the list is narrowed to, and the list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from assistant.records.evaluation import Change, Comparison, EvaluationReport, Question, RowResult
from assistant.ui.escaping import literal, printable
from assistant.ui.evaluation.rows import class_of, counts, marked
from assistant.ui.evaluation.summary import NONE
from assistant.ui.words.texts import Texts

_OUTCOME, _KIND, _LIST = "evaluation_outcome", "evaluation_kind", "evaluation_list"
_ALL, _WORST, _BETTER, _WORSE = "all", "worst", "better", "worse"
_ANSWER_SCORES = ("contest", "f1", "judged")
_SEARCH_SCORES = ("passage_recall@5", "document_hit@1")
_SCORES = (*_ANSWER_SCORES, *_SEARCH_SCORES)
_ROWS = 9
_ROW_PIXELS = 35
_WIDTHS = {"id": 60, "question": 300, "outcome": 105, "change": 110, "keywords": 65, "seconds": 60}
_WIDTH = 90
_LAST = "seconds"
_FORMATS = {_LAST: "%.2f", **dict.fromkeys(_SCORES, "percent")}


def draw_filters(rows: Sequence[RowResult], report: EvaluationReport, texts: Texts) -> list[int]:
    """Fields to narrow the list with; the places of the rows that fit all of them, worst first if asked."""
    words = texts.evaluation
    groups = _groups(rows, report)
    kinds = list(dict.fromkeys(row.question.kind for row in rows if row.question.kind))
    _forget_strangers(groups, kinds)
    shown = st.pills(
        words.columns["outcome"],
        list(groups),
        format_func=lambda name: f"{_group_label(name, texts)} {len(groups[name])}",
        key=_OUTCOME,
        required=True,
        label_visibility="collapsed",
    )
    with st.container(key="evaluation_filters"):
        wanted = st.text_input(
            words.search,
            key="evaluation_search",
            placeholder=words.search,
            label_visibility="collapsed",
        )
        chosen: list[str] = []
        if len(kinds) > 1:
            chosen = st.multiselect(
                words.kind,
                kinds,
                format_func=printable,
                key=_KIND,
                placeholder=words.kind,
                label_visibility="collapsed",
                select_all=False,
            )
    fitting = [place for place in groups[shown or _ALL] if _holds(rows[place], wanted)]
    return [place for place in fitting if not chosen or rows[place].question.kind in chosen]


def draw_table(
    rows: Sequence[RowResult],
    places: Sequence[int],
    comparison: Comparison | None,
    texts: Texts,
    choose: Callable[[int], None],
) -> None:
    """One line a question; `choose` is called with the place of the row that is clicked."""

    def clicked() -> None:
        for line in st.session_state[_LIST].selection.rows:
            choose(places[line])

    changes = _changes(comparison)
    lines = [_line(rows[place], changes, texts) for place in places]
    titles = _titles(lines, texts)
    st.dataframe(
        [{title: line.get(name) for name, title in titles.items()} for line in lines],
        key=_LIST,
        hide_index=True,
        column_config={
            title: st.column_config.Column(width=_WIDTHS.get(name, _WIDTH))
            if name not in _FORMATS
            else st.column_config.NumberColumn(width=_WIDTHS.get(name, _WIDTH), format=_FORMATS[name])
            for name, title in titles.items()
        },
        height=_ROW_PIXELS * (min(len(places), _ROWS) + 1) + 3,
        on_select=clicked,
        selection_mode="single-row",
        placeholder=NONE,
        alt=texts.evaluation.questions,
    )


def _titles(lines: Sequence[Mapping[str, object]], texts: Texts) -> dict[str, str]:
    """The heads of the columns in use: those of the question, a score of answer and of search, the time."""
    words = texts.evaluation
    used = {name for line in lines for name, value in line.items() if value is not None}
    titles = {name: title for name, title in words.columns.items() if name in used and name != _LAST}
    for scores in (_ANSWER_SCORES, _SEARCH_SCORES):
        titles |= {name: words.metric_name(name) for name in [n for n in scores if n in used][:1]}
    return titles | ({_LAST: words.columns[_LAST]} if _LAST in used else {})


def _forget_strangers(groups: Mapping[str, object], kinds: Sequence[str]) -> None:
    """What was chosen for another run and does not occur in this one is no longer chosen."""
    if st.session_state.get(_OUTCOME) not in groups:
        st.session_state[_OUTCOME] = _ALL
    st.session_state[_KIND] = [kind for kind in st.session_state.get(_KIND, []) if kind in kinds]


def _groups(rows: Sequence[RowResult], report: EvaluationReport) -> dict[str, list[int]]:
    """The places of all rows, of each outcome, of the worst, and of those that fare otherwise than before."""
    by_id = {row.question.id: place for place, row in enumerate(rows)}
    groups = {_ALL: list(range(len(rows)))}
    for name in counts(rows):
        groups[name] = [place for place, row in enumerate(rows) if class_of(row) == name]
    groups[_WORST] = [by_id[name] for name in report.worst if name in by_id]
    if comparison := report.comparison:
        places = {_key(row.question): place for place, row in enumerate(rows)}
        groups[_BETTER] = [places[_key(change)] for change in comparison.better]
        groups[_WORSE] = [places[_key(change)] for change in comparison.worse]
    return groups


def _group_label(name: str, texts: Texts) -> str:
    words = texts.evaluation
    special: Mapping[str, str] = {
        _ALL: words.everything,
        _WORST: words.worst,
        _BETTER: f"▲ {words.better}",
        _WORSE: f"▼ {words.worse}",
    }
    return special[name] if name in special else marked(name, literal(words.classes[name]))


def _holds(row: RowResult, wanted: str) -> bool:
    text = f"{row.question.id} {row.question.question} {row.plain}".casefold()
    return all(word in text for word in wanted.casefold().split())


def _key(question: Question | Change) -> tuple[str, str]:
    return question.id, question.question


def _changes(comparison: Comparison | None) -> dict[tuple[str, str], str]:
    """Of each question that fares otherwise, the score before and now."""
    changed = (*comparison.better, *comparison.worse) if comparison else ()
    return {_key(change): f"{change.before:.0%} → {change.after:.0%}" for change in changed}


def _line(row: RowResult, changes: Mapping[tuple[str, str], str], texts: Texts) -> dict[str, object]:
    name = class_of(row)
    return {
        "id": printable(row.question.id),
        "question": printable(row.question.question),
        "kind": printable(row.question.kind) or None,
        "outcome": marked(name, texts.evaluation.classes[name]),
        "change": changes.get(_key(row.question)),
        "keywords": f"{sum(row.has)}/{len(row.has)}" if row.has else None,
        "seconds": row.answer.seconds if row.answer else None,
        **{score: row.scores[score] for score in _SCORES if score in row.scores},
    }
