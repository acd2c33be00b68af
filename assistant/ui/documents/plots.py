"""The documents over time and by company, as pictures whose bars narrow the list."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from assistant.records import DocumentInfo
from assistant.ui.escaping import escape, printable
from assistant.ui.words.texts import Texts

Spec = dict[str, Any]

TIME_FILTER, COMPANY_FILTER = "filter-time", "filter-companies"
_BLUE = "#4c83d6"
_MOST_MONTHS = 36
_COMPANIES = 10
_LABEL_PIXELS = 150
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?")
_PICK = "pick"


def bucket_of(documents: Sequence[DocumentInfo]) -> Callable[[DocumentInfo], str]:
    """What of a date the documents are told apart by: months where they span few years, else years."""
    dates = [found for info in documents if (found := _DATE.match(info.published))]
    years = {int(found[1]) for found in dates}
    with_month = sum(bool(found[2]) for found in dates)
    is_monthly = years and 12 * (max(years) - min(years) + 1) <= _MOST_MONTHS and 2 * with_month > len(dates)
    group = 0 if is_monthly else 1

    def bucket(info: DocumentInfo) -> str:
        found = _DATE.match(info.published)
        return found[group] if found else ""

    return bucket


def draw_plots(documents: Sequence[DocumentInfo], texts: Texts) -> None:
    """Two pictures, beside each other where there is room; a bar that is clicked narrows the list."""
    words, bucket = texts.management, bucket_of(documents)
    times = Counter(bucket(info) for info in documents)
    undated = times.pop("", 0)
    is_monthly = any("-" in time for time in times)
    year_only = sum(count for time, count in times.items() if is_monthly and "-" not in time)
    companies = Counter(name for info in documents for name in info.companies)
    without = sum(not info.companies for info in documents)
    left, right = st.columns(2, gap="large")
    with left:
        notes = [(words.undated, undated), (words.year_only, year_only)]
        _draw_heading(words.by_month if is_monthly else words.by_year, notes)
        if times:
            _draw(times_spec(times, texts), TIME_FILTER, "time")
    with right:
        top = dict(companies.most_common(_COMPANIES))
        _draw_heading(words.by_company.format(len(top)), [(words.no_company, without)])
        if top:
            _draw(companies_spec(top, texts), COMPANY_FILTER, "company")


def times_spec(times: Mapping[str, int], texts: Texts) -> Spec:
    """One bar a month or year, empty ones between them left out."""
    values = [{"time": time, "count": times[time]} for time in sorted(times)]
    axis = {"title": None, "labelAngle": 0, "labelOverlap": True}
    return _spec(
        values,
        "x",
        x={"field": "time", "type": "ordinal", "axis": axis},
        y=_count(texts),
        tooltip=[{"field": "time", "title": texts.columns["published"]}, _counted(texts)],
    ) | {"height": 200}


def companies_spec(companies: Mapping[str, int], texts: Texts) -> Spec:
    """One bar a company, most documents first."""
    values = [{"company": printable(name), "count": count} for name, count in companies.items()]
    axis = {"title": None, "labelLimit": _LABEL_PIXELS, "labelOverlap": False, "labelFlush": False}
    return _spec(
        values,
        "y",
        y={"field": "company", "type": "nominal", "sort": None, "axis": axis},
        x=_count(texts),
        tooltip=[{"field": "company", "title": texts.columns["companies"]}, _counted(texts)],
    ) | {"height": {"step": 20}}


def _draw(spec: Spec, filter_key: str, field: str) -> None:
    key = f"plot-{field}"

    def picked() -> None:
        chosen = st.session_state[key].selection.get(_PICK) or []
        st.session_state[filter_key] = [row[field] for row in chosen if field in row]

    st.vega_lite_chart(spec, key=key, on_select=picked, selection_mode=_PICK)


def _draw_heading(title: str, notes: Sequence[tuple[str, int]]) -> None:
    said = " · ".join(text.format(count) for text, count in notes if count)
    st.html(f'<div class="plot">{escape(title)} <span>{escape(said)}</span></div>')


def _count(texts: Texts) -> Spec:
    title = texts.management.count
    return {
        "field": "count",
        "type": "quantitative",
        "title": title,
        "axis": {"format": "d", "tickMinStep": 1, "tickCount": 5},
    }


def _counted(texts: Texts) -> Spec:
    return {"field": "count", "title": texts.management.count}


def _spec(values: list[dict[str, object]], channel: str, **encoding: object) -> Spec:
    chosen = {"condition": {"param": _PICK, "value": 1}, "value": 0.35}
    return {
        "data": {"values": values},
        "params": [{"name": _PICK, "select": {"type": "point", "encodings": [channel]}}],
        "mark": {"type": "bar", "color": _BLUE, "cursor": "pointer"},
        "encoding": encoding | {"opacity": chosen},
    }
