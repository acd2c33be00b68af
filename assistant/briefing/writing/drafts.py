"""What a model is given to write a briefing from, and what of its writing holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.answering.verifying.citation_marks import MarkedSentence, split_marked, without_list_marker
from assistant.answering.verifying.grounding import grounded
from assistant.briefing.dating.as_of import event_date
from assistant.briefing.material import Statement
from assistant.folding import compact, tokenize

Named = Callable[[str], Sequence[str]]
"""Gives the companies that a text names."""

_FEWEST_SHARED = 0.4
"""The part of a sentence's words that must stand in what it cites: a paraphrase keeps about half of them."""
_MOST_CITED = 4
_ENDS = tuple("。！？!?….")
_WORD = re.compile(r"[\w\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Line:
    """A statement, or a sentence about several of them; `topic` is the place of its theme in the briefing."""

    text: str
    statements: tuple[Statement, ...]
    topic: int

    @property
    def statement(self) -> Statement | None:
        """The one that it is word for word; None for a sentence of a model."""
        first = self.statements[0]
        return first if self.text == first.text else None


def held(reply: str, lines: Sequence[Line], named: Named) -> tuple[list[Line], int]:
    """The sentences of a reply that hold, no two alike, and how many do not.

    A sentence holds if every figure, date, company and quote in it and enough of its words occur in the
    statements below the lines that it cites. It belongs to the theme of the first of those. One without
    marks does not hold; headings and what a cut reply leaves unfinished are no sentences.

    Args:
        reply: sentences with `[n]` marks, where `n` counts `lines` from 1.
    """
    found: dict[tuple[int, str], Line] = {}
    dropped = 0
    for sentence in split_marked(reply):
        text = without_list_marker(sentence.text.lstrip("#> \t")).strip()
        if (line := _held(text, sentence, lines, named)) is not None:
            found.setdefault((line.topic, compact(text)), line)
        elif _WORD.search(text) and (sentence.marks or text.endswith(_ENDS)):
            dropped += 1
    return list(found.values()), dropped


def _held(text: str, sentence: MarkedSentence, lines: Sequence[Line], named: Named) -> Line | None:
    cited = [lines[n - 1] for n in sentence.marks if 0 < n <= len(lines)]
    statements = list(dict.fromkeys(statement for line in cited for statement in line.statements))
    if not _holds(text, statements, named):
        return None
    return Line(text, _narrowed(text, statements, named), cited[0].topic)


def _narrowed(text: str, statements: list[Statement], named: Named) -> tuple[Statement, ...]:
    """Of many statements as many as a reader will look up, if the sentence holds without the rest."""
    kept = list(statements)
    for statement in reversed(statements):
        if len(kept) <= _MOST_CITED:
            break
        rest = [other for other in kept if other is not statement]
        if _holds(text, rest, named):
            kept = rest
    return tuple(kept)


def _holds(text: str, statements: Sequence[Statement], named: Named) -> bool:
    known = [part for statement in statements for part in _known(statement)]
    if not grounded(text, known):
        return False
    if names := set(named(text)):
        names -= {statement.company for statement in statements}
        names -= {name for part in known for name in named(part)}
    return not names and _shared(text, known) >= _FEWEST_SHARED


def _known(statement: Statement) -> Iterator[str]:
    """What a sentence may take from a statement: its words, and what is known of when and of whom it is.

    Each is ended, so that no figure is made of the end of one and the start of the next.
    """
    metadata = statement.passage.metadata
    heads = statement.passage.table if statement.is_row else ""
    dates = (metadata.published, metadata.period, event_date(statement))
    known = (statement.text, statement.before, heads, statement.company, *dates)
    return (f"{part}。" for part in known if part)


def _shared(text: str, known: Sequence[str]) -> float:
    words = set(tokenize(text))
    return len(words & set(tokenize("\n".join(known)))) / len(words) if words else 0.0
