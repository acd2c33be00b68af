"""What is kept of a conversation."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from assistant.records.answers import Answer, Delta, Hint, Notice, Turn
from assistant.records.documents import Filters


class Rating(StrEnum):
    """What a person thought of an answer."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Conversation:
    """One row of the list of conversations.

    `id` is its address. `created` and `changed` are UTC, ISO 8601. `exchanges` counts its questions, all
    versions. `found` are the words around what was looked for, where not all of it stands in the title.
    """

    id: str
    title: str
    created: str
    changed: str
    exchanges: int
    found: str = ""


@dataclass(slots=True)
class Exchange:
    """One question and what has come back for it so far.

    `id` is 0 until it is kept. `parent` is the exchange that it follows, 0 for the first of a conversation:
    what is asked again or edited is another version, a child of the same parent. `asked` is UTC, ISO 8601.
    `dropped` are hints that it was asked without. `superseded` is what an endpoint had sent before it failed.
    Without `answer` and `error` the exchange is still being answered or was interrupted. `suggestions` are
    questions to follow it, all of which the corpus answers.
    """

    question: str
    filters: Filters = Filters()
    dropped: tuple[Hint, ...] = ()
    id: int = 0
    parent: int = 0
    asked: str = ""
    text: str = ""
    superseded: str = ""
    notices: list[str] = field(default_factory=list)
    answer: Answer | None = None
    error: str = ""
    suggestions: tuple[str, ...] = ()
    rating: Rating | None = None
    comment: str = ""

    @property
    def finished(self) -> bool:
        """Whether the answer, or the reason why there is none, has come."""
        return self.answer is not None or bool(self.error)

    def take(self, item: Delta | Notice | Answer) -> None:
        """Add what the service sent."""
        if isinstance(item, Delta):
            self.text += item.text
        elif isinstance(item, Notice):
            self.notices.append(item.text)
            self.superseded, self.text = self.text or self.superseded, ""
        else:
            self.answer = item

    def turn(self) -> Turn:
        """The exchange as the service wants earlier turns."""
        return Turn(self.question, self.answer.text if self.answer else self.text)
