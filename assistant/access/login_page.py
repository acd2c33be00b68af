"""The page that asks for name and password: plain HTML, nothing from elsewhere, no script."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from string import Template

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
    "Referrer-Policy": "same-origin",
}


@dataclass(frozen=True, slots=True)
class Words:
    """What the page says in one language; `later` names the minutes to wait."""

    lang: str
    title: str
    name: str
    password: str
    enter: str
    wrong: str
    later: str


_WORDS = {
    "zh": Words(
        "zh-CN",
        "登录电信资料助手",
        "名称",
        "密码",
        "登录",
        "名称或密码不对，请再试一次。",
        "尝试次数过多，请在 {} 分钟后再试。",
    ),
    "en": Words(
        "en",
        "Log in to the telecom assistant",
        "Name",
        "Password",
        "Log in",
        "Wrong name or password. Please try again.",
        "Too many attempts. Please try again in {} minutes.",
    ),
}


def page(
    chosen: str, action: str, next_: str, *, given: str = "", is_wrong: bool = False, seconds: int = 0
) -> str:
    """The page in a language; `given` is the name tried before, `seconds` the time to wait."""
    words = _WORDS[chosen]
    problem = words.later.format(-(-seconds // 60)) if seconds else words.wrong if is_wrong else ""
    return _template().substitute(
        lang=words.lang,
        title=words.title,
        name=words.name,
        password=words.password,
        enter=words.enter,
        problem=f'<p class="wrong" role="alert">{escape(problem)}</p>' if problem else "",
        action=escape(action),
        next=escape(next_),
        given=escape(given),
        focus_name="" if given else "autofocus",
        focus_password="autofocus" if given else "",
    )


@cache
def _template() -> Template:
    return Template(files("assistant.access").joinpath("login.html").read_text(encoding="utf-8"))
