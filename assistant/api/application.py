"""The interface for programs as an ASGI application."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.security import HTTPBearer
from fastapi_offline import FastAPIOffline
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.types import Lifespan

from assistant import __version__
from assistant.api import chat, corpus, health, replies
from assistant.api.desk import Desk
from assistant.api.failures import BAD_REQUEST, Refusal, response, sort_of, sort_of_status
from assistant.api.gate import Gate, LastResort
from assistant.api.keys import Keys
from assistant.api.paths import DOCS, DOCS_FILES, OPENAPI
from assistant.api.rates import Rates
from assistant.api.sizes import Sizes
from assistant.errors import AssistantError, CompanyError
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.hosting import Host

_ABOUT = """Ask a pile of Chinese documents: every answer is cited, and what they do not answer is refused.

`/v1` speaks as OpenAI does, so that its clients and chat programs work; citations come beside the text and in
it. `/api` gives search, documents and summaries of companies. Where keys are set (`ASSISTANT_API_KEYS`), send
one as `Authorization: Bearer KEY`. Errors have OpenAI's form throughout."""


def create(
    open_host: Callable[[], Host],
    settings: Settings,
    *,
    running: Callable[[], Settings] | None = None,
    has_pages: bool = False,
    lifespan: Lifespan[FastAPI] | None = None,
) -> FastAPI:
    """The application.

    Args:
        open_host: gives the host of the process; called in a thread, at the first request that needs it.
        settings: those of the start, by which keys, rates and sizes are limited.
        running: gives the settings as they are now, at once; without it they stay those of the start.
        has_pages: whether the pages are served at the same address, so that sources are opened there.
        lifespan: what happens at the start and the end of the server.
    """
    application = FastAPIOffline(
        docs_url=DOCS,
        redoc_url=None,
        static_url=DOCS_FILES,
        openapi_url=OPENAPI,
        swagger_ui_oauth2_redirect_url=f"{DOCS}/oauth2-redirect",
        swagger_ui_parameters={"validatorUrl": None},  # it would be asked over the network
        title="Telecom corpus assistant",
        description=_ABOUT,
        version=__version__,
        lifespan=lifespan,
        responses=replies.EVERYWHERE,
        middleware=[
            Middleware(LastResort),
            Middleware(Gate, keys=Keys(settings.api_keys), rates=Rates(settings.api_requests)),
            Middleware(Sizes, kilobytes=settings.api_kilobytes),
        ],
        exception_handlers={
            AssistantError: _of_service,
            HTTPException: _of_framework,
            RequestValidationError: _of_body,
        },
    )
    application.state.desk = Desk(open_host, running or (lambda: settings), has_pages=has_pages)
    has_key = Depends(
        HTTPBearer(auto_error=False, description="A key of ASSISTANT_API_KEYS, if there are any.")
    )
    for router in (chat.router, corpus.router):
        application.include_router(router, dependencies=[has_key])
    application.include_router(health.router)
    return application


def _of_service(_: Request, error: Exception) -> Response:
    assert isinstance(error, AssistantError)
    near = error.nearest if isinstance(error, CompanyError) else ()
    hint = f" (nearest: {'、'.join(near)})" if near and near[0] not in str(error) else ""
    return response(sort_of(error), f"{error}{hint}")


def _of_framework(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if isinstance(error, Refusal):
        return response(error.sort, str(error.detail), error.param)
    message = f"{request.method} {request.url.path}: {error.detail}; {DOCS} lists what there is"
    return response(sort_of_status(error.status_code), message, headers=error.headers)


def _of_body(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first: dict[str, Any] = error.errors()[0]
    if first["type"] == "json_invalid":
        return response(BAD_REQUEST, "the body is not JSON")
    param = ".".join(map(str, first["loc"][1:]))  # behind "body" or "query"
    return response(BAD_REQUEST, f"{param or 'the body'}: {first['msg']}", param or None)
