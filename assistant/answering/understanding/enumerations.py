"""The items of an enumeration in running text: 「涉及李子园、柑橘园和路灯改造等项目」."""

from __future__ import annotations

import re

from assistant.folding import tag

_ITEM = r"[^，,。；;：:、！？!?\s\d]{2,16}"
_ENUMERATION = re.compile(rf"(?P<first>{_ITEM})(?P<more>(?:、{_ITEM})+)")
_LAST = re.compile(
    r"(?P<item>[^，,。；;：:\s\d等的]{2,12}?)(?:(?:和|与|及|以及)(?P<after>[^，,。；;：:\s\d等的]{2,12}?))?(?=[\d等的，,。；;]|$)"
)
_ONE_WORD = frozenset(("n", "nr", "ns", "nt", "nz", "nrt", "vn", "ng", "j", "zg", "eng", "b", "k", "l", "i"))
_MOST = 8


def enumerated(text: str) -> tuple[str, ...]:
    """The items of the longest enumeration with 、, without what leads up to it; empty if there is none."""
    best: tuple[str, ...] = ()
    for match in _ENUMERATION.finditer(text):
        *middle, last = match["more"][1:].split("、")
        items = (_behind_verb(match["first"]), *middle, *_last(last))
        best = max(best, tuple(dict.fromkeys(filter(None, items)))[:_MOST], key=len)
    return best


def _behind_verb(text: str) -> str:
    """The nouns at the end of a text, all of it where none stand there."""
    kept = ""
    for word, part in reversed(list(tag(text))):
        if part not in _ONE_WORD and len(kept) > 1:
            break
        kept = word + kept
    return kept.lstrip("着著了过")


def _last(text: str) -> list[str]:
    """The last item or, where 和 joins them, the last two, without what follows."""
    match = _LAST.match(text)
    return [item for item in match.group("item", "after") if item] if match else [text]
