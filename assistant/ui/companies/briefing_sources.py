"""The sources of a briefing: the numbers beside its lines, and what a click on one opens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import streamlit as st

from assistant.records import Citation
from assistant.ui.clicks import COMPANY, COMPARE, PATH, cite_attributes, listen
from assistant.ui.escaping import escape
from assistant.ui.rendering import citation_mark
from assistant.ui.sources.panel import open_source
from assistant.ui.words.texts import Texts

if TYPE_CHECKING:
    from assistant.service import Assistant

_MARKS = 4
"""Numbers beside a line; further ones are counted."""
_MOST = 40
"""Sources that the drawer offers beside the one chosen."""
_ROW = "{}-row"
_JOINER = "\u2060"
"""Keeps the numbers on the line of what they stand behind."""


@dataclass(frozen=True, slots=True)
class Sources:
    """The citations by their numbers, and the language they are shown in."""

    cited: Mapping[int, Citation]
    texts: Texts

    @classmethod
    def of(cls, citations: Sequence[Citation], texts: Texts) -> Self:
        """Those of a briefing or of a comparison."""
        return cls({citation.n: citation for citation in citations}, texts)

    def marks(self, numbers: Sequence[int]) -> str:
        """The numbers as marks: a card on hovering, the source by a click."""
        known = tuple(n for n in numbers if n in self.cited)[:_MOST]
        marks = [citation_mark(self.cited[n], self.texts, cite_attributes(n, known)) for n in known[:_MARKS]]
        if len(known) > _MARKS:
            more = cite_attributes(known[_MARKS], known)
            marks.append(f'<span class="cite" tabindex="0"{more}>+{len(known) - _MARKS}</span>')
        return f'{_JOINER}<span class="cites">{"".join(marks)}</span>' if marks else ""

    def together(self, n: int, beside: Sequence[int]) -> tuple[Citation, ...]:
        """The citation `n` and those beside it, in their order; none where there is no such number."""
        if n not in self.cited:
            return ()
        return tuple(self.cited[m] for m in sorted({n, *beside[:_MOST]}) if m in self.cited)


def remember_row(scope: str, numbers: Sequence[int]) -> None:
    """Have this run open the source of a row that was clicked; for callbacks, which can draw nothing."""
    st.session_state[_ROW.format(scope)] = tuple(numbers)


def follow(assistant: Assistant, sources: Sources, scope: str) -> None:
    """Do what was clicked within the container whose key is `scope`: open a source or go to a company."""
    click = listen(scope)
    row: tuple[int, ...] = st.session_state.pop(_ROW.format(scope), ())
    if click.company:
        go(click.company)
    n, beside = (row[0], row) if row else (click.n, click.beside)
    if shown := sources.together(n, beside):
        open_source(assistant, shown, n, sources.texts)


def go(company: str) -> None:
    """Go to the briefing of a company, from whatever page."""
    _go({COMPANY: company})


def go_to_comparison(companies: Sequence[str]) -> None:
    """Go to the comparison of companies, from whatever page."""
    is_plain = not any("," in name for name in companies)
    _go({COMPARE: ",".join(companies) if is_plain else list(companies)})


def tag_html(words: str) -> str:
    """A small label in front of a line."""
    return f'<span class="whose">{escape(words)}</span>'


def _go(query: Mapping[str, str | list[str]]) -> None:
    there = st.Page(_elsewhere, title=PATH, url_path=PATH)  # a page is known by its path alone
    st.switch_page(there, query_params=dict(query))


def _elsewhere() -> None:
    """Stands for the page that `app.py` registers under this path."""
