"""Question files: which column is which, under the names in use, and what its values mean."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from assistant.errors import DocumentError, QuestionError
from assistant.evaluation.limits import filters_of
from assistant.evaluation.tabular import TableRow, rows_of
from assistant.records import Filters, Hint, Turn
from assistant.records.evaluation import Question, QuestionSet
from assistant.terminal import well_formed

ALIASES = {
    "question": ("question", "问题"),
    "id": ("ques_id", "id"),
    "gold": ("gold",),
    "short_answers": ("answers", "answer_short", "short_answers", "short_answer"),
    "keywords": ("keywords",),
    "keyword_weight": ("keyword_weight",),
    "difficulty": ("difficulty",),
    "documents": ("documents", "docs", "doc_id"),
    "alternatives": ("alternatives", "alt_docs"),
    "answerable": ("answerable",),
    "kind": ("kind",),
    "conversation": ("conversation",),
    "history": ("history",),
    "filters": ("filters",),
    "without": ("without",),
}
"""Which columns are read, each under any of its names; whatever else a file holds is kept as it is."""
_TRUE, _FALSE = ("true", "1", "1.0", "yes", "是"), ("false", "0", "0.0", "no", "否")
_SEMICOLON = re.compile("[;；]")
_BAR = re.compile("[|｜]")
_SHOWN = 60
"""Characters of a value that a message shows."""
_Value = TypeVar("_Value")


class _Unusable(Exception):
    """A value that cannot be used; its text says what is wrong and what to do."""


def read_questions(path: Path) -> QuestionSet:
    """The questions of a file; an empty one is a row too, which cannot be asked.

    Raises:
        DocumentError: it cannot be read, or is no text.
        QuestionError: a row cannot be used; the message names its line.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(f"{path} cannot be read ({error.strerror}); name a CSV or JSONL file") from None
    return parse_questions(data, path.name)


def parse_questions(data: bytes, name: str) -> QuestionSet:
    """The questions of a file's bytes; `name` is for messages. Raises as `read_questions` does."""
    columns, rows = rows_of(data, name)
    if not rows:
        raise QuestionError(f"{name} holds no question; write one a line, below a line of column names")
    if not set(ALIASES["question"]) & {column.strip().lower() for column in columns}:
        raise QuestionError(f"{name} has no column `question`; it has {_shortened(', '.join(columns))}")
    questions: list[Question] = []
    faults: list[str] = []
    lines: dict[str, int] = {}
    for number, row in enumerate(rows, start=1):
        try:
            question = _question(row, number)
            if question.id in lines:
                raise _Unusable(
                    f"the id {_shortened(question.id)} stands in line {lines[question.id]} already; change it"
                )
        except _Unusable as fault:
            faults.append(f"line {row.line}: {fault}")
            continue
        lines[question.id] = row.line
        questions.append(question)
    if faults:
        more = f" (and {len(faults) - 1} more lines cannot be used)" if len(faults) > 1 else ""
        raise QuestionError(f"{name} {faults[0]}{more}")
    return QuestionSet(name, hashlib.sha256(data).hexdigest(), columns, tuple(questions))


def _question(row: TableRow, number: int) -> Question:
    given = {name.strip().lower(): value for name, value in row.values.items()}

    def take(field: str, convert: Callable[[object], _Value], default: _Value) -> _Value:
        for name in ALIASES[field]:
            value = given.get(name)
            if value is None or value == "" or value == []:
                continue
            try:
                return convert(value)
            except _Unusable as fault:
                raise _Unusable(f"{name} {fault}") from None
        return default

    if not given.keys() & set(ALIASES["question"]):
        raise _Unusable("it has no question; add one or take the line out")
    nothing: tuple[str, ...] = ()
    no_keywords: tuple[tuple[str, ...], ...] = ()
    no_turns: tuple[Turn, ...] = ()
    no_hints: tuple[Hint, ...] = ()
    no_number: float | None = None
    keywords = take("keywords", _keywords, no_keywords)
    gold, answers = take("gold", _gold, ""), take("short_answers", _answers, nothing)
    documents = take("documents", _documents, nothing)
    expects = bool(keywords or gold or answers or documents)
    return Question(
        line=row.line,
        id=take("id", _text, "").strip() or str(number),
        question=take("question", _text, "").strip(),
        keywords=keywords,
        gold=gold,
        short_answers=answers,
        keyword_weight=take("keyword_weight", _share, no_number),
        difficulty=take("difficulty", _weight, no_number),
        documents=documents,
        alternatives=take("alternatives", _documents, nothing),
        answerable=take("answerable", _truth, True if expects else None),
        kind=take("kind", _text, "").strip(),
        conversation=take("conversation", _text, "").strip(),
        history=take("history", _history, no_turns),
        filters=take("filters", _filters, Filters()),
        without=take("without", _without, no_hints),
        columns={name: _cell(value) for name, value in row.values.items()},
    )


def _text(value: object) -> str:
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return well_formed(str(value))
    raise _Unusable("is no text; write it between quotes")


def _shortened(text: str) -> str:
    """On one line, and no longer than a message can bear."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[:_SHOWN] + "…"


def _shown(value: object) -> str:
    return _shortened(repr(value))


def _cell(value: object) -> str:
    """A value as a cell of ANSWERS.csv, and read from there as what it was."""
    if isinstance(value, str):
        return well_formed(value)
    return "" if value is None else well_formed(json.dumps(value, ensure_ascii=False))


def _listed(value: object, separator: re.Pattern[str] | None) -> list[object]:
    """The entries of a list, or of a cell that holds a JSON list or entries between separators, if any."""
    if isinstance(value, str) and value.lstrip().startswith("["):
        with suppress(ValueError, RecursionError):
            value = json.loads(value)
    if isinstance(value, list):
        return value
    return list(separator.split(_text(value))) if separator else [value]


def _texts(values: Iterable[object]) -> tuple[str, ...]:
    return tuple(text for text in (_text(value).strip() for value in values) if text)


def _keywords(value: object) -> tuple[tuple[str, ...], ...]:
    groups = (_texts(_listed(entry, _BAR)) for entry in _listed(value, _SEMICOLON))
    return tuple(group for group in groups if group)


def _answers(value: object) -> tuple[str, ...]:
    return _texts(_listed(value, _BAR))


def _documents(value: object) -> tuple[str, ...]:
    return _texts(_listed(value, _SEMICOLON))


def _gold(value: object) -> str:
    return "\n".join(_texts(_listed(value, None)))


def _number(value: object) -> float:
    try:
        return float(_text(value))
    except ValueError:
        raise _Unusable(f"is {_shown(value)}; give a number") from None


def _share(value: object) -> float:
    if not 0 <= (number := _number(value)) <= 1:
        raise _Unusable(f"is {_shown(value)}; give a number from 0 to 1")
    return number


def _weight(value: object) -> float:
    if not 0 < (number := _number(value)) < 1e6:
        raise _Unusable(f"is {_shown(value)}; give a number above 0")
    return number


def _truth(value: object) -> bool:
    word = str(value).strip().lower()
    if word not in (*_TRUE, *_FALSE):
        raise _Unusable(f"is {_shown(value)}; write true or false")
    return word in _TRUE


def _filters(value: object) -> Filters:
    try:
        return filters_of(value)
    except ValueError as error:
        raise _Unusable(str(error)) from None


def _without(value: object) -> tuple[Hint, ...]:
    return tuple(map(Hint.of, _texts(_listed(value, _SEMICOLON))))


def _history(value: object) -> tuple[Turn, ...]:
    """Turns from messages of the roles `user` and `assistant`; one without its other half stands alone."""
    messages = _listed(value, _SEMICOLON)
    if not all(isinstance(message, Mapping) for message in messages):
        raise _Unusable('is no list of {"role": "user", "text": "…"}')
    turns: list[Turn] = []
    asked = ""
    for message in messages:
        assert isinstance(message, Mapping)
        role, text = message.get("role"), message.get("text", message.get("content"))
        if role not in ("user", "assistant") or not isinstance(text, str):
            raise _Unusable('has a message without the role "user" or "assistant" or without a text')
        text = well_formed(text)
        if role == "assistant":
            turns.append(Turn(asked, text))
        elif asked:
            turns.append(Turn(asked, ""))
        asked = text if role == "user" else ""
    return (*turns, *([Turn(asked, "")] if asked else []))
