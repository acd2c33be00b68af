"""Single requests to an OpenAI-compatible endpoint, within a number of seconds, and what can go wrong."""

from __future__ import annotations

import json
import os
import ssl
import time
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing
from http.client import HTTPException
from socket import gaierror
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from assistant.records.endpoints import TrialOutcome
from assistant.settings import Endpoint

_REPLY_BYTES = 4 << 20
_PIECE = 1 << 16
_OF_STATUS = {
    401: TrialOutcome.BAD_KEY,
    403: TrialOutcome.FORBIDDEN,
    404: TrialOutcome.WRONG_PATH,
    405: TrialOutcome.WRONG_PATH,
    429: TrialOutcome.TOO_MANY,
}


class CallError(Exception):
    """A request that had no good reply: what happened, the HTTP status, a word of the operating system.

    The endpoint's own words are no part of it: they may repeat the key.
    """

    def __init__(self, outcome: TrialOutcome, status: int = 0, reason: str = "") -> None:
        super().__init__(outcome)
        self.outcome, self.status, self.reason = outcome, status, reason


class _NoRedirect(HTTPRedirectHandler):
    """A redirect is an error here: following it would hand the key to another host."""

    def redirect_request(self, *_: object) -> None:
        return None


def get(endpoint: Endpoint, path: str, seconds: float) -> Any:
    """What a GET of `path` under the endpoint's address gives, as JSON. Raises CallError."""
    return _parsed(b"".join(_received(_request(endpoint, path, None), seconds)))


def post(endpoint: Endpoint, path: str, body: Mapping[str, object], seconds: float) -> Any:
    """What a POST gives, as JSON. Raises CallError."""
    return _parsed(b"".join(_received(_request(endpoint, path, body), seconds)))


def post_stream(
    endpoint: Endpoint, path: str, body: Mapping[str, object], seconds: float
) -> Iterator[tuple[bool, Any]]:
    """Each piece of a reply as it comes: whether it is an event of a stream, and its JSON. Raises CallError.

    An endpoint that does not stream gives one piece, which is no event.
    """
    others: list[bytes] = []
    has_events = False
    for line in _lines(_received(_request(endpoint, path, body), seconds)):
        if not line.startswith(b"data:"):
            others.append(line)
            continue
        has_events, data = True, line.removeprefix(b"data:").strip()
        if data == b"[DONE]":
            return
        if data:
            yield True, _parsed(data)
    if not has_events:
        yield False, _parsed(b"\n".join(others))


def _lines(pieces: Generator[bytes, None, None]) -> Iterator[bytes]:
    rest = b""
    with closing(pieces):
        for piece in pieces:
            *lines, rest = (rest + piece).split(b"\n")
            yield from lines
    yield rest


def _request(endpoint: Endpoint, path: str, body: Mapping[str, object] | None) -> Request:
    headers = {"Accept": "application/json, text/event-stream"}
    if endpoint.api_key:
        headers["Authorization"] = f"Bearer {endpoint.api_key}"
    if body is None:
        return Request(endpoint.base_url + path, headers=headers)
    headers["Content-Type"] = "application/json"
    return Request(endpoint.base_url + path, json.dumps(body).encode(), headers)


def _received(request: Request, seconds: float) -> Generator[bytes, None, None]:
    """The reply as it comes, until `seconds` are over."""
    deadline, size = time.monotonic() + seconds, 0
    try:
        with build_opener(_NoRedirect).open(request, timeout=seconds) as response:
            while piece := response.read1(_PIECE):
                size += len(piece)
                if time.monotonic() > deadline:
                    raise TimeoutError
                if size > _REPLY_BYTES:
                    raise CallError(TrialOutcome.OTHER_FORM)
                yield piece
    except HTTPError as error:
        error.close()
        raise CallError(_outcome_of(error.code), error.code) from None
    except (OSError, HTTPException, UnicodeError) as error:
        raise _failed(error) from None


def _outcome_of(status: int) -> TrialOutcome:
    if 300 <= status < 400:
        return TrialOutcome.MOVED
    if status >= 500:
        return TrialOutcome.SERVER_FAILED
    return _OF_STATUS.get(status, TrialOutcome.NOT_ACCEPTED)


def _failed(error: OSError | HTTPException | UnicodeError) -> CallError:
    cause = error.reason if isinstance(error, URLError) else error
    kinds: tuple[tuple[type[BaseException], TrialOutcome], ...] = (
        (TimeoutError, TrialOutcome.SLOW),
        (ssl.SSLError, TrialOutcome.TLS),
        (gaierror, TrialOutcome.UNKNOWN_HOST),
        (UnicodeError, TrialOutcome.UNKNOWN_HOST),
        (ConnectionRefusedError, TrialOutcome.REFUSED),
        (ConnectionError, TrialOutcome.BROKEN_OFF),
        (HTTPException, TrialOutcome.BROKEN_OFF),
    )
    outcome = next((found for kind, found in kinds if isinstance(cause, kind)), TrialOutcome.UNREACHABLE)
    return CallError(outcome, reason=_reason(cause))


def _reason(cause: BaseException | str) -> str:
    if isinstance(cause, ssl.SSLCertVerificationError):
        return cause.verify_message
    number = getattr(cause, "errno", None)
    if isinstance(cause, OSError) and not isinstance(cause, ssl.SSLError | gaierror) and number:
        return os.strerror(number)
    return getattr(cause, "reason", None) or getattr(cause, "strerror", None) or type(cause).__name__


def _parsed(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        raise CallError(TrialOutcome.OTHER_FORM) from None
