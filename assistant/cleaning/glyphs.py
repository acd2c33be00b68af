"""Text printed twice over itself, as bold headlines are in some layouts: `20202020全市全市`, `2222..66%%`.

A doubled line is a chain of squares, a run followed by itself: (2020)(2020) (全市)(全市), (2)(2)(.)(.)(6)(6).
"""

from __future__ import annotations

import re

from assistant.mapped_text import MappedText

_MIN_LINE = 8
"""A shorter line of squares may be plain language (研究研究, 1010)."""
_MIN_RUN = 4
"""Length from which a word repeated inside a normal line counts as printed twice."""
_MAX_RUN = 60
"""No run that is printed twice is longer; keeps the work proportional to the line."""
_HAN = re.compile(r"[\u3400-\u9fff]")


def undouble(line: MappedText) -> MappedText:
    """Read a doubled line once; a line that is not doubled comes back as it is.

    The second copy of each run stays, and the line's very first character, so that what was read once still
    spans the whole line.
    """
    visible = [i for i, c in enumerate(line.text) if not c.isspace()]
    text = "".join(line.text[i] for i in visible)
    if len(text) < _MIN_LINE or not _HAN.search(text):
        return line
    squares = _chain_of_squares(text)
    if squares is None:
        squares = _embedded_squares(text)
    if not squares:
        return line
    dropped: set[int] = set()
    for start, length in squares:
        first = int(start == 0)
        dropped.update(range(visible[start + first], visible[start + length] + first))
    return line.keep(i for i in range(len(line)) if i not in dropped)


def _chain_of_squares(text: str) -> list[tuple[int, int]] | None:
    """The whole text as squares (start, length of one half); None if it is not a chain."""
    square_before: dict[int, tuple[int, int]] = {}
    for start in range(len(text)):
        if start and start not in square_before:
            continue
        for length in range(1, min(_MAX_RUN, (len(text) - start) // 2) + 1):
            end = start + 2 * length
            if text[start : start + length] == text[start + length : end]:
                square_before[end] = (start, length)
    chain: list[tuple[int, int]] = []
    at = len(text)
    while at:
        if at not in square_before:
            return None
        chain.append(square_before[at])
        at = chain[-1][0]
    return chain[::-1]


def _embedded_squares(text: str) -> list[tuple[int, int]]:
    """Chains inside a normal line that hold at least one long doubled run of Chinese."""
    found: list[tuple[int, int]] = []
    for match in re.finditer(rf"((?:(?![。，；！？]).){{{_MIN_RUN},{_MAX_RUN}}}?)\1", text):
        half = match.group(1)
        if len(_HAN.findall(half)) >= _MIN_RUN and not _is_square(half):
            found.append((match.start(), len(half)))
    return found


def _is_square(text: str) -> bool:
    return text[: len(text) // 2] * 2 == text
