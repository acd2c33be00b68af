"""Values as written to numbers in a base unit, so that facts can be compared: 1.06万个 is 10600 个."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from assistant.answering.verifying.numerals import SCALE, value_of
from assistant.briefing.figures.hedges import is_hedged
from assistant.folding import compact, fold

_UNIT = re.compile(rf"(?:余|多|来|几)?(?P<scale>{SCALE})(?![瓦伏])(?:余|多|来|几)?(?P<unit>.*)")
_ROUGH = re.compile(r"[余几+＋]|多(?![元媒])|来(?!源)")
_SAME = {
    "名": "人",
    "位": "人",
    "口": "人",
    "个人": "人",
    "个百分点": "百分点",
    "个基点": "基点",
    "个季度": "季度",
    "个月": "月",
    "个小时": "小时",
    "千米": "公里",
    "平方千米": "平方公里",
    "公斤": "千克",
    "港币": "港元",
    "rmb": "元",
}
_COUNTERS = frozenset("个家座处站所台套项条支场部款种类间辆艘架枚块")
"""Measure words of which two may count one thing: 1.38万个基站, 1.38万站."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A value in its base unit. `rough`: it is stated as about so much. `step` is its last digit's worth."""

    value: Decimal
    unit: str
    step: Decimal
    rough: bool = False

    @property
    def kind(self) -> str:
        """What it may be compared with: one for all that is counted in pieces, else the unit."""
        return "个" if self.unit in _COUNTERS else self.unit

    def agrees(self, other: Measure) -> bool:
        """Whether both may state one amount, as the rougher of the two would put it."""
        return abs(self.value - other.value) <= max(self._margin(), other._margin())

    def _margin(self) -> Decimal:
        """How far a value may lie from the one stated: half its last digit's worth; 30多, one of its tens."""
        if not self.rough:
            return self.step / 2
        return Decimal(10) ** int(self.value.normalize().as_tuple().exponent)


def measure(value: str, unit: str, written: str = "") -> Measure | None:
    """Read a value and unit as written; None where the value is not a number.

    Args:
        written: value and unit with what hedges them (近30个, 30多个).
    """
    number, words = compact(value), compact(unit).removeprefix("人民币")
    match = _UNIT.match(words)
    scale, name = (match["scale"], match["unit"]) if match else ("", words)
    amount, one = value_of(number + scale), value_of("1" + scale)
    if amount is None or one is None:
        amount, one = value_of(number), Decimal(1)
    if amount is None or one is None:
        return None
    step = one * Decimal(10) ** -len(number.partition(".")[2])
    rough = bool(_ROUGH.search(words[:4]) or is_hedged(fold(written)))
    return Measure(amount, _SAME.get(name, name), step, rough)
