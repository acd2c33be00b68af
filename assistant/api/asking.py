"""A chat request as the question, its history and its filters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.api.bodies import ChatRequest, FiltersBody, Message
from assistant.api.failures import BAD_REQUEST, UNSUPPORTED, Refusal
from assistant.api.marking import without_additions
from assistant.records import Filters, Hint, Turn


@dataclass(frozen=True, slots=True)
class Asked:
    """What a chat request asks."""

    question: str
    history: tuple[Turn, ...]
    filters: Filters | None
    dropped: tuple[Hint, ...]


def asked(body: ChatRequest) -> Asked:
    """What a chat request asks.

    Raises:
        Refusal: it holds what would change the meaning of an answer and cannot be done here.
    """
    _refuse_unsupported(body)
    texts = [(message.role, _text(message, n)) for n, message in enumerate(body.messages)]
    role, question = texts[-1]
    if role != "user":
        raise Refusal(BAD_REQUEST, "the last message must be the user's question", _place(len(texts) - 1))
    return Asked(question, _turns(texts[:-1]), filters_of(body.filters), dropped(body.without))


def filters_of(body: FiltersBody | None) -> Filters | None:
    """The filters of a request; None without any."""
    return body.filters() if body else None


def dropped(without: Sequence[str]) -> tuple[Hint, ...]:
    """What of a question shall not count."""
    return tuple(map(Hint.of, without))


def prompt_text(body: ChatRequest) -> str:
    """All that was sent to be read, for counting it."""
    return "\n".join(_text(message, n) for n, message in enumerate(body.messages))


def _turns(texts: Sequence[tuple[str, str]]) -> tuple[Turn, ...]:
    """Each question with the answer that follows it, empty where none does."""
    turns: list[Turn] = []
    for role, text in texts:
        if role == "user":
            turns.append(Turn(text, ""))
        elif role == "assistant" and turns:
            last = turns.pop()
            turns.append(Turn(last.question, "\n".join(filter(None, (last.answer, without_additions(text))))))
    return tuple(turns)


def _text(message: Message, place: int) -> str:
    if message.role in ("tool", "function"):
        raise Refusal(UNSUPPORTED, f"messages of the role {message.role} cannot be read", _place(place))
    if message.content is None or isinstance(message.content, str):
        return message.content or ""
    for part in message.content:
        if part.type not in ("text", "refusal"):
            raise Refusal(UNSUPPORTED, "only text can be read, no pictures, sound or files", _place(place))
    return "\n".join(part.text or part.refusal for part in message.content)


def _place(number: int) -> str:
    return f"messages[{number}]"


def _refuse_unsupported(body: ChatRequest) -> None:
    for name, is_refused, why in (
        ("n", body.n not in (None, 1), "a question has one answer; n must be 1"),
        ("stop", bool(body.stop), "an answer is not cut at stop sequences; leave stop out"),
        ("tool_choice", body.tool_choice not in (None, "none", "auto"), "no tool can be called"),
        ("function_call", body.function_call not in (None, "none", "auto"), "no function can be called"),
        ("modalities", set(body.modalities or ["text"]) != {"text"}, "answers are text only"),
        ("logprobs", bool(body.logprobs), "there are no log probabilities; leave logprobs out"),
        (
            "response_format",
            (body.response_format or {}).get("type", "text") != "text",
            "answers are quoted text, not JSON of a form; leave response_format out",
        ),
    ):
        if is_refused:
            raise Refusal(UNSUPPORTED, why, name)
