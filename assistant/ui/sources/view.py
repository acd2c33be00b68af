"""A cited place: what is known of it, its page, its article, the raw file, and its neighbourhood."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import streamlit as st

from assistant.exports.places import place_address
from assistant.records import Citation, DocumentView
from assistant.ui.escaping import escape
from assistant.ui.gestures import copy_html
from assistant.ui.rendering import citation_title, quote_html
from assistant.ui.sources.page_view import draw_page
from assistant.ui.sources.reading import Around, article_at, cited_article_html, cited_raw_html, more_around
from assistant.ui.words.texts import Texts

if TYPE_CHECKING:
    from assistant.service import Assistant

_PDF = "pdf"
_AROUND = "source_around"
_PAGE = "source_page"


def begin() -> None:
    """Show the next place as one that is new: at its page, with as much around it as at first."""
    st.session_state[_AROUND], st.session_state[_PAGE] = Around(), 0


def draw_view(assistant: Assistant, citation: Citation, view: DocumentView, texts: Texts) -> None:
    """The page first, though drawn last: it takes longest to make."""
    has_picture = view.info.form == _PDF and citation.page is not None
    *page, article, raw = st.tabs([*[texts.page_picture] * has_picture, texts.article, texts.raw_file])
    with article:
        _draw_article(view, citation, texts)
    with raw:
        whole = st.toggle(texts.whole_file, key="whole_file")
        st.html(cited_raw_html(view, citation, texts, whole=whole))
    if page:
        with page[0]:
            _draw_pages(assistant, citation, view, texts)


def head_html(citation: Citation, view: DocumentView | None, texts: Texts) -> str:
    """Everything that is known of the source, the quotation, and where in the file it stands."""
    place = [citation.document, _page(citation, view, texts)]
    place.append(texts.location.format(citation.start + 1, citation.end))
    lines = [_about(citation, view, texts), citation.section, " · ".join(filter(None, place))]
    if citation.reprints:
        copies = texts.reprints.format(len(citation.reprints))
        lines.append(texts.named.format(copies, texts.separator.join(citation.reprints)))
    said = "".join(f"<p>{escape(line)}</p>" for line in lines if line)
    number = f'<span class="number">{citation.n}</span>' if citation.n else ""
    return (
        f'<div class="source"><h3>{number}{escape(citation_title(citation))}</h3>{said}'
        f"<blockquote>{quote_html(citation.quote)}</blockquote></div>"
    )


def link_html(citation: Citation, texts: Texts) -> str:
    """A link to the place on the page of the documents, and a button that copies its whole address."""
    address = place_address(citation)
    whole = urljoin(st.context.url or "", address)
    return (
        f'<div class="place"><a href="{escape(address)}" target="_blank">{escape(texts.source.open)}</a>'
        f"{copy_html(whole, texts.source.copy, texts.source.copied)}</div>"
    )


def pages_of(citation: Citation, view: DocumentView) -> range:
    """The pages that the quotation stands on, from 1; none where the format has none."""
    if citation.page is None:
        return range(0)
    last = bisect_right(view.parsed.pages, max(citation.start, citation.end - 1))
    return range(citation.page, max(citation.page, last) + 1)


def _draw_article(view: DocumentView, citation: Citation, texts: Texts) -> None:
    """The article, or what surrounds the place in it, of which more can be had on both sides."""
    if st.toggle(texts.whole_article, key="whole_article"):
        st.html(cited_article_html(view, citation, texts, whole=True))
        return
    around: Around = st.session_state.setdefault(_AROUND, Around())
    earlier, later = more_around(view, citation, around)
    if earlier:
        wider = replace(around, earlier=around.earlier + 1)
        _draw_button(texts.source.earlier, "earlier", "expand_less", _AROUND, wider)
    st.html(cited_article_html(view, citation, texts, whole=False, around=around))
    if later:
        wider = replace(around, later=around.later + 1)
        _draw_button(texts.source.later, "later", "expand_more", _AROUND, wider)


def _draw_pages(assistant: Assistant, citation: Citation, view: DocumentView, texts: Texts) -> None:
    """The page, and the next one where the quotation runs on to it; or another page that was turned to."""
    cited, turned = pages_of(citation, view), st.session_state.get(_PAGE, 0)
    _draw_turning(turned or cited[0], turned or cited[-1], cited, view.info.pages, texts)
    for number in [turned] if turned else cited:
        if len(cited) > 1 and not turned:
            st.html(f'<div class="side">{escape(texts.page.format(number))}</div>')
        draw_page(assistant, replace(citation, page=number), texts)


def _draw_turning(first: int, last: int, cited: range, pages: int, texts: Texts) -> None:
    """The page before and after those shown, and the way back to what is cited."""
    words = texts.source
    with st.container(key="turning", horizontal=True, vertical_alignment="center", gap="small"):
        _draw_button(words.page_before, "turn_back", "arrow_back", _PAGE, first - 1, is_off=first <= 1)
        shown = f"{first}–{last}" if last > first else str(first)
        st.html(f'<div class="side">{escape(texts.page_of.format(shown, pages))}</div>', width="content")
        _draw_button(words.page_after, "turn_on", "arrow_forward", _PAGE, last + 1, is_off=last >= pages)
        if first not in cited:
            _draw_button(words.cited_page, "turn_to_cited", "format_quote", _PAGE, 0)


def _draw_button(label: str, key: str, icon: str, name: str, value: object, *, is_off: bool = False) -> None:
    """A button that puts a value into the state of the session."""
    st.button(
        label,
        key=key,
        icon=f":material/{icon}:",
        type="tertiary",
        disabled=is_off,
        on_click=st.session_state.__setitem__,
        args=(name, value),
    )


def _about(citation: Citation, view: DocumentView | None, texts: Texts) -> str:
    parts = [citation.publisher, citation.published]
    if view is not None:
        metadata = article_at(view.parsed, citation.clean_start).metadata
        parts += [metadata.author, texts.kind(metadata.kind), texts.period(metadata.period)]
    return " · ".join(dict.fromkeys(filter(None, parts)))


def _page(citation: Citation, view: DocumentView | None, texts: Texts) -> str:
    if citation.page is None:
        return ""
    if view is None or not view.info.pages:
        return texts.page.format(citation.page)
    pages = pages_of(citation, view)
    return texts.page_of.format("–".join(map(str, dict.fromkeys((pages[0], pages[-1])))), view.info.pages)
