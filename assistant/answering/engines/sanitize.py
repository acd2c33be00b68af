"""What a model writes, made fit to show while it is being written.

Dropped: thoughts (`<think>…</think>`), images, HTML tags, citation marks that resolve to nothing. Links
become their text, marks of every style become `[n]`. In what comes out, square brackets stand only
around the number of a source, `<` never opens a tag and `](` never occurs, whatever went in: Markdown
that shows it can neither fetch nor link anything.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

_SPECIAL = re.compile(r"[<!\[\]［【*(:\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_THOUGHT = r"(?:think|thinking|thought|reasoning)"
_THOUGHT_OPENS = re.compile(rf"<{_THOUGHT}\s*>", re.IGNORECASE)
_THOUGHT_CLOSES = re.compile(rf"</{_THOUGHT}\s{{0,8}}>", re.IGNORECASE)
# The longest piece of an unfinished closing tag that must be kept while the thought goes on.
_CLOSING_TAIL = len("</reasoning") + 8

_TAG = re.compile(r"<[/!?|｜a-zA-Z][^<>]{0,300}>")
_TAG_BEGINS = re.compile(r"<(?:[/!?|｜a-zA-Z][^<>]{0,300})?")
_LESS_THAN_GOES_ON = re.compile(r"[\s\d=.,，。\u3400-\u9fff]")
_ADDRESS = re.compile(r"<((?:https?://|mailto:)[^<>\s]*)>", re.IGNORECASE)

_BRACKETED = r"\[[^\[\]\n]{0,80}\]"
_TARGET = r"\((?:[^()\n]|\([^()\n]{0,40}\)){0,300}\)"
_TARGET_BEGINS = r"\((?:[^()\n]|\([^()\n]{0,40}\)){0,300}(?:\([^()\n]{0,40})?"
_LINK = re.compile(rf"\[([^\[\]\n]{{0,80}})\]{_TARGET}")
_LINK_BEGINS = re.compile(rf"\[[^\[\]\n]{{0,80}}|{_BRACKETED}(?:{_TARGET_BEGINS})?")
_IMAGE = re.compile(rf"!{_BRACKETED}{_TARGET}")
_IMAGE_BEGINS = re.compile(rf"!(?:\[[^\[\]\n]{{0,80}}|{_BRACKETED}(?:{_TARGET_BEGINS})?)?")

_BLANK = r"[ \u3000]?"
_NUMBERS = rf"\d{{1,3}}(?:{_BLANK}[,，、;；和与\-–~ ]{_BLANK}(?:来源|资料)?{_BLANK}\d{{1,3}}){{0,9}}"
# 〔1〕 is no mark: that is how a source's own [1] is written in the prompt.
_MARK = re.compile(
    rf"[\[［【]{_BLANK}(?:来源|资料|文献|引用|出处|source|ref)?{_BLANK}[:：^]?{_BLANK}({_NUMBERS})"
    rf"{_BLANK}(?:†[^\[\]［］【】〔〕\n]{{0,40}})?[\]］】]",
    re.IGNORECASE,
)
# As long as the longest mark, so that none is given up too early.
_MARK_BEGINS = re.compile(r"[\[［【][^\[\]［］【】〔〕\n]{0,160}")
_RANGE = re.compile(r"(\d+)\s*[-–~]\s*(\d+)")
_FULL_WIDTH = str.maketrans("<!*(:[]", "＜！＊（：［］")


@dataclass(frozen=True, slots=True)
class Piece:
    """What to show next; `restart` says that what was shown before was a thought and is void."""

    text: str
    restart: bool = False


class ReplyCleaner:
    """Cleans one reply as it arrives. The pieces do not depend on how the reply was cut up."""

    def __init__(self, valid: Collection[int]) -> None:
        """Keep the marks of the numbers in `valid`, drop all others."""
        self._valid = frozenset(valid)
        self._buffer = ""
        self._thinking = False
        self._last = ""

    def feed(self, chunk: str) -> Piece:
        """Take in the next chunk and give out what is settled; a possible mark, link or tag is held back."""
        self._buffer += chunk
        return self._drain(final=False)

    def close(self) -> Piece:
        """Give out what was held back. An unclosed thought is dropped."""
        return self._drain(final=True)

    def _drain(self, *, final: bool) -> Piece:
        shown: list[str] = []
        restart = False
        while self._buffer:
            if self._thinking:
                if not self._leave_thought(final=final):
                    break
                continue
            if closing := _THOUGHT_CLOSES.match(self._buffer):
                shown, restart, self._last = [], True, ""
                self._buffer = self._buffer[closing.end() :]
                continue
            step = self._step(final=final)
            if step is None:
                break
            shown.append(self._show(step))
        return Piece("".join(shown), restart)

    def _leave_thought(self, *, final: bool) -> bool:
        """Drop the thought as far as it has come; False if more must arrive first."""
        closing = _THOUGHT_CLOSES.search(self._buffer)
        if closing:
            self._thinking = False
            self._buffer = self._buffer[closing.end() :]
            return True
        self._buffer = "" if final else self._buffer[-_CLOSING_TAIL:]
        return False

    def _step(self, *, final: bool) -> str | None:
        """Take the next settled piece off the buffer; None if more must arrive to settle it."""
        special = _SPECIAL.search(self._buffer)
        if special is None:
            return self._take(len(self._buffer))
        if special.start():
            return self._take(special.start())
        match special.group():
            case "<":
                return self._tag(final=final)
            case "!":
                return self._image(final=final)
            case "[" | "［" | "【":
                return self._bracket(final=final)
            case "*":
                return self._asterisk(final=final)
            case "(" | ":" as character:
                # After a mark these would make a link or a link's definition of it.
                self._take(1)
                return character.translate(_FULL_WIDTH) if self._last == "]" else character
            case "]":
                return self._take(1).translate(_FULL_WIDTH)
        self._take(1)
        return ""

    def _take(self, length: int) -> str:
        taken, self._buffer = self._buffer[:length], self._buffer[length:]
        return taken

    def _tag(self, *, final: bool) -> str | None:
        if tag := _TAG.match(self._buffer):
            address = _ADDRESS.match(self._buffer)
            self._thinking = bool(_THOUGHT_OPENS.match(self._buffer))
            # An address goes back to be cleaned like any text.
            self._buffer = (address.group(1) if address else "") + self._buffer[tag.end() :]
            return ""
        if not final and _TAG_BEGINS.fullmatch(self._buffer):
            return None
        character = self._take(1)
        return character if _LESS_THAN_GOES_ON.match(self._buffer) else character.translate(_FULL_WIDTH)

    def _image(self, *, final: bool) -> str | None:
        if image := _IMAGE.match(self._buffer):
            self._take(image.end())
            return ""
        if not final and _IMAGE_BEGINS.fullmatch(self._buffer):
            return None
        character = self._take(1)
        following = _SPECIAL.match(self._buffer)
        return character.translate(_FULL_WIDTH) if following and following.group() not in "!(:" else character

    def _bracket(self, *, final: bool) -> str | None:
        if link := _LINK.match(self._buffer):
            mark = _MARK.match(self._buffer)
            # The link's text goes back to be cleaned in its turn.
            self._buffer = (mark.group() if mark else link.group(1)) + self._buffer[link.end() :]
            return ""
        if not final and (_LINK_BEGINS.fullmatch(self._buffer) or _MARK_BEGINS.fullmatch(self._buffer)):
            return None
        if mark := _MARK.match(self._buffer):
            self._take(mark.end())
            return "".join(f"[{n}]" for n in _numbers(mark.group(1)) if n in self._valid)
        return self._take(1).translate(_FULL_WIDTH)

    def _asterisk(self, *, final: bool) -> str | None:
        """Bold is dropped: the reply is shown as plain text."""
        if self._buffer.startswith("**"):
            self._take(2)
            return ""
        return None if not final and self._buffer == "*" else self._take(1)

    def _show(self, text: str) -> str:
        if not self._last:
            text = text.lstrip()
        self._last = text[-1:] or self._last
        return text


def clean(reply: str, valid: Collection[int]) -> str:
    """A whole reply, cleaned: the joined stream."""
    cleaner = ReplyCleaner(valid)
    first, last = cleaner.feed(reply), cleaner.close()
    return last.text if last.restart else first.text + last.text


def _numbers(text: str) -> list[int]:
    """The numbers of a mark such as `1, 3-5`, each once."""
    spread = _RANGE.sub(
        lambda m: " ".join(map(str, range(int(m[1]), min(int(m[2]), int(m[1]) + 20) + 1))), text
    )
    return list(dict.fromkeys(map(int, re.findall(r"\d+", spread))))
