"""What stands on pages beside their text: running heads, page numbers, watermarks, contents, footnotes."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from statistics import median

from assistant.readers.pdf_lines import Line, Role, main_size

_EDGE = 0.13
"""Share of the page's height, above and below, in which running heads and page numbers stand."""
_DEPTH = 4
"""How many lines from the edge they may be."""
_GAP = 1.25
"""A gap wider than this many of the page's line distances sets a line off."""
_MOST_MARKS = 0.3
"""If a larger share of the text is the same on every page, the pages are copies: only small type repeats."""
_STILL = 4.0
"""How far, in points, what repeats may move from page to page."""
_MARK_SHARE = 0.8
_LONGEST_MARK = 60
_ROMAN = r"[ivxlcdmIVXLCDM]{1,7}"
_NUMBER = re.compile(
    rf"^[-—–~·•|\s]*(?:第?\s*\d{{1,4}}\s*页?|{_ROMAN})(?:\s*(?:[/／|]|共|of|页)\s*共?\s*\d{{1,4}}\s*页?)?[-—–~·•|\s]*$"
)
_LEADER = re.compile(rf"(?:[.．·…⋯‥・_]\s?){{3,}}\s*[-(（]?\s*(?:\d{{1,4}}|{_ROMAN})\s*[-)）]?$")
_DOTS = re.compile(r"(?:[.．·…⋯‥・]\s?){8,}")
_ENTRY = re.compile(r"\S\s+[-(（]?\d{1,4}[-)）]?$")
_CONTENTS = re.compile(
    r"^(?:[图表附录插内容目\s]{0,6}目\s*[录次]|(?:表\s*格|图\s*表|插\s*图)\s*索\s*引|"
    r"(?:table of )?contents)$",
    re.I,
)
_MARKER = re.compile(r"^(?:\[?(\d{1,3})\]?|[①-⑳]|\*{1,3})\s*(?=[^\s\d.,，、年月日%％])")
_FOOTNOTE = 0.88
"""Footnotes are set smaller than this share of the text's size."""
_SENTENCE_END = re.compile(r"[。！？!?…；;：:][”’」』）)】\]]*$")
_FIGURES = re.compile(r"^(?:[-+−–]?\d[\d,.]*[%％‰EeFf年]?\s*)+$")
_WORDS = re.compile(r"\w")
_FEW_FIGURES = 4
"""So many lines of figures alone make a chart of them."""
_FEW_ENTRIES = 3


@dataclass(frozen=True, slots=True)
class Sheet:
    """The lines of a page in reading order and its height in points."""

    lines: list[Line]
    height: float


def mark(sheets: Sequence[Sheet]) -> None:
    """Give the lines that belong to no paragraph their role."""
    _mark_repeated(sheets)
    for sheet in sheets:
        _mark_numbers(sheet)
    for sheet in sheets:
        _mark_contents(sheet)
        _mark_labels(sheet)


def _mark_repeated(sheets: Sequence[Sheet]) -> None:
    """Lines that stand at the same place on several pages, their digits aside."""
    places: dict[tuple[bool, str], list[tuple[int, Line]]] = defaultdict(list)
    for number, sheet in enumerate(sheets):
        edges = {id(line) for line in _edges(sheet)}
        for line in sheet.lines:
            edge = id(line) in edges
            if not line.table and (edge or len(line.text) < _LONGEST_MARK):
                places[edge, re.sub(r"\d+", "0", line.text)].append((number, line))
    usual = _MARK_SHARE * len(sheets)
    everywhere = sum(len(text) * len(found) for (_, text), found in places.items() if len(found) > usual)
    copies = everywhere > _MOST_MARKS * sum(len(line.text) for sheet in sheets for line in sheet.lines)
    text_size = _text_size(sheets)
    for (edge, _), found in places.items():
        for group in _still(found) if len(found) > 1 else ():
            pages = len({number for number, _ in group})
            if edge:
                repeated = pages >= 3 or pages == len(sheets) > 1
            else:
                same = len({line.text for _, line in group}) == 1
                repeated = same and pages >= max(3, _MARK_SHARE * len(sheets))
            if repeated and not (copies and group[0][1].size > 0.95 * text_size):
                for _, line in group:
                    line.role = Role.FURNITURE


def _text_size(sheets: Sequence[Sheet]) -> float:
    """The font size of most of a document's text."""
    shares: Counter[float] = Counter()
    for sheet in sheets:
        for line in sheet.lines:
            shares[line.size] += len(line.text)
    return max(shares, key=lambda size: shares[size], default=0.0)


def _edges(sheet: Sheet) -> Iterator[Line]:
    """The lines at the upper and lower edge of a page that stand apart from its text."""
    lines = sorted(sheet.lines, key=lambda line: line.base)
    limit = _EDGE * sheet.height
    pitch = median(other.base - line.base for line, other in pairwise(lines)) if len(lines) > 2 else 0.0
    for ordered, is_near in (
        (lines, lambda line: not line.table and line.base - line.size < limit),
        (lines[::-1], lambda line: not line.table and line.base > sheet.height - limit),
    ):
        outer = list(takewhile(is_near, ordered[:_DEPTH]))
        while outer and len(outer) < len(ordered) and not _is_apart(outer[-1], ordered[len(outer)], pitch):
            outer.pop()
        yield from outer


def _is_apart(line: Line, inner: Line, pitch: float) -> bool:
    """Whether a line is set off from the next one by its size or by a gap."""
    return not 0.95 < line.size / inner.size < 1.05 or abs(inner.base - line.base) > _GAP * pitch


def _still(found: Sequence[tuple[int, Line]]) -> Iterator[list[tuple[int, Line]]]:
    """Groups at one height. Where lines are centred or right-aligned their left ends move with the digits."""
    group: list[tuple[int, Line]] = []
    for number, line in sorted(found, key=lambda item: item[1].base):
        if group and line.base - group[-1][1].base > _STILL:
            yield group
            group = []
        group.append((number, line))
    if group:
        yield group


def _mark_numbers(sheet: Sheet) -> None:
    """A lone page number at the very edge."""
    lines = sorted((line for line in sheet.lines if line.role is Role.TEXT), key=lambda line: line.base)
    for line in (lines[:1] + lines[-1:]) if len(lines) > 1 else []:
        at_edge = line.base < _EDGE * sheet.height or line.base > (1 - _EDGE) * sheet.height
        if at_edge and not line.table and _NUMBER.match(line.text):
            line.role = Role.FURNITURE


def _mark_contents(sheet: Sheet) -> None:
    """Contents: entries with dots that lead to a page number, and what stands between them."""
    lines = [line for line in sheet.lines if line.role is Role.TEXT]
    title = next((at for at, line in enumerate(lines) if _CONTENTS.match(line.text.strip())), None)
    led = [at for at, line in enumerate(lines) if _LEADER.search(line.text) or _DOTS.search(line.text)]
    if title is not None:
        led.extend(_plain_entries(lines, title))
        led.append(title)
    if len(led) >= _FEW_ENTRIES or (led and title is not None and len(led) > 1):
        for line in lines[min(led) : max(led) + 1]:
            line.role = Role.CONTENTS
    else:
        for at in led:
            if at != title:
                lines[at].role = Role.CONTENTS


def _plain_entries(lines: Sequence[Line], title: int) -> list[int]:
    """Entries below the word for contents that end in rising numbers, without dots."""
    found: list[int] = []
    last = 0
    for at in range(title + 1, len(lines)):
        text = lines[at].text.replace("\t", " ")
        number = int(re.findall(r"\d+", text)[-1]) if _ENTRY.search(text) else None
        if number is not None and last <= number < 2000 and len(text) < 80:
            found.append(at)
            last = number
        elif len(text) > 40 or (found and at - found[-1] > 2):
            break
    return found if len(found) >= _FEW_ENTRIES else []


def _mark_labels(sheet: Sheet) -> None:
    """Lines without a letter, and the figures along the axes of charts."""
    bare = [line for line in sheet.lines if line.role is Role.TEXT and not line.table]
    figures = [line for line in bare if _FIGURES.match(line.text)]
    for line in bare:
        if not _WORDS.search(line.text) or (len(figures) >= _FEW_FIGURES and _FIGURES.match(line.text)):
            line.role = Role.FURNITURE


def place_notes(lines: list[Line], height: float) -> tuple[list[Line], list[str]]:
    """Footnotes put before the page's last paragraph, which may run over to the next page.

    Returns:
        The lines in their new order, and the numbers of the footnotes.
    """
    words = [word for line in lines for _, word in line.starts]
    if not words:
        return lines, []
    size = main_size(words)
    low = sorted(lines, key=lambda line: line.base)
    while low and (_NUMBER.match(low[-1].text) or not low[-1].text.strip()):
        low.pop()
    notes: list[Line] = []
    while low and low[-1].size < _FOOTNOTE * size and low[-1].base > 0.4 * height and not low[-1].table:
        notes.append(low.pop())
    notes.reverse()
    while notes and not _MARKER.match(notes[0].text):
        notes.pop(0)
    if not notes:
        return lines, []
    taken = set(map(id, notes))
    body = [line for line in lines if id(line) not in taken]
    for line in notes:
        line.role, line.dropped = Role.NOTE, ()
    at = _last_start(body)
    marks = [match.group(1) for line in notes if (match := _MARKER.match(line.text)) and match.group(1)]
    return [*body[:at], *notes, *body[at:]], marks


def _last_start(body: Sequence[Line]) -> int:
    """Where the paragraph begins that is open at the end of the page; the end if none is."""
    while body and (_NUMBER.match(body[-1].text) or body[-1].base < body[0].base):
        body = body[:-1]
    if not body or body[-1].table or _SENTENCE_END.search(body[-1].text):
        return len(body)
    text = [line for line in body if not line.table and abs(line.size - body[-1].size) < 0.5]
    left = min(line.left for line in text)
    right = max(line.right for line in text)
    for at in range(len(body) - 1, 0, -1):
        line = body[at]
        short = body[at - 1].right < right - 2.5 * line.size or abs(body[at - 1].size - line.size) > 0.5
        if line.table or line.left > left + 1.2 * line.size or short:
            return at
    return len(body)
