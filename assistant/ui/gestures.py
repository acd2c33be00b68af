"""What the browser does by itself at a click: it copies, puts the sidebar away, goes to what is asked.

And what only it can do: say which language the page is in, and lead the keyboard past the sidebar.

None of it runs the page anew, so that an answer that is being written goes on.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import streamlit as st

from assistant.ui.escaping import escape

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

LANGUAGE_COOKIE = "assistant_language"
_ICON = "content_copy"
_SCRIPT = """
const NARROW = "(max-width: 768px)";
const ANSWERS = ".st-key-follow_ups, [class*=st-key-hint-], [class*=st-key-retry-], [class*=st-key-send-]";
const ASKS = ".st-key-suggestions, .st-key-new_conversation, .st-key-stop, [class*=st-key-talk-] a, "
  + ANSWERS;
const HOLDS = "[class*=st-key-why-], [class*=st-key-edit-]";
const STEPS = ".st-key-source_left, .st-key-source_right";

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
const topOf = (element) => element.getBoundingClientRect().top + pane().scrollTop;

const often = (act) => {  // every 50 ms for 2 s at most, until it says that it is done
  let left = 40;
  const timer = setInterval(() => (act() || --left < 1) && clearInterval(timer), 50);
};
let heldUntil = 0;
const release = (event) => event.isTrusted && (heldUntil = 0);
const hold = (place) => {  // a page that grows while its end is in sight is pulled along to its new end
  const last = performance.now() + 5000;
  heldUntil = performance.now() + 700;
  const frame = () => {
    if (performance.now() > heldUntil || !pane()) return;
    const there = Math.max(0, Math.min(place, pane().scrollHeight - pane().clientHeight));
    if (Math.abs(pane().scrollTop - there) > 1) {
      heldUntil = Math.min(last, performance.now() + 700);
      pane().dispatchEvent(new WheelEvent("wheel"));  // as a person would end it
      pane().scrollTo(0, there);
    }
    requestAnimationFrame(frame);
  };
  frame();
};
const focus = (selector) => often(() => {
  find(selector)?.focus();
  return document.activeElement?.matches(selector);
});

const refocus = () => often(() => {  // the step to the last source is disabled: its focus is lost, and Escape
  if (document.activeElement !== document.body) return false;
  find("[role=dialog]")?.focus();
  return true;
});

const answers = () => document.querySelectorAll("[class*=st-key-actions-]").length;
let watching;
const watch = () => {  // what is written is followed to its end; what comes all at once is read from its top
  clearInterval(watching);
  const before = answers();
  let isBegun = false, length = 0, grown = 0, after = 0;
  watching = setInterval(() => {
    const question = find(".question"), waits = find(".working"), writes = find(".live");
    isBegun ||= waits || writes || answers() > before;  // a busy browser may never have drawn the waiting
    grown += writes && writes.textContent.length > length ? 1 : 0;
    length = writes?.textContent.length ?? length;
    after = waits || writes ? 0 : after + 1;
    const isThere = isBegun && after && question && pane();
    const isLong = isThere && pane().scrollHeight - topOf(question) > pane().clientHeight;
    if (isLong && grown < 10) hold(topOf(question) - 72);
    if (isLong || after > (isBegun ? 60 : 600)) clearInterval(watching);
  }, 50);
};

const HEADING = ".stMain :is(h1, h2, h3)";
const skipLink = (label) => {  // the first thing that the Tab key reaches
  const link = document.querySelector("body > a.skip") ?? document.createElement("a");
  if (!link.isConnected) document.body.prepend(link);
  Object.assign(link, { className: "skip", href: "#", textContent: label });
  link.onclick = (event) => {
    event.preventDefault();
    often(() => {  // the page may still be coming
      const body = find("[data-testid=stChatInputTextArea]") ?? document.querySelector(HEADING);
      if (body?.tabIndex < 0) body.tabIndex = -1;  // a heading takes the focus only if told so
      body?.focus();
      return body && document.activeElement === body;
    });
  };
};

const keep = (event) => {  // a number is there before what opens its source listens
  if (event.target instanceof Element && event.target.closest("[data-cite]")) document.unheard = event;
};
["click", "keydown"].forEach((kind) => document.addEventListener(kind, keep));
if (find(".working, .live")) watch();  // it was asked before this was there

export default function ({ data }) {
  document.documentElement.lang = data.language;
  skipLink(data.skip);
  document.cookie = `${data.cookie}=${data.language}; path=/; max-age=31536000; SameSite=Lax`;
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
    if (clicked.closest(HOLDS) && pane()) hold(pane().scrollTop);
    if (clicked.closest(STEPS)) refocus();
    if (clicked.closest("[class*=st-key-edit-]")) focus("[class*=st-key-edited-] textarea");
    if (clicked.closest(ASKS) && matchMedia("(hover: hover)").matches) {
      setTimeout(() => focus("[data-testid=stChatInputTextArea]"), 400);
    }
  };
  const heard = [["click", copy], ["keydown", copy], ["click", follow], ["keydown", send]];
  heard.push(["wheel", release], ["touchmove", release]);
  heard.forEach(([kind, act]) => document.addEventListener(kind, act));
  return () => heard.forEach(([kind, act]) => document.removeEventListener(kind, act));
}
"""


def listen(language: str, skip: str) -> None:
    """Have the page do these things, and remember its language for the next visit; once a run.

    Args:
        skip: what the link that leads past the sidebar says.
    """
    data = {"cookie": LANGUAGE_COOKIE, "language": language, "skip": skip}
    with st.container(key="gestures"):
        _listener()(key="gestures-listener", data=data)


def remembered_language() -> str:
    """The language of the visit before, as the browser has it; anything, also nothing."""
    return str(st.context.cookies.get(LANGUAGE_COOKIE, ""))


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
