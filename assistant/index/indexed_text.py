"""The texts under which a passage is found: by its words and by its vector."""

from __future__ import annotations

import hashlib

from assistant.folding import to_simplified, tokenize
from assistant.records import Passage

_SEPARATOR = "、"


def search_text(passage: Passage) -> str:
    """What a passage is found by: what it says about itself, then its text."""
    metadata = passage.metadata
    head = (
        metadata.title,
        metadata.publisher,
        metadata.published,
        passage.section,
        passage.table,
        _SEPARATOR.join(passage.companies),
    )
    return "\n".join(part for part in (" ".join(filter(None, head)), passage.text) if part)


def words(passage: Passage) -> str:
    """The search tokens of a passage, with a blank between them."""
    return " ".join(tokenize(search_text(passage)))


def embedding_text(passage: Passage) -> str:
    """What is embedded: the search text in Simplified characters."""
    return to_simplified(search_text(passage))


def content_key(passage: Passage) -> str:
    """The name under which the vector of this text is kept, whatever document it stands in."""
    return hashlib.sha256(embedding_text(passage).encode("utf-8", "replace")).hexdigest()[:32]
