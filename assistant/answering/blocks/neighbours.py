"""The sentences next to a chosen one that it cannot be understood or does not answer without."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.blocks.lists import count_in
from assistant.answering.blocks.surroundings import Line
from assistant.answering.understanding.interrogatives import Kind
from assistant.answering.understanding.question import Query
from assistant.folding import fold
from assistant.records import BlockKind

_FOLLOWS_FROM = re.compile(r"[为对]此|因此|因而|所以|于是|由此|正因")
_STANDS_FOR = re.compile(r"该|其(?![他它余中])|这|它|此(?!外|次)")
_NAME = re.compile(r"叫什么|名称|名字|什么[^，,]{0,6}(?:平台|系统|项目|产品|活动|模式)")
_AIM = re.compile(r"目的|意义|目标|宗旨|作用|为了什么")
_SAYS_AIM = re.compile(r"旨在|为了|以期|意在|目的|目标|有助于|意义")
_SAYS_REASON = re.compile(
    r"因为|由于|原因|为了|受.{2,24}(?:影响|带动|拉动)|主要[是系因]|得益于|所致|导致|造成|旨在|源于"
)
_SAYS_SEVERAL = re.compile(r"、|分别|包括|具体|[;:]|首先|一是")
_ACTS = re.compile(
    r"立即|迅速|积极|坚持|加[快强大]|组[织建]|开[展通发]|采[取用]|通过|利用|依托|建[立设成]|打[造通]|推[进动出广行]|深化|"
    r"安排|派出|部署|完善|健全|优化|强化|提[升供高]|实[施现]|构建|创新|引[入导]|搭建|调[集配派度]|协同|联[合动]|合作|"
    r"促进|发[挥放]|保障|支[持撑援]|帮助|赋能|融合|培训|投入|落实|聚焦|设立|成立|对接"
)
_FEW_ACTS = 2
_GOES_ON = re.compile(
    r"此外|同时|另外|还|并|随后|接着|^为(?!止)|在此基础上|^通过|其次|与此同时|不仅如此|除此之外"
)
_SEEN = 3
"""Sentences behind a chosen one that are looked at."""


def before(query: Query, lines: Sequence[Line], at: int) -> list[int]:
    """The place of the sentence before, where the chosen one draws on it (为此; 该平台 for a name)."""
    if at == 0 or lines[at - 1].kind is not BlockKind.TEXT:
        return []
    text = fold(lines[at].text)
    draws = query.kind is Kind.REASON and _FOLLOWS_FROM.match(text)
    names = _NAME.search(query.folded) and _STANDS_FOR.match(text)
    goes_on = query.kind is Kind.MANNER and _goes_on(query, lines, at - 1, at)
    return [at - 1] if draws or names or goes_on else []


def after(query: Query, lines: Sequence[Line], at: int) -> list[int]:
    """The places of the sentences behind, up to the one that says what the chosen one leaves open."""
    behind = _same_paragraph(lines, at)
    if _says(query, fold(lines[at].text)):
        goes_on = query.kind is Kind.MANNER and behind and _goes_on(query, lines, at, behind[0])
        return behind[:1] if goes_on else []
    for n, place in enumerate(behind, start=1):
        if _says(query, fold(lines[place].text)):
            goes_on = (
                query.kind is Kind.MANNER and n < len(behind) and _goes_on(query, lines, place, behind[n])
            )
            return behind[: n + goes_on]
    return []


def _goes_on(query: Query, lines: Sequence[Line], first: int, second: int) -> bool:
    """Whether two sentences of a paragraph tell of one course of action."""
    if lines[first].paragraph != lines[second].paragraph:
        return False
    told, then = fold(lines[first].text), fold(lines[second].text)
    return (
        _says(query, told) and _says(query, then) and _GOES_ON.search(re.split(r"[,，]", then)[0]) is not None
    )


def _same_paragraph(lines: Sequence[Line], at: int) -> list[int]:
    behind = range(at + 1, min(at + 1 + _SEEN, len(lines)))
    return [n for n in behind if lines[n].paragraph == lines[at].paragraph]


def _says(query: Query, text: str) -> bool:
    """Whether a sentence has the form of an answer to such a question."""
    if query.kind is Kind.REASON:
        return _SAYS_REASON.search(text) is not None
    if query.kind is Kind.PURPOSE or _AIM.search(query.folded):
        return _SAYS_AIM.search(text) is not None
    if query.kind is Kind.MANNER:
        return len(set(_ACTS.findall(text))) >= _FEW_ACTS
    if query.kind is Kind.LIST and (wanted := count_in(query.folded)):
        return count_in(text) == wanted
    return query.kind is not Kind.LIST or _SAYS_SEVERAL.search(text) is not None
