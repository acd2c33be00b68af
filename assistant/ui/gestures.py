"""What the browser does by itself at a click: it copies, puts the sidebar away, goes to what is asked.

None of it runs the page anew, so that an answer that is being written goes on.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import streamlit as st

from assistant.ui.escaping import escape

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

_ICON = "content_copy"
_SCRIPT = """
const NARROW = "(max-width: 768px)";
const ANSWERS = ".st-key-follow_ups, [class*=st-key-hint-], [class*=st-key-retry-], [class*=st-key-send-]";
const ASKS = ".st-key-suggestions, .st-key-new_conversation, .st-key-stop, [class*=st-key-talk-] a, "
  + ANSWERS;
const LEAVES = "[class*=st-key-why-], [class*=st-key-edit-]";

const copied = async (text) => {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea");  // a page that did not come by HTTPS has no clipboard
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
};

const find = (selector) => [...document.querySelectorAll(selector)].pop();
const pane = () => find("[data-testid=stAppScrollToBottomContainer]");
const down = () => pane()?.scrollTo({ top: pane().scrollHeight, behavior: "smooth" });
const stay = () => pane()?.scrollBy(0, -1);  // who has scrolled up is not pulled along when the page grows

let watching;
const watch = () => {  // what is written is followed to its end; what comes all at once is read from its top
  clearInterval(watching);
  let ticks = 0, waited = 0, written = 0;
  watching = setInterval(() => {
    const waits = find(".working"), writes = find(".live");
    waited += waits ? 1 : 0;
    written += writes ? 1 : 0;
    if (waits || writes || (!waited && !written && ++ticks < 60)) return;
    clearInterval(watching);
    const question = find(".question"), page = pane();
    if (!question || !page || written > 20) return;
    const length = page.scrollHeight - page.scrollTop - question.getBoundingClientRect().top;
    if (length <= page.clientHeight) return;
    stay();
    question.scrollIntoView();
  }, 50);
};

export default function () {
  const copy = async (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    const button = event.target instanceof Element && event.target.closest("[data-text]");
    if (!button) return;
    event.preventDefault();
    await copied(button.dataset.text);
    const icon = button.querySelector("i"), before = button.dataset.name;
    icon.textContent = "check";
    button.setAttribute("aria-label", button.dataset.done);
    setTimeout(() => {
      icon.textContent = button.dataset.icon;
      button.setAttribute("aria-label", before);
    }, 1500);
  };
  const send = (event) => {
    const isSent = event.key === "Enter" && !event.shiftKey && !event.isComposing;
    if (!isSent || !event.target.closest("[data-testid=stChatInput]")) return;
    setTimeout(down, 400);
    watch();
  };
  const follow = (event) => {
    const clicked = event.target instanceof Element && event.target.closest("button, a");
    if (!clicked) return;
    const leads = clicked.closest(".st-key-new_conversation, [data-testid=stPageLink]");
    if (leads && leads.closest("[data-testid=stSidebar]") && matchMedia(NARROW).matches) {
      document.querySelector("[data-testid=stSidebarCollapseButton] button")?.click();
    }
    if (clicked.closest(".st-key-follow_ups, [data-testid=stChatInput]")) setTimeout(down, 400);
    if (clicked.closest("[data-testid=stChatInput], " + ANSWERS)) watch();
    if (clicked.closest(LEAVES)) stay();
    if (clicked.closest("[class*=st-key-edit-]")) {
      setTimeout(() => find("[class*=st-key-edited-] textarea")?.focus(), 400);
    }
    if (clicked.closest(ASKS) && matchMedia("(hover: hover)").matches) {
      setTimeout(() => document.querySelector("[data-testid=stChatInputTextArea]")?.focus(), 400);
    }
  };
  document.addEventListener("click", copy);
  document.addEventListener("keydown", copy);
  document.addEventListener("click", follow);
  document.addEventListener("keydown", send);
  return () => {
    document.removeEventListener("click", copy);
    document.removeEventListener("keydown", copy);
    document.removeEventListener("click", follow);
    document.removeEventListener("keydown", send);
  };
}
"""


def listen() -> None:
    """Have the page do these things; once a run."""
    with st.container(key="gestures"):
        _listener()(key="gestures-listener")


def copy_html(text: str, name: str, done: str) -> str:
    """A small button that copies `text`; `name` says what it is for and `done` that it has happened."""
    return (
        f'<span class="copy" role="button" tabindex="0" title="{escape(name)}" aria-label="{escape(name)}" '
        f'data-name="{escape(name)}" data-done="{escape(done)}" data-icon="{_ICON}" '
        f'data-text="{escape(text)}"><i aria-hidden="true">{_ICON}</i></span>'
    )


@cache
def _listener() -> ComponentRenderer:
    """Registered once a process, at the first page."""
    return st.components.v2.component("assistant_gestures", js=_SCRIPT)
