"""What programs send: checked, and described for the OpenAPI page."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from assistant.records import Filters

MOST_HITS = 100
_QUESTION: JsonDict = {"role": "user", "content": "重庆联通投入了多少扶贫预算资金？"}
_CHAT: JsonDict = {"model": "telecom-corpus", "messages": [_QUESTION], "filters": {"companies": ["重庆联通"]}}
_SEARCH: JsonDict = {"query": "扶贫预算资金", "k": 3}
Names = Annotated[list[str], Field(default_factory=list, max_length=100)]


class FiltersBody(BaseModel):
    """What a search is limited to; an empty field limits nothing, several values of one field are or-ed."""

    model_config = ConfigDict(extra="forbid")

    documents: Names = Field(description="Names as `/api/documents` lists them.")
    companies: Names = Field(description="What the passage is about, by its whole name.")
    kinds: Names = Field(
        description="news, report, announcement, white_paper, policy, slides, sheet or other."
    )
    periods: Names = Field(description="2022, 2022FY, 2022H1 or 2022Q1.")
    publishers: Names = Field(description="Names, or parts of them.")
    authors: Names = Field(description="Names, or parts of them.")
    title: str = Field("", description="What the title contains.")
    section: str = Field("", description="What the headings above contain.")
    since: str = Field("", description="Published on this day or later: 2023, 2023-05 or 2023-05-10.")
    until: str = Field("", description="Published on this day or before.")

    def filters(self) -> Filters:
        """As the service wants them."""
        given: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in self}
        return Filters(**given)


class Part(BaseModel):
    """A part of a message; only text is read."""

    type: str
    text: str = ""
    refusal: str = ""


class Message(BaseModel):
    """One message of the conversation."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[Part] | None = None


class StreamOptions(BaseModel):
    """What a stream holds beside the answer."""

    include_usage: bool = Field(False, description="Whether a last chunk tells the tokens used.")


Without = Annotated[
    list[str],
    Field(
        default_factory=list,
        max_length=100,
        description="Companies, years (2022) or periods (2022H1) of the question that shall not count.",
    ),
]


class ChatRequest(BaseModel):
    """A chat completion.

    The last message, from the user, is the question; user and assistant messages before it are the history,
    from which follow-ups are understood. System messages are ignored: answers come from the documents only.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [_CHAT]})

    model: str = Field(description="One of `/v1/models`.")
    messages: Annotated[list[Message], Field(min_length=1)]
    stream: bool | None = Field(None, description="Whether the answer comes as server-sent events.")
    stream_options: StreamOptions | None = None
    n: int | None = Field(None, description="Only 1.")
    stop: str | list[str] | None = Field(None, description="Refused: an answer is not cut.")
    tool_choice: str | dict[str, Any] | None = Field(
        None, description="`none` or `auto`: no tool is ever called."
    )
    function_call: str | dict[str, Any] | None = Field(None, description="`none` or `auto`.")
    response_format: dict[str, Any] | None = Field(None, description="Only `text`.")
    modalities: list[str] | None = Field(None, description="Only `text`.")
    logprobs: bool | None = Field(None, description="Refused: there are none.")
    filters: FiltersBody | None = Field(None, description="Ours: what the search is limited to.")
    without: Without
    trail: bool = Field(
        False, description="Ours: whether `grounding.trail` tells what was found, weighed and decided."
    )
    sources: Literal["list", "none"] = Field(
        "list", description="Ours: `none` leaves out the list of sources at the end of the text."
    )


class SearchRequest(BaseModel):
    """A search for passages."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [_SEARCH]})

    query: str
    k: Annotated[int, Field(ge=1, le=MOST_HITS)] = Field(8, description="How many passages at most.")
    filters: FiltersBody | None = None
    without: Without
