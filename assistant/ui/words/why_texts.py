"""What the account of an answer says, whatever the language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.records import Reason


@dataclass(frozen=True, slots=True)
class WhyTexts:
    """The words of one language. Fields with `{}` are filled by `str.format`."""

    reasons: Mapping[Reason, str]
    refused: Mapping[Reason, str]
    against: Mapping[str, str]
    steps: Mapping[str, str]
    searched: str
    limited: str
    steered: str
    steered_how: str
    missing: str
    took: str
    place: str
    source: str
    lexical: str
    dense: str
    rerank: str
    score: str
    likelihood: str
    ruled_out: str
    rank: str
    cited: str
    legend: str
    legend_rerank: str
    briefing: str
    comparison: str
