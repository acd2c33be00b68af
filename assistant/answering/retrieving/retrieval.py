"""A query to passages: both legs, and their scores added on a common scale."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import replace
from functools import lru_cache
from typing import Protocol

import llama_index.core  # noqa: F401 - first and whole: two threads entering its circle apart break it
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.postprocessor.types import BaseNodePostprocessor
from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle
from llama_index.core.vector_stores.types import VectorStoreQuery

from assistant.answering.retrieving.collapsing import collapse
from assistant.answering.retrieving.fusing import Found, fused
from assistant.answering.retrieving.reranking import reordered
from assistant.answering.understanding.hints import fits, of_periods
from assistant.answering.understanding.mentions import names_in_title
from assistant.errors import EmbeddingError, RerankError, StorageBusyError, StorageError
from assistant.folding import to_simplified, tokenize
from assistant.index.ledger import Ledger
from assistant.index.lexical import Lexical
from assistant.index.nodes import to_node
from assistant.index.reprints import Article
from assistant.index.store import PassageVectorStore
from assistant.languages import Saying
from assistant.records import Filters, Passage, ScoredPassage

CANDIDATES = 50
ENOUGH = 30
"""Candidates of what a question names that spare a leg a search for more of them."""
_TITLED = 2.0
"""What a title that the query names adds to the score, in standard deviations of a leg. Of 227 questions
that name the page they ask of, it brings 100 % to the top instead of 97 %."""
_QUERIES_KEPT = 256
BUSY = Saying(
    "另一个进程正在写入向量索引，本次只按关键词检索；请稍后再试。",
    "Another process is writing to the vector index; this search ran on words alone. Try again later.",
)
NO_EMBEDDING = Saying(
    "嵌入模型未能响应，本次只按关键词检索；请运行 python -m assistant doctor 查看原因。",
    "The embedding model did not answer; this search ran on words alone. Run python -m assistant "
    "doctor to see why.",
)
DAMAGED = Saying(
    "向量索引无法读取，本次只按关键词检索；请运行 python -m assistant ingest --rebuild 加文档路径重建。",
    "The vector index cannot be read; this search ran on words alone. Run python -m assistant ingest "
    "--rebuild with the paths of the documents.",
)
BUILDING = Saying(
    "向量索引正在建立（已完成 {percent}%），其余部分目前只按关键词检索。",
    "The vector index is being built ({percent}% so far); the rest is searched by words alone.",
)
NO_RERANK = Saying(
    "重排服务未能响应，本次沿用自身的排序；请运行 python -m assistant doctor 查看原因。",
    "The reranking endpoint did not answer; our own order stands. Run python -m assistant doctor to see why.",
)
LOST = Saying(
    "向量索引缺失，本次只按关键词检索；请运行 python -m assistant ingest 加文档路径补全。",
    "The vector index is missing; this search ran on words alone. Run python -m assistant ingest with the "
    "paths of the documents.",
)


class Leg(Protocol):
    """One way of finding passages; anything with this method can take a leg's place."""

    def find(self, text: str, k: int, filters: Filters | None = None) -> Found:
        """The k best passages that the filters let in, with their scores, best first.

        Raises:
            QuestionError: a filter that cannot be.
        """
        ...


class DenseLeg(Leg, Protocol):
    """A leg whose index may still be growing."""

    def done(self) -> float:
        """The share of all passages that have a vector, from 0 to 1."""
        ...

    def waiting(self, ids: Iterable[str]) -> Set[str]:
        """Those of the passages that have no vector yet."""
        ...


class LexicalRetriever(BaseRetriever):
    """Passages that share words with the query, by BM25."""

    def __init__(self, lexical: Lexical, ledger: Ledger, k: int = CANDIDATES) -> None:
        super().__init__()
        self._lexical = lexical
        self._ledger = ledger
        self._k = k

    def find(self, text: str, k: int, filters: Filters | None = None) -> Found:
        """See `Leg`."""
        return _hydrated(self._ledger, self._lexical.search(text, k, filters))

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

    def find(self, text: str, k: int, filters: Filters | None = None) -> Found:
        """See `Leg`.

        Raises:
            EmbeddingError: the query could not be embedded.
            StorageError: the vectors could not be read.
        """
        ids = None if filters in (None, Filters()) else self._ledger.ids_with_vector(filters)
        if ids == []:
            return []
        vector = self._vector(to_simplified(text))
        query = VectorStoreQuery(query_embedding=vector, similarity_top_k=k, node_ids=ids)
        result = self._store.query(query)
        scored = zip(result.ids or (), result.similarities or (), strict=True)
        return _hydrated(self._ledger, sorted(scored, key=lambda pair: (-pair[1], pair[0])))

    def done(self) -> float:
        """See `DenseLeg`."""
        waiting = self._ledger.waiting()
        return 1.0 - waiting / self._ledger.count() if waiting else 1.0

    def waiting(self, ids: Iterable[str]) -> Set[str]:
        """See `DenseLeg`."""
        return self._ledger.without_vector(ids)

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return _nodes(self.find(query_bundle.query_str, self._k))


class HybridRetriever(BaseRetriever):
    """Both legs, each leg's scores made comparable as z-scores over its own candidates, then added.

    Thread-safe. `dense` is None where only the lexical leg serves; `groups` are those of the reprints.
    `is_building_seen`: whether the reader follows the building of the dense leg and need not be told of it.
    `titled` gives the titles that a text names, folded, with their rarity from 0 to 1.
    `reranker`: what decides the order of the hits in the end, which it may fail to do with a RerankError.
    """

    def __init__(
        self,
        lexical: Leg,
        dense: DenseLeg | None,
        k: int = 8,
        groups: Callable[[], Mapping[Article, Article]] = dict,
        is_building_seen: Callable[[], bool] = lambda: False,
        reranker: BaseNodePostprocessor | None = None,
        titled: Callable[[str], Mapping[str, float]] = lambda text: {},
    ) -> None:
        super().__init__()
        self._lexical = lexical
        self._dense = dense
        self._k = k
        self._groups = groups
        self._is_building_seen = is_building_seen
        self._reranker = reranker
        self._titled = titled

    def search(
        self,
        text: str,
        k: int,
        *,
        candidates: int = CANDIDATES,
        filters: Filters | None = None,
        near: Filters | None = None,
        shown: Sequence[Passage] = (),
    ) -> tuple[list[ScoredPassage], list[Saying]]:
        """The k best different passages, best first, and lines for the reader about a leg that did not serve.

        A text without a word finds nothing. The same passage of reprints is one hit.

        Args:
            candidates: how many each leg brings; more where reprints among them leave fewer than k hits.
            filters: what the search is limited to.
            near: narrower limits; where few candidates keep to them, the best that do are candidates too.
            shown: passages of an earlier search, which stay rather than their reprints.

        Raises:
            QuestionError: a filter that cannot be.
        """
        if k < 1 or not tokenize(text):
            return [], []
        groups = self._groups()
        wanted, titled = max(candidates, k), self._titled(text)
        while True:
            words = self._lexical.find(text, wanted, filters)
            meaning, notices = self._meaning(text, wanted, filters, bool(words))
            if near is not None and _are_few(words, near):
                words = _joined(words, self._lexical.find(text, candidates, near))
            if near is not None and _are_few(meaning, near):
                meaning = _joined(meaning, self._meaning(text, candidates, near, False)[0])
            both = preferring(self._fused(words, meaning), titled)
            hits = collapse(of_periods(both, near.periods) if near else both, groups, shown)
            if len(hits) >= k or max(len(words), len(meaning)) < wanted:
                hits, said = self._reordered(text, hits)
                return hits[:k], notices + said
            wanted *= 4

    def _reordered(self, text: str, hits: list[ScoredPassage]) -> tuple[list[ScoredPassage], list[Saying]]:
        if self._reranker is None:
            return hits, []
        try:
            return reordered(self._reranker, text, hits), []
        except RerankError:
            return hits, [NO_RERANK]

    def _meaning(
        self, text: str, k: int, filters: Filters | None, has_words: bool
    ) -> tuple[Found, list[Saying]]:
        if self._dense is None:
            return (), []
        done = self._dense.done()
        is_seen = done < 1 and self._is_building_seen()
        building = [BUILDING.filled(percent=int(100 * done))] if done < 1 and not is_seen else []
        try:
            found = self._dense.find(text, k, filters) if done else ()
        except EmbeddingError:
            return (), [NO_EMBEDDING]
        except StorageBusyError:
            return (), building or ([] if is_seen else [BUSY])
        except StorageError:
            return (), [DAMAGED]
        return found, building or ([LOST] if has_words and not found and not is_seen else [])

    def _fused(self, words: Found, meaning: Found) -> list[ScoredPassage]:
        missed = {passage.id for passage, _ in words} - {passage.id for passage, _ in meaning}
        return fused(words, meaning, self._dense.waiting(missed) if self._dense and meaning else set())

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        found, _ = self.search(query_bundle.query_str, self._k)
        return _nodes([(item.passage, item.score) for item in found])


def preferring(hits: list[ScoredPassage], titled: Mapping[str, float]) -> list[ScoredPassage]:
    """The hits with those raised whose article has one of the titles, the more the rarer that is."""
    if not titled:
        return hits
    raised = [
        replace(hit, score=hit.score + _TITLED * max((titled.get(name, 0.0) for name in names), default=0.0))
        for hit in hits
        for names in [names_in_title(hit.passage.metadata.title)]
    ]
    return sorted(raised, key=lambda item: (-item.score, item.passage.id))


def _are_few(found: Found, near: Filters) -> bool:
    return sum(fits(passage, near) for passage, _ in found) < ENOUGH


def _joined(found: Found, more: Found) -> Found:
    """Both, each passage once; its score is the same in either."""
    return list({passage.id: (passage, score) for passage, score in (*found, *more)}.values())


def _hydrated(ledger: Ledger, scored: Sequence[tuple[str, float]]) -> Found:
    """The passages of these ids; vectors without one are of an unfinished ingestion and are left out."""
    passages = ledger.passages_by_id(id for id, _ in scored)
    return [(passages[id], score) for id, score in scored if id in passages]


def _nodes(found: Found) -> list[NodeWithScore]:
    return [NodeWithScore(node=to_node(passage), score=score) for passage, score in found]
