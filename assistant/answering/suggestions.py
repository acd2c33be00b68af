"""Sample questions made from the corpus itself, for a page on which nothing has been asked yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from assistant.answering.asking import questions_of
from assistant.index.ledger import Ledger
from assistant.records import Passage

_TRIED = 60
_OF_A_FORM = 0.25
"""The share of the questions that may be of one form, so that they show what can be asked."""


def suggest(ledger: Ledger, n: int, is_answered: Callable[[str], bool]) -> list[str]:
    """Up to n questions, of different documents and forms as far as there are, each of them answered."""
    chosen: dict[str, str] = {}
    spare: list[str] = []
    tried = 0
    queues = [_questions(ledger.passages(info.document)) for info in ledger.documents() if info.passages]
    while queues and len(chosen) < n and tried < _TRIED:
        for queue in list(queues):
            question, form = next(queue, ("", ""))
            tried += 1
            if not question:
                queues.remove(queue)
            elif question in chosen or len(chosen) >= n or not is_answered(question):
                continue
            elif list(chosen.values()).count(form) < max(1, _OF_A_FORM * n):
                chosen[question] = form
            else:
                spare.append(question)
    return [*chosen, *(question for question in spare if question not in chosen)][:n]


def _questions(passages: list[Passage]) -> Iterator[tuple[str, str]]:
    for passage in passages:
        for asked in questions_of(passage):
            yield asked.question, asked.form
