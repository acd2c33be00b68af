"""What a clause begins with before the words that name its quantity: dates, plans, the company."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.folding import fold, tag

_YEAR, _REPUBLIC_YEAR = r"(?:19|20)\d\d", r"1[0-3]\d"
_PART = "[第前]?[一二三四]个?季度|[上下]半年|全年"
_DATES = re.compile(
    r"(?:截[至止]|[到至自从于在较比与])?\s*"
    rf"(?:{_YEAR}\s*年?(?:度)?|(?:民国)?{_REPUBLIC_YEAR}年(?:度)?|[今去前上本明当]年(?:以来)?|[本上]月)?\s*"
    rf"(?:{_PART})?\s*"
    r"(?:\d{1,2}(?:\s*[-–~至]\s*\d{1,2})?\s*月份?)?(?:\s*\d{1,2}\s*日)?"
    r"(?:年?[初底末]前?|以来|期间|[上中下]旬)?[,、 ]*"
)
_CHANGED = re.compile(r"同期|[增降升减下上提]")
_LEADS = (
    rf"(?:计划|规划|预计|预期|力争|拟)(?=(?:到|在|于)?(?:{_YEAR}|{_REPUBLIC_YEAR})\s*年)",
    r"(?:未来|今后|近)?[一二两三四五六七八九十\d]+(?:个月|年)[内来间]",
    r"(?:起)?每[年月天日](?=可|能|将|节|减|增)",
    r"(?:据|有)?(?:自?媒体|外界|此前)(?:(?:发文|报[道导]|传闻|爆料)(?:称|指)?|称)(?=..)",
    r"(?:原|该|上述)?(?:公告|报道|通知)所[称载述](?=.)",
    r"(?:依|按照?|据)?(?:本?公司)?口径(?=\d)",
    r"同期(?:为|是)?(?=..)|其中(?=..)",
    rf"(?:公司|集团|医院|银行|学校)(?=[今去前]年|{_PART}|\d)",
    r"(?:该|本|我)(?:行|院|司|局|站|校|厂|店|部|区|市|省|县|集团|公司|企业|单位)(?=..)",
)
_LEAD = re.compile("|".join(_LEADS))
"""What a clause begins with before its dates: plans, who says so, a word for the company."""
_FORM = 4
"""Characters that a clause shares with a company's name to begin with a form of it."""
TRIMMED = " ,;。、:·—-~…\0\t\n"
_folded = lru_cache(maxsize=1024)(fold)


def undated(words: str, company: str) -> str:
    """The words without the dates, the plans and the form of the company's name that they begin with."""
    while True:
        lead = _LEAD.match(words)
        shorter = words[lead.end() :] if lead else words
        date = _DATES.match(shorter)
        is_date = date is not None and re.search(r"[\d年月季旬期]", date.group())
        if date and is_date and not (date.group()[0] in "较比与" and _CHANGED.match(shorter, date.end())):
            shorter = shorter[date.end() :]
        shorter = shorter.strip(TRIMMED)
        shorter = _without_company(shorter, _folded(company)).strip(TRIMMED)
        if shorter == words:
            return words
        words = shorter


def _without_company(words: str, company: str) -> str:
    """The words without the company that they begin with, or with a form of its name before a verb."""
    if not company or words[:2] != company[:2]:
        return words
    if words.startswith(company):
        return words[len(company) :]
    shared = next((at for at, (a, b) in enumerate(zip(words, company, strict=False)) if a != b), 0)
    rest = words[shared or min(len(words), len(company)) :]
    while (
        shared >= _FORM and len(tokens := tag(rest)) > 1 and len(tokens[0][0]) > 1 and tokens[0][0] in company
    ):
        rest = rest[len(tokens[0][0]) :]
    following = tag(rest)[:1]
    is_verb = bool(following) and following[0][1] in ("v", "d", "c", "p", "t")
    is_whole = shared >= _FORM and bool(following) and len(following[0][0]) > 1
    return rest if (is_verb or is_whole) and len(rest) > 2 else words
