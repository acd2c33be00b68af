"""Who is at the page: whether they may enter, and whose the conversations are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from assistant.access import logins, provider
from assistant.access.places import is_elsewhere
from assistant.access.provider import is_admitted, subject
from assistant.errors import SettingsError
from assistant.hosting import host
from assistant.settings import Settings
from assistant.ui.escaping import escape, literal
from assistant.ui.words.access_texts import AccessTexts

NOBODY = ""
_OWNER = "owner"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who has logged in. `owner` never changes, `name` is for the eye; both empty where access is open."""

    owner: str = NOBODY
    name: str = ""


def owner() -> str:
    """Whose the conversations are, the same text at every visit; empty where access is open."""
    found = visitor(host().settings)
    if found is None:
        st.stop()  # the login ended while the page was open
    return found.owner


def visitor(settings: Settings) -> Visitor | None:
    """Who is at the page; None for somebody who has to log in, or who is not admitted.

    Raises:
        SettingsError: the identity provider is not set up completely, or there is no login and the page is
            opened from elsewhere.
        StorageError: the signing key cannot be read.
    """
    by_password = logins(settings)
    if by_password:
        name = by_password.person(st.context.cookies.get(by_password.cookie, ""))
        return Visitor(name, name) if name else None
    if provider() is None:
        if is_elsewhere(st.context.ip_address):  # the guard of `app.py` is not there
            raise SettingsError("the pages have no login; start them with streamlit run app.py to open them")
        return Visitor()
    claims = _claims()
    if not is_admitted(claims, settings.admitted):
        return None
    return Visitor(subject(claims), _name(claims))


def admit(settings: Settings, texts: AccessTexts) -> None:
    """Go on if the visitor may enter; else ask for a login, or say why not, and stop the run.

    Raises as `visitor` does.
    """
    found = visitor(settings)
    if found is None:
        _ask(settings, texts)
        st.stop()
    if st.session_state.setdefault(_OWNER, found.owner) != found.owner:
        st.session_state.clear()  # what another person left behind in this session
        st.session_state[_OWNER] = found.owner


def draw_visitor(settings: Settings, texts: AccessTexts) -> None:
    """One line with the name and the way out; nothing where access is open."""
    found = visitor(settings)
    if not (found and found.owner):
        return
    if settings.passwords:
        st.html(
            f'<form class="visitor" method="post" action="{_path("logout")}">'
            f"<span>{escape(found.name)}</span><button>{escape(texts.log_out)}</button></form>"
        )
    else:
        with st.container(key="visitor", horizontal=True, vertical_alignment="center"):
            st.html(f'<div class="visitor"><span>{escape(found.name)}</span></div>')
            st.button(texts.log_out, key="log_out", type="tertiary", on_click=st.logout)


def _ask(settings: Settings, texts: AccessTexts) -> None:
    st.set_page_config(page_title=texts.log_in)
    if settings.passwords:
        st.warning(texts.log_in_again)
        st.html(f'<a href="{_path("login")}" target="_self">{escape(texts.log_in)}</a>')
        return
    claims = _claims()
    if claims:
        hint = texts.not_admitted_hint.format(_name(claims))
        st.html(f'<div class="greeting"><h1>{escape(texts.not_admitted)}</h1><p>{escape(hint)}</p></div>')
        st.button(texts.other_account, key="log_out", on_click=st.logout)
        return
    st.html(f'<div class="greeting"><h1>{escape(texts.title)}</h1><p>{escape(texts.hint)}</p></div>')
    known = provider()
    for name in known.names if known else ():
        label = texts.log_in_with.format(literal(name)) if name else texts.log_in
        given = (name,) if name else ()
        st.button(label, key=f"log_in_{name}", type="primary", on_click=st.login, args=given)


def _path(name: str) -> str:
    base = (st.get_option("server.baseUrlPath") or "").strip("/")
    return escape(f"/{base}/{name}" if base else f"/{name}")


def _claims() -> Mapping[str, Any]:
    """What the provider says of who is logged in; nothing for nobody."""
    return st.user.to_dict() if st.user.get("is_logged_in") else {}


def _name(claims: Mapping[str, Any]) -> str:
    return str(claims.get("name") or claims.get("email") or claims.get("sub") or "")
