"""Where prose names dates, and what each of them governs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from assistant.answering.verifying.numerals import value_of
from assistant.briefing.dating.english_dates import english_dates
from assistant.briefing.dating.moments import Mention, Role
from assistant.folding import fold

_YEAR = r"(?:19|20)\d\d"
_HAN_YEAR = r"(?:一九|二[〇零○])[〇零○一二三四五六七八九]{2}"
_PART = r"上半年|下半年|(?:前|首)三(?:个)?季度?|第[一二三四1-4]季度?|[一二三四1-4]季度|首季度?|半年度"
REPUBLIC = (
    r"(?:(?:中华)?民国\s*(?P<roc>\d{2,3})\s*年"
    r"|(?<![\d.第近满逾超约过达经历校立建有长续共存])(?<!\d,)(?P<bare_roc>1[0-3]\d)年"
    r"(?![来前后间多余期的历内外以限,。;、)]|$))"
)
"""A year counted from 1912, with the name of that era or as news from Taiwan writes it by itself."""
_RELATIVE = {"今年": 0, "本年": 0, "本年度": 0, "去年": 1, "上年": 1, "上年度": 1, "前年": 2, "过去一年": 1}
_THIS_YEAR = [word for word, back in _RELATIVE.items() if not back]
_RECENT = "近日|日前|近期"
_NOW = "截[至止](?:目前|当前|现在|今日|今天|发稿)|目前|迄今|至今|当前|如今"
_DAYS = {"今日": 0, "今天": 0, "昨日": 1, "昨天": 1}
_MONTHS = {"本月": 0, "上月": 1, "上个月": 1}
_ISO = (
    rf"(?<![\d.])(?P<iso>{_YEAR})(?P<sep>[-/.])(?P<iso_m>\d{{1,2}})(?P=sep)(?P<iso_d>\d{{1,2}})(?![\d.]*\d)"
)
_YEARS = (
    rf"(?<![\d.])(?<!\d,)(?:{_YEAR}\s*年?\s*[-–—~至到]+\s*)?(?P<y>{_YEAR})\s*年(?!代)(?:度|间)?",
    rf"(?P<han>{_HAN_YEAR})年(?!代)",
    rf"{REPUBLIC}(?:度|间)?",
    rf"(?P<rel>{'|'.join(sorted(_RELATIVE, key=len, reverse=True))})",
    r"(?P<same>同年|当年)",
)
"""Of a span of years the last one counts."""
_IN_YEAR = (
    rf"(?:\s*(?P<part>{_PART})"
    r"|\s*(?:\d{1,2}\s*[-–—~至]\s*)?(?P<m>\d{1,2})\s*月(?:份)?(?:\s*(?P<d>\d{1,2})\s*[日号])?)?"
)
_NO_SPAN_BEFORE = r"(?:(?<![\d.\-–—~/年至])|(?<=截至)|(?<![\d.])\d{1,2}\s*月?\s*[-–—~至到]\s*)"
"""A month without its year is not the end of anything else than a span of months."""
_DATES = (
    _ISO,
    rf"(?:{'|'.join(_YEARS)}){_IN_YEAR}",
    rf"(?<!的)(?P<days>{'|'.join(_DAYS)})",
    rf"(?P<months>{'|'.join(_MONTHS)})(?:\s*(?P<months_d>\d{{1,2}})\s*[日号])?",
    rf"(?P<now>{_NOW})|(?P<recent>{_RECENT})",
    rf"{_NO_SPAN_BEFORE}(?P<bare_m>1[0-2]|0?[1-9])\s*月(?:份)?(?:\s*(?P<bare_d>\d{{1,2}})\s*[日号])?",
    rf"(?<![每年个])(?P<bare_part>{_PART})(?!报)",
)
_DATE = re.compile("|".join(_DATES))
_NOT_A_DATE = re.compile(r"\s*(?:第\d+期|历史|来的历史|级|款|版)")
_NAMED = re.compile(r"《[^《》]*(?:》|$)|[“「『][^“”「」『』,，。；;]{0,40}[”」』]")
"""Names and titles, whose years belong to them. Speech in quotation marks has pauses, or is longer."""
_OLDER = re.compile(
    r"(?:较|比|相较于?|相比于?|对比|高于|低于|优于|好于|超过|不及|去除|剔除)(?:于|之|了|其)?\s*(?:公司)?$"
)
_AGAINST = re.compile(
    r"(?:末|底)?\s*(?:同期|同口径|基数|基础上|可比|[^,，。；;\d]{0,6}(?:相比|持平|比较|的?[\d.一二两三]+倍))"
)
_FROM = re.compile(r"(?:由|从)\s*$")
_REACHED = re.compile(r"[至到]|变化|变为|增加?为|[,，。；;]")
_OF_IT = re.compile(r"\s*(?:年?[底末初])?\s*的?\s*(?:人民币|约|近|[^\d,，。；;的]{0,4}的)?\s*(?=[\d.])")
_THEN = re.compile(r"\s*同期的?[^\d,，。；;]{0,2}(?:为|是|仅)[^\d,，。；;]{0,6}(?=[\d.])")
"""上年同期为净亏损5亿元: what the value itself was then."""
_LED_BY = re.compile(r"(?:^|[,;，；。])\s*$")
_ITSELF = re.compile(r"\s*同期[\u3400-\u9fff]{2,10}?(?:约|近|超过?|达|为)?\s*(?=[\d.])")
"""上年同期净亏损5亿元, as a clause of its own."""
_PART_OF = re.compile(r"(?:恢复[至到]|相当于|达到?|为|是|占)\s*$")
_SHARE = re.compile(r"\s*(?:同期|全年|水平)?的\s*[\d.]+\s*(?:%|倍|成)")
"""恢复至2019年的93.9%: what is measured by another time."""
_COMING = re.compile(r"(?:[至到—~-]\s*\d{1,2}月(?:\d{1,2}日)?)?[^,;。]{0,14}(?<![即已])将(?!近)")
_PLANNED = re.compile(r"(?:预[计期]|计划|定于|将[于在]|力争|拟于?)[,于在到]{0,2}\s*$")
_MODIFYING = re.compile(
    r"\s*(?:[底末初])?[^,，。；;\d]{0,4}(?:成立|启动|上线|发布|推出|开始|签订|签署|印发|出台|获得|建成|开通|举办|召开|投产|颁布"
    r"|提出|加入|参加|创立|创建|实施|修订|制定|下发)(?:了|过)?的"
)
_SINCE = re.compile(r"\s*[底末初]?\s*(?:起(?!点)|至今|开始|至目前|[^,，。；;]{0,14}以来)")
_FOUNDED = re.compile(r"(?:成立|创立|始建|创建|组建|建立|诞生|设立|创办|起源)于\s*$")
_JOIN = re.compile(r"\s*(?:和|与|及|、|以及)\s*")


@lru_cache(maxsize=512)
def mentions(text: str) -> tuple[Mention, ...]:
    """The dates of a sentence or two in their order, without those inside names and titles."""
    folded = fold(text)
    names = [match.span() for match in _NAMED.finditer(folded)]
    found: list[Mention] = []
    for match in _DATE.finditer(folded):
        if any(start <= match.start() < end for start, end in names) or _NOT_A_DATE.match(
            folded, match.end()
        ):
            continue
        if (mention := _mention(match, folded)) is not None:
            found.append(mention)
    english = [m for m in english_dates(folded) if not any(s <= m.start < e for s, e in names)]
    return tuple(sorted((*found, *english), key=lambda mention: mention.start))


def joined(text: str, first: Mention, second: Mention) -> bool:
    """Whether two dates stand side by side: 2019年和2018年."""
    return _JOIN.fullmatch(text, first.end, second.start) is not None


def _mention(match: re.Match[str], text: str) -> Mention | None:
    found = match.groupdict()
    month = int(found["iso_m"] or found["m"] or found["bare_m"] or 0)
    day = int(found["iso_d"] or found["d"] or found["bare_d"] or found["months_d"] or 0)
    if month > 12 or day > 31:
        return None
    year = _year(found)
    role, until = _governing(match, text)
    return Mention(
        match.start(),
        match.end(),
        until,
        role,
        year=year,
        back=_RELATIVE.get(found["rel"] or ""),
        months_back=_MONTHS.get(found["months"] or ""),
        days_back=_DAYS.get(found["days"] or ""),
        month=month,
        day=day,
        part=_part(found["part"] or found["bare_part"] or ""),
        now=bool(found["now"]),
        recent=bool(found["recent"]),
        is_same=bool(found["same"]),
        is_ahead=bool(_COMING.match(text, match.end()) or _PLANNED.search(text, 0, match.start())),
    )


def _governing(match: re.Match[str], text: str) -> tuple[Role, int]:
    """What a date does, and the offset up to which it does it."""
    before, end = text[max(0, match.start() - 12) : match.start()], match.end()
    closing = _closing(text, match.start())
    if _MODIFYING.match(text, end):
        return Role.MODIFIES, end
    is_since = _SINCE.match(text, end) or _FOUNDED.search(before)
    if is_since and match["rel"] not in _THIS_YEAR:
        return Role.SINCE, closing
    if _PART_OF.search(before) and _SHARE.match(text, end):
        return Role.COMPARED, end
    if _OLDER.search(before) or _AGAINST.match(text, end):
        value = _THEN.match(text, end) or _OF_IT.match(text, end)
        if value is None and _LED_BY.search(before):
            value = _ITSELF.match(text, end)
        return Role.COMPARED, value.end() + 1 if value else end
    if _FROM.search(before):
        reached = _REACHED.search(text, end)
        return Role.COMPARED, reached.start() if reached else len(text)
    return Role.GOVERNS, closing


def _closing(text: str, at: int) -> int:
    """Where the parentheses close that `at` stands in; the end of the text if it stands in none."""
    opened = text.rfind("(", 0, at)
    if opened < 0 or text.find(")", opened, at) >= 0:
        return len(text)
    close = text.find(")", at)
    return close if close >= 0 else len(text)


def _year(found: Mapping[str, str | None]) -> int:
    if republic := found["roc"] or found["bare_roc"]:
        return int(republic) + 1911
    han = found["han"]
    return int(found["iso"] or found["y"] or (value_of(han.replace("○", "〇")) if han else 0) or 0)


def _part(words: str) -> str:
    if not words:
        return ""
    if "半年" in words:
        return "H2" if words.startswith("下") else "H1"
    if "三" in words and words[0] in "前首":
        return "Q1-Q3"
    quarter = next((str("一二三四".find(c) + 1 or c) for c in words if c in "一二三四1234"), "1")
    return f"Q{quarter}"
