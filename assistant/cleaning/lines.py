"""Wrapped lines to paragraphs.

Newspaper columns break lines in the middle of words, and columns break paragraphs across blank lines. A line
is joined to the next one unless it ends a sentence or is a headline; the width of the lines around it tells
a headline from the first line of a column.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from statistics import median

from assistant.cleaning.characters import close_gaps
from assistant.cleaning.glyphs import undouble
from assistant.mapped_text import MappedText
from assistant.records import Paragraph

_TERMINAL = re.compile(r"(?:[。！？!?…]|(?<![\d.])\.(?!\d))[”’」』）)\]】\"']*$")
_PAUSE = re.compile(r"[，、；,;。！？!?：:]")
_GOES_ON = ("，", "、", ",", "；", ";")
_SPACED = re.compile(r"[\u3400-\u9fff”》] +[\u3400-\u9fff“《]")
"""A space between Chinese characters: the joint of a two-part headline."""
_LEADS_ON = re.compile(r"(?:[：:]|——|—)[”’」』）)]*$")
_HEADING_WIDTH = 45
"""The widest a headline is taken to be, in Chinese characters."""
_COLUMN_WIDTH = 55
"""Lines this wide or narrower may be a wrapped column; wider ones are whole paragraphs."""
_LONE = re.compile(r"[\u3400-\u9fff]")
_INDENT = 2.6
"""How much narrower than its column a paragraph's first line may be (an indent of two, and kerning)."""
_AHEAD = 31
"""How many lines are looked at for the end of a sentence; one that has not ended by then is no headline's."""
_LONGEST_NAME = 15
"""More lines of one character than this are no name set vertically."""
_MOSTLY_DOUBLED = 0.6
"""A line of which less than this is left was printed twice as a whole, and not a word of it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the white space around it.

    `gap`: blank lines stand before it; `indent`: spaces do; `bold`: it was printed twice over itself.
    """

    text: MappedText
    gap: bool
    indent: bool
    bold: bool = False

    @property
    def width(self) -> float:
        """Printed width, in Chinese characters."""
        return _width(self.text.text)

    @property
    def ends_sentence(self) -> bool:
        return ends_sentence(self.text.text)


@lru_cache(maxsize=1024)
def _width(text: str) -> float:
    """Of a line, which its neighbours ask for again and again."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WF" else 0.5 for c in text)


def ends_sentence(text: str) -> bool:
    """Whether the text closes with the end of a sentence."""
    return bool(_TERMINAL.search(text))


def split_lines(text: MappedText) -> list[Line]:
    """The lines that hold anything, each read once where it was printed twice."""
    lines: list[Line] = []
    gap, start = False, 0
    for end in [m.start() for m in re.finditer("\n", text.text)] + [len(text)]:
        raw = text[start:end]
        stripped = raw.text.strip()
        if stripped:
            lead = len(raw.text) - len(raw.text.lstrip())
            content = raw[lead : lead + len(stripped)]
            once = undouble(content)
            lines.append(Line(once, gap, lead > 0, bold=len(once) < _MOSTLY_DOUBLED * len(content)))
        gap = not stripped
        start = end + 1
    return lines


def join_lines(lines: Sequence[Line]) -> list[Paragraph]:
    """Paragraphs and headlines in text order."""
    return _Joiner(lines).run()


class _Joiner:
    """Walks down the lines with at most one open paragraph."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.paragraphs: list[Paragraph] = []
        self.open: list[Line] = []
        self.column = 0.0

    def run(self) -> list[Paragraph]:
        at = 0
        while at < len(self.lines):
            line = self.lines[at]
            if not self.open:
                length = self._vertical_run(at)
                if length:
                    self._emit(self.lines[at : at + length], heading=True, vertical=True)
                    at += length
                    continue
                self.column = self._column_width(at)
                if self._is_heading(at):
                    self._emit([line], heading=True)
                    at += 1
                    continue
            self.open.append(line)
            at += 1
            if self._closes(at - 1):
                self._close()
        self._close()
        return self.paragraphs

    def _emit(self, lines: Sequence[Line], *, heading: bool, vertical: bool = False) -> None:
        text = MappedText.join(_with_joints(lines))
        if not heading:
            text = close_gaps(text)
        self.paragraphs.append(Paragraph(text, heading, vertical, self.column if not heading else 0.0))

    def _close(self) -> None:
        if self.open:
            self._emit(self.open, heading=False)
            self.open = []

    def _closes(self, at: int) -> bool:
        """Whether the paragraph ends with this line."""
        line, wrapped = self.lines[at], self.column > 0
        following = self.lines[at + 1] if at + 1 < len(self.lines) else None
        if following is None:
            return True
        if line.ends_sentence:
            full = wrapped and line.width >= self.column - 1.1
            return not (full and not following.gap and not following.indent and not self._is_heading(at + 1))
        return bool(_LEADS_ON.search(line.text.text)) and (not wrapped or line.width < self.column - _INDENT)

    def _column_width(self, at: int) -> float:
        """Width of the column that starts here; 0 if these lines are not wrapped.

        The lines of a column are nearly equally wide and most of them end in mid-sentence. A sentence of one
        or two lines does not show it: then the lines that follow do, or the paragraph above.
        """
        block = self._until_sentence_end(at)[:12]
        if len(block) > 2:
            return _shared_width([line.width for line in block], max(line.width for line in block))
        near = self.lines[at : at + 6]
        going_on = [line.width for line in near if not line.ends_sentence]
        above = self.paragraphs[-1].column if self.paragraphs else 0.0
        continues = len(block) == 2 and abs(block[0].width - above) <= _INDENT
        return _shared_width(going_on, max(line.width for line in near)) or (above if continues else 0.0)

    def _until_sentence_end(self, at: int) -> list[Line]:
        ahead = self.lines[at : at + _AHEAD]
        end = next((i for i, line in enumerate(ahead) if line.ends_sentence), len(ahead))
        return list(ahead[: end + 1])

    def _is_heading(self, at: int) -> bool:
        line = self.lines[at]
        if line.ends_sentence or line.width > _HEADING_WIDTH:
            return False
        ahead = self._until_sentence_end(at)
        unfinished = not ahead[-1].ends_sentence and len(ahead) < _AHEAD
        if line.bold or (unfinished and not _mostly_punctuated(ahead)):
            return True
        if not self.column:
            return not line.text.text.endswith(_GOES_ON)
        if _double_spaced(ahead) or _PAUSE.search(line.text.text) or not _balanced(line.text.text):
            return False
        if any(_PAUSE.search(other.text.text) for other in self._rest_of_block(at)):
            return line.width < self._column_below(at) - 2 * _INDENT
        spaced = at == 0 or _SPACED.search(line.text.text) is not None
        return spaced or abs(line.width - self._column_below(at)) > _INDENT

    def _rest_of_block(self, at: int) -> Iterator[Line]:
        """The lines below this one up to the next blank line."""
        return takewhile(lambda line: not line.gap, self._from(at + 1))

    def _column_below(self, at: int) -> float:
        """Median width of the text lines below, the last line of the paragraph left out."""
        below = [line for line in self.lines[at + 1 : at + 12] if _PAUSE.search(line.text.text)]
        widths = [line.width for line in below if not line.ends_sentence] or [self.column]
        return median(widths)

    def _vertical_run(self, at: int) -> int:
        """How many lines from here hold one Chinese character each; 0 if too few or too many for a name."""
        if at and _LONE.fullmatch(self.lines[at - 1].text.text):
            return 0
        length = sum(1 for _ in takewhile(lambda line: _LONE.fullmatch(line.text.text), self._from(at)))
        return length if 2 <= length <= _LONGEST_NAME else 0

    def _from(self, at: int) -> Iterator[Line]:
        return (self.lines[i] for i in range(at, len(self.lines)))


def _shared_width(widths: Sequence[float], widest: float) -> float:
    """The width that at least two lines nearly share with the widest one around; 0 if they do not."""
    second = sorted(widths)[-2] if len(widths) > 1 else 0.0
    return second if widest <= _COLUMN_WIDTH and widest - second <= 4 else 0.0


def _balanced(text: str) -> bool:
    """Whether every quotation mark and bracket that opens also closes."""
    return all(
        text.count(mark) == text.count(closing) for mark, closing in ("“”", "《》", "（）", "「」", "()")
    )


def _mostly_punctuated(lines: Sequence[Line]) -> bool:
    return sum(bool(_PAUSE.search(line.text.text)) for line in lines) >= 0.25 * len(lines)


def _double_spaced(lines: Sequence[Line]) -> bool:
    """A narrow column with a blank line after each line: alike in width, with punctuation as text has."""
    isolated = [line for line in lines[1:] if line.gap]
    if len(lines) < 3 or len(isolated) < len(lines) - 1:
        return False
    widths = [line.width for line in lines[:-1]]
    return max(widths) - min(widths) <= 4 and _mostly_punctuated(lines)


def _with_joints(lines: Sequence[Line]) -> list[MappedText]:
    """The lines, and a space between two Latin words that a line end had kept apart."""
    parts: list[MappedText] = []
    for line in lines:
        if parts and _is_latin(parts[-1].text[-1]) and _is_latin(line.text.text[0]):
            after = parts[-1].offsets[-1:]
            after[0] += 1
            parts.append(MappedText(" ", after))
        parts.append(line.text)
    return parts


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalpha()
