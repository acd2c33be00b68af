"""Statements with their citation marks, and rows of tables in one line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from assistant.records.briefings import Bullet
from assistant.terminal import one_line, well_formed

Shown = Callable[[str], str]

_END = re.compile(r"[。！？!?；;，,、：:…\s]*$")
_OPEN_END = re.compile(r"[；;，,、：:\s]+$")


def marks(citations: Iterable[int]) -> str:
    """`[1][4]`."""
    return "".join(f"[{n}]" for n in citations)


def marked(text: str, citations: Sequence[int], shown: Shown = str) -> str:
    """The statement on one line, with the numbers of its sources before its last stop.

    Args:
        shown: what is made of the statement's own words.
    """
    text = line(text)
    match = _END.search(text)
    end = match.start() if match else len(text)
    return f"{shown(text[:end])}{marks(citations)}{shown(text[end:])}"


def running(bullets: Iterable[Bullet], shown: Shown = str) -> str:
    """Statements as one text with marks; a part of a sentence ends like a whole one."""
    return "".join(marked(_whole(bullet.text), bullet.citations, shown) for bullet in bullets)


def line(text: str) -> str:
    """A statement or a row on one line, without what could steer a terminal or cannot be written."""
    return well_formed(one_line(re.sub(r"[ ]*\t\s*", " | ", text.strip())))


def _whole(text: str) -> str:
    whole = _OPEN_END.sub("", line(text))
    return whole if re.search(r"[。！？!?…][”’」』）)]*$", whole) else f"{whole}。"
