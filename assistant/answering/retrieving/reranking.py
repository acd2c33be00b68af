"""Passages put into a new order by a reranking model behind an HTTP endpoint.

Two forms are spoken. Jina, Cohere, vLLM, llama.cpp and Xinference take `documents` and answer
`{"results": [{"index", "relevance_score"}]}`; Text Embeddings Inference takes `texts` and answers
`[{"index", "score"}]`. The first form is tried first; a server that refuses it is asked in the other one
and from then on only in that.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.postprocessor.types import BaseNodePostprocessor
from llama_index.core.schema import MetadataMode, NodeWithScore, QueryBundle

from assistant.errors import RerankError
from assistant.folding import to_simplified
from assistant.index.nodes import to_node
from assistant.records import ScoredPassage
from assistant.settings import Endpoint

MOST_TEXTS = 32
"""Texts in one request: what Text Embeddings Inference takes unless it is told to take more."""
TEXT_CHARACTERS = 1000
_QUERY_CHARACTERS = 300
_REPLY_BYTES = 4 << 20
_REST_SECONDS = 30.0
"""How long an endpoint that failed is left alone, so that not every search waits for it."""
_APART = 1e-6
"""By how much equal scores are set apart, so that they keep the order."""
_OK = 200
_REFUSED_FORM = (400, 422)
_SLOW = "did not answer in time; raise ASSISTANT_RERANK_TIMEOUT or use a smaller model"
_NO_SCORES = "gave a reply that holds no scores of the texts; check ASSISTANT_RERANK_BASE_URL"
_UNREACHABLE = "cannot be reached; check ASSISTANT_RERANK_BASE_URL and that the server runs"
_OTHER_STATUS = "look into the log of the server"
_MOVED = "it sends on to another address; put the final one into ASSISTANT_RERANK_BASE_URL"
_HELP = {
    **dict.fromkeys((301, 302, 303, 307, 308), _MOVED),
    400: "check ASSISTANT_RERANK_MODEL and the length of texts that it accepts",
    401: "check ASSISTANT_RERANK_API_KEY",
    403: "check ASSISTANT_RERANK_API_KEY",
    404: "check ASSISTANT_RERANK_BASE_URL, to which /rerank is added, and ASSISTANT_RERANK_MODEL",
    413: "lower ASSISTANT_PASSAGE_CHARACTERS or let the server take longer texts",
    422: "check that ASSISTANT_RERANK_MODEL is a reranker",
    429: "too many requests or no credit left; try later",
}


class EndpointReranker(BaseNodePostprocessor):
    """A `/rerank` endpoint as a LlamaIndex postprocessor. Thread-safe."""

    _endpoint: Endpoint = PrivateAttr()
    _timeout: float = PrivateAttr()
    _client: Any = PrivateAttr()
    _takes_texts: bool = PrivateAttr(default=False)
    _resting_until: float = PrivateAttr(default=0.0)

    def __init__(self, endpoint: Endpoint, timeout: float) -> None:
        """`timeout`: seconds that a request may take from its beginning to its end."""
        super().__init__()
        import httpx

        self._endpoint = endpoint
        self._timeout = timeout
        headers = {"Content-Type": "application/json", "Accept-Encoding": "identity"}
        if endpoint.api_key:
            headers["Authorization"] = f"Bearer {endpoint.api_key}"
        # Following a redirect would hand question, passages and key to a host that nobody chose.
        self._client = httpx.Client(timeout=timeout, headers=headers, follow_redirects=False)

    def scores(self, query: str, texts: Sequence[str]) -> dict[int, float]:
        """The score of each text by its place in `texts`; without those that the endpoint left out.

        Raises:
            RerankError: it failed, was too slow, or sent what are no scores of these texts.
        """
        where = f"the rerank endpoint at {urlsplit(self._endpoint.base_url).netloc}"
        if time.monotonic() < self._resting_until:
            raise RerankError(
                f"{where} failed a moment ago and is left alone for {_REST_SECONDS:.0f} seconds"
            )
        try:
            asked = _cut(query, _QUERY_CHARACTERS), [_cut(text, TEXT_CHARACTERS) for text in texts]
            return _read(self._asked(*asked), len(texts))
        except _Failure as failure:
            self._resting_until = time.monotonic() + _REST_SECONDS
            raise RerankError(f"{where} {failure}") from None

    def _asked(self, query: str, texts: list[str]) -> bytes:
        """The body of the reply."""
        deadline = time.monotonic() + self._timeout
        documents = {"model": self._endpoint.model, "query": query, "documents": texts, "top_n": len(texts)}
        in_texts = {"query": query, "texts": texts, "truncate": True}
        first, other = (in_texts, documents) if self._takes_texts else (documents, in_texts)
        status, body = self._posted(first, deadline)
        if status in _REFUSED_FORM:
            second, reply = self._posted(other, deadline)
            if second == _OK:
                self._takes_texts = other is in_texts
                return reply
        if status != _OK:
            raise _Failure(f"answered with status {status}; {_HELP.get(status, _OTHER_STATUS)}")
        return body

    def _posted(self, body: Mapping[str, object], deadline: float) -> tuple[int, bytes]:
        import httpx

        content = json.dumps(body).encode()
        url, seconds = f"{self._endpoint.base_url}/rerank", max(deadline - time.monotonic(), 0.1)
        received = b""
        try:
            with self._client.stream("POST", url, content=content, timeout=seconds) as response:
                for piece in response.iter_bytes():
                    received += piece
                    if time.monotonic() > deadline:
                        raise _Failure(_SLOW)
                    if len(received) > _REPLY_BYTES:
                        raise _Failure(_NO_SCORES)
                return response.status_code, received
        except httpx.TimeoutException:
            raise _Failure(_SLOW) from None
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError):
            raise _Failure(_UNREACHABLE) from None

    def _postprocess_nodes(
        self, nodes: list[NodeWithScore], query_bundle: QueryBundle | None = None
    ) -> list[NodeWithScore]:
        """The nodes in the endpoint's order; those that it left out or was not asked for come last.

        Raises:
            RerankError: as `scores`.
        """
        if query_bundle is None or len(nodes) < 2:
            return nodes
        texts = [item.node.get_content(MetadataMode.EMBED) for item in nodes[:MOST_TEXTS]]
        scores = self.scores(query_bundle.query_str, texts)
        order = sorted(scores, key=lambda place: (-scores[place], place))
        ranked = [NodeWithScore(node=nodes[place].node, score=scores[place]) for place in order]
        return ranked + [item for place, item in enumerate(nodes) if place not in scores]


def reordered(
    reranker: BaseNodePostprocessor, text: str, hits: Sequence[ScoredPassage]
) -> list[ScoredPassage]:
    """The hits in the reranker's order.

    The best one gets the best of our own scores, the second the second and so on: whatever works with the
    scores finds them on the scale that it knows, and what several searches found can be compared.

    Args:
        hits: best first.

    Raises:
        RerankError: as the reranker does.
    """
    nodes = [NodeWithScore(node=to_node(hit.passage)) for hit in hits]
    by_id = {hit.passage.id: hit for hit in hits}
    ranked = reranker.postprocess_nodes(nodes, query_str=to_simplified(text))
    scores = (hit.score - _APART * place for place, hit in enumerate(hits))
    return [
        replace(by_id[item.node.node_id], score=score, rerank=item.score)
        for item, score in zip(ranked, scores, strict=True)
    ]


class _Failure(Exception):
    """What happened and which setting to look at; not the endpoint's words, which may repeat the key."""


def _cut(text: str, length: int) -> str:
    """No longer than `length`, and without what has no place in JSON."""
    return text[:length].encode("utf-8", "replace").decode()


def _read(body: bytes, count: int) -> dict[int, float]:
    """The scores in a reply of either form, checked one by one."""
    try:
        value = json.loads(body)
        rows = value["results"] if isinstance(value, dict) else value
        found = {row["index"]: _number(row) for row in rows}
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        raise _Failure(_NO_SCORES) from None
    places = all(type(place) is int and 0 <= place < count for place in found)
    if not found or not places or not all(map(math.isfinite, found.values())):
        raise _Failure(_NO_SCORES)
    return found


def _number(row: Mapping[str, object]) -> float:
    score = row["relevance_score"] if "relevance_score" in row else row["score"]
    if not isinstance(score, int | float) or isinstance(score, bool):
        raise TypeError(score)
    return float(score)
