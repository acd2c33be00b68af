"""Plain LlamaIndex over Chroma with its defaults: what benchmarks compare with. For PDFs and text files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import StorageError
from assistant.records import Metadata, Passage, ScoredPassage

if TYPE_CHECKING:
    from llama_index.core import VectorStoreIndex

    from assistant.index.embeddings import PassageEmbedding

_COLLECTION = "peer"
_WHOLE = "whole"
"""The file that a finished index has: a hash of what it was built from."""


def texts_of(folder: Path) -> dict[str, str]:
    """The text of every file, by its path in the folder, as the PDF library or the file itself gives it."""
    return {path.relative_to(folder).as_posix(): _text(path) for path in _files(folder)}


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _text(path: Path) -> str:
    import pypdfium2

    if path.suffix.lower() != ".pdf":
        return path.read_text(encoding="utf-8", errors="replace")
    with pypdfium2.PdfDocument(path) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def index_of(
    texts: Mapping[str, str], directory: Path, embedder: PassageEmbedding, *, show: bool = False
) -> VectorStoreIndex:
    """The index of the texts in a directory: built there, or opened where it is whole already.

    Args:
        show: LlamaIndex shows its progress on stderr.

    Raises:
        StorageError: the directory holds something else.
    """
    from llama_index.core import VectorStoreIndex

    key = _key(texts, embedder)
    mark = directory / _WHOLE
    if mark.exists() and mark.read_text("utf-8") == key:
        return VectorStoreIndex.from_vector_store(_store(directory), embed_model=embedder)
    if directory.exists() and any(directory.iterdir()):
        raise StorageError(f"{directory} holds no whole index of these texts; remove it or name another")
    index = _built(texts, directory, embedder, show)
    mark.write_text(key, "utf-8")
    return index


def size_of(index: VectorStoreIndex) -> int:
    """How many chunks the index holds."""
    store: Any = index.vector_store
    count: int = store.client.count()
    return count


def found(index: VectorStoreIndex, question: str, k: int) -> list[ScoredPassage]:
    """The k nearest chunks, best first, as the product's own records."""
    nodes = index.as_retriever(similarity_top_k=k).retrieve(question)
    return [
        ScoredPassage(_passage(hit.node, rank), score=hit.score or 0.0, dense=hit.score, lexical=None)
        for rank, hit in enumerate(nodes)
    ]


def _built(
    texts: Mapping[str, str], directory: Path, embedder: PassageEmbedding, show: bool
) -> VectorStoreIndex:
    from llama_index.core import Document, StorageContext, VectorStoreIndex

    documents = [Document(text=text, doc_id=name) for name, text in texts.items() if text.strip()]
    context = StorageContext.from_defaults(vector_store=_store(directory))
    return VectorStoreIndex.from_documents(
        documents, storage_context=context, embed_model=embedder, show_progress=show
    )


def _store(directory: Path) -> Any:
    import chromadb
    from llama_index.vector_stores.chroma import ChromaVectorStore

    client = chromadb.PersistentClient(str(directory))
    collection = client.get_or_create_collection(
        _COLLECTION, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
    )
    return ChromaVectorStore(chroma_collection=collection)


def _key(texts: Mapping[str, str], embedder: PassageEmbedding) -> str:
    digest = hashlib.sha256(embedder.model_name.encode())
    for name, text in sorted(texts.items()):
        digest.update(f"\0{name}\0{text}".encode("utf-8", "replace"))
    return digest.hexdigest()


def _passage(node: Any, rank: int) -> Passage:
    text = node.get_content()
    start = node.start_char_idx or 0
    return Passage(node.node_id, node.ref_doc_id or "", rank, text, start, start + len(text), Metadata())
