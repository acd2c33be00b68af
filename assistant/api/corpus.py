"""`/api`: search, documents and companies, as the command line prints them with `--json`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Literal

from fastapi import APIRouter, Header, Query, Request
from starlette.responses import Response

from assistant import exports
from assistant.api import replies
from assistant.api.asking import dropped, filters_of
from assistant.api.bodies import MOST_HITS, FiltersBody, SearchRequest
from assistant.api.desk import AtDesk, Base, Desk, Language
from assistant.api.failures import UNSUPPORTED, Refusal
from assistant.api.json_response import Json
from assistant.records import ScoredPassage

router = APIRouter(prefix="/api", tags=["Corpus"])
_MOST_DOCUMENTS = 10_000
_VARY = {"vary": "accept, accept-language"}
Several = Annotated[list[str], Query()]


@router.post("/search", responses=replies.SEARCH)
async def search(
    request: Request, body: SearchRequest, at: AtDesk, base: Base, language: Language
) -> Response:
    """The passages that fit a query best, best first, with the scores of both legs."""
    found = await at.workers.result(request, lambda: _found(at, body, language))
    return Json({"query": body.query, "hits": [_hit_object(hit, at, base) for hit in found]})


@router.get("/search", responses=replies.SEARCH)
async def search_by_address(
    request: Request,
    at: AtDesk,
    base: Base,
    language: Language,
    query: Annotated[str, Query(description="What to search for.")],
    k: Annotated[int, Query(ge=1, le=MOST_HITS, description="How many passages at most.")] = 8,
    document: Several = [],  # noqa: B006 - copied by the framework
    company: Several = [],  # noqa: B006
    kind: Several = [],  # noqa: B006
    period: Several = [],  # noqa: B006
    publisher: Several = [],  # noqa: B006
    author: Several = [],  # noqa: B006
    title: str = "",
    section: str = "",
    since: str = "",
    until: str = "",
    without: Several = [],  # noqa: B006
) -> Response:
    """The same with filters in the address; what is given more than once is or-ed."""
    filters = FiltersBody(
        documents=document,
        companies=company,
        kinds=kind,
        periods=period,
        publishers=publisher,
        authors=author,
        title=title,
        section=section,
        since=since,
        until=until,
    )
    body = SearchRequest(query=query, k=k, filters=filters, without=without)
    return await search(request, body, at, base, language)


@router.get("/documents", responses=replies.DOCUMENTS)
async def list_documents(
    request: Request,
    at: AtDesk,
    limit: Annotated[int, Query(ge=1, le=_MOST_DOCUMENTS)] = _MOST_DOCUMENTS,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> Response:
    """What is in the index, by name, and which files failed and why."""
    infos = await at.workers.result(request, lambda: at.assistant().documents())
    shown = infos[offset : offset + limit]
    return Json({"total": len(infos), "documents": [asdict(info) for info in shown]})


@router.get("/documents/{name:path}", responses=replies.DOCUMENT)
async def get_document(request: Request, name: str, at: AtDesk) -> Response:
    """A document with its text as it stands in the file (`raw`) and cleaned (`clean`)."""
    view = await at.workers.result(request, lambda: at.assistant().show(name))
    return Json(asdict(view.info) | {"raw": view.raw, "clean": view.parsed.clean.text})


@router.get("/companies", responses=replies.COMPANIES)
async def list_companies(request: Request, at: AtDesk) -> Response:
    """The companies that passages are about, most passages first."""
    infos = await at.workers.result(request, lambda: at.assistant().companies())
    return Json({"total": len(infos), "companies": [asdict(info) for info in infos]})


@router.get("/companies/{name:path}/summary", responses=replies.SUMMARY)
async def summarize(
    request: Request,
    name: str,
    at: AtDesk,
    language: Language,
    branches: Annotated[bool, Query(description="What is about its branches is part of it.")] = False,
    engine: Annotated[Literal["", "quoting", "llm"], Query(description="Who writes.")] = "",
    accept: Annotated[str, Header()] = "",
) -> Response:
    """What is said about a company, under any form of its name; Markdown for `Accept: text/markdown`."""
    if engine == "llm" and at.settings.chat is None:
        raise Refusal(UNSUPPORTED, "no chat endpoint is configured; the engine quoting writes", "engine")
    source = at.summarizing(name, branches=branches, engine=engine, language=language)
    briefing = await at.workers.last(request, source)
    if "text/markdown" in accept.lower():
        text = exports.briefing_markdown(briefing, language)
        return Response(text, media_type="text/markdown; charset=utf-8", headers=_VARY)
    return Json(exports.briefing_object(briefing), headers=_VARY)


def _found(at: Desk, body: SearchRequest, language: str) -> Sequence[ScoredPassage]:
    filters = filters_of(body.filters)
    return at.assistant().search(
        body.query, body.k, filters, dropped=dropped(body.without), language=language
    )


def _hit_object(hit: ScoredPassage, at: Desk, base: str) -> dict[str, object]:
    return exports.hit_object(hit) | {"url": at.document(base, hit.passage.document)}
