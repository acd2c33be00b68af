"""The figures of a briefing in the order in which a reader wants them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from assistant.briefing.material import Fact
from assistant.folding import compact

_HOLDER = re.compile(
    r"\S*(?:公司|银行|[(（]有限合伙[)）]|基金|组合|计划|沪|深)(?:[(（]\S*[)）])?\s\S*(?:持有|持股|质押|增减|比例)"
)
_LARGE = re.compile(r"[万亿%]|百分点|元|倍")
_OFTEN = 4
"""Times at which a figure is given from which on more of them give it no more weight."""


def by_weight(groups: Sequence[tuple[Fact, ...]], company: str) -> list[tuple[Fact, ...]]:
    """The distinct facts, the weightiest first; none that a text only denies.

    Prose before the rows of tables, the company's own before its group's, results before targets; then what
    is given again and again (营业收入, year after year: an indicator that matters), amounts of money, shares
    and large counts, and the newest. Within all that they stay as they stand in the text.
    """
    often = Counter(compact(group[0].indicator) for group in groups)

    def weight(group: tuple[Fact, ...]) -> tuple[bool, bool, bool, bool, int, bool]:
        fact = group[0]
        recurring = min(often[compact(fact.indicator)], _OFTEN)
        is_own = fact.statement.company == company
        is_small = _LARGE.search(fact.unit) is None
        return fact.statement.is_row, _is_idle(fact), not is_own, fact.is_plan, -recurring, is_small

    stated = [group for group in groups if not all(fact.is_denied for fact in group)]
    newest = sorted(stated, key=lambda group: group[0].as_of, reverse=True)
    return sorted(newest, key=weight)


def _is_idle(fact: Fact) -> bool:
    """Whether it is a cell without news: the nought of an empty one, or what a shareholder has."""
    is_nought = not re.search(r"[1-9]", fact.value)
    return fact.statement.is_row and (is_nought or _HOLDER.match(fact.indicator) is not None)
