"""Clicks on what our own HTML shows: its citation numbers and its links to companies.

`st.html` reports nothing back. One small listener for a container does, however many numbers stand in it;
a button each would be thousands for a long company.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import quote

import streamlit as st

from assistant.ui.escaping import escape

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

PATH = "companies"
COMPANY, COMPARE = "company", "compare"
_SCRIPT = """
export default function ({ data, setTriggerValue }) {
  const answer = (event) => {
    const isKey = event.type === "keydown";
    if (isKey ? event.key !== "Enter" && event.key !== " " : event.button !== 0) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const clicked = event.target instanceof Element && event.target.closest("[data-cite], [data-company]");
    if (!clicked || !clicked.closest(".st-key-" + CSS.escape(data))) return;
    event.preventDefault();
    document.unheard = null;
    clicked.blur();
    const kind = clicked.dataset.cite ? "cite" : "company";
    setTriggerValue(kind, clicked.dataset[kind]);
  };
  const kinds = ["click", "keydown"];
  kinds.forEach((kind) => document.addEventListener(kind, answer));
  const early = document.unheard;  // by the gestures of the page, which listen from its beginning
  if (early && performance.now() - early.timeStamp < 5000) answer(early);
  return () => kinds.forEach((kind) => document.removeEventListener(kind, answer));
}
"""


@dataclass(frozen=True, slots=True)
class Click:
    """What was clicked, if anything: a source's number and those that stand beside it, or a company."""

    n: int = 0
    beside: tuple[int, ...] = ()
    company: str = ""


def listen(scope: str) -> Click:
    """The click, in this run, on something within the container whose key is `scope`.

    At most one listener may stand in a container, and none of its containers may have another.
    """
    clicked = _listener()(data=scope, key=f"clicks-{scope}", on_cite_change=_noted, on_company_change=_noted)
    numbers = tuple(int(number) for number in re.findall(r"\d{1,9}", str(clicked.cite or "")))
    return Click(numbers[0] if numbers else 0, numbers[1:], str(clicked.company or ""))


def cite_attributes(n: int, beside: tuple[int, ...]) -> str:
    """What makes an element open the source `n`, shown with those beside it; attributes of its HTML."""
    return f' role="button" data-cite="{n} {" ".join(map(str, beside))}"'


def company_link(name: str) -> str:
    """A link to the company's briefing; it has an address of its own, for another tab."""
    href, shown = escape(address(name)), escape(name)
    return f'<a href="{href}" target="_self" data-company="{shown}">{shown}</a>'


def address(name: str) -> str:
    """The address of a company's briefing, seen from any page."""
    return f"{PATH}?{COMPANY}={quote(name, safe='', errors='replace')}"


@cache
def _listener() -> ComponentRenderer:
    """Registered once a process, at the first page that needs it."""
    return st.components.v2.component("assistant_clicks", js=_SCRIPT)


def _noted() -> None:
    """A trigger is only sent with a callback; the run that follows reads it."""
