"""Headings and the rows of tables as questions: how a company does something, what its figures are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant import companies
from assistant.answering.asking.saying import Asked, period_of
from assistant.folding import tag, to_simplified
from assistant.records import Passage

_NUMBERING = re.compile(
    r"^(?:第[一二三四五六七八九十\d]+[章节部分]*|[（(]?[一二三四五六七八九十\d]+(?:\.\d+)*[）)]?)[、.．:：\s]*"
)
_HOW = (
    "助力|赋能|推动|推进|提升|释放|带动|促进|保障|支撑|打造|构建|加快|深化|加强|筑牢|守护|破解|践行|落实|发挥|"
    "激发|织密|擦亮|聚焦|做好|做强|做优|优化|完善|夯实|强化|拓展"
)
_WELL = "(?:全力|全面|积极|持续|扎实|深入|着力|大力|协力|合力|深度|高质量)?"
_DOES = re.compile(
    rf"(?P<who>[^，。、：；“”（）()！？\s]{{2,10}}?)(?P<what>{_WELL}(?:{_HOW})[^，。、：；！？,]{{3,18}})$"
)
_DONE = re.compile(
    rf"(?:{_WELL}(?:{_HOW})|为[^，。]{{2,10}}(?:{_HOW}|撑起|提供|纾难))[^，。、：；！？,]{{3,18}}$"
)
_SLOGAN = re.compile(
    r"取得|成效|实招|硬招|[再更]|新进步|走深|不断|探索|实践|之|综述|案例|报告|白皮书|公告|摘要|论坛|大会|新篇|一线|使命|引擎|大文章|\d{4}|□|[！？?!|《》]"
)
_HEADING = range(6, 26)
_INDICATOR = re.compile(
    r"[\u4e00-\u9fff]{0,12}(?:收入|利润|净利润|成本|费用|资产|负债|净额|每股收益|收益率|支出|总额|净资产|用户|用户数|ARPU|研发投入)"
)


def headed(passage: Passage) -> Iterator[Asked]:
    """How the company of a passage does what the title or the heading above the passage says.

    It is the one that the title names, else the only one that the passage is about.
    """
    title = _bare(passage.metadata.title)
    subjects = tuple(companies.find(title)) or passage.companies
    last = _bare(passage.section.split(" › ")[-1]) if passage.section else ""
    for text in dict.fromkeys((last, title)):
        if question := _how(text, subjects[0] if len(subjects) == 1 else ""):
            yield Asked(question, "how", passage, passage.start, passage.end)


def tabled(passage: Passage) -> Iterator[Asked]:
    """What the figures in the rows of a report's tables are, of its company and period."""
    period = period_of(passage)
    if not passage.table or not period or not passage.companies:
        return
    for row in re.finditer(r"[^\n]+", passage.text):
        label, *cells = to_simplified(row.group()).split("\t")
        label = re.sub(r"\s", "", label)
        if _INDICATOR.fullmatch(label) and cells and re.match(r"-?\d[\d,]*(?:\.\d+)?%?$", cells[0].strip()):
            place = passage.start + row.start(), passage.start + row.end()
            yield Asked(f"{passage.companies[0]}{period}的{label}是多少？", "figure", passage, *place)


def _how(text: str, subject: str) -> str:
    if len(text) not in _HEADING or _SLOGAN.search(text):
        return ""
    if (match := _DOES.match(text)) and _is_actor(match["who"]):
        return f"{match['who']}如何{match['what']}？"
    if subject and not companies.find(text) and _DONE.match(text):
        return f"{subject}如何{text}？"
    return ""


def _is_actor(who: str) -> bool:
    """Whether it names who acts: a company alone, or one short noun such as 5G."""
    named = companies.spans(who)
    if named:
        return named[0][0] == 0 and len(who) - named[0][1] <= 4
    words = tag(who)
    return len(words) == 1 and (words[0][1] == "eng" or words[0][1] == "n" and len(who) > 2)


def _bare(text: str) -> str:
    """A heading without its number, its white space and the dashes behind it."""
    line = re.sub(r"(?<![a-zA-Z])\s|\s(?![a-zA-Z])", "", to_simplified(text))
    return _NUMBERING.sub("", line).rstrip("—-。.：:")
