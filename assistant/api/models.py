"""The models that this server offers: the corpus, answered by one engine or the other."""

from __future__ import annotations

from assistant.api.failures import NO_MODEL, Refusal
from assistant.settings import Settings

MODEL = "telecom-corpus"
_ENGINES = {MODEL: "", f"{MODEL}-quoting": "quoting", f"{MODEL}-llm": "llm"}


def offered(settings: Settings) -> list[str]:
    """Their names; the one that a model writes for needs a chat endpoint."""
    return [name for name, engine in _ENGINES.items() if engine != "llm" or settings.chat is not None]


def engine_of(model: str, settings: Settings) -> str:
    """The engine of a model, empty for the one that answers first.

    Raises:
        Refusal: there is no such model.
    """
    if model in offered(settings):
        return _ENGINES[model]
    names = ", ".join(offered(settings))
    raise Refusal(NO_MODEL, f"there is no model {model[:80]!r}; there are {names}", "model")


def model_object(name: str, created: int) -> dict[str, object]:
    """A model as OpenAI lists it."""
    return {"id": name, "object": "model", "created": created, "owned_by": MODEL}
