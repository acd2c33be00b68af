"""Logging in to pages that are really served: with a password, and through an identity provider."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from oidc_provider import identity_provider, secrets_toml
from page_client import Page, Visit
from ports import free_port
from websockets.exceptions import InvalidStatus

from assistant.conversations import Conversations
from assistant.records.conversations import Exchange

ROOT = Path(__file__).parent.parent
PATIENCE = 60.0
"""Seconds for what should come at once: the machine may be busy."""
NAMES = {"li": "correct-horse", "wang": "battery-staple"}


def command(script: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "streamlit", "run", str(script), "--server.headless", "true", *options]


@contextmanager
def serving(script: Path, directory: Path, port: int, **settings: str) -> Iterator[str]:
    """A script of Streamlit, run in a directory with our configuration; its address once it is healthy."""
    shutil.copytree(ROOT / ".streamlit", directory / ".streamlit", dirs_exist_ok=True)
    (directory / "seeds").mkdir()
    environment = os.environ | {"PYTHONPATH": str(ROOT), "ASSISTANT_EMBEDDER": "none", **settings}
    process = subprocess.Popen(
        command(script, "--server.port", str(port)), cwd=directory, env=environment, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(1200):
            assert process.poll() is None, "the server ended before it was healthy"
            try:
                httpx.get(f"http://localhost:{port}/_stcore/health", timeout=PATIENCE)
                break
            except httpx.TransportError:
                time.sleep(0.1)
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.wait(60)


def visitor(address: str) -> httpx.Client:
    """A browser with cookies of its own."""
    return httpx.Client(base_url=address, follow_redirects=True, timeout=PATIENCE)


def seen(client: httpx.Client, address: str) -> Page:
    """What somebody with these cookies sees at an address."""
    visit = Visit(client, address)
    try:
        return visit.run()
    finally:
        visit.close()


def test_a_start_that_would_be_open_to_others_is_refused_in_one_line(tmp_path: Path) -> None:
    shutil.copytree(ROOT / ".streamlit", tmp_path / ".streamlit")
    started = command(ROOT / "app.py", "--server.address", "0.0.0.0", "--server.port", str(free_port()))
    ended = subprocess.run(started, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == 1
    assert [
        line for line in ended.stderr.splitlines() if line.startswith("the pages would be open to others")
    ]
    assert len(ended.stderr.splitlines()) == 1 and not ended.stdout


def test_with_passwords_each_sees_own_conversations_only(tmp_path: Path) -> None:
    conversations = Conversations(tmp_path / "storage")
    own = conversations.start("li", "联通扶贫多少钱")
    conversations.keep("li", own.id, Exchange("李明问的问题", text="280万元", error="没有答案"))
    passwords = ",".join(f"{name}:{password}" for name, password in NAMES.items())
    with serving(ROOT / "app.py", tmp_path, free_port(), ASSISTANT_PASSWORDS=passwords) as address:
        nobody, li, wang = (visitor(address) for _ in range(3))
        with pytest.raises(InvalidStatus, match="403"):
            Visit(nobody, address)
        for name, client in (("li", li), ("wang", wang)):
            client.post("/login", data={"name": name, "password": NAMES[name]})
        with pytest.raises(InvalidStatus, match="403"):
            Visit(li, address, origin="http://evil.example")
        page = seen(li, f"{address}/?conversation={own.id}")
        assert "李明问的问题" in page.text and "<span>li</span>" in page.text
        asked = f"/chat?conversation={own.id}"
        login = nobody.get(asked, headers={"Accept": "text/html"}).url
        assert (login.path, login.params["next"]) == ("/login", asked)
        assert str(li.get(asked).url) == f"{address}/?conversation={own.id}"
        page = seen(wang, f"{address}/?conversation={own.id}")
        assert "<span>wang</span>" in page.text
        assert "李明问的问题" not in page.text and "联通扶贫多少钱" not in page.text


def test_a_provider_logs_in_whom_it_knows_and_the_settings_admit(tmp_path: Path) -> None:
    port = free_port()
    (tmp_path / ".streamlit").mkdir()
    script = Path(__file__).with_name("door_app.py")
    with identity_provider() as provider:
        toml = secrets_toml(provider.address, f"http://localhost:{port}")
        (tmp_path / ".streamlit" / "secrets.toml").write_text(toml, encoding="utf-8")
        with serving(script, tmp_path, port, ASSISTANT_ADMITTED="@example.com") as address:
            assert visitor(address).get("/_stcore/metrics").status_code == 401
            for email, verified in (("li@example.com", True), ("li@example.com", False)):
                provider.claims = {"sub": "7", "name": "Li", "email": email, "email_verified": verified}
                client = visitor(address)
                visit = Visit(client, address)
                page = visit.run()
                assert "here is" not in page.text
                client.get(visit.run(page.buttons["Log in"]).leads_to)
                visit.close()
                page = seen(client, address)
                assert (f"here is {provider.address}#7" in page.text) is verified
                assert ("Use another account" in page.buttons) is not verified
                assert client.get("/_stcore/metrics").status_code == 200
