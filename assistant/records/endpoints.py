"""What a trial of an endpoint found, as codes and figures; each door words them in its own language."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class EndpointKind(StrEnum):
    """What an endpoint is asked for."""

    CHAT = "chat"
    EMBEDDINGS = "embeddings"
    RERANK = "rerank"


class TrialOutcome(StrEnum):
    """What came of a trial. `WORKS` alone is good; the rest say where to look."""

    WORKS = "works"
    UNKNOWN_HOST = "unknown_host"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    SLOW = "slow"
    TLS = "tls"
    BROKEN_OFF = "broken_off"
    MOVED = "moved"
    BAD_KEY = "bad_key"
    FORBIDDEN = "forbidden"
    WRONG_PATH = "wrong_path"
    UNKNOWN_MODEL = "unknown_model"
    TOO_MANY = "too_many"
    NOT_ACCEPTED = "not_accepted"
    SERVER_FAILED = "server_failed"
    OTHER_FORM = "other_form"
    EMPTY = "empty"
    NOT_STREAMED = "not_streamed"
    OTHER_DIMENSION = "other_dimension"
    WRONG_ORDER = "wrong_order"


@dataclass(frozen=True, slots=True)
class EndpointTrial:
    """What came of asking an endpoint once.

    `place` is its host and port, `status` its HTTP status, `reason` a word of the operating system; `limit`
    the seconds waited at most. `seconds` is how long the whole reply took, `first` until its first piece;
    `sent` and `received` are tokens as the endpoint counts them, 0 where it does not.
    `dimension` is that of its vectors, `expected` that of the index, 0 for none. `models` are those that it
    lists, `address` one at which it would answer.
    """

    outcome: TrialOutcome
    model: str = ""
    place: str = ""
    status: int = 0
    reason: str = ""
    limit: float = 0.0
    seconds: float = 0.0
    first: float = 0.0
    sent: int = 0
    received: int = 0
    dimension: int = 0
    expected: int = 0
    models: tuple[str, ...] = ()
    address: str = ""

    @property
    def works(self) -> bool:
        """Whether the endpoint can be used as it is."""
        return self.outcome is TrialOutcome.WORKS
