"""What went wrong, in the form that OpenAI's clients understand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import HTTPException
from starlette.responses import Response

from assistant.api.json_response import Json
from assistant.errors import (
    AssistantError,
    CompanyError,
    DocumentError,
    EmbeddingError,
    EndpointError,
    QuestionError,
    RerankError,
    SettingsError,
    StorageBusyError,
)

_INVALID = "invalid_request_error"
_SERVER = "server_error"


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of failure: HTTP status, and `type` and `code` of the error object."""

    status: int
    type: str
    code: str


BAD_REQUEST = Sort(400, _INVALID, "invalid_request")
UNSUPPORTED = Sort(400, _INVALID, "unsupported_parameter")
NO_KEY = Sort(401, _INVALID, "invalid_api_key")
FORBIDDEN = Sort(403, _INVALID, "forbidden")
NO_MODEL = Sort(404, _INVALID, "model_not_found")
TOO_LARGE = Sort(413, _INVALID, "request_too_large")
TOO_MANY = Sort(429, "requests", "rate_limit_exceeded")
GONE = Sort(499, _INVALID, "client_closed_request")
UNEXPECTED = Sort(500, _SERVER, "internal_error")
NOT_READY = Sort(503, _SERVER, "not_ready")
_BY_STATUS = {404: Sort(404, _INVALID, "not_found"), 405: Sort(405, _INVALID, "method_not_allowed")}
_BY_ERROR: Mapping[type[AssistantError], Sort] = {
    QuestionError: Sort(400, _INVALID, "invalid_question"),
    CompanyError: Sort(404, _INVALID, "company_not_found"),
    DocumentError: Sort(404, _INVALID, "document_not_found"),
    SettingsError: Sort(500, _SERVER, "invalid_setting"),
    StorageBusyError: Sort(503, _SERVER, "storage_busy"),
    EmbeddingError: Sort(502, _SERVER, "upstream_failed"),
    RerankError: Sort(502, _SERVER, "upstream_failed"),
    EndpointError: Sort(502, _SERVER, "upstream_failed"),
    AssistantError: Sort(500, _SERVER, "storage_unusable"),
}
_WAIT_SECONDS = "5"


class Refusal(HTTPException):
    """A request that is refused by the interface itself, raised where it is found out."""

    def __init__(self, sort: Sort, message: str, param: str | None = None) -> None:
        super().__init__(sort.status, message)
        self.sort = sort
        self.param = param


def sort_of(error: AssistantError) -> Sort:
    """What an error of the service is to a program."""
    return next(sort for kind, sort in _BY_ERROR.items() if isinstance(error, kind))


def sort_of_status(status: int) -> Sort:
    """What an error of the web framework is."""
    return _BY_STATUS.get(status) or Sort(status, _INVALID if status < 500 else _SERVER, f"http_{status}")


def error_object(sort: Sort, message: str, param: str | None = None) -> dict[str, object]:
    """The body of a failure; its message is one line."""
    line = " ".join(message.split())
    return {"error": {"message": line, "type": sort.type, "param": param, "code": sort.code}}


def response(
    sort: Sort, message: str, param: str | None = None, headers: Mapping[str, str] | None = None
) -> Response:
    """A failure as the answer to a request; one that passes says when to come again."""
    wait = {"retry-after": _WAIT_SECONDS} if sort.status == 503 else {}
    return Json(error_object(sort, message, param), sort.status, {**wait, **(headers or {})})
