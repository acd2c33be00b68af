"""An exchange as columns of the file: packed, to be opened again, and as text, to be found by its words."""

from __future__ import annotations

import json
import re
import sqlite3
import zlib
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from assistant.folding import fold
from assistant.records.conversations import Exchange, Rating

_OF_COLUMNS = {"id", "parent", "rating", "comment"}
_MARK = re.compile(r"[ \t]*\[(\d{1,4})\]")


def columns(exchange: Exchange) -> tuple[str, str, str, bytes]:
    """Question, answer without citation marks, both folded, and the packed exchange."""
    question, answer = exchange.question, said(exchange)
    kept = _adapter().dump_python(exchange, exclude=_OF_COLUMNS)
    # Not dump_json: it refuses lone surrogates, which the text of an endpoint or a document may hold.
    packed = zlib.compress(json.dumps(kept, ensure_ascii=False).encode("utf-8", "replace"))
    return question, answer, fold(f"{question}\n{answer}"), packed


def exchange_of(row: sqlite3.Row) -> Exchange:
    """The exchange of a row of `exchanges`, also one that an older or a newer program kept.

    What of it this program cannot read is left out; where nothing can, its question and the text of its
    answer remain, as of an exchange that was interrupted.
    """
    exchange = _unpacked(row["content"]) or Exchange(row["question"], text=row["answer"])
    exchange.id, exchange.parent, exchange.comment = row["id"], row["parent"], row["comment"]
    exchange.rating = Rating(row["rating"]) if row["rating"] in tuple(Rating) else None
    return exchange


def said(exchange: Exchange) -> str:
    """The answer's text, or what has arrived of it, without citation marks."""
    if exchange.answer is None:
        return storable(exchange.text)
    numbers = {citation.n for citation in exchange.answer.citations}
    text = _MARK.sub(lambda mark: "" if int(mark[1]) in numbers else mark[0], exchange.answer.text)
    return storable(text)


def storable(text: str) -> str:
    """The text without what no file can hold: lone surrogates, and NULs, at which SQLite's search ends."""
    return text.encode("utf-8", "replace").decode().replace("\0", "\ufffd")


def _unpacked(content: bytes) -> Exchange | None:
    with suppress(zlib.error, ValueError, TypeError):
        data = zlib.decompress(content)
        try:
            exchange: Exchange = _adapter().validate_json(data)
        except ValidationError as error:
            places = (fault["loc"] for fault in error.errors(include_url=False, include_input=False))
            exchange = _adapter().validate_python(_without(json.loads(data), places))
        return exchange
    return None


def _without(value: dict[str, Any], places: Iterable[tuple[int | str, ...]]) -> dict[str, Any]:
    """What was kept without the fields that cannot be read: those of the answer one by one."""
    answer = value.get("answer")
    for place in places:
        if place[0] == "answer" and len(place) > 1 and isinstance(answer, dict):
            answer.pop(place[1], None)
        else:
            value.pop(str(place[0]), None)
    return value


@cache
def _adapter() -> TypeAdapter[Exchange]:
    return TypeAdapter(Exchange)
