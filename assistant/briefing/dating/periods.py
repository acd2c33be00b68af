"""What a table's column head or row label says of time: 本报告期, 上年同期, 2022年第一季度, 期末余额."""

from __future__ import annotations

import re
from functools import lru_cache

_Y = r"(?P<year>(?:19|20)\d\d)"
_DAY = re.compile(
    rf"{_Y}\s*[年/.-]\s*(?P<month>\d{{1,2}})\s*(?:[月/.-]\s*(?:(?P<day>\d{{1,2}})\s*日?)?)?(?![\d-])"
)
_MONTHS = re.compile(r"(?<!\d)(?P<first>\d{1,2})\s*月?\s*[-–—~－至]\s*(?P<last>\d{1,2})\s*月")
_QUARTER = re.compile(r"第?(?P<n>[一二三四1-4])季度?|q(?P<q>[1-4])")
_YEAR = re.compile(rf"{_Y}\s*(?:年|$|h|q|e|a|[^\d])")
_HALF = re.compile(r"上半年|半年度|中期|h1")
_NINE = re.compile(r"前三季度?|三季度累计")
_END = re.compile(r"期末|月末|季末|年末")
_START = re.compile(r"上年度?期?末|上年年末|去年末|年初(?!至)|期初|上期期?末|上一?年度?年?末")
_BEFORE = re.compile(r"上年|去年|上期|上年度|前期|上一年|同期(?:数|金额|$)")
_TO_DATE = re.compile(r"年初至|本年累计|累计至|年初到")
_NOW = re.compile(r"本报告期|报告期|本期|本年|当期|本季|当年")
_CHANGE = re.compile(r"比|较|同比|增减|变动|环比")
_PERIOD = re.compile(r"(?P<year>\d{4})(?P<part>FY|H1|H2|Q[1-4])?")
_DIGITS = {"一": "1", "二": "2", "三": "3", "四": "4"}
_SPANS = {
    (1, 3): "Q1",
    (4, 6): "Q2",
    (7, 9): "Q3",
    (10, 12): "Q4",
    (1, 6): "H1",
    (7, 12): "H2",
    (1, 9): "Q1-Q3",
    (1, 12): "",
}
_TO_DATES = {"Q1": "Q1", "Q2": "H1", "H1": "H1", "Q3": "Q1-Q3", "Q4": "", "H2": "", "FY": "", "": ""}
_ENDS = {"Q1": "-03", "Q2": "-06", "H1": "-06", "Q3": "-09"}
_IN_CAPTION = re.compile(
    r"(?:19|20)\d\d\s*年"
    r"(?:\s*(?:[上下]半年|半年度|前?[一二三四第]+季度|\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?))?"
)
_TIMES = re.compile(
    r"年初至(?:上年)?报告期末|上年初至上年报告期末|"
    rf"(?:于|由|自|截[至止])?\s*{_Y}\s*(?:年度?|[/.-])\s*(?:\d{{1,2}}\s*[月/.-]?\s*(?:\d{{1,2}}\s*日?)?)?|(?:本|上一?|去|当)?(?:报告期|年度?|期|季度?)(?:期?[初末]|同期)"
    r"|本年累计|[(（]?\d{1,2}\s*月?[-–—~－至]\s*\d{1,2}\s*月份?[)）]?|第[一二三四]季度|[上下]半年|半年度|前三季度"
    r"|(?:本|上|当)(?:报告)?(?:期|年度?|季度?)|[期年][初末]|报告期内?|期间|同期|截至"
)


def bare(period: str) -> str:
    """A report's period (`2022FY`, `2022H1`) as figures of it are dated: `2022`, `2022H1`."""
    return period.removesuffix("FY")


@lru_cache(maxsize=4096)
def of_head(head: str, period: str) -> str:
    """When the cells under a head hold, as `dating.as_of` writes it; empty where the head does not say.

    Args:
        head: folded.
        period: what the document reports on (`2022H1`), empty for none.
    """
    compared = _CHANGE.search(head)
    said = head[: compared.start()] if compared and compared.start() else head
    if compared and not compared.start():
        return bare(period)
    year, part = _parts(period)
    if match := _YEAR.search(said):
        return _explicit(said, match["year"])
    if not year:
        return ""
    if _START.search(said):
        return str(year - 1)
    if match := _MONTHS.search(said):
        span = _SPANS.get((int(match["first"]), int(match["last"])))
        return "" if span is None else f"{year - bool(_BEFORE.search(said))}{span}"
    if match := _QUARTER.search(said):
        return f"{year - bool(_BEFORE.search(said))}Q{_quarter(match)}"
    if _BEFORE.search(said):
        return f"{year - 1}{_TO_DATES[part]}"
    if _TO_DATE.search(said):
        return f"{year}{_TO_DATES[part]}"
    if _END.search(said):
        return f"{year}{_ENDS.get(part, '')}"
    return bare(period) if _NOW.search(said) else ""


@lru_cache(maxsize=1024)
def named(caption: str) -> tuple[str, ...]:
    """The times that the name of a table states in so many words, in their order."""
    return tuple(of_head(match.group(), "") for match in _IN_CAPTION.finditer(caption))


@lru_cache(maxsize=4096)
def is_time(label: str) -> bool:
    """Whether a cell says nothing but when: 2022年, 第一季度, 期末."""
    return not re.sub(r"[\s年度()（）、-]+", "", without_time(label)) and bool(re.search(r"\w", label))


def without_time(head: str) -> str:
    """A head without what it says of time."""
    return _TIMES.sub("", head).strip(" /-—－:：()（）至到由")


def _explicit(said: str, year: str) -> str:
    """When a head holds that names its year; of several days the last one counts."""
    if match := _MONTHS.search(said):
        return year + _SPANS.get((int(match["first"]), int(match["last"])), "")
    dates = list(_DAY.finditer(said))
    if dates:
        last = dates[-1]
        if 1 <= int(last["month"]) <= 12:
            day = f"-{int(last['day']):02d}" if last["day"] else ""
            return f"{last['year']}-{int(last['month']):02d}{day}"
    if _NINE.search(said):
        return f"{year}Q1-Q3"
    if match := _QUARTER.search(said):
        return f"{year}Q{_quarter(match)}"
    return f"{year}H1" if _HALF.search(said) else year


def _quarter(match: re.Match[str]) -> str:
    number: str = match["n"] or match["q"]
    return _DIGITS.get(number, number)


def _parts(period: str) -> tuple[int, str]:
    match = _PERIOD.match(period)
    return (int(match["year"]), match["part"] or "") if match else (0, "")
