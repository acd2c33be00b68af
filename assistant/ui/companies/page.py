"""The companies: a list of all, the briefing of one, and a comparison of several.

The address says which: `?company=NAME`, `?compare=NAME,NAME`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from assistant.errors import AssistantError, CompanyError
from assistant.hosting import Host
from assistant.records import CompanyInfo
from assistant.records.briefings import Briefing, Comparison
from assistant.ui.clicks import COMPANY, COMPARE, company_link, listen
from assistant.ui.companies import briefing_view, comparison_view, summaries
from assistant.ui.companies.briefing_html import chips_html
from assistant.ui.companies.briefing_sources import go, go_to_comparison
from assistant.ui.companies.company_list import fitting, list_html
from assistant.ui.companies.summaries import Summary
from assistant.ui.escaping import escape, literal, printable
from assistant.ui.words.languages import language_of
from assistant.ui.words.texts import Texts

if TYPE_CHECKING:
    from assistant.service import Assistant

_LIST, _NEAREST = "companies_list", "companies_nearest"
_SEARCH, _CHOSEN, _FROM = "companies_search", "companies_chosen", "companies_chosen_from"
_MOST = 4
_LLM, _QUOTING = "llm", "quoting"


@dataclass(slots=True)
class _Options:
    branches: bool
    engine: str


def draw(host: Host, texts: Texts) -> None:
    """Draw what the address asks for."""
    name, names = st.query_params.get(COMPANY, "").strip(), compared()
    if name:
        _draw_company(host.assistant, name, texts)
    elif names:
        _draw_comparison(host.assistant, names, texts)
    else:
        _draw_list(host.assistant, texts)


def compared() -> list[str]:
    """The companies that the address wants compared, each once."""
    given = st.query_params.get_all(COMPARE)
    names = given if len(given) > 1 else [name for value in given for name in value.split(",")]
    return list(dict.fromkeys(name.strip() for name in names if name.strip()))[:_MOST]


def _draw_list(assistant: Assistant, texts: Texts) -> None:
    words = texts.briefing
    st.html(f'<div class="heading"><h2>{escape(words.title)}</h2><p>{escape(words.tagline)}</p></div>')
    companies = assistant.companies()
    if not companies:
        st.info(words.none, icon=":material/apartment:")
        return
    with st.container(key="companies_fields"):
        wanted = st.text_input(
            words.search,
            key=_SEARCH,
            placeholder=words.search,
            label_visibility="collapsed",
            icon=":material/search:",
        )
        _draw_choice(companies, (), texts)
    shown = fitting(companies, wanted)
    if not shown:
        st.info(words.none_fits, icon=":material/filter_alt:")
        return
    with st.container(key=_LIST):
        st.html(list_html(shown, texts))
    _go_where_clicked(_LIST)


def _draw_choice(companies: Sequence[CompanyInfo], names: Sequence[str], texts: Texts) -> None:
    """A field to choose some companies, those of the address at first, and a button to compare them."""
    words, known = texts.briefing, [info.name for info in companies]
    if st.session_state.get(_FROM) != tuple(names):
        st.session_state[_FROM] = tuple(names)
        st.session_state[_CHOSEN] = [name for name in names if name in known]
    with st.container(key="companies_choice", horizontal=True, vertical_alignment="center"):
        chosen = st.multiselect(
            words.choose,
            known,
            format_func=printable,
            key=_CHOSEN,
            max_selections=_MOST,
            placeholder=words.choose,
            label_visibility="collapsed",
            select_all=False,
        )
        is_ready = len(chosen) > 1 and tuple(chosen) != tuple(names)
        icon = ":material/compare_arrows:"
        if st.button(words.compare, key="companies_compare", icon=icon, disabled=not is_ready):
            go_to_comparison(chosen)


def _draw_company(assistant: Assistant, name: str, texts: Texts) -> None:
    known = {info.name: info for info in assistant.companies()}
    is_group = any(info.parent == name for info in known.values())
    options = _draw_options(assistant, known.get(name), is_group, texts)
    branches, engine = options.branches, options.engine
    wanted = (name, branches, engine, assistant.facts().content)
    summary = summaries.obtain(
        wanted,
        lambda: assistant.summarize_stream(
            name, branches=branches, engine=engine, language=language_of(texts)
        ),
        texts,
    )
    _draw_end(summary, wanted, texts)
    if isinstance(summary.made, Briefing):
        own = known.get(summary.made.company)
        aliases = own.aliases if own else ()
        is_known = summary.made.group in known
        briefing_view.draw(assistant, summary.made, "page", texts, aliases=aliases, links_group=is_known)


def _draw_comparison(assistant: Assistant, names: Sequence[str], texts: Texts) -> None:
    _draw_way_back(texts)
    _draw_choice(assistant.companies(), names, texts)
    if len(names) < 2:
        st.info(texts.briefing.choose_more, icon=":material/compare_arrows:")
        return
    wanted = (*names, assistant.facts().content)
    summary = summaries.obtain(
        wanted, lambda: assistant.compare_stream(names, language=language_of(texts)), texts
    )
    _draw_end(summary, wanted, texts)
    if isinstance(summary.made, Comparison):
        comparison_view.draw(assistant, summary.made, "page", texts)


def _draw_way_back(texts: Texts) -> None:
    """To the list."""
    if st.button(texts.briefing.all, key="companies_all", icon=":material/arrow_back:", type="tertiary"):
        st.query_params.clear()
        st.rerun()


def _draw_options(assistant: Assistant, info: CompanyInfo | None, is_group: bool, texts: Texts) -> _Options:
    """The way back, whether branches are part of it, the engine; of what is no choice there is no field."""
    words, options = texts.briefing, _Options(False, assistant.engine)
    with st.container(key="companies_way", horizontal=True, vertical_alignment="center"):
        _draw_way_back(texts)
        if is_group and info:
            options.branches = st.toggle(words.with_branches, key=f"companies_below-{info.name}")
        if options.engine == _LLM:
            options.engine = st.segmented_control(
                texts.evaluation.engine,
                [_LLM, _QUOTING],
                default=_LLM,
                format_func=lambda one: texts.engines.get(one, one),
                key="companies_engine",
                required=True,
                label_visibility="collapsed",
            )
        icon = ":material/compare_arrows:"
        if info and st.button(words.compare_with, key="companies_with", icon=icon, type="tertiary"):
            go_to_comparison([info.name])
    return options


def _draw_end(summary: Summary, wanted: object, texts: Texts) -> None:
    """Why there is no briefing or only part of one, and what to do about it."""
    if isinstance(summary.failure, CompanyError):
        _draw_unknown(summary.failure, texts)
        return
    if isinstance(summary.failure, AssistantError):
        st.error(literal(_said(summary.failure, texts)), icon=":material/error:")
    if summary.failure is None and not summary.is_stopped:
        return
    with st.container(key="companies_end", horizontal=True, vertical_alignment="center"):
        if summary.is_stopped:
            st.html(f'<span class="badge">{escape(texts.stopped)}</span>')
        st.button(
            texts.briefing.again,
            key="companies_again",
            icon=":material/refresh:",
            type="tertiary",
            on_click=summaries.again,
            args=(wanted,),
        )


def _draw_unknown(error: CompanyError, texts: Texts) -> None:
    st.warning(literal(_said(error, texts)), icon=":material/help:")
    if error.nearest:
        with st.container(key=_NEAREST):
            links = [company_link(name) for name in error.nearest]
            st.html(chips_html(links, texts))
        _go_where_clicked(_NEAREST)


def _said(error: AssistantError, texts: Texts) -> str:
    """In the language of the page, whatever it was when the error came about."""
    return texts.said(error.said(language_of(texts)))


def _go_where_clicked(scope: str) -> None:
    if company := listen(scope).company:
        go(company)
