"""Text that may hold anything, as HTML or Markdown that shows it literally.

Answers and documents are data. They reach the page as escaped HTML between our own tags, never through
Markdown, whose images, links, formulas and emoji would come alive.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_LINE_ENDS = {ord("\r"): "\n", ord("\f"): "\n"}
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_TAGS = {"strong": "<strong>{}</strong>", "mark": "<mark>{}</mark>", "doubt": '<span class="doubt">{}</span>'}


@dataclass(frozen=True, slots=True)
class Span:
    """`text[start:end]` shown as `style`, one of `strong`, `mark`, `doubt`."""

    start: int
    end: int
    style: str


def printable(text: str) -> str:
    """The text with what no browser can show (controls, lone surrogates) as U+FFFD, and line ends for the
    controls that end a line or page; the length stays.
    """
    return _UNPRINTABLE.sub("\ufffd", text.translate(_LINE_ENDS))


def escape(text: str) -> str:
    """Text as HTML that shows it literally."""
    return html.escape(printable(text), quote=True)


def literal(text: str) -> str:
    """Text as Markdown that shows it literally, for the few places that take nothing but Markdown.

    The invisible joiner keeps emoji names, web addresses and arrows from being recognised afterwards.
    """
    escaped = _PUNCTUATION.sub(r"\\\1", re.sub(r"\s+", " ", printable(text)))
    return re.sub(r"([:@\-<>](?=\S)|www(?=\\\.))", "\\1\u2060", escaped, flags=re.IGNORECASE)


def styled(text: str, spans: Iterable[Span] = (), inserts: Mapping[int, str] | None = None) -> str:
    """Text as HTML with some of its spans styled.

    Args:
        text: anything.
        spans: what to style; they may overlap and may leave the text.
        inserts: HTML of our own to put before the character at an offset.
    """
    inserts = inserts or {}
    spans = [Span(max(s.start, 0), min(s.end, len(text)), s.style) for s in spans]
    cuts = sorted({0, len(text), *inserts, *(s.start for s in spans), *(s.end for s in spans)})
    pieces: list[str] = []
    for start, end in pairwise(c for c in cuts if 0 <= c <= len(text)):
        piece = escape(text[start:end])
        for style in {s.style: None for s in spans if s.start <= start and end <= s.end}:
            piece = _TAGS[style].format(piece) if piece else ""
        pieces += [inserts.get(start, ""), piece]
    return "".join(pieces) + inserts.get(len(text), "")
