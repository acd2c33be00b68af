"""Whether a figure is what is aimed at, asked for or expected, not what was reached."""

from __future__ import annotations

import re

from assistant.briefing.dating.as_of import anchor_of
from assistant.briefing.figures.quantities import Quantity
from assistant.briefing.material import Statement

_SURE = (
    r"力[争拼求]|预[计期估]|预测(?=[到值将未明后20])|争取|(?<![动励划性施略发])计划|(?<![虚模比草])拟|有望|确保到"
    r"|(?<![完达]成)(?<!实现)(?<!年度)目标(?!任务|客户|市场|群体|用户|人群|责任|管理)"
    r"|(?<![即已])将(?=[^,;。]{0,12}(?:达|超|突破|投|建|新增|实现|完成|覆盖|提[升高]|增|扩))"
    r"|(?:建成|投产|达产|投运|竣工|完工|投用)后,?[^,;。\d]{0,12}(?:将|可(?!再)|能够|预)|届时"
)
_SAID_TO_BE = re.compile(rf"(?:{_SURE}|规划|要求|不低于|不少于|预算(?=为|达|约|安排))[^,;。]{{0,24}}$")
_AIMED_AT = re.compile(rf"(?:{_SURE})[^,;。]{{0,24}}$")
_FRAME = re.compile(r"(?:预[计期估测]|估计)\s*,[^;。]{0,30}(?:可|将|能|会)[^,;。]{0,6}$")
"""Words with a pause behind them, which speak of the whole of what follows: 公司估计,五年内可达……"""
_BEHIND = re.compile(r"\s*(?:以上|左右)?的[^,;。\d]{0,6}(?:目标|要求)")
_REACH, _NEAR = 40, 24
"""Characters in front of a quantity that are looked at, and between two that are planned together."""
_RESULT = re.compile(
    r"[;。!?]|实际|已|完成|目前|现[有已]|实现了|达成|同比|环比|较|其中|累计|当前|截[至止]|[去上]年|如今|增长|下降|此前"
)
"""Between two quantities, what the second is no longer planned by."""


def is_planned(folded: str, quantity: Quantity) -> bool:
    """Whether the words in front of a quantity, or behind it, say that it is a target or a forecast."""
    ahead = folded[max(0, quantity.start - _REACH) : quantity.start]
    return bool(_SAID_TO_BE.search(ahead) or _FRAME.search(ahead) or _BEHIND.match(folded, quantity.end))


def goes_on(folded: str, last: Quantity, quantity: Quantity) -> bool:
    """Whether what is planned goes on from one quantity to the next: 力争收入3亿元，利润达到1亿元."""
    ahead = folded[max(0, last.start - _REACH) : last.start]
    is_near = quantity.start - last.end <= _NEAR and not _RESULT.search(folded, last.end, quantity.start)
    return is_near and bool(_AIMED_AT.search(ahead) or _FRAME.search(ahead))


def is_ahead(statement: Statement, when: str) -> bool:
    """Whether a figure holds for a year later than the one in which its text was written."""
    metadata = statement.passage.metadata
    published = metadata.published[:4]
    year = max(anchor_of(statement).year, int(published) if published.isdigit() else 0)
    if metadata.period and not published:
        year += 1  # a report is written in the year after the one that it reports on
    return bool(year and when[:4].isdigit() and int(when[:4]) > year)
