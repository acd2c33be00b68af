"""Questions made from what the corpus states.

Each form is narrow on purpose: a question that nobody would ask is worse than one too few. A statement must
name what it speaks of, or stand where one company is spoken of, so that its question stands on its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from assistant.answering.asking.amounts import counted, level
from assistant.answering.asking.happenings import honours, when, where, who
from assistant.answering.asking.headings import headed, tabled
from assistant.answering.asking.saying import Asked, Said, said_in
from assistant.answering.asking.things import consists, means, named, topics
from assistant.records import Passage

__all__ = ["Asked", "questions_of"]

_FORMS: dict[str, Callable[[Said], Iterator[str]]] = {
    "count": counted,
    "level": level,
    "when": when,
    "where": where,
    "who": who,
    "honour": honours,
    "topic": topics,
    "named": named,
    "means": means,
    "consists": consists,
}


def questions_of(passage: Passage) -> Iterator[Asked]:
    """The questions that a passage answers: of its sentences in text order, its heading, its table.

    They are in Simplified characters.
    """
    if passage.front:
        return
    for said in said_in(passage):
        for form, make in _FORMS.items():
            for question in make(said):
                yield Asked(question, form, passage, said.start, said.end)
    yield from headed(passage)
    yield from tabled(passage)
