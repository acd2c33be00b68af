"""Text for a terminal: safe characters, columns by display width, JSON, and the progress line."""

from __future__ import annotations

import json
import re
import shutil
import sys
import time
import unicodedata
from collections.abc import Iterable, Iterator
from typing import TextIO

from assistant.records import Progress, Stage

# Control characters of a document must not steer the terminal that shows it.
_CONTROLS = {code: 0xFFFD for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\n\t"}
_CONTROLS |= {code: 0xFFFD for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
_BAR = 20
_PURPOSE = {
    Stage.FILES: "reading",
    Stage.EMBEDDING: "embedding (search by words serves already)",
    Stage.QUESTIONS: "asking",
    Stage.BRIEFING: "reading about the company",
}
_SURROGATE = re.compile("[\ud800-\udfff]")


def printable(text: str) -> str:
    """The text with every character that could steer a terminal replaced; line ends become `\\n`."""
    return text.replace("\r\n", "\n").translate(_CONTROLS)


def well_formed(text: str) -> str:
    """The text with lone surrogates, which a shell hands over for broken bytes, replaced."""
    return _SURROGATE.sub("\ufffd", text)


def one_line(text: str) -> str:
    """The text on one line, safe to print."""
    return " ".join(printable(text).split())


def as_json(value: object) -> str:
    """Readable JSON that every parser accepts, whatever characters the documents hold."""
    return well_formed(json.dumps(value, ensure_ascii=False, indent=2))


def width(text: str) -> int:
    """How many columns the text takes."""
    return sum(map(_columns, text))


def pad(text: str, columns: int) -> str:
    """The text cut or filled with blanks to exactly `columns`."""
    cut = next(wrap(text, columns), "")
    return cut + " " * (columns - width(cut))


def wrap(text: str, columns: int) -> Iterator[str]:
    """The lines that the text, itself of one or more lines, takes in a column of at least two columns."""
    for line in printable(text).expandtabs(4).split("\n"):
        start = used = 0
        for index, character in enumerate(line):
            step = _columns(character)
            if used + step > columns:
                yield line[start:index]
                start, used = index, 0
            used += step
        yield line[start:]


def side_by_side(rows: Iterable[tuple[str, str]], columns: int) -> Iterator[str]:
    """Lines that show each pair next to each other, `columns` wide in all."""
    half = max(2, (columns - 3) // 2)
    for left, right in rows:
        lefts, rights = list(wrap(left, half)), list(wrap(right, half))
        for index in range(max(len(lefts), len(rights))):
            one = lefts[index] if index < len(lefts) else ""
            other = rights[index] if index < len(rights) else ""
            yield f"{pad(one, half)} │ {other}".rstrip()


def say(text: str) -> None:
    """Print one line to stderr, where everything goes that is no result."""
    sys.stderr.write(f"{one_line(text)}\n")
    sys.stderr.flush()


def columns() -> int:
    """How wide the terminal is."""
    return shutil.get_terminal_size((100, 24)).columns


class ProgressLine:
    """Shows progress: a bar that rewrites itself on a terminal, plain lines now and then elsewhere."""

    def __init__(self, stream: TextIO, columns: int) -> None:
        self._stream = stream
        self._columns = columns
        self._rewrite = stream.isatty()
        self._pause = 0.1 if self._rewrite else 2.0
        self._shown = float("-inf")
        self._stage: Stage | None = None
        self._began = (0.0, 0)

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        if progress.stage != self._stage:
            self._began = (now, progress.done)
        is_news = progress.stage != self._stage or progress.done >= progress.total
        if not is_news and now - self._shown < self._pause:
            return
        self._shown, self._stage = now, progress.stage
        line = one_line(f"{_PURPOSE[progress.stage]} {self._bar(progress)} {progress.detail}")
        if self._rewrite:
            self._stream.write(f"\r{pad(line, self._columns - 1)}")
        else:
            self._stream.write(f"{line}\n")
        self._stream.flush()

    def _bar(self, progress: Progress) -> str:
        share = progress.done / progress.total if progress.total else 1.0
        filled = round(share * _BAR)
        bar = f"{'█' * filled}{'░' * (_BAR - filled)} " if self._rewrite else ""
        seconds = time.monotonic() - self._began[0]
        made, left = progress.done - self._began[1], progress.total - progress.done
        rest = f", {seconds / made * left:.0f} s left" if made and left and seconds > 1 else ""
        return f"{bar}{share:.0%} ({progress.done}/{progress.total}{rest})"

    def clear(self) -> None:
        """Take the rewriting line away."""
        if self._rewrite and self._stage:
            self._stream.write(f"\r{' ' * (self._columns - 1)}\r")
            self._stream.flush()


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
