"""A sentence as its questions are made from it, and what can be asked about by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant import companies
from assistant.folding import tag, to_simplified
from assistant.passages import sentences
from assistant.records import Passage

CLAUSE = re.compile(r"[^，；。！？：\n]+(?=[，；。！？])")
DANGLING = re.compile(r"其|该|此|这|那|它|他|本公司|我们|上述|以上|上年|同期|今年|去年|分别|各自|相应|[□]")
"""What refers to something that the question does not say."""
BEGINS = re.compile(
    r"^(?:本|你|并|而|但|且|同时|另外|预计|因此|所以|由于|对此|截至|如|即|也|还|将|可|能|不|有|在|以|从|为|对|向|由|按|据|根据|"
    r"随着|通过|目前|当前|近|未来|前|后|以下|每|尽管|结合|与|和|及|或|若|当|使|让|把|被|约|第|[一二三四五]是|一方|首先|其次|最后)"
)
"""How a stretch begins that is not the whole of what it speaks of."""
_STAGES = {
    "FY": "年",
    "H1": "年上半年",
    "H2": "年下半年",
    "Q1": "年第一季度",
    "Q2": "年第二季度",
    "Q3": "年第三季度",
    "Q4": "年第四季度",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the statement that it was made from: `clean_text[start:end]` of the passage's document.

    `form` is the sort of question, for variety.
    """

    question: str
    form: str
    passage: Passage
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence in Simplified characters without white space, and its place in the passage.

    `about` is the one company that it speaks of, which `is_named` in it or else its passage's; `period` is
    what the report that it stands in reports on.
    """

    text: str
    about: str
    is_named: bool
    period: str
    start: int
    end: int


def said_in(passage: Passage) -> Iterator[Said]:
    """The sentences of a passage, without the rows of its tables."""
    period = period_of(passage)
    for start, end in sentences(passage.text):
        whole = passage.text[start:end]
        if "\t" not in whole:
            text = re.sub(r"(?<![a-zA-Z])\s+|\s+(?![a-zA-Z])", "", to_simplified(whole)).replace(",", "，")
            yield Said(text, *_about(text, passage), period, passage.start + start, passage.start + end)


def period_of(passage: Passage) -> str:
    """The period that the passage's document reports on, in words; empty for none."""
    period = passage.metadata.period
    return f"{period[:4]}{_STAGES[period[4:]]}" if period[4:] in _STAGES else ""


def is_thing(thing: str) -> bool:
    """Whether it is a noun phrase that can be asked about by itself."""
    is_plain = len(thing) >= 2 and not re.search(r"的|规模|[数量额率]$", thing) and not DANGLING.search(thing)
    words = tag(thing)
    return is_plain and _begins_well(words) and ends_in_noun(thing)


def ends_in_noun(text: str) -> bool:
    """Whether the last word is a noun, or a verb that stands for one (建设)."""
    words = tag(text)
    return bool(words) and (words[-1][1][0] in "nj" or words[-1][1] in ("vn", "eng"))


def _begins_well(words: Sequence[tuple[str, str]]) -> bool:
    """Whether the first word may begin a noun phrase; a verb before a noun tells what for (扶贫资金)."""
    if not words:
        return False
    if words[0][1] == "v":
        return len(words) > 1 and len(words[0][0]) > 1 and words[1][1][0] == "n"
    return words[0][1] == "vn" or words[0][1][0] not in "cpurdv"


def _about(text: str, passage: Passage) -> tuple[str, bool]:
    """The one company that a sentence names, or else its passage is about; empty where it is not clear."""
    named = companies.find(text)
    if named:
        return (named[0] if len(named) == 1 else ""), True
    return (passage.companies[0] if len(passage.companies) == 1 else ""), False
