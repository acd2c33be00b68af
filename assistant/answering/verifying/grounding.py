"""Whether what a sentence states occurs in its evidence: figures with units, dates, names, quotes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.answering.verifying.numerals import ARABIC, CHINESE, SCALE, value_of
from assistant.folding import compact, fold

# Longest first where one begins another; the regular expression is built from them sorted.
_UNITS = """
% ‰ 个百分点 百分点 个基点 基点 元 角 美元 港元 港币 欧元 日元 英镑
户 人次 人 名 位 口 个 项 家 座 处 台 套 部 条 件 张 份 本 册 篇 首 支 只 头 株 棵
亩 公顷 吨 公斤 千克 斤 克 公里 千米 米 厘米 毫米 平方公里 平方千米 平方米 立方米 升 度
千瓦时 千瓦 兆瓦 瓦 摄氏度 赫兹 兆赫 年 季度 个季度 月 个月 周 天 日 小时 个小时 分钟 秒 毫秒
届 期 批 次 车次 场 轮 倍 成 股 笔 单 例 起 宗 款 种 类 级 层 所 间 栋 幢
辆 艘 架 枚 块 片 颗 门 节 课 岁 代 名次 页 字 组 支队 班
"""
_SAME_UNIT = {
    "名": "人",
    "位": "人",
    "口": "人",
    "个百分点": "百分点",
    "个基点": "基点",
    "个季度": "季度",
    "个小时": "小时",
    "千米": "公里",
    "平方千米": "平方公里",
    "公斤": "千克",
    "港币": "港元",
}
_UNIT = "|".join(sorted(_UNITS.split(), key=len, reverse=True))
_LATIN_UNIT = r"(?:[kmgt]?bps|[kmgtp]b|[kmg]?hz|[kmgt]?wh?|[kcm]m|kg)"
_SPACED_LATIN_UNIT = re.compile(rf"(?<=\d)\s+(?={_LATIN_UNIT}(?![a-z0-9]))")

_YEAR = r"(?:19|20)\d\d"
_DATE = re.compile(
    rf"(?<![\d.])(?P<iso>{_YEAR})(?P<sep>[-/.])(?P<iso_m>\d{{1,2}})(?P=sep)(?P<iso_d>\d{{1,2}})(?![\d.]*\d)"
    rf"|(?<![\d.])(?P<ym>{_YEAR})[-/](?P<ym_m>0?[1-9]|1[0-2])(?![\d.%-])"
    rf"|(?<![\d.])(?P<y>{_YEAR}|[\d〇零一二三四五六七八九]{{4}})\s*年(?:度)?"
    r"(?:\s*(?P<y_m>\d{1,2}|[一二三四五六七八九十]{1,2})\s*月(?:份)?(?:\s*(?P<y_d>\d{1,2})\s*[日号])?)?"
    r"|(?<![\d.])(?P<short>\d\d)\s*年\s*(?P<s_m>\d{1,2})\s*月(?:\s*(?P<s_d>\d{1,2})\s*[日号])?"
    r"|(?<![\d.])(?P<m>\d{1,2}|[一二三四五六七八九十]{1,2})\s*月(?:份)?(?:\s*(?P<m_d>\d{1,2})\s*[日号])?"
    r"|(?<![\d.])(?P<d>\d{1,2})\s*日"
)
_FRACTION = re.compile(r"[一二三四五六七八九十两\d]+分之[一二三四五六七八九十两\d]+")
_PLAN = re.compile(r"十[一二三四五六]五(?![年十百千万亿])")
_TOKEN = re.compile(r"(?<![a-z0-9.])(?=[a-z0-9.+-]*\d)(?:\d+(?:\.\d+)?)?[a-z][a-z0-9]*(?:[-.+][a-z0-9]+)*")
_FIGURE = re.compile(
    rf"(?:(?P<share>[百千万])分之)?(?:(?P<arabic>{ARABIC})\s*(?:[余多来几]\s*)?(?P<scale>{SCALE})|(?P<chinese>{CHINESE}))"
    rf"\s*(?:[余多来]\s*)?(?P<unit>{_UNIT})?"
)
_SHARES = {"百": "%", "千": "‰", "万": "‱"}
_RANGE = re.compile(rf"(?P<from>{ARABIC})(?=\s*[-–—~至到]+\s*{ARABIC}\s*(?P<unit>{SCALE}(?:{_UNIT}|月|日)))")
"""The first number of 300-500万元, to which the unit belongs as well."""
_QUOTE = re.compile(r"[“「『](?P<han>[^“”「」『』]+)|(?<!\w)\"(?P<ascii>[^\"]+)\"")
_OMISSION = re.compile(r"…+|\.{3,}")
_MARKS = re.compile(r"(?<!\d)\.|\.(?!\d)|[^\w%‰.+]|_")
_DECLARED_UNIT = re.compile(rf"单位\s*[:(]?\s*(?:人民币)?(?P<scale>{SCALE})(?P<unit>{_UNIT})")


@dataclass(frozen=True, slots=True)
class _Date:
    """A date or the part of one that a text gives; None where it is silent."""

    year: int | None
    month: int | None
    day: int | None


@dataclass(frozen=True, slots=True)
class _Figure:
    """A quantity in its base unit (1.68千万元 is 16800000 元); the unit is empty where none was known."""

    value: Decimal
    unit: str
    plain: bool


@dataclass(frozen=True, slots=True)
class _Facts:
    """What a text states, each with the words that state it, in the folded form."""

    dates: tuple[tuple[str, _Date], ...]
    figures: tuple[tuple[str, _Figure], ...]
    tokens: tuple[str, ...]


def grounded(sentence: str, evidence: Sequence[str], companies: Collection[str] = ()) -> bool:
    """Whether every figure, date, company name and quote of the sentence occurs in the evidence."""
    return not missing(sentence, evidence, companies)


def missing(sentence: str, evidence: Sequence[str], companies: Collection[str] = ()) -> list[str]:
    """What the sentence states and none of the evidence does, in folded form and in no special order.

    Figures compare by value and unit (1,680万元 = 1680万元 = 1.68千万元, but not 11680万元 nor 1680万户),
    dates by the parts that the sentence gives (2019年 is in 2019/1/22), names in compact form, quotes without
    their punctuation, each within one text.

    Args:
        sentence: a sentence without citation marks.
        evidence: the texts it cites, and what is known of them (title, date, publisher).
        companies: the company names found in the sentence.
    """
    stated = _facts(sentence)
    # A new line between the texts, so that no figure is made of the end of one and the start of another.
    text = "\n".join(evidence)
    known = _facts(text)
    dates = [date for _, date in known.dates]
    figures = [figure for _, figure in known.figures]
    figures += _in_declared_unit(text, figures)
    absent = [words for words, date in stated.dates if not _date_known(date, dates, figures)]
    absent += [words for words, figure in stated.figures if not _figure_known(figure, figures, dates)]
    absent += [token for token in stated.tokens if token not in known.tokens]
    packed = compact(text)
    absent += [name for name in companies if compact(name) not in packed]
    if quotes := _quotes(sentence):
        bare = [_bare(text) for text in evidence]
        absent += [quote for quote in quotes if not any(_bare(quote) in text for text in bare)]
    return absent


def quantities(text: str) -> list[tuple[str, tuple[Decimal, str]]]:
    """The figures that have a unit or a scale, no dates: the words, in folded form, and value and unit.

    Both are in the base unit: 1.68千万元 and 1680万元 are 16800000 元.
    """
    return [
        (words, (figure.value, figure.unit)) for words, figure in _facts(text).figures if not figure.plain
    ]


def _quotes(sentence: str) -> list[str]:
    """What stands in quotation marks, or behind one that the sentence does not close, cut at omissions."""
    quoted = (match["han"] or match["ascii"] for match in _QUOTE.finditer(sentence))
    return [part for text in quoted for part in _OMISSION.split(text) if _bare(part)]


def _bare(text: str) -> str:
    """The words and figures of a text, folded, with nothing between them."""
    return _MARKS.sub("", compact(text))


def _facts(text: str) -> _Facts:
    """Read dates first, then mixed tokens, then figures; what is read is blanked for the next."""
    folded = _RANGE.sub(r"\g<from>\g<unit>", _SPACED_LATIN_UNIT.sub("", fold(text)))
    dates: list[tuple[str, _Date]] = []
    for match in _DATE.finditer(folded):
        if (date := _date(match)) is not None:
            dates.append((match.group(), date))
            folded = _blank(folded, match)
    tokens: list[str] = []
    for pattern in (_PLAN, _FRACTION, _TOKEN):
        for match in pattern.finditer(folded):
            tokens.append(match.group())
            folded = _blank(folded, match)
    parts = [part for token in tokens for part in re.split(r"[-.+]", token) if part != token]
    return _Facts(tuple(dates), tuple(_figures(folded)), tuple(tokens + _digital(parts)))


def _digital(parts: list[str]) -> list[str]:
    return [part for part in parts if re.search(r"\d", part) and re.search(r"[a-z]", part)]


def _blank(text: str, match: re.Match[str]) -> str:
    return text[: match.start()] + "\n" * len(match.group()) + text[match.end() :]


def _date(match: re.Match[str]) -> _Date | None:
    found = {name: value for name, value in match.groupdict().items() if value and name != "sep"}
    year = found.get("iso") or found.get("ym") or found.get("y")
    if "short" in found:
        year = f"20{found['short']}"
    month = _part(found, "iso_m", "ym_m", "y_m", "s_m", "m")
    day = _part(found, "iso_d", "y_d", "s_d", "m_d", "d")
    if (month or 1) not in range(1, 13) or (day or 1) not in range(1, 32):
        return None
    number = None if year is None else value_of(year)
    if number is not None and not 1900 <= number < 2100:
        return None
    return _Date(None if number is None else int(number), month, day)


def _part(found: dict[str, str], *names: str) -> int | None:
    for name in names:
        if name in found and (value := value_of(found[name])) is not None:
            return int(value)
    return None


def _figures(folded: str) -> Iterator[tuple[str, _Figure]]:
    for match in _FIGURE.finditer(folded):
        value = value_of((match["arabic"] or match["chinese"]) + (match["scale"] or ""))
        unit = _SHARES[match["share"]] if match["share"] else match["unit"] or ""
        if value is None or (match["chinese"] and _idiomatic(match["chinese"], unit)):
            continue
        plain = bool(match["arabic"]) and not match["scale"] and not unit
        yield match.group().strip(), _Figure(value, _SAME_UNIT.get(unit, unit), plain)


def _idiomatic(numeral: str, unit: str) -> bool:
    """Whether a numeral in characters is a word and not a count: 一个, or 三 without a unit."""
    return numeral in ("一", "零", "〇") or (len(numeral) == 1 and not unit)


def _in_declared_unit(text: str, figures: Sequence[_Figure]) -> list[_Figure]:
    """The plain figures of a table, read in the unit that it declares once (单位：万元)."""
    declared = [
        (value_of("1" + match["scale"]) or Decimal(1), match["unit"])
        for match in _DECLARED_UNIT.finditer(fold(text))
    ]
    return [
        _Figure(figure.value * scale, _SAME_UNIT.get(unit, unit), False)
        for scale, unit in declared
        for figure in figures
        if figure.plain
    ]


def _date_known(date: _Date, dates: Sequence[_Date], figures: Sequence[_Figure]) -> bool:
    if any(_within(date, known) for known in dates):
        return True
    if date.year is None:
        return False
    year_known = any(known.year == date.year for known in dates) or any(
        figure.plain and figure.value == date.year for figure in figures
    )
    if date.month is None:
        return year_known
    # An article that names its year once goes on with "1月22日".
    undated = _Date(None, date.month, date.day)
    return year_known and any(known.year is None and _within(undated, known) for known in dates)


def _within(date: _Date, known: _Date) -> bool:
    pairs = ((date.year, known.year), (date.month, known.month), (date.day, known.day))
    return all(stated in (None, there) for stated, there in pairs)


def _figure_known(figure: _Figure, figures: Sequence[_Figure], dates: Sequence[_Date]) -> bool:
    for known in figures:
        if figure.value == known.value and (
            figure.unit in ("", known.unit) or (figure.unit == "个" and not known.unit)
        ):
            return True
    return figure.plain and any(figure.value == known.year for known in dates)
