"""What a row of a question file limits its question to."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from assistant.records import Filters

_SHAPE = '{"companies": ["…"], "since": "2022"}'


def filters_of(value: object) -> Filters:
    """The filters of an object, or of a cell that holds one as JSON.

    Raises:
        ValueError: it is none, or has an unknown filter; the text goes on after the name of the column.
    """
    given = _loaded(value)
    if not isinstance(given, Mapping):
        raise ValueError(f"is no object; write it like {_SHAPE}")
    known = {field.name: field.default for field in fields(Filters)}
    found: dict[str, Any] = {}
    for name, entry in given.items():
        if name not in known:
            raise ValueError(f"has an unknown filter; choose among {', '.join(known)}")
        entries = entry if isinstance(entry, list) else [entry]
        if not all(isinstance(text, str) for text in entries):
            raise ValueError(f"has for {name} no text; write it like {_SHAPE}")
        if isinstance(known[name], tuple):
            found[name] = tuple(entries)
        elif len(entries) == 1:
            found[name] = entries[0]
        else:
            raise ValueError(f"has for {name} several values; give one")
    return Filters(**found)


def _loaded(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return None
