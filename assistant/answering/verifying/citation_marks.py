"""A text with `[n]` marks taken apart into sentences and the numbers that each of them cites."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

MARK = re.compile(r"\[(\d{1,3})\]")
_MARK_AND_BLANKS = re.compile(rf"[ \t]*{MARK.pattern}")

_CLOSING = "”’」』）)》〉\"'"
_END = re.compile(
    rf"[。！？…]+[{_CLOSING}]*"
    # Not in an address: http://host/?a=1
    rf"|[!?]+[{_CLOSING}]*+(?![A-Za-z0-9=&/_%-])"
    # A full stop ends a sentence before white space, but not after a list number, an initial or 'Co.'
    rf"|(?<=[^\s.\d])\.[{_CLOSING}]*(?=\s|$)"
    rf"|(?<=[\d.]\d)\.[{_CLOSING}]*(?=\s|$)"
    r"|\n+"
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(.])(?:[a-z]|co|ltd|inc|corp|mr|mrs|ms|dr|no|vs|etc|e\.g|i\.e|st|fig|approx)\.$", re.IGNORECASE
)
_ORDINAL = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_LIST_MARKER = re.compile(rf"\s*(?:[-*•·]|{_ORDINAL}[.、)）]|[(（]{_ORDINAL}[)）])\s*(?=\D)")
_EMPTY_BRACKETS = re.compile(r"[（(【]\s*[、,，]?\s*[)）】]")
_BEFORE_PUNCTUATION = re.compile(r"[ \t]+(?=[。！？；，、!?;,.]|$)")


@dataclass(frozen=True, slots=True)
class MarkedSentence:
    """A sentence without its marks.

    `marks` are the numbers it cites, each once, in order; `newline` says that a new line begins after it.
    """

    text: str
    marks: tuple[int, ...]
    newline: bool


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """The spans of the sentences, without white space around them; a new line ends a sentence too."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if not _goes_on(text, start, match):
            spans.append((start, match.end()))
            start = match.end()
    spans.append((start, len(text)))
    return [trimmed for span in spans if (trimmed := _trim(text, *span))[0] < trimmed[1]]


def with_mark(text: str, n: int) -> str:
    """The sentence with its mark before the full stop."""
    body = text.rstrip("。！？!?…")
    return f"{body}[{n}]{text[len(body) :]}"


def split_marked(text: str) -> list[MarkedSentence]:
    """The sentences of a text and the marks of each, whether they stand before or after its full stop.

    In a line that begins with a mark and does not end with one, marks belong to what follows them.
    """
    sentences: list[MarkedSentence] = []
    for line in text.split("\n"):
        found = _split_line(line)
        if found:
            found[-1] = MarkedSentence(found[-1].text, found[-1].marks, True)
            sentences.extend(found)
    if sentences:
        sentences[-1] = MarkedSentence(sentences[-1].text, sentences[-1].marks, False)
    return sentences


def strip_marks(text: str) -> str:
    """The text without its marks and without the blanks and brackets that they leave."""
    return _tidy(MARK.sub("", text))


def without_list_marker(sentence: str) -> str:
    """The sentence without a leading `-`, `1.` or `（2）`, whose number states nothing."""
    return _LIST_MARKER.sub("", sentence, count=1) if _LIST_MARKER.match(sentence) else sentence


def _goes_on(text: str, start: int, match: re.Match[str]) -> bool:
    if not match.group().startswith("."):
        return False
    before = text[start : match.start()].strip()
    if len(before) <= 2 and before.isdigit():
        return True
    if _ABBREVIATION.search(text, start, match.start() + 1):
        return True
    following = text[match.end() :].lstrip()
    return following[:1].islower()


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _split_line(line: str) -> list[MarkedSentence]:
    plain, marks = _take_marks(line)
    spans = sentence_spans(plain)
    if not spans:
        return []
    starts = [start for start, _ in spans]
    ends = [end for _, end in spans]
    leading = bool(marks) and marks[0][0] <= starts[0] and marks[-1][0] < ends[-1] - 1
    numbers: list[list[int]] = [[] for _ in spans]
    for at, n in marks:
        # A mark on the border of two sentences belongs to the first, but in a leading line to the second.
        index = bisect_right(ends, at) if leading else bisect_left(starts, at) - 1
        index = max(0, min(index, len(spans) - 1))
        if n not in numbers[index]:
            numbers[index].append(n)
    return [
        MarkedSentence(_tidy(plain[start:end]), tuple(cited), False)
        for (start, end), cited in zip(spans, numbers, strict=True)
        if _tidy(plain[start:end])
    ]


def _take_marks(line: str) -> tuple[str, list[tuple[int, int]]]:
    """The line without marks, and where in it each mark stood."""
    pieces: list[str] = []
    marks: list[tuple[int, int]] = []
    length = at = 0
    for match in _MARK_AND_BLANKS.finditer(line):
        pieces.append(line[at : match.start()])
        length += match.start() - at
        at = match.end()
        marks.append((length, int(match.group(1))))
    return "".join([*pieces, line[at:]]), marks


def _tidy(text: str) -> str:
    return _BEFORE_PUNCTUATION.sub("", _EMPTY_BRACKETS.sub("", text)).strip()
