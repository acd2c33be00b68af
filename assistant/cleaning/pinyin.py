"""Readings that a faulty conversion left in brackets after a character: 聯(lián)通, 我們(men).

Such conversions also lose characters; what is left of one, a stray `?lián)` or `W(wǎng)`, becomes one mark.
"""

from __future__ import annotations

import re

from assistant.mapped_text import MappedText

LOST = "□"
"""Stands for a character that the source itself lost."""

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ"
_SYLLABLE = rf"[a-zü{_TONED}]{{1,6}}"
_READING = re.compile(rf"[(（](?P<reading>{_SYLLABLE})[)）]")
_TONE = re.compile(f"[{_TONED}]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LOST = re.compile(
    rf"\?(?P<tail>{_SYLLABLE})[)）]|(?<![A-Za-z])[A-Za-z@-~](?P<reading>[(（]{_SYLLABLE}[)）])"
)
_ENOUGH = 3
"""Toned readings that make a text one of this kind; a single one may be meant (a lesson, a name)."""


def strip_readings(text: MappedText) -> MappedText:
    """Remove readings from a text that is littered with them; leave any other text as it is."""
    return without_readings(text) if has_readings(text.text) else text


def has_readings(text: str) -> bool:
    """Whether the text is littered with readings."""
    return sum(1 for _ in _toned_readings(text)) >= _ENOUGH


def without_readings(text: MappedText) -> MappedText:
    """The text without its readings, be they ever so few; for a part of a text that is littered with them."""
    text = _mark_lost(text)
    dropped: set[int] = set()
    for match in _READING.finditer(text.text):
        before = text.text[match.start() - 1 : match.start()]
        if _HAN.match(before) or before == LOST:
            dropped.update(range(*match.span()))
    return text.keep(i for i in range(len(text)) if i not in dropped)


def _toned_readings(text: str) -> list[re.Match[str]]:
    return [
        match
        for match in _READING.finditer(text)
        if _TONE.search(match["reading"]) and _HAN.match(text[match.start() - 1 : match.start()])
    ]


def _mark_lost(text: MappedText) -> MappedText:
    """Put one mark where a character was lost, at the place where its remains began."""
    characters, kept = list(text.text), set(range(len(text)))
    for match in _LOST.finditer(text.text):
        reading = match["tail"] or match["reading"]
        if not _TONE.search(reading):
            continue
        characters[match.start()] = LOST
        kept -= set(range(match.start() + 1, match.end()))
    return MappedText("".join(characters), text.offsets).keep(sorted(kept))
