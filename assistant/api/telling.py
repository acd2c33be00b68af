"""An answer as a chat completion, whole and in chunks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from secrets import token_hex

from assistant.api.marking import answer_text, pieces, source_list
from assistant.exports.objects import answer_object, citation_object
from assistant.records import Answer, Citation, Delta, Notice

Object = dict[str, object]
_WIDE = re.compile(r"[^\x00-\u02ff]")


@dataclass(frozen=True, slots=True)
class Told:
    """What a program is told: the text with its list of sources, citations, and what else is known."""

    text: str
    listed: str
    citations: list[Object]
    grounding: Object
    usage: Object


def told(
    answer: Answer,
    places: list[tuple[Citation, str]],
    prompt: str,
    language: str,
    *,
    has_list: bool,
    has_trail: bool,
) -> Told:
    """What a program is told of an answer.

    Args:
        places: its citations, each with the address at which it can be read.
        prompt: what was sent to be read.
        has_list: whether the text ends with a list of its sources.
        has_trail: whether it is told how the answer came about.
    """
    text = answer_text(answer)
    listed = source_list(answer, places, language) if has_list else ""
    citations = [citation_object(citation) | {"url": url} for citation, url in places]
    return Told(text, listed, citations, _grounding(answer, has_trail), _usage(answer, prompt, text + listed))


def _grounding(answer: Answer, has_trail: bool) -> Object:
    """What `ask --json` prints, without what stands elsewhere in a completion."""
    left_out = {"citations", "tokens"} if has_trail else {"citations", "tokens", "trail"}
    whole = answer_object(answer) | {"rewritten": answer.rewritten}
    return {name: value for name, value in whole.items() if name not in left_out}


def _usage(answer: Answer, prompt: str, text: str) -> Object:
    """The endpoint's tokens; where none was asked, an estimate of what was sent both ways."""
    tokens = answer.tokens
    is_known = tokens.prompt or tokens.completion
    sent, written = (tokens.prompt, tokens.completion) if is_known else (_tokens(prompt), _tokens(text))
    return {"prompt_tokens": sent, "completion_tokens": written, "total_tokens": sent + written}


def _tokens(text: str) -> int:
    """About how many tokens a text has: one a Chinese character, one for four others."""
    wide = len(_WIDE.findall(text))
    return wide + -(-(len(text) - wide) // 4)


@dataclass(frozen=True, slots=True)
class Completion:
    """The objects of one chat completion; all share an `id`."""

    model: str
    created: int
    has_usage: bool = False
    id: str = field(default_factory=lambda: f"chatcmpl-{token_hex(12)}")

    def whole(self, told: Told) -> Object:
        """The answer in one piece."""
        message = {"role": "assistant", "content": told.text + told.listed, "refusal": None}
        choice = {
            "index": 0,
            "message": message | {"citations": told.citations},
            "finish_reason": "stop",
            "logprobs": None,
        }
        return self._frame("chat.completion", [choice]) | {"usage": told.usage, "grounding": told.grounding}

    def first(self) -> Object:
        """The chunk that begins a stream."""
        return self._chunk({"role": "assistant", "content": ""})

    def draft(self, item: Delta | Notice) -> Object:
        """What arrives before the answer is checked, where programs show what a model thinks."""
        text = f"\n\n{item.text}\n\n" if isinstance(item, Notice) else item.text
        return self._chunk({"reasoning_content": text})

    def chunks(self, told: Told) -> Iterator[Object]:
        """The checked answer and what ends the stream."""
        for piece in (*pieces(told.text), told.listed):
            if piece:
                yield self._chunk({"content": piece})
        yield self._chunk({"citations": told.citations}, "stop") | {"grounding": told.grounding}
        if self.has_usage:
            yield self._frame("chat.completion.chunk", []) | {"usage": told.usage}

    def _chunk(self, delta: Object, finish: str | None = None) -> Object:
        choice = {"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}
        frame = self._frame("chat.completion.chunk", [choice])
        return frame | {"usage": None} if self.has_usage else frame

    def _frame(self, kind: str, choices: list[Object]) -> Object:
        return {
            "id": self.id,
            "object": kind,
            "created": self.created,
            "model": self.model,
            "choices": choices,
        }
