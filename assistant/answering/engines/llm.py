"""Prose from an OpenAI-compatible endpoint, streamed, with `[n]` marks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Any, cast

from assistant.answering import tokens
from assistant.answering.engines import endpoint_errors as say
from assistant.answering.engines.prompt import Message, Prompt, build_prompt
from assistant.answering.engines.sanitize import Piece, ReplyCleaner
from assistant.errors import EndpointError, SettingsError
from assistant.languages import Saying
from assistant.records import Delta, Source, Tokens, Turn
from assistant.settings import Endpoint, Settings

if TYPE_CHECKING:
    import httpx
    from llama_index.core.llms import ChatResponse
    from llama_index.llms.openai_like import OpenAILike

# A reply may take this many times the longest silence allowed, however steadily it drips.
_DEADLINE_FACTOR = 3.0


@dataclass(frozen=True, slots=True)
class Reply:
    """A complete reply, cleaned: the deltas since the last notice, joined.

    `notices` are lines for the reader, for example that the length limit cut the reply. `tokens` are the
    endpoint's own figures where it gives them, else counted here.
    """

    text: str
    tokens: Tokens
    notices: tuple[Saying, ...] = ()


@dataclass(slots=True)
class _Progress:
    """What is known of a reply while it arrives."""

    cleaner: ReplyCleaner
    raw: str = ""
    text: str = ""
    finish: str = ""
    usage: Any = None

    def take(self, piece: Piece) -> Iterator[Delta | Saying]:
        """Count a cleaned piece in, and give out what is to be shown of it."""
        if piece.restart:
            if self.text:
                yield say.THOUGHT_NOTICE
            self.text = ""
        if piece.text:
            self.text += piece.text
            yield Delta(piece.text)


class LLMEngine:
    """Asks a chat model. Thread-safe; nothing is connected between questions."""

    name = "llm"

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        context_tokens: int,
        answer_tokens: int,
        timeout: float,
        language: str,
        deadline: float | None = None,
    ) -> None:
        """Keep the settings.

        Args:
            context_tokens: what the model takes in and gives out together.
            timeout: seconds of silence after which the endpoint is given up.
            language: of the rules given to the model, `zh` or `en`.
            deadline: seconds that a whole reply may take; three times `timeout` if None.
        """
        self._endpoint = endpoint
        self._context_tokens = context_tokens
        self._answer_tokens = answer_tokens
        self._timeout = timeout
        self._language = language
        self._deadline = _DEADLINE_FACTOR * timeout if deadline is None else deadline

    @classmethod
    def configured(cls, settings: Settings, deadline: float | None = None) -> LLMEngine | None:
        """The engine that the settings name; None without an endpoint."""
        if settings.chat is None:
            return None
        return cls(
            settings.chat,
            context_tokens=settings.context_tokens,
            answer_tokens=settings.answer_tokens,
            timeout=settings.timeout,
            language=settings.language,
            deadline=deadline,
        )

    @classmethod
    def required(cls, settings: Settings) -> LLMEngine:
        """The engine that the settings name.

        Raises:
            SettingsError: they name no endpoint.
        """
        engine = cls.configured(settings)
        if engine is None:
            raise SettingsError(say.NOT_CONFIGURED)
        return engine

    def stream(
        self, question: str, sources: Sequence[Source], history: Sequence[Turn] = ()
    ) -> Generator[Delta | Saying | Reply, None, None]:
        """Answer from the sources piece by piece; the last item is the `Reply`.

        A `Saying` says that what came before it was a thought and is void. Closing the iterator early
        closes the connection.

        Raises:
            EndpointError: the endpoint failed, its reply was incomplete or empty; `partial` holds the
                cleaned text that had arrived.
        """
        room = self._context_tokens - self._answer_tokens
        prompt = build_prompt(question, sources, history, language=self._language, room=room)
        if not prompt.sources:
            raise EndpointError(say.NO_ROOM)
        yield from self._written(prompt, {source.n for source in prompt.sources})

    def write(
        self, messages: Sequence[Message], valid: Collection[int] = ()
    ) -> Generator[Delta | Saying | Reply, None, None]:
        """Reply to messages as they stand, piece by piece as `stream` does, and raising as it does.

        Args:
            valid: the numbers whose `[n]` marks are kept.
        """
        yield from self._written(Prompt(tuple(messages), ()), valid)

    def reply(self, messages: Sequence[Message]) -> Reply:
        """The whole reply to messages without numbered sources. Raises EndpointError as `stream` does."""
        *_, last = self.write(messages)
        return cast(Reply, last)

    def _written(
        self, prompt: Prompt, valid: Collection[int]
    ) -> Generator[Delta | Saying | Reply, None, None]:
        progress = _Progress(ReplyCleaner(valid))
        yield from self._receive(prompt, progress)
        yield from progress.take(progress.cleaner.close())
        yield self._completed(prompt, progress)

    def _receive(self, prompt: Prompt, progress: _Progress) -> Iterator[Delta | Saying]:
        chunks = self._chunks(prompt)
        with closing(chunks):
            while True:
                try:
                    chunk = next(chunks, None)
                except Exception as error:  # noqa: BLE001
                    # Whatever it is, it is mapped; it is not chained, for it may quote the key.
                    line = say.describe(error, timeout=self._timeout, begun=bool(progress.raw))
                    raise EndpointError(line, _settled(progress)) from None
                if chunk is None:
                    return
                _note(chunk, progress)
                yield from progress.take(progress.cleaner.feed(chunk.delta or ""))

    def _chunks(self, prompt: Prompt) -> Generator[ChatResponse, None, None]:
        """The reply's chunks, over a client of this question's own.

        Closing the client is the one sure way to close the connection when the reader leaves early:
        LlamaIndex keeps hold of the stream. A client of its own can have no stale connection either.
        """
        from llama_index.core.llms import ChatMessage
        from openai import DefaultHttpxClient

        messages = [ChatMessage(role=message.role, content=message.text) for message in prompt.messages]
        hooks = {"response": [_deadline_hook(self._deadline)]}
        # A redirect would carry the question and the passages to a host that nobody configured.
        with DefaultHttpxClient(follow_redirects=False, event_hooks=hooks) as http_client:
            yield from self._model(http_client).stream_chat(messages)

    def _model(self, http_client: httpx.Client) -> OpenAILike:
        from llama_index.llms.openai_like import OpenAILike

        return OpenAILike(  # type: ignore[call-arg]
            model=self._endpoint.model,
            api_base=self._endpoint.base_url,
            # An empty key would make the client look for one in the environment.
            api_key=self._endpoint.api_key or "none",
            is_chat_model=True,
            context_window=self._context_tokens,
            max_tokens=self._answer_tokens,
            temperature=0.0,
            max_retries=0,
            timeout=self._timeout,
            http_client=http_client,
        )

    def _completed(self, prompt: Prompt, progress: _Progress) -> Reply:
        text = progress.text
        if progress.finish == "content_filter":
            raise EndpointError(say.FILTERED, text)
        if not progress.finish:
            raise EndpointError(say.NO_FINISH if progress.raw else say.EMPTY, text)
        if not text.strip():
            raise EndpointError(say.ONLY_THOUGHT if progress.finish == "length" else say.EMPTY)
        notices = (say.LENGTH_NOTICE,) if progress.finish == "length" else ()
        return Reply(text, _tokens(prompt, progress), notices)


def _note(chunk: ChatResponse, progress: _Progress) -> None:
    progress.raw += chunk.delta or ""
    choices = getattr(chunk.raw, "choices", None)
    if choices and choices[0].finish_reason:
        progress.finish = choices[0].finish_reason
    progress.usage = getattr(chunk.raw, "usage", None) or progress.usage


def _settled(progress: _Progress) -> str:
    """The text so far, with what was held back."""
    last = progress.cleaner.close()
    return last.text if last.restart else progress.text + last.text


def _tokens(prompt: Prompt, progress: _Progress) -> Tokens:
    with suppress(AttributeError, TypeError, ValueError):
        return Tokens(int(progress.usage.prompt_tokens), int(progress.usage.completion_tokens))
    return Tokens(prompt.tokens, tokens.count(progress.raw))


def _deadline_hook(seconds: float) -> Callable[[httpx.Response], None]:
    """A response hook under which reading a body ends after `seconds`, even if it never falls silent."""
    import httpx

    class Limited(httpx.SyncByteStream):
        def __init__(self, stream: httpx.SyncByteStream) -> None:
            self._stream = stream
            self._end = monotonic() + seconds

        def __iter__(self) -> Iterator[bytes]:
            for piece in self._stream:
                if monotonic() > self._end:
                    raise httpx.ReadTimeout("the reply took longer than its deadline")
                yield piece

        def close(self) -> None:
            self._stream.close()

    def limit(response: httpx.Response) -> None:
        response.stream = Limited(cast("httpx.SyncByteStream", response.stream))

    return limit
