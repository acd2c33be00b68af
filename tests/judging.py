"""Whether what an answer cites stands in the raw file, found out without the product's own map to it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.records import Answer, Citation, Verdict

LIMIT = 300
MARK = re.compile(r"\[\d+\]")
_READING = re.compile(r"[(（][a-zà-üāēěīōūǎǐǒǔǘǚǜ]+[)）]", re.IGNORECASE)
_LOST = "□"


def faults(answer: Answer, raw: Mapping[str, str]) -> list[str]:
    """What is wrong with the citations of an answer; `raw` are the documents' decoded files."""
    found = [
        f"{answer.question}: [{c.n}] {c.quote[:40]!r} is not at {c.start}:{c.end} of {c.document}"
        for c in answer.citations
        if not is_at_its_span(c, raw[c.document])
    ]
    numbers = [citation.n for citation in answer.citations]
    marks = [int(mark[1:-1]) for mark in MARK.findall(answer.text)]
    if numbers != list(range(1, len(numbers) + 1)) or set(marks) != set(numbers):
        found.append(f"{answer.question}: marks {marks} for the citations {numbers}")
    if answer.verdict is not Verdict.REFUSE:
        bare = [sentence.text for sentence in answer.sentences if not sentence.citations]
        found += [f"{answer.question}: uncited {text!r}" for text in (bare if answer.sentences else ["all"])]
    return found


def is_at_its_span(citation: Citation, raw: str) -> bool:
    """Whether the raw text at the span, without white space, readings and doubled glyphs, is the quote."""
    there, quote = (re.sub(r"\s+", "", text) for text in (raw[citation.start : citation.end], citation.quote))
    there = _READING.sub("", there)
    lost = "[?？□�()（）a-zà-ü]{1,8}".join(map(re.escape, quote.split(_LOST)))
    return bool(quote) and (
        re.fullmatch(lost, there, re.IGNORECASE) is not None or _once(there) == _once(quote)
    )


def _once(text: str) -> str:
    """The text with each run of characters that stands twice in a row put once."""
    while (shorter := re.sub(r"(.{1,60}?)\1", r"\1", text)) != text:
        text = shorter
    return text
