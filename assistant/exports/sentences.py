"""Statements with their citation marks, and rows of tables in one line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.records.briefings import Bullet
from assistant.terminal import one_line, well_formed

_END = re.compile(r"[。！？!?；;，,、：:…\s]*$")
_OPEN_END = re.compile(r"[；;，,、：:\s]+$")


def marks(citations: Iterable[int]) -> str:
    """`[1][4]`."""
    return "".join(f"[{n}]" for n in citations)


def marked(text: str, citations: Sequence[int]) -> str:
    """The statement with the numbers of its sources before its last stop."""
    match = _END.search(text)
    end = match.start() if match else len(text)
    return f"{text[:end]}{marks(citations)}{text[end:]}"


def running(bullets: Iterable[Bullet]) -> str:
    """Statements as one text with marks; a part of a sentence ends like a whole one."""
    return "".join(_sentence(bullet) for bullet in bullets)


def line(text: str) -> str:
    """A statement or a row on one line, without what could steer a terminal or cannot be written."""
    return well_formed(one_line(re.sub(r"[ ]*\t\s*", " | ", text.strip())))


def _sentence(bullet: Bullet) -> str:
    text = line(bullet.text)
    whole = _OPEN_END.sub("", text)
    stop = "" if re.search(r"[。！？!?…][”’」』）)]*$", whole) else "。"
    return marked(whole + stop, bullet.citations)
