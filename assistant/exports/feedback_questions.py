"""Rated answers as questions that `evaluate` asks and measures."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from assistant.exports.conversation_object import filters_object
from assistant.records import Answer, Verdict
from assistant.records.conversations import Conversation, Exchange, Rating
from assistant.terminal import well_formed

if TYPE_CHECKING:
    from assistant.conversations import Tree

Row = dict[str, object]


def feedback_questions(rated: Iterable[tuple[Conversation, Tree]]) -> list[Row]:
    """One row for each rated answer, in the columns of a question file, after rows for the turns before it.

    Of an answer that was found good is expected what it rests on: its documents, its quotes as `gold`, the
    figures and names that it emphasised as `keywords`; of a refusal that was, that there is no answer. Of an
    answer that was found bad nothing is known but that; of a refusal, that there is an answer. `kind` is the
    rating. Nothing says whose it is.
    """
    return [row for _, tree in rated for row in _rows(tree)]


def feedback_jsonl(rows: Iterable[Row]) -> bytes:
    """The rows as a file, one a line."""
    return "".join(f"{well_formed(json.dumps(row, ensure_ascii=False))}\n" for row in rows).encode()


def _rows(tree: Tree) -> Iterator[Row]:
    """Each rated exchange once, however many continuations it has."""
    told: set[int] = set()
    for chain in _chains(tree):
        last = chain[-1].id
        for exchange in chain:
            row: Row = {"id": str(exchange.id), "question": exchange.question, **_limits(exchange)}
            if exchange.rating is None or exchange.id in told:
                row["id"] = f"{last}-{exchange.id}"
            else:
                row |= _expected(exchange)
                told.add(exchange.id)
            yield row | ({"conversation": str(last)} if len(chain) > 1 else {})


def _chains(tree: Tree) -> Iterator[list[Exchange]]:
    """The paths that end with a rated answer and go through all others on the way, without what had none."""
    rated = [exchange for exchange in tree if exchange.rating and exchange.answer]
    passed = {before.id for exchange in rated for before in tree.path(exchange.id)[:-1]}
    for exchange in rated:
        if exchange.id not in passed:
            yield [step for step in tree.path(exchange.id) if step.turn().answer]


def _limits(exchange: Exchange) -> Row:
    without = [hint.value for hint in exchange.dropped]
    given: Row = {"filters": filters_object(exchange.filters), "without": without}
    return {name: value for name, value in given.items() if value}


def _expected(exchange: Exchange) -> Row:
    answer = exchange.answer
    assert answer is not None, "only answers are rated"
    is_good, is_refusal = exchange.rating is Rating.UP, answer.verdict is Verdict.REFUSE
    expected: Row = {}
    if is_refusal:
        expected["answerable"] = not is_good
    elif is_good:
        expected = {"answerable": True, **_borne(answer)}
    told = {"comment": exchange.comment, "verdict_then": answer.verdict, "answer_then": answer.text}
    return {**expected, "kind": exchange.rating, **told, "asked": exchange.asked}


def _borne(answer: Answer) -> Row:
    """What a good answer rests on; of a summary its documents alone, since its lines are a choice of many."""
    documents = dict.fromkeys(citation.document for citation in answer.citations)
    copies = dict.fromkeys(name for citation in answer.citations for name in citation.reprints)
    borne: Row = {"documents": list(documents), "alternatives": [n for n in copies if n not in documents]}
    if not (answer.briefing or answer.comparison):
        shown = (s.text[start:end].strip() for s in answer.sentences for start, end in s.emphasis)
        borne["keywords"] = [[words] for words in dict.fromkeys(shown) if words]
        borne["gold"] = [citation.quote for citation in answer.citations]
    return {name: value for name, value in borne.items() if value}
