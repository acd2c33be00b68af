"""Where a text states quantities: value, unit with its scale, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.briefing.dating.dates import REPUBLIC
from assistant.briefing.figures.clause_words import COUNTS, MEASURES

_LATIN = (
    r"[kmgtpez]?(?:bps|b/s|va)|v?cpu|[kmgt]?hz|"
    r"[kmgt]?wh|[kmg]w|[kmgtpez]b|[kmgtpe]?flops|[kcm]m2?|kg|tce|kv|dbm?|ms|[tq]ps"
)
_NOT_A_UNIT = (
    r"(?!部[分署委长队门]|支[撑持付出部行]|家[庭电长具]|家属(?!地)|面[积向对临前板]|本[公次半年报季行集]|大[关小概约幅量多型部厅楼学于]|名[单义列称]|期[间限末初]|级别|层面|代[表码理]|分[公支子别为之析布配享类销红院局行列级区]|元[件素]|台湾"
    r"|点[击位]|场[景所]|成[为果本立功]|度假|天[津然]|条[例款]|单位|线[上下]|路由|人[民均工才员口]|站[点址]|月均|年均|"
    r"班组|户外|位于|类似|口径|对[于应]|所有|起[到草来]|件套|组[织成]|队[伍员]|次[日年数]|门[店户]|基(?![,;。、)]|$)|剂[量型]|[瓶袋桶盒]装|箱[体式]|节[点约能]|片区|"
    r"处[理于置]|段落|年代|瓦解|股份|克服|升[级至高]|折合|周[边期围]|秒级|间接|项[目](?!标))"
)
_UNIT = "|".join(sorted(COUNTS | MEASURES, key=lambda unit: (-len(unit), unit)))
_SCALE = r"(?:百万|千万|百亿|千亿|万亿亿?|亿亿|[百千万亿])"
_ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_END = rf"(?:{_NOT_A_UNIT}(?:{_UNIT})|(?:{_LATIN})(?![a-z0-9])|‰)(?:/(?:{_UNIT}|[kmgtp]b|kwh)(?![a-z]))?"
_FIGURE = re.compile(
    rf"(?<![\d.a-z_#/+\-])(?:(?:(?<=[为达币是到])|(?<![\w)\]-]))[-−])?(?P<value>{_ARABIC}(?:\s*(?:%|{_SCALE}?元?)\s*[-–—~至]\s*{_ARABIC}"
    rf"(?=\s*(?:%|{_SCALE}|{_UNIT})))?)"
    rf"(?:\s*[余多来几+])?\s*(?:(?P<scale>{_SCALE})\s*[余多来]?\s*)?(?P<unit>{_END})?"
)
_HAN = re.compile(
    rf"(?<![这那哪每某各另同第一二两三四五六七八九十百千万亿零〇点\d])(?P<value>百分之[一二三四五六七八九十百零点]+|[二两三四五六七八九十]分之[一二两三四五六七八九十]+"
    rf"|[上数几近超约逾过][十百千万亿]+[余多]?(?={_NOT_A_UNIT}[个名家项座条人户次场张万])"
    rf"|[十百千万]+[余多](?={_NOT_A_UNIT}[个名家项座条人户次场张万])"
    rf"|[二两三四五六七八九十][一二三四五六七八九十百千万亿零]*[余多]?)"
    rf"(?:{_NOT_A_UNIT}(?P<unit>个百分点|个季度|个月|个小时|小时|百分点|人次|场次|倍|元|公里|万元|[个名位家项座条支款件张份台套处辆艘场种类人户所]|成(?=[,;。、左以]|$)|(?<=连续[两三四五六七八九十])天|(?<=连续[两三四五六七八九十])年|万[个名户人])(?![性化位]))?"
)
_YEAR = r"(?:19|20)\d\d"
_DATE = re.compile(
    rf"{REPUBLIC}(?:度|初|末|底)?(?:\s*\d{{1,2}}\s*月份?(?:\s*\d{{1,2}}\s*日)?)?|(?<!\d){_YEAR}\s*[-–—~/至、]\s*(?:{_YEAR}|\d\d(?=\s*年))\s*(?:年度?)?"
    rf"|(?<!\d){_YEAR}\s*[-/.]\s*\d{{1,2}}(?:\s*[-/.]\s*\d{{1,2}})?(?![\d%.]|\s*[万亿元])"
    rf"|(?<![\d.,]){_YEAR}\s*年(?:度|初|末|底)?(?:\s*\d{{1,2}}(?:\s*[-–—~至]\s*\d{{1,2}})?\s*月份?)?(?:\s*\d{{1,2}}\s*[日号])?"
    r"|(?<![\d.,])\d\d\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*[日号])?"
    r"|(?<![\d.,])\d{1,2}\s*[-–—~至、]\s*\d{1,2}\s*(?:月份?|日)|(?<![\d.,])\d{1,2}\s*月(?:份|底|初|末)?(?:\s*\d{1,2}\s*[日号])?"
    r"|(?<![\d.,])\d{1,2}\s*日|\d{1,2}:\d\d(?::\d\d)?|\d{1,2}世纪|\d{2,4}年代|(?<!\d)\d+\s*[:：]\s*\d+"
)
_TITLE = re.compile(
    r"(?:^|(?<=[;；。\s]))\d{1,2}\.(?:19|20)\d\d\s*年度?|《[^《》]*》|〔\d+〕\s*\d*号?|\[\d{4}\]\s*\d*号?|\d+(?:\s*[+*x×]\s*(?:\d+|[a-z]))+"
)
_QUOTED = re.compile(r"[“「『\"][^“”「」『』\"]{1,14}[”」』\"]")
_FIRST = re.compile(r"前\s*$")
_RANKED = (None, "名", "位", "家", "大")
_NAMED = re.compile(r"(?:图|表|注|附件|附录|专栏|式|公式|案例|no\.?|top|版本|世界|财富|全球)\s*$")
_NUMBERED = re.compile(
    r"\s*(?:号|强(?!度)|[.、)]\s*[^\d\s]|维|热线|x\d|点钟|[:：]\d|版本|g(?![a-z])|族|后(?=[”員员青]))"
)
_SAID = re.compile(r"(?:达到?|为|至|到|共|计|超过?|近|约|有|是|增[长加]|下降|提升|[:：])\s*$")
_AFTER = re.compile(r"\s*(?:$|[,;。、)!?\n]|以[上内下]|左右)")
_SLOGAN = re.compile(
    r"\s*(?:维护|意识|自信|确立|自觉|不摘|月|会一课|步走|年行动|年计划|方面军|化|级|阶段|位一体|层)"
)
_RANK = re.compile(
    r"(?:排名|位列|位居|名列|排在|居|列|跃居|升至|跃升至)[^\d,;。]{0,8}?第\s*(?P<value>\d{1,3}|[一二三四五六七八九十]{1,2}(?=[名位,;。、]|$))\s*(?P<unit>名|位)?(?![\d批届季线阶])"
)
_MEASURED = re.compile(
    r"[%％‰元]|百分点|百分點|基点|[年月天周秒岁日分]$|小[时時]|分[钟鐘]|季度|[倍折成]$|[A-Za-zＡ-Ｚａ-ｚ]$|瓦|度$"
)
_HEDGE = re.compile(r"\s+|[余多来几+]")
_CLASS = re.compile(r"(?:千伏|kv)$")
"""110千伏线路: what names a class of things."""
_MONEY = re.compile(r"[^\d.][\d.,]+\s*[百千]?[万亿]+元.$")
_DENIED = re.compile(
    r"[”」』\"]\s*(?:的?(?:数据|说法|报道|消息|表述))?\s*(?:有误|为误|系误|错误|不实|不属实|失实)"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity of a text, `text[start:end]`; `unit` is empty for a bare number."""

    value: str
    unit: str
    start: int
    end: int
    is_rank: bool = False
    is_denied: bool = False

    @property
    def counts(self) -> bool:
        """Whether it counts things, which are named behind it, rather than measures one named before."""
        return not self.is_rank and _MEASURED.search(self.unit) is None


def quantities(text: str, folded: str) -> Iterator[Quantity]:
    """The quantities of a text in their order: no dates, ordinals, numbers of sections, parts of names.

    Args:
        text: as written, which value and unit are taken from.
        folded: the same folded, character by character.
    """
    masked = _masked(folded)
    arabic = list(_FIGURE.finditer(masked))
    taken = {at for match in arabic for at in range(*match.span())}
    found = [match for match in arabic if _is_quantity(masked, match)]
    found += list(_RANK.finditer(masked))
    found += [m for m in _HAN.finditer(masked) if m.start() not in taken and _is_count(masked, m)]
    for match in sorted(found, key=lambda match: match.start("value")):
        start, end = match.span()
        if match.re is _RANK:
            start = match.start("value")
        first = match.start("scale") if match.groupdict().get("scale") else match.end("value")
        value = text[start : match.end("value")].replace(" ", "")
        unit = _HEDGE.sub("", text[first:end])
        last = start + len(text[start:end].rstrip())
        yield Quantity(value, unit, start, last, match.re is _RANK, bool(_DENIED.match(folded, last)))


def _masked(folded: str) -> str:
    """The text with dates, titles of writings and short quoted names blanked."""
    for pattern in (_TITLE, _DATE):
        folded = pattern.sub(lambda match: "\0" * len(match.group()), folded)
    return _QUOTED.sub(
        lambda match: match.group() if _is_amount(match.group()) else "\0" * len(match.group()), folded
    )


def _is_amount(quoted: str) -> bool:
    """Whether quotation marks hold a quantity and nothing else, or end with a sum: “上季度亏损3亿元”."""
    match = _FIGURE.fullmatch(quoted[1:-1].strip())
    return "%" in quoted or bool(match and match["unit"]) or bool(_MONEY.search(quoted))


def _is_quantity(text: str, match: re.Match[str]) -> bool:
    before, after = text[: match.start()], text[match.end() : match.end() + 8]
    if (
        before.rstrip().endswith("第")
        or (_FIRST.search(before) and match["unit"] in _RANKED)
        or re.match(r"\+[\w+]", after)
    ):
        return False
    if match.group().rstrip().endswith("+"):
        return re.match(r"[a-z\d\0]", after) is None
    if match["unit"]:
        is_class = _CLASS.search(match.group()) and re.match(r"[^\s,;。、)0-9]", after)
        if is_class or (match["unit"].endswith("hz") and not _SAID.search(before[-4:])):
            return False
        if match["unit"] == "股" and before.rstrip().endswith("每"):
            return False
        is_year = match["unit"] == "年" and re.fullmatch(r"(?:19|20)\d\d", match["value"])
        return not is_year and not (
            match["unit"] in ("月", "期", "级", "代", "段") and not match["scale"] and not _is_span(match)
        )
    if match["scale"]:
        return not re.match(r"[a-z]", after)
    return _is_bare(before, match["value"], after)


def _is_span(match: re.Match[str]) -> bool:
    return match["unit"] == "期" and len(match["value"]) > 1


def _is_bare(before: str, value: str, after: str) -> bool:
    """Whether a number without a unit says how much: it follows a verb that says so and ends its clause."""
    if (
        _NAMED.search(before[-8:])
        or _NUMBERED.match(after)
        or re.match(r"[a-z]|\s*[\0-]", after)
        or re.search(r"(?:[a-z\0-]|[a-z]\s*:|(?:浏览|阅读|点击)[次数量]*\s*:?)\s*$", before)
    ):
        return False
    plain = value.replace(",", "")
    if re.fullmatch(_YEAR, value):
        return False
    if _SAID.search(before[-4:]) and _AFTER.match(after):
        return True
    return "," in value or ("." in value and not plain.endswith(".0") and bool(_SAID.search(before[-4:])))


def _is_count(text: str, match: re.Match[str]) -> bool:
    value, unit = match["value"], match["unit"] or ""
    if "分之" in value:
        return True
    following = text[match.end() : match.end() + 1]
    return (
        bool(unit) and following != "\0" and not _SLOGAN.match(text[match.end() :]) and value not in ("十",)
    )
