"""A company that a question asks about and nobody knows: told from one of its kind that evidence names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.answering.understanding.question import Query
from assistant.companies import own_names, places
from assistant.companies.forms import body_of
from assistant.folding import fold, tag

_KIND = 2
_OWN = re.compile(r"(?:.*[,，。:：\s]|请问|那么?|.*年(?:度|底|末|初)?)?(?P<own>[\u3400-\u9fff]{2,6})")
_BREAKING = "pcurdyqmteo"
"""What no name holds: particles, pronouns, numbers, adverbs."""


def stranger(query: Query, named: Iterable[str], around: str) -> str:
    """The name in the question that is of the kind of one of these companies, or begins as it does.

    平安银行 in 平安银行的净利润是多少, where evidence names 安澜银行 and the folded text `around` it
    does not name 平安银行; 清河水务 where it names 清河热力. Empty where there is none.
    """
    for company in named:
        full = fold(body_of(company) or company)
        kind = _kind(full)
        if not kind or query.catalogue.brand_of(company):
            continue
        name = _of_kind(query.folded, kind, full, around) or _of_name(query.folded, full.removesuffix(kind))
        if name and name != full and name not in around:
            return name
    return ""


def _of_kind(folded: str, kind: str, full: str, around: str) -> str:
    """A name of the kind at the head of a question, if it can be one."""
    at = folded.find(kind, _KIND)
    before = _OWN.fullmatch(folded[:at]) if at > 0 else None
    if before is None or full.endswith(before["own"] + kind):
        return ""
    name = before["own"] + kind
    return name if _is_name(name, is_around=before["own"] in around) else ""


def _of_name(folded: str, own: str) -> str:
    """The own name of a company before another kind or trade."""
    at = folded.find(own) if len(own) >= _KIND else -1
    other = own_names.endings().match(folded, at + len(own)) if at >= 0 else None
    return own + other.group() if other and other.group() != own_names.PLAIN else ""


def _kind(full: str) -> str:
    """By what a company's name, folded, ends (供电公司, 银行); empty where that is no word, or 公司 alone."""
    last = [word for word, _ in tag(full)][-1]
    known = [kind for kind in own_names.kinds() if full.endswith(kind)]
    kind = max(known, key=len, default=full[-_KIND:] if last == full else last)
    return "" if kind == own_names.PLAIN or len(kind) < _KIND else kind


def _is_name(name: str, *, is_around: bool) -> bool:
    """Whether it can be a company's; plain words that stand around too are none (手机 in 手机银行)."""
    words = tag(name)
    if any(part[0] in _BREAKING or part == "v" for _, part in words):
        return False
    return not is_around or own_names.is_proper(words) or any(places.bare(word) for word, _ in words)
