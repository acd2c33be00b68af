"""A document as HTML: an article with the cited place in it, the raw file, both in parts of even length."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from assistant.records import Article, Block, BlockKind, Citation, DocumentView, ParsedDocument
from assistant.ui.escaping import Span, escape, styled
from assistant.ui.tables import table_html
from assistant.ui.words.texts import Texts

BEFORE, BEFORE_LINES, AFTER, MORE = 120, 6, 700, 900
PART_CHARACTERS = 20_000

_ROWS = {BlockKind.HEAD, BlockKind.ROW}
_HEADINGS = {BlockKind.TITLE, BlockKind.HEADING}
_LINES_BEFORE_TABLE = 3
_SENTENCE_END = re.compile(r"[。！？!?；;\n]")


@dataclass(frozen=True, slots=True)
class Around:
    """How often more was asked for of what stands before a cited place and after it."""

    earlier: int = 0
    later: int = 0


AS_AT_FIRST = Around()


def cited_article_html(
    view: DocumentView, citation: Citation, texts: Texts, *, whole: bool, around: Around = AS_AT_FIRST
) -> str:
    """The article that a citation stands in with the place marked, whole or as much as surrounds it."""
    parsed = view.parsed
    blocks = article_at(parsed, citation.clean_start).blocks
    text = parsed.clean.text
    window = (0, len(text)) if whole else _window(text, citation.clean_start, citation.clean_end, around)
    mark = Span(citation.clean_start, citation.clean_end, "mark")
    body = "".join(_blocks_html(text, blocks, window, [mark], texts))
    return f'<div class="article{_extent(whole)}">{body}</div>'


def more_around(view: DocumentView, citation: Citation, around: Around) -> tuple[bool, bool]:
    """Whether the article goes on before and after what is shown of it."""
    text = view.parsed.clean.text
    first, last = _window(text, citation.clean_start, citation.clean_end, around)
    body = [b for b in article_at(view.parsed, citation.clean_start).blocks if b.kind is not BlockKind.TITLE]
    return any(text[b.start : min(b.end, first)].strip() for b in body if b.start < first), any(
        text[max(b.start, last) : b.end].strip() for b in body if b.end > last
    )


def cited_raw_html(view: DocumentView, citation: Citation, texts: Texts, *, whole: bool) -> str:
    """The raw file with the cited place marked, whole or as much as surrounds it."""
    start, end = (0, len(view.raw)) if whole else _window(view.raw, citation.start, citation.end, AS_AT_FIRST)
    mark = Span(citation.start - start, citation.end - start, "mark")
    before, after = "…" * (start > 0), "…" * (end < len(view.raw))
    return (
        f'<div class="raw{_extent(whole)}">{before}{_raw_html(view, start, end, [mark], texts)}{after}</div>'
    )


def part_count(view: DocumentView) -> int:
    """Into how many parts the document is divided for reading, at least one."""
    return max(1, -(-len(view.parsed.clean) // PART_CHARACTERS))


def part_html(view: DocumentView, part: int, texts: Texts) -> tuple[str, str]:
    """Part `part` (from 0) of the document: the raw text and the cleaned text made from it."""
    clean = view.parsed.clean
    start, end = part * PART_CHARACTERS, min((part + 1) * PART_CHARACTERS, len(clean))
    raw_start = clean.offsets[start] if part else 0
    raw_end = clean.offsets[end] if end < len(clean) else len(view.raw)
    cleaned = "".join(
        f"<section>{''.join(blocks)}</section>"
        for article in view.parsed.articles
        if (blocks := list(_blocks_html(clean.text, article.blocks, (start, end), (), texts)))
    )
    raw = f'<div class="raw">{_raw_html(view, raw_start, raw_end, (), texts)}</div>'
    return raw, f'<div class="article">{cleaned or escape(clean.text[start:end])}</div>'


def article_at(parsed: ParsedDocument, position: int) -> Article:
    """The article with a block at `position`, or the text alone where no article has one."""
    for article in parsed.articles:
        if any(block.start <= position < block.end for block in article.blocks):
            return article
    bounds = [0, *(m.end() for m in re.finditer("\n", parsed.clean.text)), len(parsed.clean)]
    return Article(parsed.metadata, tuple(Block(BlockKind.TEXT, a, b) for a, b in pairwise(bounds)))


def _extent(whole: bool) -> str:
    """The class of a whole text: one that scrolls by itself and begins at the marked place."""
    return " whole" if whole else ""


def _window(text: str, start: int, end: int, around: Around) -> tuple[int, int]:
    """The span and its neighbourhood, beginning and ending between sentences.

    Little stands before it at first, so that the place is on the screen of a telephone without scrolling.
    """
    first = max(0, start - BEFORE - MORE * around.earlier)
    last = min(len(text), end + AFTER + MORE * around.later)
    most_lines = BEFORE_LINES + MORE * around.earlier
    lines_before = text[first:start].splitlines(keepends=True)[-most_lines:]
    first = start - sum(map(len, lines_before))
    if first and (match := _SENTENCE_END.search(text, first, start)):
        first = match.end()
    if last < len(text):
        last = max((match.end() for match in _SENTENCE_END.finditer(text, end, last)), default=last)
    return first, last


def _blocks_html(
    text: str, blocks: Sequence[Block], window: tuple[int, int], spans: Sequence[Span], texts: Texts
) -> Iterator[str]:
    """The blocks that the window touches, headlines first, cut to it with an ellipsis where it cuts.

    Rows are not cut; those of one table stand together.
    """
    shown = [b for b in blocks if b.kind is BlockKind.TITLE or (b.start < window[1] and window[0] < b.end)]
    shown.sort(key=lambda b: (b.kind is not BlockKind.TITLE, b.start))
    said: list[str] = []
    for table, run in groupby(shown, key=lambda b: b.table if b.kind in _ROWS else None):
        if table is not None:
            yield table_html(text, list(run), spans, said[-_LINES_BEFORE_TABLE:], texts)
            continue
        for block in run:
            said.append(text[block.start : block.end])
            yield _block_html(text, block, window, spans)


def _block_html(text: str, block: Block, window: tuple[int, int], spans: Sequence[Span]) -> str:
    start, end = block.start, block.end
    if block.kind is not BlockKind.TITLE:
        start, end = max(start, window[0]), min(end, window[1])
    inside = [Span(s.start - start, s.end - start, s.style) for s in spans if s.start < end and start < s.end]
    body = styled(text[start:end].rstrip("\n"), inside)
    if not body.strip():
        return ""
    cut = "…" * (start > block.start), "…" * (end < block.end)
    rank = f' role="heading" aria-level="{min(block.level + 1, 6)}"' if block.kind in _HEADINGS else ""
    return f'<p class="{block.kind}"{rank}>{cut[0]}{body}{cut[1]}</p>'


def _raw_html(view: DocumentView, start: int, end: int, spans: Sequence[Span], texts: Texts) -> str:
    """A piece of the raw text with its pages marked where they begin."""
    pages = view.parsed.pages
    marks = {
        offset - start: f'<span class="leaf">{escape(texts.page.format(n))}</span>'
        for n, offset in enumerate(pages, start=1)
        if start <= offset < end
    }
    return styled(view.raw[start:end], spans, marks)
