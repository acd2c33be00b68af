"""One question of a run: what was expected, what was answered, and what retrieval had found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from assistant.records.evaluation import FoundPassage, Question, RowResult
from assistant.ui.escaping import Span, escape, literal, styled
from assistant.ui.evaluation.rows import class_of, marked, spelled
from assistant.ui.rendering import answer_html, doubts_html, meta_html
from assistant.ui.sources.panel import draw_sources
from assistant.ui.words.texts import Texts

if TYPE_CHECKING:
    from assistant.service import Assistant


def draw_detail(assistant: Assistant, rows: Sequence[RowResult], place: int, texts: Texts) -> None:
    """Expectation and answer side by side, the passages below."""
    row = rows[place]
    st.html(head_html(row, earlier_turns(rows, place), texts))
    expected = expected_html(row, texts)
    left, right = st.columns([3, 2], gap="large") if expected else (st.container(), None)
    with left:
        _draw_answer(assistant, row, place, texts)
    if right is not None:
        with right:
            st.html(expected)
    if row.passages or row.answer is None:
        st.html(passages_html(row, texts))


def head_html(row: RowResult, turns: Sequence[tuple[str, str]], texts: Texts) -> str:
    """The question with its outcome, what was said before it, and the form in which it was searched."""
    words, name = texts.evaluation, class_of(row)
    before = "".join(f"<p>{escape(asked)}</p><p>{escape(answered)}</p>" for asked, answered in turns)
    if before:
        before = f'<div class="turns"><b>{escape(words.asked_before)}</b>{before}</div>'
    rewritten = row.answer.rewritten if row.answer else ""
    if rewritten:
        rewritten = f"<p>{escape(texts.understood_as.format(rewritten))}</p>"
    about = " · ".join(filter(None, (row.question.id, row.question.kind)))
    badge = f'<span class="outcome {name}">{escape(marked(name, words.classes[name]))}</span>'
    return (
        f'<div class="source asked">{before}<h3>{escape(row.question.question)}</h3>{rewritten}'
        f"<p>{badge} {escape(about)}</p></div>"
    )


def expected_html(row: RowResult, texts: Texts) -> str:
    """The keywords, found or missing, the gold passage and the short answers; empty where none is given."""
    words, question = texts.evaluation, row.question
    parts = []
    if question.keywords:
        parts.append(_titled(words.expected, keywords_html(row, texts)))
    if question.short_answers:
        parts.append(_titled(words.short_answers, f"<p>{escape(spelled(question.short_answers))}</p>"))
    if question.gold:
        gold = styled(question.gold, _literal_places(question.gold, question.keywords))
        parts.append(_titled(words.gold, f'<div class="gold">{gold}</div>'))
    if question.documents:
        parts.append(
            _titled(words.expected_document, f"<p>{escape(texts.separator.join(question.documents))}</p>")
        )
    return f'<div class="expected">{"".join(parts)}</div>' if parts else ""


def keywords_html(row: RowResult, texts: Texts) -> str:
    """Each keyword as a chip that says whether the answer holds it; bare where nothing was asked."""
    words = texts.evaluation
    chips = []
    for place, keyword in enumerate(row.question.keywords):
        state = ("found" if row.has[place] else "missing") if place < len(row.has) else ""
        said = {"found": f"✓ {words.found}", "missing": f"✗ {words.missing}"}.get(state, "")
        chips.append(
            f'<span class="chip {state}">{escape(spelled(keyword))}<i>{escape(said)}</i></span>'
            if said
            else f'<span class="chip">{escape(spelled(keyword))}</span>'
        )
    return f'<div class="chips">{"".join(chips)}</div>'


def passages_html(row: RowResult, texts: Texts) -> str:
    """What retrieval found, best first, each under a line that says where it stands and what it holds."""
    words = texts.evaluation
    if not row.passages:
        return _titled(words.passages, f'<div class="hint slim">{escape(words.no_passages)}</div>')
    items = "".join(
        _passage_html(rank, found, row.question, texts) for rank, found in enumerate(row.passages, start=1)
    )
    return _titled(words.passages, f'<div class="found">{items}</div>')


def earlier_turns(rows: Sequence[RowResult], place: int) -> list[tuple[str, str]]:
    """What was asked and answered before a question of a conversation."""
    question = rows[place].question
    given = [(turn.question, turn.answer) for turn in question.history]
    same = (row for row in rows[:place] if row.question.conversation == question.conversation != "")
    return given + [(row.question.question, row.plain) for row in same]


def _draw_answer(assistant: Assistant, row: RowResult, place: int, texts: Texts) -> None:
    words = texts.evaluation
    st.html(f'<div class="part">{escape(words.answer)}</div>')
    if row.failure:
        st.error(literal(texts.said(row.failure)), icon=":material/error:")
    elif row.answer is None:
        st.html(f'<div class="hint slim">{escape(words.not_asked)}</div>')
    if row.answer:
        for notice in row.answer.notices:
            st.warning(literal(notice), icon=":material/warning:")
        st.html(answer_html(row.answer, texts) + doubts_html(row.answer, texts))
        draw_sources(assistant, row.answer, place, texts)
        st.html(meta_html(row.answer, texts))
    if row.opinion:
        said = f"{row.opinion.score:.1f} · {row.opinion.reason}"
        st.html(_titled(words.opinion, f"<p>{escape(said)}</p>"))


def _passage_html(rank: int, found: FoundPassage, question: Question, texts: Texts) -> str:
    words = texts.evaluation
    page = texts.page.format(found.page) if found.page is not None else ""
    line = " · ".join(filter(None, (found.title or found.document, page, f"{found.score:.2f}")))
    wanted = question.keywords or (question.short_answers,)
    held = [wanted[n] for n in found.bears]
    chips = "".join(f'<span class="chip found">{escape(spelled(keyword))}</span>' for keyword in held)
    if found.is_expected:
        chips = f'<span class="chip place">{escape(words.expected_document)}</span>{chips}'
    text = styled(found.text, _literal_places(found.text, held))
    is_open = " open" if rank == 1 else ""
    return (
        f'<details{is_open}><summary><span class="number">{rank}</span>{escape(line)} {chips}</summary>'
        f"<div>{text}</div></details>"
    )


def _literal_places(text: str, keywords: Iterable[Sequence[str]]) -> list[Span]:
    """Where a spelling stands in the text as it is written, once each; others are not marked."""
    found = [(text.find(word), word) for keyword in keywords for word in keyword if word]
    return [Span(start, start + len(word), "mark") for start, word in found if start >= 0]


def _titled(title: str, html: str) -> str:
    return f'<div class="part">{escape(title)}</div>{html}'
