"""Which list a question is after: that of the line found, the next one, or that of the headings above."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.blocks.lists import Listing, is_announcing, list_at
from assistant.answering.blocks.surroundings import Line
from assistant.answering.evidence.matching import hit
from assistant.answering.understanding.interrogatives import Kind
from assistant.answering.understanding.question import Query
from assistant.folding import fold
from assistant.records import BlockKind

_LISTS = re.compile(
    r"哪些|哪几|哪[两三四五六七八九十\d]|分别|各[自有是]|有什么|[两二三四五六七八九十\d](?:个|大|项|点|条|种|类|方面)"
)
_LISTED = (Kind.LIST, Kind.MANNER, Kind.REASON, Kind.PURPOSE, Kind.DEFINITION, Kind.OTHER)
_HELD = 0.5
_OWN = 0.4
"""Share of the question's words by which a single item, not its list, is meant."""
_MOST = 0.6
"""Share of the question's words that a list found next to a line, not in it, must be announced with."""
_BEHIND = 3


def asks_for_several(query: Query) -> bool:
    """Whether the question is after more than one thing by its words."""
    return query.kind is Kind.MANNER or _LISTS.search(query.folded) is not None


def asked_list(query: Query, lines: Sequence[Line], at: int) -> Listing | None:
    """The list that answers where the line at a place was found; None where the line is none's."""
    several = asks_for_several(query)
    own = list_at(lines, at) if several or query.kind in _LISTED else None
    if own:
        return own if _is_meant(query, lines, at, own, several=several) else None
    return (_behind(query, lines, at) or _of_headings(query, lines, at)) if several else None


def _is_meant(query: Query, lines: Sequence[Line], at: int, listing: Listing, *, several: bool) -> bool:
    """Whether the question is after the list rather than after the one item that was found.

    It is after the item where that alone holds much of what the question says.
    """
    if at == listing.places[0]:
        return True
    item = fold(lines[at].text)
    rest = fold(" ".join(lines[n].text for n in listing.places if n != at))
    terms = _words(query)
    own = [term for term in terms if hit(term, item) >= _HELD > hit(term, rest)]
    return several and len(own) <= _OWN * len(terms)


def _behind(query: Query, lines: Sequence[Line], at: int) -> Listing | None:
    """The list announced just behind the line, in words of the question."""
    for place in range(at + 1, min(at + 1 + _BEHIND, len(lines))):
        listing = list_at(lines, place) if is_announcing(lines[place].text) else None
        if (
            listing
            and listing.head == place
            and _share(query, lines[place].text) >= _share(query, lines[at].text)
        ):
            return listing
    return None


def _of_headings(query: Query, lines: Sequence[Line], at: int) -> Listing | None:
    """The headings of which the line stands under one, where what they stand under says what is asked."""
    above = next((n for n in range(at, -1, -1) if lines[n].kind is BlockKind.HEADING), None)
    listing = list_at(lines, above) if above is not None and lines[at].kind is BlockKind.TEXT else None
    if listing is None or any(lines[n].kind is not BlockKind.HEADING for n in listing.items):
        return None
    first = listing.items[0]
    over = " ".join(line.text for line in lines[max(0, first - 2) : first] if line.kind is BlockKind.HEADING)
    return listing if _share(query, over) >= max(_MOST, _share(query, lines[at].text)) else None


def _share(query: Query, text: str) -> float:
    words = _words(query)
    folded = fold(text)
    return sum(hit(word, folded) for word in words) / len(words) if words else 0.0


def _words(query: Query) -> list[str]:
    return [term for term in query.terms if len(term) > 1]
