"""What stands around the pages: the address by which people look for the chat."""

from __future__ import annotations

import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from assistant.serving import ChatAddress


@pytest.mark.parametrize(
    ("base", "asked", "arrives"),
    [
        ("", "/chat", "/"),
        ("", "/chat/?conversation=7", "/?conversation=7"),
        ("/inner", "/inner/chat?conversation=7", "/inner/?conversation=7"),
        ("/inner", "/chat", "/chat"),
        ("", "/chatter", "/chatter"),
        ("", "/a/chat", "/a/chat"),
        ("", "/chat?//evil.example", "/?//evil.example"),
    ],
)
def test_the_address_of_the_chat_leads_to_the_first_page(base: str, asked: str, arrives: str) -> None:
    client = TestClient(ChatAddress(PlainTextResponse("inside"), base), base_url="http://localhost")
    assert str(client.get(asked).url) == f"http://localhost{arrives}"


def test_below_a_path_that_a_proxy_has_put_before_ours_it_stays_there() -> None:
    client = TestClient(ChatAddress(PlainTextResponse("inside")), follow_redirects=False)
    assert client.get("/chat?conversation=7").headers["location"] == "./?conversation=7"
    assert client.post("/chat").text == "inside"
