"""What programs get, described for the OpenAPI page; a test holds real answers against it."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Reply(BaseModel):
    """Holds these fields and no other."""

    model_config = ConfigDict(extra="forbid")


class ErrorBody(Reply):
    """What went wrong: `message` is one line that says what to do."""

    message: str
    type: str
    param: str | None
    code: str


class Error(Reply):
    """A failure in OpenAI's form."""

    error: ErrorBody


class Model(Reply):
    """A model."""

    id: str
    object: Literal["model"]
    created: int
    owned_by: str


class Models(Reply):
    """The models."""

    object: Literal["list"]
    data: list[Model]


class Source(Reply):
    """A numbered source: the `[n]` of the text."""

    n: int
    document: str = Field(description="Name of the document, as `/api/documents` lists it.")
    title: str
    published: str = Field(description="YYYY-MM-DD or as much of it as is known; empty where unknown.")
    publisher: str
    page: int | None = Field(description="From 1; null where the format has no pages.")
    quote: str = Field(description="Verbatim words of the cleaned text.")
    start: int = Field(description="Where the quote begins in the file's text (`raw`), in characters.")
    end: int
    section: str = Field(description="The headings above it, the highest first.")
    reprints: list[str] = Field(description="Other documents that hold the same passage.")


class Citation(Source):
    """A numbered source with the address at which it can be read."""

    url: str


class Message(Reply):
    """The answer; `content` ends with a list of the sources unless `sources` is `none`."""

    role: Literal["assistant"]
    content: str
    refusal: None
    citations: list[Citation]


class Choice(Reply):
    """The one choice."""

    index: int
    message: Message
    finish_reason: Literal["stop"]
    logprobs: None


class Sentence(Reply):
    """A sentence; `grounded`: its figures, dates, companies and quotes all occur in its sources."""

    text: str
    citations: list[int]
    grounded: bool


class Hint(Reply):
    """What of the question steered the search: a `company`, `year` or `period`."""

    kind: str
    value: str


class Grounding(Reply):
    """What else is known of the answer."""

    question: str
    answer: str = Field(description="The text without anything added for display.")
    verdict: Literal["answer", "partial", "refuse"]
    engine: str = Field(description="`quoting` or `llm`.")
    seconds: float
    sentences: list[Sentence]
    notices: list[str] = Field(description="Lines for the reader, for example that the endpoint failed.")
    hints: list[Hint]
    nearest: list[str] = Field(description="Titles closest to a question that was refused.")
    partial_text: str = Field(description="What had arrived from an endpoint that failed.")
    rewritten: str = Field(description="What a question that refers back was taken to mean.")
    trail: dict[str, Any] | None = Field(
        None, description="What was searched for, found, weighed and decided, where the request says `trail`."
    )


class Usage(Reply):
    """Tokens as the chat endpoint counts them; with the quoting engine an estimate."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class ChatCompletion(Reply):
    """A chat completion with its citations."""

    id: str
    object: Literal["chat.completion"]
    created: int
    model: str
    choices: list[Choice]
    usage: Usage
    grounding: Grounding


class Hit(Reply):
    """A passage; `dense` and `lexical` are the scores of the two legs, null where one did not find it."""

    passage: str
    document: str
    title: str
    published: str
    publisher: str
    author: str
    kind: str
    period: str
    companies: list[str]
    section: str
    page: int | None
    text: str
    reprints: list[str]
    score: float
    dense: float | None
    lexical: float | None
    url: str


class Hits(Reply):
    """The passages found, best first."""

    query: str
    hits: list[Hit]


class Document(Reply):
    """A document; `reason` says why a file could not be read."""

    document: str
    title: str
    published: str
    publisher: str
    author: str
    kind: str
    period: str
    companies: list[str]
    passages: int
    status: str
    reason: str
    form: str
    pages: int
    notes: list[str]
    reprints: list[str]


class WholeDocument(Document):
    """A document and its text; offsets of citations count in `raw`."""

    raw: str
    clean: str


class Documents(Reply):
    """Documents by name; `total` counts those that are not listed too."""

    total: int
    documents: list[Document]


class Company(Reply):
    """A company, its group, its other names, and the passages about it."""

    name: str
    parent: str
    aliases: list[str]
    passages: int
    documents: list[str]


class Companies(Reply):
    """Companies, most passages first."""

    total: int
    companies: list[Company]


class Summary(Reply):
    """What the documents say about a company; docs/summaries.md describes the fields."""

    company: str
    headline: str
    headline_sentences: list[dict[str, Any]]
    themes: list[dict[str, Any]]
    figures: list[dict[str, Any]]
    timeline: list[dict[str, Any]]
    conflicts: list[dict[str, Any]]
    coverage: dict[str, int]
    citations: list[Source]
    group: str
    branches: list[dict[str, Any]]
    included: list[str]
    engine: str
    seconds: float
    notices: list[str]
    tokens: dict[str, int]


class Health(Reply):
    """`status` is `ok`, `starting` while files are first read, or `failed`, which may stand alone.

    `is_whole`: every ingestion has ended; `is_filling`: files are being read or vectors made.
    """

    status: Literal["ok", "starting", "failed"]
    is_whole: bool | None = None
    is_filling: bool | None = None
    documents: int | None = None
    failed_documents: int | None = None
    passages: int | None = None


Responses = dict[int | str, dict[str, Any]]


def _replies(model: type[Reply], **more: Any) -> Responses:
    return {200: {"model": model, **more}}


MODELS = _replies(Models)
MODEL = _replies(Model)
COMPLETION = _replies(
    ChatCompletion,
    description="The answer; with `stream` chunks of it as server-sent events, then `data: [DONE]`.",
    content={"text/event-stream": {}},
)
SEARCH = _replies(Hits)
DOCUMENTS = _replies(Documents)
DOCUMENT = _replies(WholeDocument)
COMPANIES = _replies(Companies)
SUMMARY = _replies(Summary, content={"text/markdown": {}})
HEALTH: Responses = {
    200: {"model": Health},
    503: {"model": Health, "description": "No questions are answered yet, or at all."},
}
EVERYWHERE: Responses = {
    "4XX": {"model": Error, "description": "The request cannot be served as it is."},
    "5XX": {"model": Error, "description": "The server, or an endpoint behind it, failed."},
}
