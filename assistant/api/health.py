"""`/health`: whether questions are answered, for whoever keeps the server running; no key is asked for."""

from __future__ import annotations

import logging

from anyio import to_thread
from fastapi import APIRouter, Response

from assistant.api import replies
from assistant.api.desk import AtDesk, Desk
from assistant.api.json_response import Json
from assistant.api.paths import HEALTH
from assistant.errors import AssistantError

router = APIRouter(tags=["Health"])


@router.head(HEALTH, include_in_schema=False)
@router.get(HEALTH, responses=replies.HEALTH)
async def health(at: AtDesk) -> Response:
    """Whether questions are answered (200) or not (503), whether the index is whole, how much is in it."""
    # Threads of its own, so that it answers while all others are busy.
    told = await to_thread.run_sync(_told, at, limiter=at.health_threads)
    return Json(told, 200 if told["status"] == "ok" else 503)


def _told(at: Desk) -> dict[str, object]:
    """Says nothing of names, paths or settings: anybody may read it."""
    try:
        host = at.open_host()
        documents = host.assistant.documents()
        is_whole = host.assistant.unfinished() is None
    except AssistantError as error:
        logging.getLogger(__name__).error("%s", error)
        return {"status": "failed"}
    failed = sum(bool(info.reason) for info in documents)
    is_useless = host.failure is not None and not documents
    return {
        "status": "failed" if is_useless else "ok" if host.wait(0) else "starting",
        "is_whole": is_whole,
        "is_filling": host.is_filling,
        "documents": len(documents) - failed,
        "failed_documents": failed,
        "passages": sum(info.passages for info in documents),
    }
