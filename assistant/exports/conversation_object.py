"""A conversation as what JSON is made of."""

from __future__ import annotations

import re
from dataclasses import asdict, fields
from typing import TYPE_CHECKING

from assistant.device_names import is_device
from assistant.exports.objects import answer_object
from assistant.exports.sentences import line
from assistant.records import Filters
from assistant.records.conversations import Conversation, Exchange

if TYPE_CHECKING:
    from assistant.conversations import Tree

_UNSAFE = re.compile(r'[\\/:*?"<>|%\u200b-\u200f\u2060\ufeff]+')
_NAME_CHARACTERS = 60


def conversation_object(conversation: Conversation, tree: Tree) -> dict[str, object]:
    """A conversation with all versions of its exchanges; `shown` are the ids of those that are shown.

    What an answer holds is that of `ask --json`, and `rewritten`.
    """
    return {
        "title": conversation.title,
        "created": conversation.created,
        "changed": conversation.changed,
        "shown": [exchange.id for exchange in tree.path()],
        "exchanges": [_exchange_object(exchange) for exchange in tree],
    }


def conversation_file_name(conversation: Conversation, ending: str) -> str:
    """A file name that every system takes, made of the title; `ending` is `md` or `json`."""
    stem = " ".join(_UNSAFE.sub(" ", line(conversation.title)).split())[:_NAME_CHARACTERS].strip(". ")
    return f"{'_' if is_device(stem) else ''}{stem or 'conversation'}.{ending}"


def filters_object(filters: Filters) -> dict[str, object]:
    """What a question was limited to; what limits nothing is left out."""
    return {f.name: value for f in fields(filters) if (value := getattr(filters, f.name))}


def _exchange_object(exchange: Exchange) -> dict[str, object]:
    answer = exchange.answer
    return {
        "id": exchange.id,
        "parent": exchange.parent,
        "asked": exchange.asked,
        "question": exchange.question,
        "filters": filters_object(exchange.filters),
        "dropped": [asdict(hint) for hint in exchange.dropped],
        "answer": answer and {**answer_object(answer), "rewritten": answer.rewritten},
        "text": "" if answer else exchange.text or exchange.superseded,
        "error": exchange.error,
        "rating": exchange.rating,
        "comment": exchange.comment,
    }
