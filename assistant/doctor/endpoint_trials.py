"""Whether an endpoint can be used, found out by asking it once, and which models it lists."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from assistant.doctor import endpoint_calls
from assistant.doctor.endpoint_calls import CallError
from assistant.errors import EmbeddingError, RerankError
from assistant.records.endpoints import EndpointKind, EndpointTrial, TrialOutcome
from assistant.settings import Endpoint

MOST_MODELS = 500
_LISTING_SECONDS = 8.0
_ANSWER_TOKENS = 16
_TEXT = "中国移动的5G基站"
_TEXTS = ("今天的午饭很好吃。", "中国移动建成了大量5G基站。")
_NAME_CHARACTERS = 200
_CALLS = ("/chat/completions", "/completions", "/embeddings", "/rerank", "/models")
_SAID = ("content", "reasoning_content", "reasoning")
_MAY_BE_THE_MODEL = (TrialOutcome.WRONG_PATH, TrialOutcome.NOT_ACCEPTED, TrialOutcome.FORBIDDEN)


@dataclass(slots=True)
class _Reply:
    """What is known of a chat reply while it arrives."""

    first: float = 0.0
    is_finished: bool = False
    sent: int = 0
    received: int = 0


def try_endpoint(kind: EndpointKind, endpoint: Endpoint, seconds: float, expected: int = 0) -> EndpointTrial:
    """Ask an endpoint once for what its kind is used for; whatever goes wrong is the outcome.

    Args:
        seconds: how long to wait at most.
        expected: dimension of the vectors of the index, 0 for any.
    """
    started = time.monotonic()
    known = EndpointTrial(
        TrialOutcome.WORKS, endpoint.model, urlsplit(endpoint.base_url).netloc, limit=seconds
    )
    try:
        found = _TRIALS[kind](endpoint, seconds, replace(known, expected=expected))
    except CallError as error:
        failed = replace(known, outcome=error.outcome, status=error.status, reason=error.reason)
        found = _explained(failed, endpoint)
    return replace(found, seconds=time.monotonic() - started)


def list_models(endpoint: Endpoint) -> EndpointTrial:
    """The `models` that an endpoint lists, by name; what went wrong if it lists none."""
    started = time.monotonic()
    place = urlsplit(endpoint.base_url).netloc
    known = EndpointTrial(TrialOutcome.WORKS, endpoint.model, place, limit=_LISTING_SECONDS)
    try:
        models = _models(endpoint)
        known = replace(known, models=models, outcome=TrialOutcome.WORKS if models else TrialOutcome.EMPTY)
    except CallError as error:
        known = replace(known, outcome=error.outcome, status=error.status, reason=error.reason)
        known = replace(known, address=_better_address(endpoint)) if _is_elsewhere(known) else known
    return replace(known, seconds=time.monotonic() - started)


def _models(endpoint: Endpoint) -> tuple[str, ...]:
    reply = endpoint_calls.get(endpoint, "/models", _LISTING_SECONDS)
    rows = reply.get("data") if isinstance(reply, dict) else None
    if not isinstance(rows, list):
        raise CallError(TrialOutcome.OTHER_FORM)
    names = (row.get("id") for row in rows if isinstance(row, dict))
    usable = {name for name in names if isinstance(name, str) and 0 < len(name) <= _NAME_CHARACTERS}
    return tuple(sorted(usable))[:MOST_MODELS]


def _explained(trial: EndpointTrial, endpoint: Endpoint) -> EndpointTrial:
    """A refusal told apart by what else the endpoint knows: another model, or another address."""
    is_unclear = trial.outcome in _MAY_BE_THE_MODEL or trial.status in (500, 503)
    if is_unclear:
        try:
            models = _models(endpoint)
        except CallError:
            models = ()
        if models and trial.model not in models:
            return replace(trial, outcome=TrialOutcome.UNKNOWN_MODEL, models=models)
        trial = replace(trial, models=models)
    if _is_elsewhere(trial) and not trial.models:
        return replace(trial, address=_better_address(endpoint))
    return trial


def _is_elsewhere(trial: EndpointTrial) -> bool:
    return trial.outcome in (TrialOutcome.WRONG_PATH, TrialOutcome.OTHER_FORM)


def _better_address(endpoint: Endpoint) -> str:
    """An address on the same host under which models are listed; empty if none was found."""
    parts = urlsplit(endpoint.base_url)
    path = parts.path.rstrip("/")
    bare = next((path.removesuffix(call) for call in _CALLS if path.endswith(call)), path)
    tried = dict.fromkeys((bare, f"{bare}/v1", "/v1"))
    for candidate in (urlunsplit(parts._replace(path=one)) for one in tried if one != path):
        try:
            _models(replace(endpoint, base_url=candidate))
        except CallError:
            continue
        return candidate
    return ""


def _try_chat(endpoint: Endpoint, seconds: float, known: EndpointTrial) -> EndpointTrial:
    body = {
        "model": endpoint.model,
        "messages": [{"role": "user", "content": "你好"}],
        "max_tokens": _ANSWER_TOKENS,
        "temperature": 0.0,
        "stream": True,
    }
    started, reply = time.monotonic(), _Reply()
    for is_event, piece in endpoint_calls.post_stream(endpoint, "/chat/completions", body, seconds):
        _take(piece, reply, started)
        if not is_event:
            return replace(known, outcome=TrialOutcome.NOT_STREAMED)
    if not reply.is_finished:
        raise CallError(TrialOutcome.BROKEN_OFF, 200, "no finish_reason")
    outcome = TrialOutcome.WORKS if reply.first else TrialOutcome.EMPTY
    return replace(known, outcome=outcome, first=reply.first, sent=reply.sent, received=reply.received)


def _take(piece: Any, reply: _Reply, started: float) -> None:
    """Note what a piece of a chat reply says. Raises CallError if it is none."""
    if isinstance(piece, dict) and piece.get("error"):
        raise CallError(TrialOutcome.SERVER_FAILED, 200)
    choices = piece.get("choices") if isinstance(piece, dict) else None
    if not isinstance(choices, list):
        raise CallError(TrialOutcome.OTHER_FORM)
    for choice in (one for one in choices if isinstance(one, dict)):
        said = choice.get("delta")
        reply.is_finished = reply.is_finished or bool(choice.get("finish_reason"))
        # A model that thinks first sends its thoughts under a name of their own.
        if isinstance(said, dict) and any(said.get(name) for name in _SAID):
            reply.first = reply.first or time.monotonic() - started
    usage = piece.get("usage")
    if isinstance(usage, dict):
        counts = [usage.get(name) for name in ("prompt_tokens", "completion_tokens")]
        reply.sent, reply.received = (count if isinstance(count, int) else 0 for count in counts)


def _try_embeddings(endpoint: Endpoint, seconds: float, known: EndpointTrial) -> EndpointTrial:
    body = {"model": endpoint.model, "input": [_TEXT], "encoding_format": "float"}
    endpoint_calls.post(endpoint, "/embeddings", body, seconds)
    from assistant.index.embeddings import EndpointEmbedding  # seconds of imports, not for a refusal

    try:
        dimension = EndpointEmbedding(endpoint, seconds).dimension
    except EmbeddingError:
        raise CallError(TrialOutcome.OTHER_FORM) from None
    is_other = known.expected not in (0, dimension)
    outcome = TrialOutcome.OTHER_DIMENSION if is_other else TrialOutcome.WORKS
    return replace(known, outcome=outcome, dimension=dimension)


def _try_rerank(endpoint: Endpoint, seconds: float, known: EndpointTrial) -> EndpointTrial:
    from assistant.answering.retrieving.reranking import EndpointReranker

    body = {"model": endpoint.model, "query": _TEXT, "documents": _TEXTS, "top_n": len(_TEXTS)}
    refused: CallError | None = None
    try:
        endpoint_calls.post(endpoint, "/rerank", body, seconds)
    except CallError as error:
        # A server of the other form refuses this one; the client knows both.
        if error.outcome is not TrialOutcome.NOT_ACCEPTED:
            raise
        refused = error
    try:
        scores = EndpointReranker(endpoint, seconds).scores(_TEXT, _TEXTS)
    except RerankError:
        raise refused or CallError(TrialOutcome.OTHER_FORM) from None
    is_sane = len(scores) == len(_TEXTS) and scores[1] > scores[0]
    return replace(known, outcome=TrialOutcome.WORKS if is_sane else TrialOutcome.WRONG_ORDER)


_TRIALS: dict[EndpointKind, Callable[[Endpoint, float, EndpointTrial], EndpointTrial]] = {
    EndpointKind.CHAT: _try_chat,
    EndpointKind.EMBEDDINGS: _try_embeddings,
    EndpointKind.RERANK: _try_rerank,
}
