"""Words by which the parts of a clause around a quantity are told from each other."""

from __future__ import annotations

from assistant.wordlists import groups

(LIGHT, NOMINAL, TAIL, HEAD, PREDICATES, CHANGES, ADVERBS, BARE, GENERIC, COUNTS, MEASURES) = map(
    frozenset, groups("clause_words")
)
