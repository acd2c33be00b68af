"""Stated figures as the questions that ask for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant import companies
from assistant.answering.asking.saying import BEGINS, CLAUSE, DANGLING, Said, ends_in_noun, is_thing
from assistant.folding import tag

_FIGURE = r"\d[\d，,]*(?:\.\d+)?[万亿千百]*[余多]?"
_MADE = (
    "投入|投资|建设|建成|新建|开通|服务|覆盖|惠及|接入|部署|派出|选派|派驻|举办|招聘|招录|培训|帮扶|捐赠|捐款|发放|"
    "拥有|打造|设立|组建|成立|捣毁|抓获|落地|拨付|引进|销售|改造|推出|收到|发展|关停|拦截|申请|获得|荣获|聘请|邀请|"
    "安排|出动|抽调|抢修|修复|恢复|解决|整改|研发|孵化|汇聚|签约|走访|慰问|资助|购买|采购|组织|检测|处置|承接|查摆|减免"
)
_WORDS = r"(?:\dG|[^\d，。“”（）()：、；])"
_COUNTED = re.compile(
    rf"(?P<subject>[^\d]{{0,16}}?)(?<![向对为给与和被将把等])(?P<verb>{_MADE})了?(?P<object>{_WORDS}{{0,14}}?)"
    rf"(?:总?[计共]|累计)?(?:约为|约|高达|多达|达到了?|达|近|超过|超|逾|突破)?{_FIGURE}"
    r"(?P<unit>元|个|人次|人|名|项|家|公里|条|座|艘|场|期|支|封|套|台|辆|所|处|件|份|站|款|次|吨)"
    rf"(?P<after>{_WORDS}{{0,24}})$"
)
_PAYING = re.compile("投入|投资|捐赠|捐款|发放|拨付|引进|资助|销售|采购|购买|减免|获得|收到|申请|安排")
"""Verbs that money is the object of: 「建设投资1680万元」 builds no investment."""
_ALSO = re.compile(r"还|也|已经?|又|并|共|均|都|将|再|则|更|就|目前|先后|其中|同时")
_LEVEL = re.compile(
    r"(?P<before>[^，。；：“”（）()、]{4,36}?)"
    r"(?:已经?)?(?P<link>约为|为|是|约|达到了?|达|超过|超|突破|(?:同比|环比|比上年)?(?:增长|下降|提升|减少|增加|上升|提高)[了约到至]?)"
    rf"(?:约|近|超)?{_FIGURE}(?P<unit>%|个百分点|元|美元|户|台|部|辆|吨|EFlops|EB|GW)"
)
_VERBAL = re.compile(rf"{_MADE}|了|预计|宣布|^(?:同比|环比)|完成|实现|贡献")
_GREW = re.compile(r"(?:增长|下降|提升|减少|增加|上升|提高)[了约到至]?$")
_TIMES = re.compile(r"(?:19|20)\d{2}年(?:\d{1,2}月|上半年|下半年|第[一二三四]季度)?")
_WIDER = re.compile(r"全[国球市省县行社]|我国|国内|世界|行业|出口|进口|[省市县区州]")
_HALF_SAID = re.compile(r"(?:定点|结对|对口)$|完成|实现|开展|推进|进行")
_MODIFIER = re.compile(r"扶贫|帮扶|培训|保障|服务|管理|维护|应急|志愿|驻村|指导|援建")
"""Verbs that tell what kind of thing is counted (扶贫干部)."""
_FIRST = frozenset(("n", "eng", "j", "b", "l", "vn", "nz", "ns", "nt", "x", "m"))
_LEAST_SAID = 6
"""Characters that a measured thing has at least beside its year, where it names no company."""


def counted(said: Said) -> Iterator[str]:
    """「重庆铁塔累计接入渔船7300艘」 gives 「重庆铁塔累计接入了多少艘渔船？」; only of a company."""
    for clause in CLAUSE.finditer(said.text):
        whole = clause.group()
        named = next(iter(companies.spans(whole[:14])), None)
        is_subject = named is not None and named[0] == 0
        who, rest = (whole[: named[1]], whole[named[1] :]) if named and is_subject else (said.about, whole)
        match = _COUNTED.match(rest)
        if match is None or not who or not is_subject and (named or said.period):
            continue
        if match["unit"] == "元" and not _PAYING.fullmatch(match["verb"]):
            continue
        doing = _ALSO.sub("", match["subject"])
        thing = match["object"] or _noun(match["after"])
        if bool(match["object"]) != bool(match["after"]) and _says_how(doing, is_subject) and is_thing(thing):
            done = match["verb"] + "了" * (match["verb"] != "拥有")
            yield f"{who}{doing}{done}多少{_measure(match['unit'], thing)}{thing}？"


def level(said: Said) -> Iterator[str]:
    """「2023年我国算力规模达到230EFlops」 gives 「2023年我国算力规模是多少？」; of a year or a company."""
    for clause in CLAUSE.finditer(said.text):
        match = _LEVEL.match(clause.group())
        before = re.sub(r"^(?:本?公司|公司的?)", "", match["before"]) if match else ""
        if match is None or BEGINS.match(before) or DANGLING.search(before) or _VERBAL.search(before):
            continue
        whole = _anchored(before, said)
        if not whole:
            continue
        grew = _GREW.search(match["link"])
        if not grew and _GREW.search(whole):
            yield f"{whole}了多少？"
        elif grew and ends_in_noun(re.sub(r"(?:较|比|相较).*$", "", before)):
            yield f"{whole}{re.sub('[了约到至]$', '', match['link'])}了多少？"
        elif not grew and (ends_in_noun(before) or before.endswith(("率", "比", "比重", "占比"))):
            yield f"{whole}是多少？"


def _anchored(before: str, said: Said) -> str:
    """What is measured, under its company or its year; empty where neither is known."""
    thing = _TIMES.sub("", before)
    words = tag(thing)
    if len(thing) < 4 or not words or words[0][1] not in _FIRST:
        return ""
    named = companies.spans(before)
    if named:
        return before if named[0][0] <= len(before) // 2 else ""
    is_dated = thing != before
    is_clear = bool(said.period) or said.is_named
    if said.about and is_clear and not _brand().match(thing) and not _is_wider(thing):
        return f"{said.about}{'' if is_dated else said.period}{before}"
    return before if is_dated and len(thing) >= _LEAST_SAID else ""


def _is_wider(thing: str) -> bool:
    """Whether more than a company is measured: a place, a trade, the country."""
    return _WIDER.search(thing) is not None or any(region in thing for region in companies.regions())


def _measure(unit: str, thing: str) -> str:
    """The measure word before what is counted; money and people need none."""
    return "" if unit in ("元", "人", "人次") or thing[:1] == unit else unit


def _says_how(doing: str, is_subject: bool) -> bool:
    """Whether what stands between company and verb only tells who of it, how, when or where."""
    words = tag(re.sub(r"^(?:累计|共计|总计|一共)", "", doing))
    if not words:
        return True
    if DANGLING.search(doing) or _HALF_SAID.search(doing):
        return False
    if words[0][1] == "p":
        return len(words) > 1 and words[-1][1][0] in "nsfdtav"
    fit = "ndtab" if is_subject else "dta"
    return all(part[0] in fit or word in ("累计", "统一", "全力") for word, part in words)


def _noun(after: str) -> str:
    """What is counted, up to the verb that follows it: 干部 in 「干部扎根一线」."""
    thing = last = ""
    for word, part in tag(after):
        is_verb = part[0] in "vpcdr" and part != "vn" and not _MODIFIER.fullmatch(word)
        if thing and (is_verb or (last == "n" and part in ("ns", "nr"))):
            thing = "" if last == "vn" else thing
            break
        thing, last = thing + word, part
    return thing.rstrip("的等") if len(after) - len(thing) != 1 else ""


@lru_cache(maxsize=1)
def _brand() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, companies.brands())))
