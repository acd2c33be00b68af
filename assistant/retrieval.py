"""A query to passages: both legs, and their scores added on a common scale."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle
from llama_index.core.vector_stores.types import VectorStoreQuery

from assistant.errors import EmbeddingError, StorageBusyError, StorageError
from assistant.folding import to_simplified, tokenize
from assistant.ledger import Ledger
from assistant.lexical import Lexical
from assistant.nodes import to_node
from assistant.records import Passage, ScoredPassage
from assistant.store import PassageVectorStore

DENSE_WEIGHT = 1.0
CANDIDATES = 50
_QUERIES_KEPT = 256
BUSY = "另一个进程正在写入向量索引，本次只按关键词检索；请稍后再试。"
NO_EMBEDDING = "嵌入模型未能响应，本次只按关键词检索；请运行 python -m assistant doctor 查看原因。"
DAMAGED = "向量索引无法读取，本次只按关键词检索；请运行 python -m assistant ingest --rebuild 加文档路径重建。"
LOST = "向量索引缺失，本次只按关键词检索；请运行 python -m assistant ingest 加文档路径补全。"

Found = Sequence[tuple[Passage, float]]


class Leg(Protocol):
    """One way of finding passages; anything with this method can take a leg's place."""

    def find(self, text: str, k: int) -> Found:
        """The k best passages with their scores, best first."""
        ...


class LexicalRetriever(BaseRetriever):
    """Passages that share words with the query, by BM25."""

    def __init__(self, lexical: Lexical, ledger: Ledger, k: int = CANDIDATES) -> None:
        super().__init__()
        self._lexical = lexical
        self._ledger = ledger
        self._k = k

    def find(self, text: str, k: int) -> Found:
        """See `Leg`."""
        return _hydrated(self._ledger, self._lexical.search(text, k))

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return _nodes(self.find(query_bundle.query_str, self._k))


class DenseRetriever(BaseRetriever):
    """Passages whose vectors are near the query's, by cosine."""

    def __init__(
        self, store: PassageVectorStore, embedder: BaseEmbedding, ledger: Ledger, k: int = CANDIDATES
    ) -> None:
        super().__init__()
        self._store = store
        self._ledger = ledger
        self._k = k
        self._vector = lru_cache(_QUERIES_KEPT)(embedder.get_query_embedding)

    def find(self, text: str, k: int) -> Found:
        """See `Leg`.

        Raises:
            EmbeddingError: the query could not be embedded.
            StorageError: the vectors could not be read.
        """
        query = VectorStoreQuery(query_embedding=self._vector(to_simplified(text)), similarity_top_k=k)
        result = self._store.query(query)
        scored = zip(result.ids or (), result.similarities or (), strict=True)
        return _hydrated(self._ledger, sorted(scored, key=lambda pair: (-pair[1], pair[0])))

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return _nodes(self.find(query_bundle.query_str, self._k))


class HybridRetriever(BaseRetriever):
    """Both legs, each leg's scores made comparable as z-scores over its own candidates, then added.

    Thread-safe. `dense` is None where only the lexical leg serves.
    """

    def __init__(self, lexical: Leg, dense: Leg | None, k: int = 8) -> None:
        super().__init__()
        self._lexical = lexical
        self._dense = dense
        self._k = k

    def search(
        self, text: str, k: int, *, candidates: int = CANDIDATES
    ) -> tuple[list[ScoredPassage], list[str]]:
        """The k best passages, best first, and lines for the reader about a leg that did not serve.

        A text without a word finds nothing. `candidates` is how many each leg brings.
        """
        if k < 1 or not tokenize(text):
            return [], []
        wanted = max(candidates, k)
        words = self._lexical.find(text, wanted)
        meaning, notices = self._meaning(text, wanted, bool(words))
        return _fused(words, meaning)[:k], notices

    def _meaning(self, text: str, k: int, has_words: bool) -> tuple[Found, list[str]]:
        if self._dense is None:
            return (), []
        try:
            found = self._dense.find(text, k)
        except EmbeddingError:
            return (), [NO_EMBEDDING]
        except StorageBusyError:
            return (), [BUSY]
        except StorageError:
            return (), [DAMAGED]
        return found, [LOST] if has_words and not found else []

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        found, _ = self.search(query_bundle.query_str, self._k)
        return _nodes([(item.passage, item.score) for item in found])


def _hydrated(ledger: Ledger, scored: Sequence[tuple[str, float]]) -> Found:
    """The passages of these ids; vectors without one are of an unfinished ingestion and are left out."""
    passages = ledger.passages_by_id(id for id, _ in scored)
    return [(passages[id], score) for id, score in scored if id in passages]


def _nodes(found: Found) -> list[NodeWithScore]:
    return [NodeWithScore(node=to_node(passage), score=score) for passage, score in found]


def _fused(words: Found, meaning: Found) -> list[ScoredPassage]:
    lexical = {passage.id: score for passage, score in words}
    dense = {passage.id: score for passage, score in meaning}
    lexical_z, lexical_floor = _standardised(lexical)
    dense_z, dense_floor = _standardised(dense)
    fused = [
        ScoredPassage(
            passage=passage,
            score=lexical_z.get(id, lexical_floor) + DENSE_WEIGHT * dense_z.get(id, dense_floor),
            dense=dense.get(id),
            lexical=lexical.get(id),
        )
        for id, passage in {passage.id: passage for passage, _ in (*words, *meaning)}.items()
    ]
    return sorted(fused, key=lambda item: (-item.score, item.passage.id))


def _standardised(scores: dict[str, float]) -> tuple[dict[str, float], float]:
    """Each score as its distance from the mean in standard deviations, and the least of them."""
    if not scores:
        return {}, 0.0
    mean = statistics.fmean(scores.values())
    deviation = statistics.pstdev(scores.values()) or 1.0
    standardised = {id: (score - mean) / deviation for id, score in scores.items()}
    return standardised, min(standardised.values())
