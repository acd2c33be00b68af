"""An endpoint is asked once, and what it does is told apart: each outcome sends the operator elsewhere."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from endpoint import FakeEndpoint, Script, closed_url, serve

from assistant.doctor.endpoint_trials import list_models, try_endpoint
from assistant.records.endpoints import EndpointKind, EndpointTrial, TrialOutcome
from assistant.settings import Endpoint

KEY = "sk-very-secret"
CHAT, EMBEDDINGS, RERANK = EndpointKind.CHAT, EndpointKind.EMBEDDINGS, EndpointKind.RERANK


@pytest.fixture
def fake() -> Iterator[FakeEndpoint]:
    with serve() as running:
        yield running


def tried(
    fake: FakeEndpoint, kind: EndpointKind = CHAT, model: str = "scripted", seconds: float = 60, **more: Any
) -> EndpointTrial:
    trial = try_endpoint(kind, Endpoint(fake.base_url, model, KEY), seconds, **more)
    assert KEY not in repr(trial)
    return trial


def test_a_chat_endpoint_that_streams_works_and_its_times_are_told(fake: FakeEndpoint) -> None:
    fake.script = Script(usage=True, pause=0.05)
    trial = tried(fake)
    assert trial.works
    assert (trial.sent, trial.received) == (7, 5)
    assert 0 < trial.first < trial.seconds - 0.04
    assert fake.headers[0]["Authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (302, TrialOutcome.MOVED),
        (400, TrialOutcome.NOT_ACCEPTED),
        (401, TrialOutcome.BAD_KEY),
        (403, TrialOutcome.FORBIDDEN),
        (429, TrialOutcome.TOO_MANY),
        (500, TrialOutcome.SERVER_FAILED),
    ],
)
@pytest.mark.parametrize("kind", EndpointKind)
def test_a_refusal_is_told_by_its_status(
    fake: FakeEndpoint, kind: EndpointKind, status: int, outcome: TrialOutcome
) -> None:
    fake.script = Script(status=status, error=(f"Incorrect key {KEY}", None))
    trial = tried(fake, kind)
    assert (trial.outcome, trial.status) == (outcome, status)


@pytest.mark.parametrize("status", [400, 403, 404, 503])
def test_a_model_that_the_endpoint_does_not_list_is_told_with_the_list(
    fake: FakeEndpoint, status: int
) -> None:
    fake.script = Script(status=status)
    trial = tried(fake, model="other")
    assert (trial.outcome, trial.models) == (TrialOutcome.UNKNOWN_MODEL, ("scripted",))


@pytest.mark.parametrize("path", ["", "/", "/v1/chat/completions", "/chat/completions"])
def test_an_address_beside_the_right_one_is_mended(fake: FakeEndpoint, path: str) -> None:
    beside = Endpoint(fake.base_url.removesuffix("/v1") + path.rstrip("/"), "scripted")
    for trial in (try_endpoint(CHAT, beside, 5), list_models(beside)):
        assert (trial.outcome, trial.address) == (TrialOutcome.WRONG_PATH, fake.base_url)


@pytest.mark.parametrize(
    ("script", "outcome"),
    [
        (Script(pieces=()), TrialOutcome.EMPTY),
        (Script(end="cut"), TrialOutcome.BROKEN_OFF),
        (Script(finish=None), TrialOutcome.BROKEN_OFF),
        (Script(end="event"), TrialOutcome.SERVER_FAILED),
        (Script(end="garbage"), TrialOutcome.OTHER_FORM),
    ],
)
def test_a_stream_that_is_no_whole_reply_is_told(
    fake: FakeEndpoint, script: Script, outcome: TrialOutcome
) -> None:
    fake.script = script
    assert tried(fake).outcome is outcome


@pytest.mark.parametrize("end", ["stall", "drip"])
def test_an_endpoint_that_does_not_end_is_given_up(fake: FakeEndpoint, end: str) -> None:
    fake.script = Script(end=end)
    trial = tried(fake, seconds=0.3)
    assert (trial.outcome, trial.limit) == (TrialOutcome.SLOW, 0.3)
    assert trial.seconds < 9  # the endpoint hangs up after 10


@pytest.mark.parametrize(
    ("address", "outcome"),
    [
        ("", TrialOutcome.REFUSED),
        ("http://no-such-host.invalid/v1", TrialOutcome.UNKNOWN_HOST),
        ("http://" + "a" * 70 + "/v1", TrialOutcome.UNKNOWN_HOST),
    ],
    ids=["nobody_listens", "no_such_name", "no_name"],
)
def test_a_host_that_is_not_there_is_told(address: str, outcome: TrialOutcome) -> None:
    endpoint = Endpoint(address or closed_url(), "m")
    for trial in (try_endpoint(CHAT, endpoint, 5), list_models(endpoint)):
        assert trial.outcome is outcome


def test_a_server_without_encryption_behind_https_is_told(fake: FakeEndpoint) -> None:
    endpoint = Endpoint(fake.base_url.replace("http://", "https://"), "scripted")
    assert try_endpoint(CHAT, endpoint, 5).outcome is TrialOutcome.TLS


def test_a_server_that_hangs_up_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=lambda: listener.accept()[0].close())
        thread.start()
        endpoint = Endpoint(f"http://127.0.0.1:{listener.getsockname()[1]}/v1", "small")
        assert try_endpoint(CHAT, endpoint, 5).outcome is TrialOutcome.BROKEN_OFF
        thread.join()


def test_the_vectors_of_an_embeddings_endpoint_are_held_against_the_index(fake: FakeEndpoint) -> None:
    same, other = tried(fake, EMBEDDINGS, expected=3), tried(fake, EMBEDDINGS, expected=384)
    assert (same.works, same.dimension) == (True, 3)
    assert (other.outcome, other.dimension, other.expected) == (TrialOutcome.OTHER_DIMENSION, 3, 384)
    fake.embed = lambda text: []
    assert tried(fake, EMBEDDINGS).outcome is TrialOutcome.OTHER_FORM


def test_a_rerank_endpoint_must_put_the_fitting_text_first(fake: FakeEndpoint) -> None:
    def ranked(*scores: float) -> None:
        rows = [{"index": place, "relevance_score": score} for place, score in enumerate(scores)]
        fake.rerank = lambda request: (200, {"results": rows})

    ranked(0.1, 0.9)
    assert tried(fake, RERANK).works
    ranked(0.9, 0.1)
    assert tried(fake, RERANK).outcome is TrialOutcome.WRONG_ORDER
    ranked()
    assert tried(fake, RERANK).outcome is TrialOutcome.OTHER_FORM


def test_a_rerank_endpoint_of_the_other_form_works(fake: FakeEndpoint) -> None:
    rows = [{"index": 1, "score": 0.9}, {"index": 0, "score": 0.1}]
    fake.rerank = lambda request: (200, rows) if "texts" in request else (422, {})
    assert tried(fake, RERANK).works


def test_the_models_are_listed(fake: FakeEndpoint) -> None:
    trial = list_models(Endpoint(fake.base_url, "-"))
    assert (trial.works, trial.models) == (True, ("scripted",))
