"""What chat programs ask of a model for themselves: a title of the conversation, tags, further questions.

Such a prompt is no question to the documents. It is known by its form: the conversation in a tag of its own,
and before it the JSON that is wanted, filled with an example.
"""

from __future__ import annotations

import json
import re
from json import JSONDecoder

from assistant.records import Answer, Verdict

_BEGIN, _END = "<chat_history>", "</chat_history>"
_FORM = re.compile(r"\bJSON\b[^{]{0,40}(?=\{)", re.IGNORECASE)
_ASKED = re.compile(r"^[ \t]*user[ \t]*[:：][ \t]*(\S.*)$", re.IGNORECASE | re.MULTILINE)
_TITLE_CHARACTERS = 40


def errand_done(message: str) -> Answer | None:
    """What such a prompt asks for, without a search; None for a question.

    A title is the first thing asked in the conversation. Of everything else there is nothing: tags and
    further questions would have to be made up.
    """
    instructions, _, rest = message.partition(_BEGIN)
    conversation, end, behind = rest.rpartition(_END)
    form = _form(instructions) if end and not behind.strip() else None
    if form is None:
        return None
    asked = _ASKED.search(conversation)
    title = _cut(asked[1].strip()) if asked else ""
    filled = {name: _filling(name, example, title) for name, example in form.items()}
    return Answer(message, json.dumps(filled, ensure_ascii=False), Verdict.ANSWER, "quoting", 0.0)


def _form(instructions: str) -> dict[str, object] | None:
    """The JSON object that the instructions give as the form of the reply."""
    place = _FORM.search(instructions)
    if place is None:
        return None
    try:
        form, _ = JSONDecoder().raw_decode(instructions, place.end())
    except (ValueError, RecursionError):  # a number may have too many digits
        return None
    return dict(form)


def _filling(name: str, example: object, title: str) -> object:
    if isinstance(example, list):
        return []
    return title if name == "title" else ""


def _cut(title: str) -> str:
    return title if len(title) <= _TITLE_CHARACTERS else title[: _TITLE_CHARACTERS - 1] + "…"
