"""Everything that can go wrong, by what the caller should do about it.

::

    AssistantError            one line: what happened, to which file or setting, what to do
    ├── SettingsError         mend a setting and start again
    ├── DocumentError         this file cannot be read; the other files are not touched
    ├── QuestionError         this question cannot be asked (empty, too long, no words)
    ├── CompanyError          nothing is stated of this company; others are near
    ├── ConversationError     this person has no such conversation
    ├── StorageError          the storage directory cannot be used (rights, damage)
    │   ├── StorageBusyError  another process writes; wait or stop it
    │   └── IndexMismatchError  the index was made with another embedder or cleaner; rebuild it
    ├── EmbeddingError        the embedder failed; the lexical leg still serves
    ├── RerankError           the reranking endpoint failed; the order of our own ranking holds
    └── EndpointError         the chat endpoint failed; the quoting engine answers instead
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from assistant.languages import Saying


class AssistantError(Exception):
    """Base of every error that is meant to be shown to a person as it stands.

    `message` is what happened. What concerns a person's question is worded in both languages, and is told in
    Chinese until `worded` says otherwise; all else is in English.
    """

    def __init__(self, message: str | Saying = "") -> None:
        super().__init__(message.zh if isinstance(message, Saying) else message)
        self.message = message

    def said(self, language: str) -> str:
        """The message in a language, `zh` or `en`, as far as it is worded in it."""
        return self.message.said(language) if isinstance(self.message, Saying) else self.message


@contextmanager
def worded(language: str) -> Iterator[None]:
    """Have what goes wrong meanwhile tell of it in a language, `zh` or `en`."""
    try:
        yield
    except AssistantError as error:
        error.args = (error.said(language),)
        raise


class SettingsError(AssistantError):
    """A setting has a value that cannot be used."""


class DocumentError(AssistantError):
    """One document cannot be read or understood."""


class QuestionError(AssistantError):
    """A question that cannot be asked."""


class CompanyError(AssistantError):
    """No passage is about a company.

    `nearest` are names of companies that passages are about. `is_mentioned`: it is named in passing.
    """

    def __init__(
        self, message: str | Saying, nearest: Sequence[str] = (), *, is_mentioned: bool = False
    ) -> None:
        super().__init__(message)
        self.nearest = tuple(nearest)
        self.is_mentioned = is_mentioned


class ConversationError(AssistantError):
    """There is no such conversation, or it belongs to another person."""


class StorageError(AssistantError):
    """The storage directory cannot be read or written."""


class StorageBusyError(StorageError):
    """Another process holds the storage directory."""


class IndexMismatchError(StorageError):
    """The index on disk was built with another embedder, dimension or cleaner version."""


class EmbeddingError(AssistantError):
    """The embedder did not return usable vectors."""


class RerankError(AssistantError):
    """The reranking endpoint did not return usable scores."""


class EndpointError(AssistantError):
    """The chat endpoint failed.

    `partial` holds the text that had arrived before it failed, empty if none had.
    """

    def __init__(self, message: str | Saying, partial: str = "") -> None:
        super().__init__(message)
        self.partial = partial
