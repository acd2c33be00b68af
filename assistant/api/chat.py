"""`/v1`: the corpus as a model that OpenAI's clients talk to."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing

from fastapi import APIRouter, Request
from starlette.responses import Response

from assistant.api import models, replies
from assistant.api.asking import Asked, asked, prompt_text
from assistant.api.bodies import ChatRequest
from assistant.api.desk import AtDesk, Base, Desk, Language
from assistant.api.errands import errand_done
from assistant.api.json_response import Json
from assistant.api.streams import Events, begun, events
from assistant.api.telling import Completion, Object, Told, told
from assistant.records import Answer, Delta, Notice

router = APIRouter(prefix="/v1", tags=["OpenAI-compatible"])
_TICKS_BEFORE_HEADERS = 2
Item = Delta | Notice | Answer


@router.get("/models", responses=replies.MODELS)
async def list_models(at: AtDesk) -> Response:
    """The corpus as models: answered by the engine that serves first, by quoting, or by the chat endpoint."""
    listed = [models.model_object(name, at.created) for name in models.offered(at.settings)]
    return Json({"object": "list", "data": listed})


@router.get("/models/{model}", responses=replies.MODEL)
async def get_model(model: str, at: AtDesk) -> Response:
    """One of the models."""
    models.engine_of(model, at.settings)
    return Json(models.model_object(model, at.created))


@router.post("/chat/completions", responses=replies.COMPLETION)
async def complete(
    request: Request, body: ChatRequest, at: AtDesk, base: Base, language: Language
) -> Response:
    """Answer the last message from the documents, with numbered sources."""
    wanted, engine = asked(body), models.engine_of(body.model, at.settings)
    has_usage = bool(body.stream_options and body.stream_options.include_usage)
    completion = Completion(body.model, int(time.time()), has_usage=has_usage)

    def tell(answer: Answer) -> Told:
        places = [(citation, at.cited(base, citation)) for citation in answer.citations]
        prompt, has_list = prompt_text(body), body.sources == "list"
        return told(answer, places, prompt, language, has_list=has_list, has_trail=body.trail)

    done = errand_done(wanted.question)
    source = iter((done,)) if done else _answering(at, wanted, engine, language)
    if not body.stream:
        answer = await at.workers.last(request, source)
        assert isinstance(answer, Answer)
        return Json(completion.whole(tell(answer)))
    items = await begun(at.workers.ticking(source), _TICKS_BEFORE_HEADERS)
    is_drafted = (engine or at.settings.engine) == "llm"
    return Events(events(request, _objects(items, completion, tell, is_drafted=is_drafted)))


def _answering(at: Desk, wanted: Asked, engine: str, language: str) -> Iterator[Item]:
    """The answer piece by piece; what it raises comes with the first piece."""
    yield from at.assistant().ask_stream(
        wanted.question,
        wanted.history,
        wanted.filters,
        engine=engine,
        dropped=wanted.dropped,
        language=language,
    )


async def _objects(
    items: AsyncGenerator[Item | None],
    completion: Completion,
    tell: Callable[[Answer], Told],
    *,
    is_drafted: bool,
) -> AsyncGenerator[Object | None]:
    """The chunks of a stream, None while nothing has come.

    The text of a stream cannot be taken back, and that of a model is checked, renumbered and at times
    replaced when it is whole. It is therefore sent as a draft first, and as content once it is checked.

    Args:
        is_drafted: whether a model writes; quoted text takes no time, and is sent checked only.
    """
    yield completion.first()
    async with aclosing(items):
        async for item in items:
            if isinstance(item, Answer):
                for chunk in completion.chunks(tell(item)):
                    yield chunk
            elif item is None or (isinstance(item, Delta) and not is_drafted):
                yield None
            else:
                yield completion.draft(item)
