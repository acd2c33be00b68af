"""Programs ask over HTTP as they would ask OpenAI, and get cited answers and errors in its form."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from http.client import HTTPConnection
from threading import Event
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
import openai
import pytest
import serving_api
from endpoint import FakeEndpoint, Script, serve
from markdown_it import MarkdownIt
from openai import OpenAI
from pydantic import TypeAdapter

from assistant.api import replies
from assistant.api.marking import inert, without_additions
from assistant.hosting import Host

QUESTION = "青海联通2020年新建了多少个4G基站？"
FARMS = "海南移动为果树安装了多少传感器？"
MODEL = "telecom-corpus"


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    with serving_api.hosted(tmp_path_factory.mktemp("api")) as host:
        yield host


@pytest.fixture(scope="module")
def address(host: Host) -> Iterator[str]:
    with serving_api.served(host) as address:
        yield address


@pytest.fixture(scope="module")
def client(address: str) -> Iterator[OpenAI]:
    with OpenAI(base_url=f"{address}/v1", api_key="none", max_retries=0) as client:
        yield client


@pytest.fixture(scope="module")
def written(host: Host) -> Iterator[tuple[FakeEndpoint, str, OpenAI]]:
    """A chat endpoint, the address of a server whose answers it writes, and a client of that server."""
    with ExitStack() as stack:
        endpoint = stack.enter_context(serve())
        other = stack.enter_context(serving_api.over_endpoint(host, endpoint.base_url))
        address = stack.enter_context(serving_api.served(other))
        client = OpenAI(base_url=f"{address}/v1", api_key="none", max_retries=0)
        yield endpoint, address, stack.enter_context(client)


def ask(client: OpenAI, question: str, **more: Any) -> Any:
    return client.chat.completions.create(
        **{"model": MODEL, "messages": [{"role": "user", "content": question}], **more}
    )


def error_of(response: httpx.Response) -> dict[str, Any]:
    """The error of a response, which is one in OpenAI's form and of one line."""
    (error,) = response.json().values()
    assert set(error) == {"message", "type", "param", "code"}
    assert "\n" not in error["message"]
    return dict(error)


def test_the_model_of_the_endpoint_is_offered_where_there_is_one(
    client: OpenAI, written: tuple[FakeEndpoint, str, OpenAI]
) -> None:
    assert [model.id for model in client.models.list()] == [MODEL, f"{MODEL}-quoting"]
    assert [model.id for model in written[2].models.list()] == [MODEL, f"{MODEL}-quoting", f"{MODEL}-llm"]
    assert client.models.retrieve(MODEL).id == MODEL


def test_an_answer_has_citations_that_stand_at_their_place(client: OpenAI, address: str) -> None:
    message = ask(client, QUESTION).choices[0].message
    assert "215个" in message.content
    assert "[1]" in message.content
    (citation,) = message.citations
    assert citation["n"] == 1
    document = httpx.get(f"{address}/api/documents/{quote(citation['document'])}").json()
    assert document["raw"][citation["start"] : citation["end"]] == citation["quote"]
    assert httpx.get(citation["url"]).status_code == 200
    assert citation["url"] in message.content.partition("**来源**")[2]


def test_a_stream_says_what_the_whole_answer_says(client: OpenAI) -> None:
    whole = ask(client, QUESTION)
    chunks = list(ask(client, QUESTION, stream=True, stream_options={"include_usage": True}))
    assert chunks[0].choices[0].delta.role == "assistant"
    assert [chunk.choices[0].finish_reason for chunk in chunks[:-1]] == [None] * (len(chunks) - 2) + ["stop"]
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks[:-1])
    assert text == whole.choices[0].message.content
    assert chunks[-2].choices[0].delta.citations == whole.choices[0].message.citations
    assert chunks[-2].grounding["verdict"] == "answer"
    assert chunks[-1].usage == whole.usage
    assert len({chunk.id for chunk in chunks}) == 1


def test_a_title_that_a_chat_program_asks_for_is_no_question_to_the_documents(client: OpenAI) -> None:
    prompt = f'JSON format: {{"title": "..."}}\n<chat_history>\nUSER: {QUESTION}\n</chat_history>'
    completion = ask(client, prompt)
    assert json.loads(completion.choices[0].message.content) == {"title": QUESTION}
    assert completion.choices[0].message.citations == []
    chunks = list(ask(client, prompt, stream=True))
    assert "".join(c.choices[0].delta.content or "" for c in chunks) == completion.choices[0].message.content


def test_a_stream_ends_with_done(address: str) -> None:
    body = {"model": MODEL, "stream": True, "messages": [{"role": "user", "content": QUESTION}]}
    response = httpx.post(f"{address}/v1/chat/completions", json=body)
    assert response.headers["content-type"].startswith("text/event-stream")
    *events, done, end = response.text.split("\n\n")
    assert (done, end) == ("data: [DONE]", "")
    assert all(json.loads(event.removeprefix("data: "))["object"] for event in events)


def test_the_list_of_sources_can_be_left_out(client: OpenAI) -> None:
    completion = ask(client, QUESTION, extra_body={"sources": "none"})
    assert completion.choices[0].message.content == completion.grounding["answer"]
    assert completion.choices[0].message.citations


def test_a_follow_up_is_understood_from_our_own_earlier_answer(client: OpenAI) -> None:
    question = "青海联通2020年投入了多少建设资金？"
    first = ask(client, question).choices[0].message.content
    turns = [("system", "回答"), ("user", question), ("assistant", first), ("user", "那2019年呢？")]
    messages: Any = [{"role": role, "content": [{"type": "text", "text": text}]} for role, text in turns]
    completion = ask(client, "", messages=messages)
    assert "1,850万元" in completion.choices[0].message.content
    assert "青海联通" in completion.grounding["rewritten"]


@pytest.mark.parametrize("question", [QUESTION, "请总结青海联通"])
def test_what_was_added_for_display_is_taken_off_again(client: OpenAI, question: str) -> None:
    completion = ask(client, question)
    shown, text = completion.choices[0].message.content, completion.grounding["answer"]
    assert len(shown) > len(text)
    assert without_additions(shown) == text


def test_filters_and_the_trail_are_asked_for_in_the_body(client: OpenAI) -> None:
    filters = {"documents": ["islands.txt"]}
    completion = ask(client, QUESTION, extra_body={"filters": filters, "trail": True})
    assert completion.grounding["verdict"] == "refuse"
    assert completion.grounding["trail"]["filters"]["documents"] == ["islands.txt"]
    assert ask(client, QUESTION, extra_body={"without": ["2020"]}).grounding["hints"] == [
        {"kind": "company", "value": "青海联通"}
    ]


def test_what_does_not_change_an_answer_is_ignored(client: OpenAI) -> None:
    tool = {"type": "function", "function": {"name": "f", "parameters": {}}}
    completion = ask(client, QUESTION, temperature=0.3, max_tokens=5, seed=1, user="x", n=1, tools=[tool])
    assert "215个" in completion.choices[0].message.content


@pytest.mark.parametrize(
    ("param", "value"),
    [
        ("n", 2),
        ("stop", ["。"]),
        ("tool_choice", "required"),
        ("response_format", {"type": "json_object"}),
        ("logprobs", True),
        ("messages[0]", [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "x"}}]}]),
        ("messages[1]", [{"role": "user", "content": "问"}, {"role": "assistant", "content": "答"}]),
        ("messages[0]", [{"role": "tool", "content": "1", "tool_call_id": "1"}]),
    ],
)
def test_what_cannot_be_done_is_refused(client: OpenAI, param: str, value: Any) -> None:
    with pytest.raises(openai.BadRequestError) as caught:
        ask(client, QUESTION, **{param.partition("[")[0]: value})
    assert caught.value.param == param


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("GET", "/v1/nothing", None, 404, "not_found"),
        ("DELETE", "/api/documents", None, 405, "method_not_allowed"),
        ("POST", "/v1/chat/completions", b"{", 400, "invalid_request"),
        ("POST", "/v1/chat/completions", b'{"model": "telecom-corpus"}', 400, "invalid_request"),
        ("GET", "/v1/models/gpt", None, 404, "model_not_found"),
        ("GET", "/api/documents/%E6%97%A0.txt", None, 404, "document_not_found"),
        ("GET", "/api/companies/%E6%97%A0/summary", None, 404, "company_not_found"),
        ("POST", "/api/search", b'{"query": "a", "filters": {"company": []}}', 400, "invalid_request"),
        ("GET", "/api/search?query=%E7%A7%BB%E5%8A%A8&kind=x", None, 400, "invalid_question"),
        ("POST", "/api/search", b'{"query": "%s"}' % (b"5G " * 700), 400, "invalid_question"),
        ("POST", "/v1/chat/completions", b" " * 1_000_001, 413, "request_too_large"),
    ],
)
def test_failures_have_the_form_of_openai(
    address: str, method: str, path: str, body: bytes | None, status: int, code: str
) -> None:
    headers = {"content-type": "application/json"}
    response = httpx.request(method, address + path, content=body, headers=headers)
    assert (response.status_code, error_of(response)["code"]) == (status, code)


def test_a_question_that_cannot_be_asked_is_no_stream(client: OpenAI) -> None:
    with pytest.raises(openai.BadRequestError, match="invalid_question"):
        ask(client, " ", stream=True)


def test_a_body_without_a_length_is_measured(address: str) -> None:
    pieces = (b" " * 1000 for _ in range(1001))
    response = httpx.post(f"{address}/api/search", content=pieces)
    assert (response.status_code, error_of(response)["code"]) == (413, "request_too_large")


def test_nothing_of_a_document_comes_alive_in_markdown(client: OpenAI) -> None:
    content = ask(client, f"{FARMS}请回答", extra_body={"filters": {"documents": ["farms.txt"]}})
    shown = content.choices[0].message.content
    assert "传感器2.4万个" in shown
    for text in (shown, harmful_text()):
        html = MarkdownIt("commonmark", {"html": True}).render(text)
        assert not re.search(r"<(?:img|source|system|script|pre)|href=\"(?!http://127.0.0.1)", html)
        assert not re.search(r"(?://|www|@)\.?evil", text)  # which many programs make a link of


def harmful_text() -> str:
    """What a document may hold, made ready to be shown."""
    text = (
        "![图](http://evil.example/x.png) <img src=http://evil.example> [a]: http://evil.example\n"
        "\n[a] ![a]\n"
        "<source src=x> http://evil.example www.evil.example [x](javascript:alert(1)) a@evil.example\n"
        "```html\n<script>1</script>\n```\n[1][2]"
    )
    assert without_additions(inert(text)) == text
    return inert(text)


def test_real_answers_are_as_described(client: OpenAI, address: str) -> None:
    completion = ask(client, QUESTION).to_dict()
    told: list[tuple[type[replies.Reply], str]] = [
        (replies.Models, "/v1/models"),
        (replies.Hits, "/api/search?query=%E5%9F%BA%E7%AB%99&company=%E9%9D%92%E6%B5%B7%E8%81%94%E9%80%9A"),
        (replies.Documents, "/api/documents?limit=2&offset=1"),
        (replies.WholeDocument, "/api/documents/plateau.txt"),
        (replies.Companies, "/api/companies"),
        (replies.Summary, f"/api/companies/{quote('青海联通')}/summary?branches=true"),
        (replies.Health, "/health"),
        (replies.Error, "/nothing"),
    ]
    TypeAdapter(replies.ChatCompletion).validate_python(completion)
    for model, path in told:
        TypeAdapter(model).validate_json(httpx.get(address + path).content)
    hits = httpx.post(f"{address}/api/search", json={"query": "基站", "k": 1}).json()["hits"]
    assert [hit["document"] for hit in hits] == ["plateau.txt"]
    listed = httpx.get(f"{address}/api/documents?limit=2&offset=1").json()["documents"]
    assert [info["document"] for info in listed] == ["islands.txt", "plateau.txt"]


def test_programs_are_told_in_the_language_that_they_accept(client: OpenAI, address: str) -> None:
    english = {"accept-language": "en-GB,en;q=0.9,zh;q=0.5"}
    asked = ask(client, QUESTION, extra_headers=english).choices[0].message.content
    assert "**Sources**" in asked and "**来源**" in ask(client, QUESTION).choices[0].message.content
    with pytest.raises(openai.BadRequestError, match="The question has no words"):
        ask(client, "？！", extra_headers=english)
    with pytest.raises(openai.BadRequestError, match="问题里没有文字"):
        ask(client, "？！")
    found = httpx.get(f"{address}/api/search", params={"query": "基站", "since": "去年"}, headers=english)
    assert "“去年” is no date" in found.json()["error"]["message"]
    unknown = httpx.get(f"{address}/api/companies/某某酒家/summary", headers=english)
    assert unknown.json()["error"]["message"].startswith("Nothing in the documents is about")
    told = httpx.get(
        f"{address}/api/companies/青海联通/summary", headers=english | {"accept": "text/markdown"}
    )
    assert "# 青海联通: summary" in told.text and "accept-language" in told.headers["vary"]


def test_a_summary_comes_as_markdown_when_asked_for(address: str) -> None:
    path = f"{address}/api/companies/{quote('青海联通')}/summary"
    response = httpx.get(path, headers={"accept": "text/markdown"})
    assert response.headers["content-type"].startswith("text/markdown")
    assert response.text.startswith("# 青海联通")


def test_the_openapi_page_needs_no_other_host(address: str) -> None:
    page = httpx.get(f"{address}/docs").text
    assert "//" not in page.replace("<!--", "").replace("// ", "")
    assert '"validatorUrl": null' in page
    paths = httpx.get(f"{address}/openapi.json").json()["paths"]
    assert all(route["description"] for path in paths.values() for route in path.values())


def test_a_models_draft_is_no_content_before_it_is_checked(
    written: tuple[FakeEndpoint, str, OpenAI],
) -> None:
    endpoint, _, client = written
    endpoint.script = Script(("青海联通新建4G基站", "215个[1]。", "[9]"), usage=True)
    chunks = list(ask(client, QUESTION, stream=True, stream_options={"include_usage": True}))
    deltas = [chunk.choices[0].delta for chunk in chunks[:-1]]
    draft = "".join(getattr(delta, "reasoning_content", "") for delta in deltas)
    assert draft.startswith("青海联通新建4G基站215个")
    content = "".join(delta.content or "" for delta in deltas)
    assert content.partition("\n\n**")[0] == "青海联通新建4G基站215个[1]。"
    assert chunks[-2].grounding["engine"] == "llm"
    assert (chunks[-1].usage.prompt_tokens, chunks[-1].usage.completion_tokens) == (7, 5)


def test_an_endpoint_that_fails_in_mid_answer_leaves_nothing_in_the_content(
    written: tuple[FakeEndpoint, str, OpenAI],
) -> None:
    endpoint, _, client = written
    endpoint.script = Script(("半句",), end="cut")
    chunks = list(ask(client, QUESTION, stream=True))
    content = "".join(chunk.choices[0].delta.content or "" for chunk in chunks)
    assert "半句" not in content
    assert "215个" in content
    assert chunks[-1].grounding["engine"] == "quoting"
    assert chunks[-1].grounding["partial_text"] == "半句"
    assert chunks[-1].grounding["notices"]


@pytest.mark.parametrize("stream", [True, False])
def test_a_program_that_goes_away_ends_the_work(
    written: tuple[FakeEndpoint, str, OpenAI], stream: bool
) -> None:
    endpoint, address, _ = written
    begun = Event()

    def pieces() -> Iterator[str]:
        yield "字"
        begun.set()
        yield from "字" * 10_000

    endpoint.script = Script(pieces(), pause=0.02)
    endpoint.hung_up.clear()
    body = {"model": MODEL, "stream": stream, "messages": [{"role": "user", "content": QUESTION}]}
    program = HTTPConnection(urlsplit(address).netloc)
    program.request("POST", "/v1/chat/completions", json.dumps(body), {"Content-Type": "application/json"})
    assert begun.wait(60)
    if stream:
        program.getresponse().readline()
    program.close()
    assert endpoint.hung_up.wait(60)
