"""Logging in and out with a password: what /login and /logout answer."""

from __future__ import annotations

import logging
from urllib.parse import parse_qs, quote

from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from assistant.access.login_page import HEADERS, page
from assistant.access.logins import SECONDS, Logins
from assistant.access.places import neighbourhood
from assistant.access.throttle import Throttle
from assistant.languages import preferred

LOGIN, LOGOUT = "/login", "/logout"
_BODY_BYTES = 16_000


class LoginDesk:
    """Stands at `base`, the path below which the pages are served, "" for the root."""

    def __init__(self, base: str = "") -> None:
        self._base = base
        self._throttle = Throttle()

    def person(self, connection: HTTPConnection, logins: Logins) -> str:
        """The name of who sends a request; empty for nobody who is logged in."""
        return logins.person(connection.cookies.get(logins.cookie, ""))

    def send_to_login(self, connection: HTTPConnection) -> Response:
        """To the login page, and from there back to the page that was wanted."""
        query = connection.url.query
        wanted = quote(str(connection.scope["path"])) + (f"?{query}" if query else "")
        return _redirect(f"{self._base}{LOGIN}?next={quote(self._inner(wanted), safe='')}")

    async def login(self, request: Request, logins: Logins, default_language: str) -> Response:
        """The form, or for the form that was sent the page that was wanted first."""
        chosen = preferred(request.headers.get("accept-language", ""), default_language)
        action = f"{self._base}{LOGIN}"
        if request.method != "POST":
            wanted = self._inner(request.query_params.get("next", ""))
            if self.person(request, logins):
                return _redirect(wanted)
            return HTMLResponse(page(chosen, action, wanted), headers=HEADERS)
        form = await _form(request)
        if form is None:
            return Response(status_code=413)
        name, wanted, address = form["name"].strip(), self._inner(form["next"]), neighbourhood(request)
        seconds = self._throttle.seconds(address, name)
        if not seconds and logins.admits(name, form["password"]):
            return self._admitted(request, logins, name, wanted)
        if not seconds:
            self._throttle.count(address, name)
            logging.getLogger(__name__).warning("a wrong name or password was given from %s", address)
        again = page(chosen, action, wanted, given=name, is_wrong=True, seconds=seconds)
        status, extra = (429, {"Retry-After": str(seconds)}) if seconds else (401, {})
        return HTMLResponse(again, status, HEADERS | extra)

    def logout(self, request: Request, logins: Logins) -> Response:
        """Forget the login and ask for another; only a sent form does, a link that was followed does not."""
        if request.method != "POST":
            return _redirect(f"{self._base}/")
        response = _redirect(f"{self._base}{LOGIN}")
        response.delete_cookie(logins.cookie, path=f"{self._base}/", httponly=True, samesite="lax")
        return response

    def _admitted(self, request: Request, logins: Logins, name: str, wanted: str) -> Response:
        response = _redirect(wanted)
        response.set_cookie(
            logins.cookie,
            logins.issue(name),
            max_age=SECONDS,
            path=f"{self._base}/",
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="lax",
        )
        return response

    def _inner(self, address: str) -> str:
        """The address if it is a path of this site, else the first page."""
        is_path = address.startswith("/") and not address.startswith("//") and "\\" not in address
        return address if is_path and address.isascii() and address.isprintable() else f"{self._base}/"


async def _form(request: Request) -> dict[str, str] | None:
    """The fields that were sent, "" for those that were not; None if it is too much."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _BODY_BYTES:
            return None
    sent = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=None)
    return {name: sent.get(name, [""])[0] for name in ("name", "password", "next")}


def _redirect(address: str) -> Response:
    return RedirectResponse(address, 303, {"Cache-Control": "no-store"})
