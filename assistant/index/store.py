"""The vectors: one Chroma collection, shared by readers and written by one process at a time."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from math import log
from pathlib import Path
from typing import Any

import llama_index.core  # noqa: F401 - first and whole: two threads entering its circle apart break it
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.schema import BaseNode, MetadataMode
from llama_index.core.vector_stores.types import VectorStoreQuery, VectorStoreQueryResult
from llama_index.core.vector_stores.utils import node_to_metadata_dict
from llama_index.vector_stores.chroma import ChromaVectorStore

from assistant.errors import AssistantError, IndexMismatchError, StorageError
from assistant.index.locks import READER_WAIT, VECTORS, VectorLock

COLLECTION = "passages"
_BATCH = 500
_LOOKED_AT = 1000
"""Neighbours that a search keeps in sight. With Chroma's 100, 3 or 4 of 49 questions got other passages at
the end of their 50 from one opening of an index of 3,600 to the next; with 1,000 none, in the same time."""
_PAGE = 20_000
_UNOPENED = object()


class PassageVectorStore(ChromaVectorStore):
    """LlamaIndex's Chroma store with our ids, upserts, cosine similarity and locks. Thread-safe.

    Every method raises StorageBusyError when another process holds the vectors for too long, and
    StorageError when Chroma cannot use them.
    """

    _directory: Path = PrivateAttr()
    _lock: VectorLock = PrivateAttr()
    _chroma: Any = PrivateAttr(default=None)
    _collection: Any = PrivateAttr()
    _seen: int = PrivateAttr(default=-1)

    def __init__(self, storage: Path) -> None:
        # Opened when first used: a damaged directory must not keep the lexical leg from serving.
        super().__init__(chroma_collection=_UNOPENED, collection_name=COLLECTION)
        self._directory = storage / VECTORS
        self._lock = VectorLock(storage)

    def add(self, nodes: Sequence[BaseNode], **add_kwargs: Any) -> list[str]:
        """Insert or replace nodes that carry embeddings; returns their ids.

        Raises:
            IndexMismatchError: the vectors have another dimension than the collection.
        """
        for start in range(0, len(nodes), _BATCH):
            batch = nodes[start : start + _BATCH]
            rows = [node_to_metadata_dict(node, remove_text=True, flat_metadata=True) for node in batch]
            with _mapped(self._directory), self._writing():
                self._collection.upsert(
                    ids=[node.node_id for node in batch],
                    embeddings=[node.get_embedding() for node in batch],
                    metadatas=[{key: "" if v is None else v for key, v in row.items()} for row in rows],
                    documents=[node.get_content(MetadataMode.NONE) for node in batch],
                )
        return [node.node_id for node in nodes]

    def delete_nodes(self, node_ids: list[str] | None = None, filters: Any = None, **kwargs: Any) -> None:
        """Forget these ids; unknown ones are no error. Filters are not served."""
        ids = node_ids or []
        for start in range(0, len(ids), _BATCH):
            with _mapped(self._directory), self._writing():
                self._collection.delete(ids=ids[start : start + _BATCH])

    def delete(self, ref_doc_id: str, **delete_kwargs: Any) -> None:
        """Forget a document's nodes."""
        with _mapped(self._directory), self._writing():
            super().delete(ref_doc_id, **delete_kwargs)

    def clear(self) -> None:
        """Forget every vector, and remove the files that held them, damaged ones too."""
        with _mapped(self._directory), self._lock.writing() as count:
            self._close()
            shutil.rmtree(self._directory, ignore_errors=True)
            self._open(count + 1)

    def get_nodes(self, node_ids: list[str] | None = None, filters: Any = None) -> list[BaseNode]:
        """The nodes of these ids, or all; without their vectors."""
        with _mapped(self._directory), self._reading():
            return list(super().get_nodes(node_ids, filters))

    def query(self, query: VectorStoreQuery, **kwargs: Any) -> VectorStoreQueryResult:
        """The nearest nodes, best first; `similarities` are cosines from -1 to 1.

        With `query.node_ids` the nearest of these, and none where there are none.
        """
        with _mapped(self._directory), self._reading():
            if query.node_ids is None:
                result = super().query(query, **kwargs)
            else:
                result = self._nearest_of(query.node_ids, query, **kwargs)
        # The base class hands out exp(-distance), and the distance is one minus the cosine.
        result.similarities = [1.0 + log(value) for value in result.similarities or ()]
        return result

    def ids(self) -> set[str]:
        """Every id that has a vector."""
        found: set[str] = set()
        with _mapped(self._directory), self._reading():
            for offset in range(0, self._collection.count(), _PAGE):
                found.update(self._collection.get(include=[], limit=_PAGE, offset=offset)["ids"])
        return found

    def count(self) -> int:
        """How many vectors there are."""
        with _mapped(self._directory), self._reading():
            return int(self._collection.count())

    def close(self) -> None:
        """Give back Chroma's files; the next use opens them again."""
        with _mapped(self._directory):
            self._close()

    def _nearest_of(self, ids: list[str], query: VectorStoreQuery, **kwargs: Any) -> VectorStoreQueryResult:
        from chromadb.errors import InternalError

        if not ids:
            return VectorStoreQueryResult(nodes=[], similarities=[], ids=[])
        try:
            return super().query(query, ids=ids, **kwargs)
        except InternalError:
            # Chroma fails if only one of the ids has no vector.
            slices = (ids[start : start + _PAGE] for start in range(0, len(ids), _PAGE))
            known = [id for part in slices for id in self._collection.get(ids=part, include=[])["ids"]]
            if len(known) == len(ids):
                raise
            return self._nearest_of(known, query, **kwargs)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with self._lock.shared() as count:
            if self._is_current(count):
                yield
                return
        with self._lock.exclusive(READER_WAIT) as count:
            self._open(count)
            yield

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._lock.writing() as count:
            if not self._is_current(count):
                self._open(count)
            self._seen = count + 1
            yield

    def _is_current(self, count: int) -> bool:
        """Whether no other process has written since this one opened; a stale client fails or misses rows."""
        return self._chroma is not None and count == self._seen and self._directory.exists()

    def _open(self, count: int) -> None:
        self._close()
        self._chroma, self._collection = _connect(self._directory)
        self._seen = count

    def _close(self) -> None:
        if self._chroma is not None:
            self._chroma.close()
        self._chroma = None
        self._collection = _UNOPENED


def _connect(directory: Path) -> tuple[Any, Any]:
    """A client of its own and the collection, made if there is none."""
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.config import Settings

    # Chroma keeps one engine a path for the whole process, also when the files have changed under it.
    SharedSystemClient._identifier_to_system.pop(str(directory), None)
    client = chromadb.PersistentClient(str(directory), settings=Settings(anonymized_telemetry=False))
    collection = client.get_or_create_collection(
        COLLECTION,
        embedding_function=None,
        configuration={"hnsw": {"space": "cosine", "ef_search": _LOOKED_AT}},
    )
    return client, collection


@contextmanager
def _mapped(directory: Path) -> Iterator[None]:
    """Chroma's errors as ours."""
    from chromadb.errors import InvalidArgumentError

    try:
        yield
    except AssistantError:
        raise
    except InvalidArgumentError as error:
        raise IndexMismatchError(
            f"{directory} does not take these vectors ({error}); "
            "run: python -m assistant ingest --rebuild PATH…"
        ) from error
    except Exception as error:
        raise StorageError(
            f"{directory} cannot be used ({type(error).__name__}: {error}); "
            "run: python -m assistant ingest --rebuild PATH…"
        ) from error
