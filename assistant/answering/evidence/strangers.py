"""A company that a question asks about and nobody knows: told from one of its kind that evidence names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.answering.understanding.question import Query
from assistant.companies.forms import body_of
from assistant.folding import fold, tag

_KIND = 2
_OWN = re.compile(r"(?:.*[,，。:：\s]|请问|那么?|.*年(?:度|底|末|初)?)?(?P<own>[\u3400-\u9fff]{2,6})")
_BREAKING = "pcurdyqmteo"
"""What no name holds: particles, pronouns, numbers, adverbs."""


def stranger(query: Query, named: Iterable[str], around: str) -> str:
    """The name in the question that is of the kind of one of these companies and not its own.

    平安银行 in 平安银行的净利润是多少, where evidence names 安澜银行 and the folded text `around` it
    does not name 平安银行. Empty where there is none.
    """
    for company in named:
        full = fold(body_of(company) or company)
        kind = full[-_KIND:]
        at = query.folded.find(kind, _KIND)
        if at < 0 or query.catalogue.brand_of(company):
            continue
        if (before := _OWN.fullmatch(query.folded[:at])) and not full.endswith(before["own"] + kind):
            name = before["own"] + kind
            if name not in around and _is_name(name):
                return name
    return ""


def _is_name(name: str) -> bool:
    words = tag(name)
    return not any(part[0] in _BREAKING or part == "v" for _, part in words)
