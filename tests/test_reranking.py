"""A reranking endpoint of either form decides the order of what is found; if it fails our own order holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from endpoint import FakeEndpoint, Json, Script, closed_url, serve
from llama_index.core.schema import NodeWithScore, TextNode
from storing import put

from assistant.answering.retrieving.reranking import MOST_TEXTS, EndpointReranker
from assistant.answering.retrieving.retrieval import NO_RERANK
from assistant.errors import RerankError
from assistant.records import Metadata, Passage
from assistant.service import Assistant
from assistant.settings import Endpoint, Settings

KEY = "sk-very-secret"
TEXTS = ["甲地基站", "乙地基站", "丙地基站"]


@pytest.fixture
def server() -> Iterator[FakeEndpoint]:
    with serve() as running:
        yield running


def reranker(base_url: str, timeout: float = 60.0) -> EndpointReranker:
    return EndpointReranker(Endpoint(base_url, "bge-reranker", KEY), timeout)


def results(*pairs: tuple[Any, Any]) -> tuple[int, Json]:
    return 200, {"results": [{"index": index, "relevance_score": score} for index, score in pairs]}


def like_tei(request: Json) -> tuple[int, Any]:
    if "texts" not in request:
        return 422, b"Failed to deserialize the JSON body: missing field `texts`"
    return 200, [{"index": 1, "score": 0.9}, {"index": 0, "score": 0.2}, {"index": 2, "score": 0.1}]


def nodes(texts: Sequence[str]) -> list[NodeWithScore]:
    return [NodeWithScore(node=TextNode(text=text, id_=text), score=1.0) for text in texts]


def test_it_is_a_postprocessor_that_orders_nodes_by_the_endpoint_s_scores(server: FakeEndpoint) -> None:
    server.rerank = lambda _: results((2, 7.5), (0, -2.0), (1, 0.5))
    ranked = reranker(server.base_url).postprocess_nodes(nodes(TEXTS), query_str="丙地")
    assert [(item.node.node_id, item.score) for item in ranked] == [
        ("丙地基站", 7.5),
        ("乙地基站", 0.5),
        ("甲地基站", -2.0),
    ]
    asked = {"model": "bge-reranker", "query": "丙地", "documents": TEXTS, "top_n": 3}
    assert server.requests == [asked]
    assert server.headers[0]["Authorization"] == f"Bearer {KEY}"


def test_a_server_that_takes_texts_is_found_out_once(server: FakeEndpoint) -> None:
    server.rerank = like_tei
    asking = reranker(server.base_url)
    for _ in range(2):
        assert asking.scores("乙地", TEXTS) == {1: 0.9, 0: 0.2, 2: 0.1}
    assert ["texts" in request for request in server.requests] == [False, True, True]
    assert server.requests[-1]["truncate"] is True


def test_a_server_without_a_key_is_sent_none(server: FakeEndpoint) -> None:
    server.rerank = lambda _: results((0, 1.0))
    EndpointReranker(Endpoint(server.base_url, "m"), 5.0).scores("问", ["甲"])
    assert "Authorization" not in server.headers[0]


def test_what_the_endpoint_left_out_or_was_not_sent_keeps_its_order_behind(server: FakeEndpoint) -> None:
    server.rerank = lambda _: results((3, 0.4), (1, 0.4))
    many = [f"第{n}段" for n in range(MOST_TEXTS + 3)]
    ranked = reranker(server.base_url).postprocess_nodes(nodes(many), query_str="段")
    rest = [text for text in many if text not in ("第1段", "第3段")]
    assert [item.node.node_id for item in ranked] == ["第1段", "第3段", *rest]
    assert len(server.requests[0]["documents"]) == MOST_TEXTS


def test_long_texts_are_cut_and_lone_surrogates_are_not_sent(server: FakeEndpoint) -> None:
    server.rerank = lambda _: results((0, 1.0))
    reranker(server.base_url).scores("问" * 9000, ["字" * 9000, "\ud800甲"])
    sent = server.requests[0]
    assert len(sent["query"]) < 1000 and len(sent["documents"][0]) == 1000
    assert sent["documents"][1] == "?甲"


@pytest.mark.parametrize(
    "body",
    [
        b"<html>no json",
        b"[" * 100_000,
        [],
        {"results": []},
        {"results": None},
        {"data": []},
        [1, 2],
        [{"index": 0}],
        [{"index": 3, "score": 1.0}],
        [{"index": -1, "score": 1.0}],
        [{"index": True, "score": 1.0}],
        [{"index": "0", "score": 1.0}],
        [{"index": [], "score": 1.0}],
        [{"index": 0, "score": None}],
        [{"index": 0, "score": "0.5"}],
        b'[{"index": 0, "score": NaN}]',
        b'[{"index": 0, "score": 1e999}]',
        b'[{"index": 0, "score": ' + b"9" * 400 + b"}]",
        b"\xff\xfe",
    ],
    ids=lambda body: repr(body)[:40],
)
def test_a_reply_without_scores_of_the_texts_is_refused(server: FakeEndpoint, body: object) -> None:
    server.rerank = lambda _: (200, body)
    with pytest.raises(RerankError, match="no scores of the texts; check ASSISTANT_RERANK_BASE_URL"):
        reranker(server.base_url).scores("问", TEXTS)


@pytest.mark.parametrize(
    ("status", "advice"),
    [
        (401, "ASSISTANT_RERANK_API_KEY"),
        (404, "ASSISTANT_RERANK_BASE_URL"),
        (422, "ASSISTANT_RERANK_MODEL"),
        (500, "log of the server"),
        (307, "put the final one"),
    ],
)
def test_an_error_is_one_line_with_its_status_and_advice_and_without_the_key(
    server: FakeEndpoint, status: int, advice: str
) -> None:
    with serve() as elsewhere:
        headers = (("Location", f"{elsewhere.base_url}/rerank"),)
        server.script = Script(status=status, headers=headers, error=(f"bad key {KEY}", None))
        with pytest.raises(RerankError) as caught:
            reranker(server.base_url).scores("问", TEXTS)
        assert elsewhere.requests == []
    said = str(caught.value)
    assert f"status {status}" in said and advice in said
    assert KEY not in said and "\n" not in said
    assert caught.value.__cause__ is None and KEY not in repr(reranker(server.base_url))


def test_a_slow_endpoint_is_given_up_in_time(server: FakeEndpoint) -> None:
    server.script = Script(pause=5.0)
    with pytest.raises(RerankError, match="did not answer in time; raise ASSISTANT_RERANK_TIMEOUT"):
        reranker(server.base_url, 0.2).scores("问", TEXTS)


def test_an_endpoint_that_failed_is_left_alone_for_a_while(server: FakeEndpoint) -> None:
    server.script = Script(status=500)
    asking = reranker(server.base_url)
    with pytest.raises(RerankError, match="status 500"):
        asking.scores("问", TEXTS)
    server.script = Script()
    with pytest.raises(RerankError, match="left alone for 30 seconds"):
        asking.scores("问", TEXTS)
    assert len(server.requests) == 1


def test_an_endpoint_that_is_not_there_is_told() -> None:
    with pytest.raises(RerankError, match="cannot be reached; check ASSISTANT_RERANK_BASE_URL"):
        reranker(closed_url()).scores("问", TEXTS)


def assistant(storage: Path, base_url: str) -> Assistant:
    """Three documents that words alone would rank a, b, c."""
    settings = Settings(
        storage=storage, embedder="none", rerank=Endpoint(base_url, "bge-reranker", KEY), rerank_timeout=60
    )
    opened = Assistant.open(settings)
    for name, text in (
        ("a.txt", "甲地建成基站，基站三百个。"),
        ("b.txt", "乙地今年新建成基站四百个。"),
        ("c.txt", "丙地在山区和海岛新建成基站五百个。"),
    ):
        put(opened._database, Passage(name, name, 0, text, 0, len(text), Metadata(title="通信")))
    return opened


def favouring(word: str) -> Any:
    def score(request: Json) -> tuple[int, Json]:
        return results(*((at, float(word in text)) for at, text in enumerate(request["documents"])))

    return score


def test_the_endpoint_s_order_holds_in_search_and_its_failure_is_told_in_the_answer(
    tmp_path: Path, server: FakeEndpoint
) -> None:
    with assistant(tmp_path, server.base_url) as asked:
        server.rerank = favouring("海岛")
        found = asked.search("建成基站多少个", 3)
        assert [hit.passage.document for hit in found] == ["c.txt", "a.txt", "b.txt"]
        assert found[0].score > found[1].score > found[2].score
        assert server.requests[0]["documents"][0].startswith("通信\n")
        server.script = Script(status=500)
        assert [hit.passage.document for hit in asked.search("建成基站多少个", 3)] == [
            "a.txt",
            "b.txt",
            "c.txt",
        ]
        answer = asked.ask("丙地建成基站多少个？")
        assert NO_RERANK.zh in answer.notices and "五百个" in answer.text


def test_doctor_asks_the_endpoint_and_says_what_to_mend(tmp_path: Path, server: FakeEndpoint) -> None:
    with assistant(tmp_path, server.base_url) as asked:
        server.rerank = lambda _: results((0, 0.1), (1, 0.2))
        check = next(check for check in asked.doctor() if check.name == "reranker")
        assert check.ok and "bge-reranker scored two texts" in check.detail
        server.script = Script(status=401)
        check = next(check for check in asked.doctor() if check.name == "reranker")
        assert not check.ok and "ASSISTANT_RERANK_API_KEY" in check.detail and KEY not in check.detail
