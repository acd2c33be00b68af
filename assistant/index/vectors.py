"""Which passages have a vector, and the vectors themselves, kept by the content that they were made from.

SQLite is the truth. A passage whose `embedded` is 0 waits for its vector; a vector that was made once is
kept under the hash of its text, so that a reprint, a renamed file or a rebuilt index costs none again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import llama_index.core  # noqa: F401 - first and whole: two threads entering its circle apart break it
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.ingestion import IngestionPipeline
from llama_index.core.schema import BaseNode, TransformComponent

from assistant.index import bookkeeping, rows
from assistant.index.database import Database
from assistant.index.dense import DenseParts
from assistant.index.embeddings import PassageEmbedding
from assistant.index.indexed_text import content_key, embedding_text
from assistant.index.ledger import VECTORS, Ledger
from assistant.index.nodes import to_node, to_passage
from assistant.index.store import PassageVectorStore
from assistant.records import Passage, Progress, Stage

_BATCH = 64


@dataclass(frozen=True, slots=True)
class Drift:
    """Where vectors and SQLite differ: ids of passages without a vector, ids of vectors without a passage."""

    missing: frozenset[str]
    unknown: frozenset[str]


def drift(book: Ledger, store: PassageVectorStore) -> Drift:
    """Compare the two; once everything is embedded, nothing of either is the normal state."""
    passages, vectors = book.passage_ids(), store.ids()
    return Drift(frozenset(passages - vectors), frozenset(vectors - passages))


class VectorIndex:
    """The vectors of all passages, kept in line with SQLite. For the one process that writes."""

    def __init__(self, database: Database, book: Ledger, dense: DenseParts) -> None:
        self._database = database
        self._book = book
        self._dense = dense

    def forget(self, ids: Iterable[str]) -> None:
        """Delete the vectors of passages that are gone."""
        self._dense.store.delete_nodes(sorted(ids))

    def complete(self, report: Callable[[Progress], None]) -> int:
        """Give every waiting passage its vector, batch by batch; returns how many got one.

        Each batch is kept when it is done, so that a stop costs one batch at most.

        Raises:
            EmbeddingError: the embedder failed.
            IndexMismatchError: the embedder's vectors have another length than those of the index.
            StorageError: Chroma cannot be read or written.
        """
        self._settle_dimension()
        if self._book.noted(VECTORS) != self._dense.state():
            self._reconcile()
        total = self._book.waiting()
        done = self._embed(total, report) if total else 0
        state = self._dense.state()
        with self._database.writing(counts=False) as connection:
            bookkeeping.note(connection, VECTORS, state)
        return done

    def clear(self) -> None:
        """Throw every vector out of Chroma; all passages wait again, for vectors that are kept here."""
        self._dense.store.clear()
        with self._database.writing(counts=False) as connection:
            connection.execute("UPDATE passages SET embedded = 0")

    def _settle_dimension(self) -> None:
        """Record how long the vectors are where only the embedder knew it, and see that they stay so."""
        stored = self._book.identity()
        if stored is None:
            return
        wanted = replace(stored, dimension=self._dense.embedder.dimension)
        self._book.require(wanted)
        with self._database.writing(counts=False) as connection:
            bookkeeping.set_identity(connection, wanted)
            # Vectors of another length were made by what bore this name before.
            connection.execute("DELETE FROM vectors WHERE length(vector) != ?", (4 * wanted.dimension,))

    def _reconcile(self) -> None:
        """See what a killed ingestion or a lost directory left: strangers go, what is missing waits again."""
        difference = drift(self._book, self._dense.store)
        self._dense.store.delete_nodes(sorted(difference.unknown))
        with self._database.writing(counts=False) as connection:
            _mark(connection, difference.missing, embedded=0)

    def _embed(self, total: int, report: Callable[[Progress], None]) -> int:
        pipeline = IngestionPipeline(
            transformations=[KeptEmbedding(self._database, self._dense.embedder)],
            vector_store=self._dense.store,
            disable_cache=True,
        )
        done = 0
        report(Progress(Stage.EMBEDDING, done, total))
        while passages := self._next():
            pipeline.run(nodes=[to_node(passage) for passage in passages])
            with self._database.writing(counts=False) as connection:
                _mark(connection, [passage.id for passage in passages], embedded=1)
            done += len(passages)
            report(Progress(Stage.EMBEDDING, done, total, passages[-1].document))
        return done

    def _next(self) -> list[Passage]:
        with self._database.reading() as connection:
            found = connection.execute(
                "SELECT * FROM passages WHERE embedded = 0 ORDER BY row LIMIT ?", (_BATCH,)
            )
            return [rows.to_passage(row) for row in found]


class KeptEmbedding(TransformComponent):
    """The embedder, asked only for the texts that it has not embedded before."""

    _database: Database = PrivateAttr()
    _embedder: PassageEmbedding = PrivateAttr()

    def __init__(self, database: Database, embedder: PassageEmbedding) -> None:
        super().__init__()
        self._database = database
        self._embedder = embedder

    def __call__(self, nodes: Sequence[BaseNode], **kwargs: Any) -> list[BaseNode]:
        passages = {node.node_id: to_passage(node) for node in nodes}
        keys = {id: content_key(passage) for id, passage in passages.items()}
        kept = self._kept(set(keys.values()))
        texts = {keys[id]: embedding_text(p) for id, p in passages.items() if keys[id] not in kept}
        made = dict(zip(texts, self._embedder.get_text_embedding_batch(list(texts.values())), strict=True))
        self._keep(made)
        for node in nodes:
            key = keys[node.node_id]
            node.embedding = made.get(key) or kept[key]
        return list(nodes)

    def _kept(self, keys: Iterable[str]) -> dict[str, list[float]]:
        wanted = sorted(keys)
        marks = ",".join("?" * len(wanted))
        with self._database.reading() as connection:
            found = connection.execute(f"SELECT * FROM vectors WHERE content IN ({marks})", wanted)
            return {row["content"]: rows.bytes_to_vector(row["vector"]) for row in found}

    def _keep(self, made: Mapping[str, Sequence[float]]) -> None:
        if made:
            with self._database.writing(counts=False) as connection:
                connection.executemany(
                    "INSERT OR REPLACE INTO vectors VALUES (?, ?)",
                    ((key, rows.vector_to_bytes(vector)) for key, vector in made.items()),
                )


def _mark(connection: sqlite3.Connection, ids: Iterable[str], *, embedded: int) -> None:
    connection.executemany("UPDATE passages SET embedded = ? WHERE id = ?", ((embedded, id) for id in ids))
