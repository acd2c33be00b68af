"""Values between two processes: JSON behind its length, so that nothing that arrives is ever executed."""

from __future__ import annotations

import json
from typing import IO, Any

_LENGTH = 8


def write(stream: IO[bytes], value: Any) -> None:
    """Send a value that JSON can hold; a text may hold lone surrogates.

    Raises:
        TypeError, ValueError, RecursionError: JSON cannot hold the value; nothing was sent.
        OSError: nobody reads at the other end.
    """
    data = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    stream.write(len(data).to_bytes(_LENGTH, "big"))
    stream.write(data)
    stream.flush()


def read(stream: IO[bytes], limit: int) -> Any:
    """The next value, None where the other end has gone, even halfway.

    Raises:
        ValueError: more than `limit` bytes are announced, or they are no JSON.
        RecursionError: it is nested too deeply.
    """
    head = stream.read(_LENGTH)
    length = int.from_bytes(head, "big")
    if len(head) == _LENGTH and length > limit:
        raise ValueError(f"an answer of {length} bytes, more than the {limit} allowed")
    data = stream.read(length)
    return json.loads(data) if data and len(data) == length else None
