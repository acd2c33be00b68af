"""The guard in front of every request: who is let in, from where, with what login."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocketDisconnect
from streamlit import config
from streamlit.runtime.secrets import Secrets

from assistant.access import Guard, Logins, logins, provider, require_keys, require_login
from assistant.access.places import is_foreign, is_local, is_loopback, neighbourhood
from assistant.access.provider import is_admitted, subject
from assistant.api.paths import is_for_programs
from assistant.errors import SettingsError, StorageError
from assistant.settings import Account, Settings
from assistant.ui import identity

HERE = "http://localhost:8501"
PASSWORDS = "li:correct-horse, wang:battery-staple"
Door = Callable[..., TestClient]


async def behind(scope: Scope, receive: Receive, send: Send) -> None:
    """What stands behind the guard: it answers everything that comes through."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.close", "code": 1000})
    else:
        await PlainTextResponse("inside")(scope, receive, send)


@pytest.fixture
def door(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Door:
    """A client of a guard with settings, at the address that the client uses."""

    def opened(address: str = HERE, base: str = "", **settings: str) -> TestClient:
        for name, value in {"STORAGE": str(tmp_path / "storage"), **settings}.items():
            monkeypatch.setenv(f"ASSISTANT_{name}", value)
        guard = Guard(behind, is_for_programs=is_for_programs, base=base)
        return TestClient(guard, base_url=address, follow_redirects=False)

    return opened


def connects(client: TestClient, **headers: str) -> bool:
    """Whether a websocket is accepted."""
    address = str(client.base_url).replace("http", "ws", 1) + "/_stcore/stream"
    try:
        with client.websocket_connect(address, headers=headers):
            return True
    except WebSocketDisconnect:
        return False


def log_in(client: TestClient, name: str = "li", password: str = "correct-horse", **fields: str) -> int:
    return client.post("/login", data={"name": name, "password": password, **fields}).status_code


@pytest.mark.parametrize("address", [HERE, "http://127.0.0.1", "http://[::1]:8501", "http://127.8.8.8"])
def test_without_passwords_this_machine_is_served(door: Door, address: str) -> None:
    client = door(address)
    assert client.get("/").text == client.get("/v1/models").text == "inside"
    assert connects(client)


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("http://192.0.2.7:8501", {}),
        ("http://192.0.2.7:8501", {"Host": "localhost"}),
        (HERE, {"Host": "evil.example"}),
        (HERE, {"Host": "localhost.evil.example"}),
        (HERE, {"Host": "localhost@evil.example"}),
        (HERE, {"Host": ""}),
        (HERE, {"X-Forwarded-For": "203.0.113.5"}),
        (HERE, {"Forwarded": "for=203.0.113.5"}),
        (HERE, {"X-Forwarded-Proto": "https"}),
        (HERE, {"CF-Connecting-IP": "203.0.113.5"}),
    ],
)
def test_without_passwords_nobody_else_is_served(door: Door, address: str, headers: dict[str, str]) -> None:
    client = door(address)
    page, program = client.get("/", headers=headers), client.get("/api/search", headers=headers)
    assert (page.status_code, program.status_code) == (403, 403)
    assert "ASSISTANT_PASSWORDS" in page.text and len(page.text.splitlines()) == 1
    assert "ASSISTANT_API_KEYS" in program.json()["error"]["message"]
    assert not connects(client, **headers)


@pytest.mark.parametrize("origin", ["http://evil.example", "http://localhost:3000", "null"])
def test_a_page_of_another_site_reaches_nothing(door: Door, origin: str) -> None:
    client, headers = door(), {"Origin": origin}
    assert client.post("/v1/chat/completions", headers=headers).status_code == 403
    assert client.put("/_stcore/upload_file/1/2", headers=headers).status_code == 403
    assert client.get("/_stcore/host-config", headers=headers).status_code == 403
    assert not connects(client, **headers)


@pytest.mark.parametrize("mode", ["no-cors", "cors"])
@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_what_a_page_of_another_site_is_made_of_does_not_come_from_here(
    door: Door, site: str, mode: str
) -> None:
    headers = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode}
    for path in ("/api/companies/a/summary?engine=llm", "/media/a.png"):
        assert door().get(path, headers=headers).status_code == 403
        assert door().get(path, headers={**headers, "Sec-Fetch-Site": "same-origin"}).status_code == 200


def test_our_own_page_and_a_link_from_elsewhere_are_served(door: Door) -> None:
    client = door()
    assert client.post("/", headers={"Origin": HERE}).status_code == 200
    assert client.get("/", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200
    assert client.get("/").headers["content-security-policy"] == "frame-ancestors 'self'"


def test_pages_that_run_without_the_guard_are_shown_on_this_machine_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for address in (None, "127.0.0.1", "::1", "192.0.2.7"):
        monkeypatch.setattr(type(st.context), "ip_address", address)
        if address != "192.0.2.7":
            assert identity.visitor(Settings()) == identity.Visitor()
    with pytest.raises(SettingsError, match="no login"):
        identity.visitor(Settings())


@pytest.mark.parametrize("settings", [{}, {"PASSWORDS": PASSWORDS}])
def test_health_is_told_to_everybody(door: Door, settings: dict[str, str]) -> None:
    client = door("http://192.0.2.7", **settings)
    assert [client.get(path).status_code for path in ("/health", "/_stcore/health")] == [200, 200]
    assert client.get("/health/more").status_code in (401, 403)


def test_programs_with_keys_are_passed_on_to_the_check_of_keys(door: Door) -> None:
    client = door("http://192.0.2.7", API_KEYS="key-of-a-program")
    assert client.get("/v1/models", headers={"Origin": "app://editor"}).text == "inside"
    assert client.get("/").status_code == 403


def test_with_passwords_programs_without_keys_stay_on_this_machine(door: Door) -> None:
    assert door("http://192.0.2.7", PASSWORDS=PASSWORDS).get("/v1/models").status_code == 403
    assert door(PASSWORDS=PASSWORDS).get("/v1/models").status_code == 200


def test_while_settings_cannot_be_read_this_machine_alone_is_served(door: Door) -> None:
    assert door(PASSWORDS="li").get("/").status_code == 200
    assert door("http://192.0.2.7", PASSWORDS="li").get("/").status_code == 403


def test_a_page_leads_to_the_login_and_back(door: Door) -> None:
    client = door("http://192.0.2.7", PASSWORDS=PASSWORDS)
    sent = client.get("/chat?conversation=a1", headers={"Accept": "text/html"})
    assert (sent.status_code, sent.headers["location"]) == (303, "/login?next=%2Fchat%3Fconversation%3Da1")
    form = client.get(sent.headers["location"])
    assert 'name="next" value="/chat?conversation=a1"' in form.text and "<script" not in form.text
    fields = {"name": "li", "password": "correct-horse", "next": "/chat?conversation=a1"}
    entered = client.post("/login", data=fields, headers={"Origin": "http://192.0.2.7"})
    assert (entered.status_code, entered.headers["location"]) == (303, "/chat?conversation=a1")
    assert client.get("/chat").text == "inside"
    assert connects(client)


@pytest.mark.parametrize(
    "path", ["/_stcore/upload_file/1/2", "/media/a.png", "/app/static/a", "/_stcore/metrics"]
)
def test_without_a_login_nothing_but_the_login_page_is_served(door: Door, path: str) -> None:
    client = door(PASSWORDS=PASSWORDS)
    assert client.get(path).status_code == client.put(path).status_code == 401
    assert not connects(client)


@pytest.mark.parametrize(
    ("name", "password"), [("li", "battery-staple"), ("li", ""), ("nobody", "correct-horse"), ("", "")]
)
def test_a_wrong_password_is_refused(door: Door, name: str, password: str) -> None:
    client = door(PASSWORDS=PASSWORDS)
    assert log_in(client, name, password) == 401
    assert client.get("/media/a.png").status_code == 401


def test_names_that_were_tried_do_not_break_out_of_the_form(door: Door) -> None:
    text = (
        door(PASSWORDS=PASSWORDS)
        .post("/login", data={"name": '"><img src=x>', "next": '/"><img src=x>'})
        .text
    )
    assert "<img" not in text and text.count("&lt;img") == 2


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "",
    ],
)
def test_the_login_leads_to_no_other_site(door: Door, wanted: str) -> None:
    client = door(PASSWORDS=PASSWORDS)
    fields = {"name": "li", "password": "correct-horse", "next": wanted}
    assert client.post("/login", data=fields).headers["location"] == "/"


def test_another_site_can_log_nobody_in_or_out(door: Door) -> None:
    client, elsewhere = door(PASSWORDS=PASSWORDS), {"Origin": "http://evil.example"}
    fields = {"name": "li", "password": "correct-horse"}
    assert client.post("/login", data=fields, headers=elsewhere).status_code == 403
    assert client.post("/login", data=fields, headers={"Sec-Fetch-Site": "same-site"}).status_code == 403
    assert log_in(client) == 303
    assert client.post("/logout", headers=elsewhere).status_code == 403
    assert client.get("/logout").status_code == 303
    assert client.get("/chat").text == "inside"
    assert client.post("/logout").headers["location"] == "/login"
    assert client.get("/chat").status_code == 401


def test_the_cookie_is_for_the_server_alone_and_on_https_for_https_alone(door: Door) -> None:
    fields = {"name": "li", "password": "correct-horse"}
    plain = door(PASSWORDS=PASSWORDS).post("/login", data=fields).headers["set-cookie"]
    safe = door("https://192.0.2.7", PASSWORDS=PASSWORDS).post("/login", data=fields).headers["set-cookie"]
    assert "HttpOnly" in plain and "SameSite=lax" in plain and "Max-Age=2592000" in plain
    assert ("Secure" in plain, "Secure" in safe) == (False, True)


def test_guessing_is_slowed_down_also_for_the_right_password(door: Door) -> None:
    client = door(PASSWORDS=PASSWORDS)
    assert {log_in(client, password=f"guess-{n}") for n in range(10)} == {401}
    slowed = client.post("/login", data={"name": "li", "password": "correct-horse"})
    assert slowed.status_code == 429 and 0 < int(slowed.headers["retry-after"]) <= 600


def test_a_form_of_any_size_is_not_taken(door: Door) -> None:
    assert log_in(door(PASSWORDS=PASSWORDS), password="x" * 20_000) == 413


def test_below_a_path_the_login_stands_there_too(door: Door) -> None:
    client = door(PASSWORDS=PASSWORDS, base="docs-chat")
    sent = client.get("/docs-chat/documents", headers={"Accept": "text/html"})
    assert sent.headers["location"] == "/docs-chat/login?next=%2Fdocs-chat%2Fdocuments"
    assert 'action="/docs-chat/login"' in client.get("/docs-chat/login").text


def test_a_login_outlives_a_restart_but_not_the_password(tmp_path: Path) -> None:
    def started(*passwords: str) -> Logins:
        accounts = tuple(Account(f"p{n}", password) for n, password in enumerate(passwords))
        found = logins(Settings(storage=tmp_path / "storage", passwords=accounts))
        assert found
        return found

    cookie = started("correct-horse").issue("p0")
    assert started("correct-horse").person(cookie) == "p0"
    assert started("another-horse").person(cookie) == ""
    assert stat.S_IMODE((tmp_path / "storage" / "login.key").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "storage").iterdir()] == ["login.key"]


def test_a_cookie_of_another_storage_or_of_someone_who_left_is_worth_nothing() -> None:
    here, there = (Logins([Account("li", "correct-horse")], bytes([n]) * 32) for n in (1, 2))
    assert here.cookie != there.cookie
    assert there.person(here.issue("li")) == ""
    assert Logins([Account("wang", "correct-horse")], bytes([1]) * 32).person(here.issue("li")) == ""
    assert here.person(here.issue("li") + "x") == here.person("") == here.person("W10.a.b") == ""


def test_a_damaged_key_is_said_and_not_replaced_silently(tmp_path: Path) -> None:
    (tmp_path / "login.key").write_bytes(b"short")
    with pytest.raises(StorageError, match=r"login\.key is damaged; delete it"):
        logins(Settings(storage=tmp_path, passwords=(Account("li", "correct-horse"),)))


@pytest.mark.parametrize("address", [None, "", "0.0.0.0", "::", "192.0.2.7", "assistant.example", "127.evil"])
def test_open_pages_are_not_bound_elsewhere(monkeypatch: pytest.MonkeyPatch, address: str | None) -> None:
    with pytest.raises(SettingsError, match="ASSISTANT_PASSWORDS"):
        require_login(address)
    monkeypatch.setenv("ASSISTANT_PASSWORDS", PASSWORDS)
    require_login(address)


@pytest.mark.parametrize("address", ["localhost", "127.0.0.1", "::1", "127.3.2.1"])
def test_on_this_machine_nothing_is_asked(address: str) -> None:
    require_login(address)
    require_keys(address, Settings())


def test_the_interface_for_programs_is_not_bound_elsewhere_without_keys() -> None:
    with pytest.raises(SettingsError, match="ASSISTANT_API_KEYS"):
        require_keys("0.0.0.0", Settings(passwords=(Account("li", "correct-horse"),)))
    require_keys("0.0.0.0", Settings(api_keys=("key-of-a-program",)))


@pytest.fixture
def secrets_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """Where Streamlit's secrets are read from."""
    before, file = config.get_option("secrets.files"), tmp_path / "secrets.toml"
    config.set_option("secrets.files", [str(file)])
    monkeypatch.setattr(st, "secrets", Secrets())
    yield file
    config.set_option("secrets.files", before)


@pytest.mark.parametrize(
    ("changed", "why"),
    [({"cookie_secret": "s3cret"}, "is short"), ({"client_id": ""}, "lacks"), ({"redirect_uri": "a"}, "end")],
)
def test_a_provider_that_is_set_up_badly_is_told_without_its_secrets(
    secrets_file: Path, changed: dict[str, str], why: str
) -> None:
    auth = {
        "redirect_uri": "http://a/oauth2callback",
        "cookie_secret": "s3cret" * 6,
        "client_id": "a",
        "client_secret": "s3cret",
        "server_metadata_url": "http://b",
    }
    lines = (f'{name} = "{value}"' for name, value in (auth | changed).items())
    secrets_file.write_text("\n".join(["[auth]", *lines]), encoding="utf-8")
    with pytest.raises(SettingsError, match=why) as caught:
        provider()
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize(
    ("claims", "admitted", "expected"),
    [
        ({"sub": "1"}, (), True),
        ({}, (), False),
        ({"sub": "1", "email": "Li@Example.com", "email_verified": True}, ("@example.COM",), True),
        ({"sub": "1", "email": "li@example.com", "email_verified": "true"}, ("LI@example.com",), True),
        ({"sub": "1", "email": "li@example.com", "email_verified": False}, ("@example.com",), False),
        ({"sub": "1", "email": "li@example.com"}, ("@example.com",), False),
        ({"sub": "1", "email": "li@evil.example.com", "email_verified": True}, ("@example.com",), False),
        ({"sub": "1", "email": "li@example.com@evil.com", "email_verified": True}, ("@example.com",), False),
        ({"sub": "1", "email": "@example.com", "email_verified": True}, ("@example.com",), False),
        ({"sub": "1", "email_verified": True}, ("@example.com",), False),
    ],
)
def test_whom_a_provider_knows_is_admitted_by_verified_address(
    claims: dict[str, object], admitted: tuple[str, ...], expected: bool
) -> None:
    assert is_admitted(claims, admitted) is expected


def test_a_person_stays_the_same_when_the_address_changes_and_providers_are_kept_apart() -> None:
    one = {"iss": "https://a.example", "sub": "1", "email": "li@example.com"}
    assert subject(one) == subject(one | {"email": "li.new@example.com"})
    assert subject(one) != subject(one | {"iss": "https://b.example"})


@pytest.mark.parametrize(
    ("address", "expected"),
    [("::ffff:127.0.0.1", True), ("::ffff:192.0.2.7", False), ("localhost.", True), ("0.0.0.0", False)],
)
def test_mapped_and_unspecified_addresses_are_told_apart(address: str, expected: bool) -> None:
    assert is_loopback(address) is expected


def test_a_socket_file_is_not_taken_for_this_machine() -> None:
    scope = {"type": "http", "method": "GET", "server": ("/run/assistant.sock", None), "headers": []}
    assert not is_local(HTTPConnection(scope | {"headers": [(b"host", b"localhost")]}))
    assert not is_foreign(HTTPConnection(scope))


def test_addresses_of_one_network_count_as_one() -> None:
    def of(host: str) -> str:
        return neighbourhood(HTTPConnection({"type": "http", "client": (host, 1), "headers": []}))

    assert of("2001:db8::1") == of("2001:db8::2:1") != of("2001:db8:0:1::1")
    assert of("192.0.2.1") != of("192.0.2.2")
