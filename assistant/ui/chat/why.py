"""Why an answer is as it is: what was searched, what was found by which leg, and what decided."""

from __future__ import annotations

from assistant.exports.places import document_address
from assistant.records import Answer, Candidate, Trail, Verdict
from assistant.ui.chat.question_limits import limits_line
from assistant.ui.escaping import escape
from assistant.ui.rendering import duration
from assistant.ui.words.texts import Texts

_NONE = "—"


def why_html(answer: Answer, texts: Texts) -> str:
    """The account of an answer as HTML; empty for one that was kept without."""
    if answer.briefing:
        return _said(texts.why.briefing.format(answer.briefing.coverage.passages))
    if answer.comparison:
        return _said(texts.why.comparison)
    if answer.trail is None:
        return ""
    said = _said(_reason(answer.verdict, answer.trail, texts))
    return f'<div class="why">{said}{_facts(answer, answer.trail, texts)}{_table(answer.trail, texts)}</div>'


def _said(line: str) -> str:
    return f'<p class="because">{escape(line)}</p>' if line else ""


def _reason(verdict: Verdict, trail: Trail, texts: Texts) -> str:
    words = texts.why.refused if verdict is Verdict.REFUSE else texts.why.reasons
    said = words.get(trail.reason, "")
    return said.format(likelihood=_share(trail.likelihood), threshold=_share(trail.threshold))


def _facts(answer: Answer, trail: Trail, texts: Texts) -> str:
    words = texts.why
    hints = texts.separator.join(hint.value for hint in answer.hints)
    steps = " · ".join(
        f"{words.steps.get(step.name, step.name)} {duration(step.seconds, texts)}" for step in trail.steps
    )
    facts = {
        words.searched: list(trail.searched),
        words.limited: [limits_line(trail.filters, texts)],
        words.steered: [words.steered_how.format(hints)] if hints else [],
        words.missing: [texts.separator.join(trail.missing)],
        words.took: [steps],
    }
    rows = (
        f"<dt>{escape(name)}</dt><dd>{'<br>'.join(map(escape, lines))}</dd>"
        for name, lines in facts.items()
        if any(lines)
    )
    return f'<dl class="facts">{"".join(rows)}</dl>'


def _table(trail: Trail, texts: Texts) -> str:
    """One row a candidate; on a telephone each is a block of its own with the heads as labels."""
    if not trail.candidates:
        return ""
    words = texts.why
    is_reranked = any(candidate.rerank is not None for candidate in trail.candidates)
    heads = [words.place, words.source, words.lexical, words.dense, words.score, words.likelihood]
    if is_reranked:
        heads.insert(4, words.rerank)
    head = "".join(f"<th>{escape(name)}</th>" for name in heads)
    body = "".join(_row(candidate, heads, is_reranked, texts) for candidate in trail.candidates)
    legend = words.legend + (words.legend_rerank if is_reranked else "")
    return (
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        f'<p class="legend">{escape(legend)}</p>'
    )


def _row(candidate: Candidate, heads: list[str], is_reranked: bool, texts: Texts) -> str:
    words = texts.why
    likelihood = _share(candidate.likelihood)
    if candidate.against:
        against = texts.separator.join(words.against.get(name, name) for name in candidate.against)
        likelihood = words.ruled_out.format(against)
    cells = [
        str(candidate.rank),
        _source(candidate, texts),
        _leg(candidate.lexical, candidate.lexical_rank, texts, 2),
        _leg(candidate.dense, candidate.dense_rank, texts, 3),
        *([_NONE if candidate.rerank is None else f"{candidate.rerank:.3f}"] if is_reranked else []),
        f"{candidate.score:.2f}",
        escape(likelihood),
    ]
    row = "".join(
        f'<td data-label="{escape(head)}">{cell}</td>' for head, cell in zip(heads, cells, strict=True)
    )
    return f'<tr class="{"cited" if candidate.cited else "passed"}">{row}</tr>'


def _source(candidate: Candidate, texts: Texts) -> str:
    """Title, page and the sentence that fits best, which is data like the rest of the document."""
    page = f" · {texts.page.format(candidate.page)}" if candidate.page is not None else ""
    tag = f'<span class="tag">{escape(texts.why.cited)}</span>' if candidate.cited else ""
    title = escape((candidate.title or candidate.document) + page)
    link = f'<a href="{escape(document_address(candidate.document))}" target="_blank">{title}</a>'
    return f"{link}{tag}<q>{escape(candidate.snippet)}</q>"


def _leg(score: float | None, rank: int | None, texts: Texts, digits: int) -> str:
    if score is None:
        return _NONE
    place = f"{escape(texts.why.rank.format(rank))} " if rank else ""
    return f"{place}<i>{score:.{digits}f}</i>"


def _share(value: float | None) -> str:
    return _NONE if value is None else f"{value:.0%}"
