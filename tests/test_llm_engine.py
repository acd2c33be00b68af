"""The engine against a real server: what arrives, what is asked, and each way in which it can fail."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import openai
import pytest
from endpoint import FakeEndpoint, Script, closed_url, serve

from assistant.answering.engines.llm import LLMEngine, Reply
from assistant.errors import EndpointError
from assistant.languages import Saying
from assistant.records import Delta, Metadata, Passage, Source, Turn
from assistant.settings import Endpoint

KEY = "sk-very-secret"
QUESTION = "甲公司投入了多少？"


def source(n: int, text: str) -> Source:
    passage = Passage(
        f"p{n}", "a.txt", n, text, 0, len(text), Metadata(title="甲公司年报", published="2020-05-01")
    )
    return Source(n, passage, 0, len(text), text)


SOURCES = (source(1, "甲公司投入280万元。"), source(2, "乙公司投入300万元。"))


def engine(base_url: str, timeout: float = 60, **limits: float) -> LLMEngine:
    return LLMEngine(
        Endpoint(base_url, "scripted", KEY),
        context_tokens=int(limits.get("context_tokens", 4000)),
        answer_tokens=200,
        timeout=timeout,
        language="zh",
        deadline=limits.get("deadline"),
    )


@pytest.fixture
def endpoint() -> Iterator[FakeEndpoint]:
    with serve() as running:
        yield running


def ask(endpoint: FakeEndpoint, script: Script, **limits: float) -> list[Delta | Saying | Reply]:
    endpoint.script = script
    return list(engine(endpoint.base_url, **limits).stream(QUESTION, SOURCES))


def failure(endpoint: FakeEndpoint, script: Script, **limits: float) -> EndpointError:
    with pytest.raises(EndpointError) as caught:
        ask(endpoint, script, **limits)
    assert KEY not in str(caught.value)
    assert endpoint.base_url not in str(caught.value)
    return caught.value


def test_the_deltas_joined_are_the_reply(endpoint: FakeEndpoint) -> None:
    items = ask(endpoint, Script(pieces=("甲公司投入", "280万元", "[", "1", "]。"), usage=True))
    reply = items[-1]
    assert isinstance(reply, Reply)
    assert reply.text == "甲公司投入280万元[1]。"
    assert "".join(item.text for item in items[:-1] if isinstance(item, Delta)) == reply.text
    assert (reply.tokens.prompt, reply.tokens.completion, reply.notices) == (7, 5, ())


def test_tokens_are_counted_here_when_the_endpoint_does_not_say(endpoint: FakeEndpoint) -> None:
    reply = ask(endpoint, Script(pieces=("甲公司投入280万元[1]。",)))[-1]
    assert isinstance(reply, Reply)
    assert reply.tokens.prompt > 100
    assert reply.tokens.completion > 4


def test_the_request_names_model_and_limits_and_carries_rules_sources_history_and_key(
    endpoint: FakeEndpoint,
) -> None:
    list(engine(endpoint.base_url).stream(QUESTION, SOURCES, [Turn("乙公司呢？", "300万元[4]。")]))
    (request,) = endpoint.requests
    assert (request["model"], request["max_tokens"], request["stream"]) == ("scripted", 200, True)
    assert [m["role"] for m in request["messages"]] == ["system", "user", "assistant", "user"]
    assert request["messages"][2]["content"] == "300万元。"
    assert request["messages"][3]["content"].endswith(QUESTION)
    assert endpoint.headers[0]["Authorization"] == f"Bearer {KEY}"


def test_the_first_piece_comes_before_the_last_is_written(endpoint: FakeEndpoint) -> None:
    taken = Event()

    def pieces() -> Iterator[str]:
        yield "甲"
        assert taken.wait(30)
        yield "乙"

    endpoint.script = Script(pieces=pieces())
    stream = engine(endpoint.base_url).stream(QUESTION, SOURCES)
    assert next(stream) == Delta("甲")
    taken.set()
    assert isinstance(list(stream)[-1], Reply)


def test_thoughts_split_over_chunks_images_and_false_marks_are_not_shown(endpoint: FakeEndpoint) -> None:
    pieces = (
        "<th",
        "ink>先想",
        "[1]</th",
        "ink>\n\n投入",
        "280万元",
        "【1】",
        "[9]",
        "。![](http://x/",
        "a.png)",
    )
    reply = ask(endpoint, Script(pieces=pieces))[-1]
    assert isinstance(reply, Reply)
    assert reply.text == "投入280万元[1]。"


def test_a_thought_that_only_closes_is_taken_back(endpoint: FakeEndpoint) -> None:
    items = ask(endpoint, Script(pieces=("先想想。", "</think>", "280万元[1]。")))
    assert [type(item) for item in items[:2]] == [Delta, Saying]
    reply = items[-1]
    assert isinstance(reply, Reply)
    assert (
        reply.text == "280万元[1]。" == "".join(item.text for item in items[2:-1] if isinstance(item, Delta))
    )


def test_a_reply_cut_by_the_length_limit_is_kept_with_a_notice(endpoint: FakeEndpoint) -> None:
    reply = ask(endpoint, Script(pieces=("甲公司投入",), finish="length"))[-1]
    assert isinstance(reply, Reply)
    assert reply.text == "甲公司投入"
    assert "ASSISTANT_ANSWER_TOKENS" in reply.notices[0].zh


@pytest.mark.parametrize(
    ("script", "says"),
    [
        (Script(status=401), "OPENAI_API_KEY"),
        (Script(status=403), "403"),
        (Script(status=404), "OPENAI_MODEL"),
        (Script(status=429, headers=(("Retry-After", "17"),)), "17 秒"),
        (Script(status=429), "稍后"),
        (Script(status=429, error=("no money", "insufficient_quota")), "额度"),
        (Script(status=400, error=("maximum context length is 10 tokens", "x")), "ASSISTANT_CONTEXT_TOKENS"),
        (Script(status=400), "请求（400）"),
        (Script(status=500), "内部出错（500）"),
        (Script(status=503), "503"),
        (Script(status=418), "418"),
        (Script(status=302), "另一个地址（302）"),
    ],
)
def test_a_refused_request_says_what_and_what_to_do(
    endpoint: FakeEndpoint, script: Script, says: str
) -> None:
    error = failure(endpoint, script)
    assert says in str(error)
    assert error.partial == ""
    assert len(endpoint.requests) == 1


@pytest.mark.parametrize(
    ("script", "says"),
    [
        (Script(pieces=("部分[1]",), end="cut"), "断开"),
        (Script(pieces=("部分[1]",), end="cut", chunked=False), "结束标记"),
        (Script(pieces=("部分[1]",), finish=None), "结束标记"),
        (Script(pieces=("部分[1]",), end="event"), "报告了错误"),
        (Script(pieces=("部分[1]",), end="garbage"), "无法理解"),
        (Script(pieces=("部分[1]",), finish="content_filter"), "过滤"),
    ],
)
def test_a_broken_stream_is_an_error_that_keeps_what_had_arrived(
    endpoint: FakeEndpoint, script: Script, says: str
) -> None:
    error = failure(endpoint, script)
    assert says in str(error)
    assert error.partial == "部分[1]"


@pytest.mark.parametrize("end", ["stall", "drip"])
def test_an_endless_reply_is_given_up_in_time(endpoint: FakeEndpoint, end: str) -> None:
    started = time.monotonic()
    error = failure(endpoint, Script(pieces=("部分",), end=end), timeout=1.0, deadline=1.0)
    assert "超时" in str(error)
    assert error.partial == "部分"
    assert time.monotonic() - started < 9  # the endpoint hangs up after 10


def test_a_server_that_is_down_is_named_as_such() -> None:
    with pytest.raises(EndpointError, match="无法连接"):
        list(engine(closed_url()).stream(QUESTION, SOURCES))


@pytest.mark.parametrize(
    ("script", "says"),
    [
        (Script(pieces=()), "空的回答"),
        (Script(pieces=(), finish=None), "空的回答"),
        (Script(pieces=(" \n", "[9]")), "空的回答"),
        (Script(pieces=("<think>没完",), finish="length"), "ASSISTANT_ANSWER_TOKENS"),
    ],
)
def test_an_empty_reply_is_an_error(endpoint: FakeEndpoint, script: Script, says: str) -> None:
    assert says in str(failure(endpoint, script))


def test_a_key_that_cannot_be_sent_is_an_error_without_the_key(endpoint: FakeEndpoint) -> None:
    asking = LLMEngine(
        Endpoint(endpoint.base_url, "m", "密钥"),
        context_tokens=4000,
        answer_tokens=99,
        timeout=2,
        language="zh",
    )
    with pytest.raises(EndpointError, match="OPENAI_API_KEY") as caught:
        list(asking.stream(QUESTION, SOURCES))
    assert "密钥含有" in str(caught.value)


def test_a_question_that_fills_the_context_asks_nothing(endpoint: FakeEndpoint) -> None:
    with pytest.raises(EndpointError, match="ASSISTANT_CONTEXT_TOKENS"):
        ask(endpoint, Script(), context_tokens=210)
    assert endpoint.requests == []


def test_closing_the_stream_early_closes_the_connection(endpoint: FakeEndpoint) -> None:
    endpoint.script = Script(pieces=("甲",), end="stall")
    stream = engine(endpoint.base_url).stream(QUESTION, SOURCES)
    assert next(stream) == Delta("甲")
    stream.close()
    assert endpoint.hung_up.wait(60)


def test_one_engine_serves_again_after_a_failure(endpoint: FakeEndpoint) -> None:
    asking = engine(endpoint.base_url)
    endpoint.script = Script(status=500)
    with pytest.raises(EndpointError):
        list(asking.stream(QUESTION, SOURCES))
    endpoint.script = Script(pieces=("好。[1]",))
    assert isinstance(list(asking.stream(QUESTION, SOURCES))[-1], Reply)


def test_one_engine_serves_several_readers_at_once(endpoint: FakeEndpoint) -> None:
    endpoint.script = Script(pieces=("甲", "[1]", "。"), pause=0.05)
    asking = engine(endpoint.base_url)
    with ThreadPoolExecutor(4) as pool:
        replies = list(pool.map(lambda _: list(asking.stream(QUESTION, SOURCES))[-1], range(4)))
    assert [reply.text for reply in replies if isinstance(reply, Reply)] == ["甲[1]。"] * 4


def test_credentials_in_the_address_are_not_shown() -> None:
    address = closed_url().replace("http://", "http://user:secret@")
    with pytest.raises(EndpointError) as caught:
        list(engine(address).stream(QUESTION, SOURCES))
    assert "secret" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_the_scripted_server_speaks_to_the_official_client(endpoint: FakeEndpoint) -> None:
    with openai.OpenAI(base_url=endpoint.base_url, api_key=KEY, max_retries=0) as client:
        assert [model.id for model in client.models.list()] == ["scripted"]
        whole = client.chat.completions.create(model="m", messages=[{"role": "user", "content": "在吗"}])
        assert whole.choices[0].message.content == "你好。[1]"
        stream = client.chat.completions.create(
            model="m", messages=[{"role": "user", "content": "在吗"}], stream=True
        )
        assert "".join(chunk.choices[0].delta.content or "" for chunk in stream) == "你好。[1]"
        vectors = client.embeddings.create(model="e", input=["一", "一二"], encoding_format="float").data
        assert [vector.embedding[0] for vector in vectors] == [1.0, 2.0]
        endpoint.script = Script(status=429)
        with pytest.raises(openai.RateLimitError):
            client.embeddings.create(model="e", input="x")


def test_a_redirect_is_not_followed_and_the_other_host_hears_nothing(endpoint: FakeEndpoint) -> None:
    with serve() as other:
        location = ("Location", f"{other.base_url}/chat/completions")
        error = failure(endpoint, Script(status=307, headers=(location,)))
        assert other.requests == []
    assert "OPENAI_BASE_URL" in str(error)
    assert "307" in str(error)
