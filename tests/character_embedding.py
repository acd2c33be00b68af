"""A small real embedder for tests: counts of characters, hashed into 64 numbers; needs no model."""

from __future__ import annotations

import math

from assistant.index.embeddings import PassageEmbedding

DIMENSION = 64


class CharacterEmbedding(PassageEmbedding):
    """Texts that share characters are near to each other."""

    def __init__(self, name: str = "characters") -> None:
        super().__init__(model_name=name)

    @property
    def dimension(self) -> int:
        return DIMENSION

    def _get_query_embedding(self, query: str) -> list[float]:
        counts = [0.0] * DIMENSION
        for character in query:
            counts[ord(character) % DIMENSION] += 1.0
        length = math.sqrt(sum(count * count for count in counts)) or 1.0
        return [count / length for count in counts]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return [self._get_query_embedding(text) for text in texts]
