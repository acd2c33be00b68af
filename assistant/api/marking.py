"""The text of an answer as chat programs show it: Markdown in which nothing of a document comes alive.

Words stay as they are. An invisible joiner keeps what a document holds from becoming a link, a picture, a
tag or a block of code, which a program that shows Markdown might fetch or run. Blanks keep the line ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.exports.escaping import literal
from assistant.exports.wording import Wording, source_line, wording
from assistant.records import Answer, Citation

_JOINER = "\u2060"
_BREAK = "  \n"
_ALIVE = re.compile(
    r"(?<=\])(?=[(:])|(?<=<)(?=[A-Za-z/!?])|(?<=`)(?=`)|(?<=~)(?=~)|(?<=://)(?=\S)|(?<=[\w.+-]@)(?=\w)"
    r"|(?<=www)(?=\.)|(?<=mailto:)(?=\S)|(?<=data:)(?=\S)|(?<=javascript:)(?=\S)",
    re.IGNORECASE,
)
_MARK = re.compile(r"\[(\d{1,3})\]")
_HEADS = "|".join(re.escape(wording(language).sources) for language in ("zh", "en"))
_LINE_END = re.compile(r"(?<=\S)\n(?=\S)")
_LIST = re.compile(rf"\n+\*\*(?:{_HEADS})\*\*\n+(?:- \[\d+\] [^\n]*(?:\n+|$))+\s*$")
_PIECE = re.compile(r".*?(?:[。！？；](?:\[\d{1,3}\])*|\n+|$)", re.DOTALL)


def answer_text(answer: Answer) -> str:
    """The answer, with its `[n]` marks."""
    return inert(answer.text)


def inert(text: str) -> str:
    """A text in which nothing comes alive where it is shown as Markdown."""
    return _LINE_END.sub(_BREAK, _ALIVE.sub(_JOINER, text))


def pieces(text: str) -> list[str]:
    """The text sentence by sentence; joined they are the text."""
    return [piece for piece in _PIECE.findall(text) if piece]


def source_list(answer: Answer, addresses: Iterable[tuple[Citation, str]], language: str) -> str:
    """The sources that the text cites as a Markdown list to stand under it; empty for none.

    Args:
        addresses: the citations, each with the address at which it can be read.
        language: of its heading, `zh` or `en`.
    """
    words, cited = wording(language), set(map(int, _MARK.findall(answer.text)))
    lines = [_line(citation, url, words) for citation, url in addresses if citation.n in cited]
    return "\n\n" + "\n".join([f"**{words.sources}**", "", *lines]) if lines else ""


def without_additions(text: str) -> str:
    """An earlier answer as it was before we made it ready to be shown."""
    return _LIST.sub("", text.replace(_JOINER, "").replace(_BREAK, "\n"))


def _line(citation: Citation, url: str, words: Wording) -> str:
    # Without backslashes: chat programs take what stands between \[ and \] for a formula.
    return f"- [{citation.n}] [{literal(source_line(citation, words))}]({url})"
