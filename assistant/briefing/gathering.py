"""Every passage about a company; those that say the same as another once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from assistant.answering.retrieving.collapsing import collapse
from assistant.briefing.material import Gathered
from assistant.index.ledger import Ledger
from assistant.index.reprints import Article
from assistant.records import Passage, ScoredPassage


def gather(ledger: Ledger, names: Sequence[str], groups: Mapping[Article, Article]) -> Gathered:
    """The passages of which one of the companies is a subject.

    Args:
        names: companies under their one name.
        groups: reprints, as `reprints.groups` gives them.
    """
    found = [passage for passage in ledger.passages_about(names) if not passage.front]
    kept = collapse([ScoredPassage(passage, 1.0, None, None) for passage in found], groups)
    copies: dict[str, tuple[str, ...]] = defaultdict(tuple)
    copies.update({item.passage.id: item.reprints for item in kept})
    passages = sorted((item.passage for item in kept), key=_place)
    return Gathered(
        tuple(names), tuple(passages), copies, len(found), len({passage.document for passage in found})
    )


def _place(passage: Passage) -> tuple[str, int]:
    return passage.document, passage.ordinal
