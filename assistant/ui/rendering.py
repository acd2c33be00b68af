"""Answers and their parts as HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.records import Answer, AnswerSentence, Block, BlockKind, Citation, Verdict
from assistant.ui.clicks import cite_attributes
from assistant.ui.escaping import Span, escape, styled
from assistant.ui.tables import text_with_tables_html
from assistant.ui.words.texts import Texts

_CITATION = re.compile(r"[ \t]*\[(\d{1,4})\]")
_BLANK_LINES = re.compile(r"\n\s*\n")


def answer_html(answer: Answer, texts: Texts, *, is_clickable: bool = False) -> str:
    """The answer's text with its citation numbers, its emphasis and its unverified sentences marked.

    `is_clickable`: the numbers are drawn where somebody listens to clicks on them.
    """
    plain, marks = _without_citations(answer.text)
    spans, doubts = _sentence_spans(plain, answer.sentences)
    cited = {
        c.n: citation_mark(c, texts, cite_attributes(c.n, ()) if is_clickable else "")
        for c in answer.citations
    }
    inserts = _at_their_places(marks, cited)
    for place in doubts:
        tag = f'<span class="tag" title="{escape(texts.unverified_why)}">{escape(texts.unverified)}</span>'
        inserts[place] = inserts.get(place, "") + tag
    body = text_with_tables_html(plain, _tables(plain, answer), spans, inserts, texts)
    return _flowing(body)


def doubts_html(answer: Answer, texts: Texts) -> str:
    """One line on how many sentences are unverified; empty where all are well."""
    count = sum(not sentence.grounded for sentence in answer.sentences)
    return f'<div class="doubts">{escape(texts.unverified_count.format(count))}</div>' if count else ""


def arriving_html(text: str) -> str:
    """A text that is still being written, with bare citation numbers."""
    plain, marks = _without_citations(_BLANK_LINES.sub("\n", text))
    bare = {n: f'<span class="cite">{n}</span>' for _, n in marks}
    body = styled(plain, inserts=_at_their_places(marks, bare))
    return _flowing(body)


def broken_off_html(text: str) -> str:
    """A text that never came to its end; its numbers lead nowhere and stay as they were written."""
    return _flowing(escape(_BLANK_LINES.sub("\n", text))) if text else ""


def question_html(question: str) -> str:
    """What the person asked."""
    return f'<div class="question">{escape(question)}</div>'


def meta_html(answer: Answer, texts: Texts) -> str:
    """One small line: verdict, engine, seconds, tokens."""
    kind = {Verdict.ANSWER: "good", Verdict.PARTIAL: "fair", Verdict.REFUSE: "none"}[answer.verdict]
    verdict = texts.verdicts[answer.verdict]
    if answer.verdict is Verdict.ANSWER and not all(sentence.grounded for sentence in answer.sentences):
        kind, verdict = "fair", texts.partly_unverified
    parts = [
        texts.engines.get(answer.engine, answer.engine),
        duration(answer.seconds, texts),
    ]
    if used := answer.tokens.prompt + answer.tokens.completion:
        parts.append(texts.tokens.format(f"{used:,}"))
    badge = f'<span class="verdict {kind}">{escape(verdict)}</span>'
    return f'<div class="meta">{badge}<span>{escape(" · ".join(parts))}</span></div>'


def duration(seconds: float, texts: Texts) -> str:
    """How long something took, in words."""
    return texts.seconds.format(f"{max(seconds, 0.01):.2f}" if seconds < 10 else f"{seconds:.0f}")


def citation_mark(citation: Citation, texts: Texts, attributes: str = "") -> str:
    """Its number, which shows a card of it; `attributes` are HTML of our own, a space before each."""
    quote = _shortened(citation.quote, 80).replace("\n", " ")
    card = (
        f"<b>{escape(citation_title(citation))}</b>"
        f"<i>{escape(citation_line(citation, texts))}</i>"
        f"<q>{quote_html(quote)}</q>"
    )
    return f'<span class="cite" tabindex="0"{attributes}>{citation.n}<span class="card">{card}</span></span>'


def citation_line(citation: Citation, texts: Texts) -> str:
    """Publisher, date, page and reprints as plain text; what is not known is left out."""
    page = texts.page.format(citation.page) if citation.page is not None else ""
    copies = texts.reprints.format(len(citation.reprints)) if citation.reprints else ""
    return " · ".join(part for part in (citation.publisher, citation.published, page, copies) if part)


def citation_title(citation: Citation) -> str:
    """The title, or the file's name where there is none, as plain text."""
    return citation.title or citation.document


def quote_html(quote: str) -> str:
    """A quotation; a bar stands between the cells of a row."""
    return _barred(escape(quote.strip("\t")))


def _flowing(html: str) -> str:
    """The text of an answer as its paragraphs."""
    paragraphs = _barred(html).replace("\n", '<span class="gap">\n</span>')
    return f'<div class="answer">{paragraphs}</div>'


def _barred(html: str) -> str:
    return html.replace("\t", " │ ")


def _tables(plain: str, answer: Answer) -> list[list[Block]]:
    """The lines of the answer that quote a row; neighbours of one table of one document together."""
    cited = {citation.n: citation for citation in answer.citations}
    sources = {s.text: cited.get(s.citations[0]) for s in answer.sentences if len(s.citations) == 1}
    rows: list[tuple[Block, str]] = []
    place = 0
    for line in plain.split("\n"):
        source = sources.get(line) if "\t" in line else None
        if source and source.table and len(source.table.heads) in (0, line.count("\t") + 1):
            block = Block(BlockKind.ROW, place, place + len(line), table=source.table)
            rows.append((block, source.document))
        place += len(line) + 1
    tables: list[list[Block]] = []
    for (row, document), before in zip(rows, [None, *rows], strict=False):
        if before and before == (replace(row, start=before[0].start, end=row.start - 1), document):
            tables[-1].append(row)
        else:
            tables.append([row])
    return tables


def _at_their_places(marks: Sequence[tuple[int, int]], shown: Mapping[int, str]) -> dict[int, str]:
    """What to insert where; a number that is not shown as a mark stays as it was written."""
    inserts: dict[int, str] = {}
    for place, n in marks:
        inserts[place] = inserts.get(place, "") + shown.get(n, f"[{n}]")
    return inserts


def _shortened(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _without_citations(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without its `[n]` marks, and where in it each stood."""
    pieces: list[str] = []
    marks: list[tuple[int, int]] = []
    length = position = 0
    for match in _CITATION.finditer(text):
        pieces.append(text[position : match.start()])
        length += len(pieces[-1])
        marks.append((length, int(match.group(1))))
        position = match.end()
    return "".join(pieces) + text[position:], marks


def _sentence_spans(plain: str, sentences: Sequence[AnswerSentence]) -> tuple[list[Span], list[int]]:
    """Emphasis and doubt as spans of the whole text, and the ends of the doubted sentences.

    A doubted sentence that cannot be found leaves the whole text in doubt.
    """
    spans: list[Span] = []
    doubts: list[int] = []
    cursor = 0
    for sentence in sentences:
        start = plain.find(sentence.text, cursor) if sentence.text else -1
        end = start + len(sentence.text)
        if start >= 0:
            cursor = end
            spans += [Span(start + a, start + b, "strong") for a, b in sentence.emphasis]
        if not sentence.grounded:
            doubted = Span(start, end, "doubt") if start >= 0 else Span(0, len(plain), "doubt")
            spans.append(doubted)
            doubts.append(doubted.end)
    return spans, list(dict.fromkeys(doubts))
