"""A request, answered from a briefing or a comparison as these are made."""

from __future__ import annotations

import time
from collections.abc import Callable, Container, Iterator
from dataclasses import replace

from assistant.briefing.material import Statement
from assistant.briefing.requests.answers import Answers
from assistant.briefing.requests.focusing import on_topic
from assistant.briefing.requests.request import Request
from assistant.errors import CompanyError
from assistant.records import Answer, Delta, Notice, Progress
from assistant.records.briefings import Briefing, Comparison

_LONG = 300
"""Passages from which on reading takes so long that it is told of."""
_FEWEST = 2
"""Sentences that a summary of one topic has at least; with fewer, searching finds more."""


def only(topic: str, within: Container[str] | None) -> Callable[[Statement], bool] | None:
    """Which statements count: those on the topic, of the passages within; None where all do."""
    if not topic and within is None:
        return None
    is_on_it = on_topic(topic) if topic else None

    def counts(statement: Statement) -> bool:
        is_within = within is None or statement.passage.id in within
        return is_within and (is_on_it is None or is_on_it(statement))

    return counts


Made = Iterator[Progress | Briefing] | Iterator[Progress | Comparison]


def told(
    request: Request,
    question: str,
    language: str,
    made: Callable[[], Made],
    is_answered: Callable[[str], bool],
) -> Iterator[Delta | Notice | Answer]:
    """Answer piece by piece; the last item is the `Answer`. No answer where searching answers better.

    Searching is better on a topic on which little is said, where filters let nothing in, and where a name may
    be no company's. What takes long is told of in a notice before the first piece.

    Args:
        made: makes the briefing or the comparison that is requested.
        is_answered: whether searching answers a question.
    """
    started = time.monotonic()
    answers = Answers(request, question, language)
    shown = ""
    answer = None
    try:
        for item in made():
            if isinstance(item, Progress):
                if item.done == 0 and item.total >= _LONG and not shown:
                    yield Notice(answers.reading(item.detail, item.total))
                continue
            answer = answers.of(item)
            if len(answer.sentences) < (_FEWEST if request.topic else 1):
                return
            if not shown:
                shown = answer.text
                yield from map(Delta, shown.splitlines(keepends=True))
    except CompanyError as error:
        if request.is_guess and is_answered(question):
            return
        answer = answers.of_error(error)
        yield Delta(answer.text)
        shown = answer.text
    if answer is None:
        return
    if answer.text != shown:
        yield Notice(answers.replaced())
        yield from map(Delta, answer.text.splitlines(keepends=True))
    yield replace(answer, seconds=round(time.monotonic() - started, 4))
