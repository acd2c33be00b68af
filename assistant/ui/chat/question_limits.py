"""What the questions of this session are limited to."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from assistant.records import DocumentInfo, Filters
from assistant.ui.choices import FIELDS, draw_choice, shown
from assistant.ui.words.texts import Texts

_KEY = "limit-{}"
_DATES = ("since", "until")


def keep() -> None:
    """Hold on to what is chosen while another page, which does not draw the fields, is open."""
    for key in (_KEY.format(name) for name in (*FIELDS, *_DATES)):
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]


def draw_limits(documents: Sequence[DocumentInfo], texts: Texts) -> Filters:
    """A button that opens the fields and says how many are set; what is chosen in them."""
    count = sum(bool(st.session_state.get(_KEY.format(name))) for name in (*FIELDS, *_DATES))
    label = f"{texts.limits} · {count}" if count else texts.limits
    with st.popover(label, key="limits", icon=":material/filter_alt:", type="tertiary"):
        chosen = {
            name: tuple(draw_choice(name, documents, _KEY.format(name), texts))
            for name in ("companies", "kind", "period", "publisher")
        }
        labels = dict(zip(_DATES, (texts.since, texts.until), strict=True))
        dates = {
            name: st.text_input(
                label, key=_KEY.format(name), placeholder=f"{label} YYYY-MM-DD", label_visibility="collapsed"
            ).strip()
            for name, label in labels.items()
        }
    return Filters(
        companies=chosen["companies"],
        kinds=chosen["kind"],
        periods=chosen["period"],
        publishers=chosen["publisher"],
        since=dates["since"],
        until=dates["until"],
    )


def limits_line(filters: Filters, texts: Texts) -> str:
    """What a question was limited to, in one line; empty where it was not."""
    parts = [
        *filters.companies,
        *(shown("kind", kind, texts) for kind in filters.kinds),
        *(shown("period", period, texts) for period in filters.periods),
        *filters.publishers,
        *(f"{texts.since} {filters.since}" for _ in filters.since[:1]),
        *(f"{texts.until} {filters.until}" for _ in filters.until[:1]),
    ]
    return texts.limited_to.format(texts.separator.join(parts)) if parts else ""
