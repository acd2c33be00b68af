"""What `doctor` looks at: each part of an assistant handed to its check."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from assistant.doctor import checks
from assistant.index.database import Database
from assistant.index.dense import DenseParts
from assistant.index.ledger import Ledger
from assistant.ingestion import identity_of
from assistant.records import Check
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.index.vectors import Drift


def examine(settings: Settings, database: Database, dense: DenseParts | None) -> list[Check]:
    """Every check, in the order in which what it looks at is needed."""
    ledger = Ledger(database)
    expected, stored = identity_of(dense, settings), ledger.identity()
    embed = dense.embedder.get_query_embedding if dense else None
    return [
        checks.check_settings(settings),
        checks.check_storage(settings.storage),
        checks.check_database(database.path),
        checks.check_index(stored, lambda: ledger.require(expected)),
        checks.check_finished(ledger.unfinished()),
        checks.check_vectors(ledger.count(), _drift_of(ledger, dense) if dense else None),
        checks.check_embedder(expected.embedder, (stored or expected).dimension, embed),
        _check_reranker(settings),
        checks.check_endpoint(settings.chat, settings.timeout),
    ]


def _check_reranker(settings: Settings) -> Check:
    """Asked by a client of its own, which no earlier failure keeps from asking."""
    if (endpoint := settings.rerank) is None:
        return checks.check_reranker("", 0, None)
    from assistant.answering.retrieving.reranking import EndpointReranker

    scores = EndpointReranker(endpoint, settings.rerank_timeout).scores
    return checks.check_reranker(endpoint.model, settings.passage_characters, scores)


def _drift_of(ledger: Ledger, dense: DenseParts) -> Callable[[], Drift]:
    def compared() -> Drift:
        from assistant.index.vectors import drift

        return drift(ledger, dense.store)

    return compared
