"""Which index it is that is asked, so that results over different ones are not taken for the same."""

from __future__ import annotations

import hashlib

from assistant.index.ledger import READY, Ledger
from assistant.records import IndexIdentity
from assistant.records.evaluation import IndexFacts


def facts_of(ledger: Ledger, identity: IndexIdentity) -> IndexFacts:
    """What the index was built with and a hash over its passages, whose ids stand for place and content.

    Args:
        identity: what the settings ask for; it counts where nothing has been ingested yet.
    """
    built = ledger.identity() or identity
    ids = sorted(ledger.passage_ids())
    return IndexFacts(
        embedder=built.embedder,
        dimension=built.dimension,
        cleaner=built.cleaner,
        documents=sum(info.status == READY for info in ledger.documents()),
        passages=len(ids),
        waiting=ledger.waiting() if built.embedder != "none" else 0,
        content=hashlib.sha256("\n".join(ids).encode()).hexdigest(),
    )
