"""How well a line opens a briefing: it says of the company, by its name, what it is, does and has reached."""

from __future__ import annotations

import re

from assistant import companies
from assistant.briefing.themes.worth import worth
from assistant.folding import fold, tag

_GOOD_LENGTHS = range(25, 101)
_MOST_WORTH = 3.5
_DATE = (
    r"(?:截至|截止|自|从)?\s*(?:(?:19|20)\d\d\s*年|\d{1,2}\s*月|\d{1,2}\s*日|[上下]半年|全年|[一二三四]季度|年?底|年?初|以来|末|"
    r"[-–~至到])[^，,。、]{0,8}?"
)
_FRAME = re.compile(rf"^(?:(?:{_DATE})+[，,]?\s*|[^，,。；:：]{{2,24}}[，,]\s*)")
_DEFINING = re.compile(
    r"^[^，,。；的]{0,6}(?:\([^)]*\))?[，,]?(?:成立于|创建于|始建于|创立于|创办于|前身|总部(?:位于|设在)|下设|下辖|拥有|现有|主要从事|"
    r"主营业务|是[^，,。]{2,50}(?:企业|公司|集团|机构|医院|银行|学校|大学|运营商|服务商|提供商|供应商|制造商|平台|品牌|骨干|主力军|"
    r"国家队|单位|设计院|研究院)(?:之一)?[，,。；;])"
)
_UNPLACED = re.compile(
    r"上个?月|[本当]月|上周|本周|日前|近日|昨日|今日|[本此]次|该(?:项|系统|平台|公司|企业|活动|产品|村|县)|这(?!些年)|上述|会上|"
    r"据(?:介绍|悉|了解)|记者|(?:表示|认为|指出|强调|介绍|坦言)[，,:：]|刚刚|如今|当[天日地]|他们?|她们?"
)
_RECENT = re.compile(r"[去今前]年|目前|近期|最近")
_DEPENDENT = re.compile(
    r"(?:同时|此外|另外|其中|不仅如此|与此同时|除此|除了?|为此|因此|对此|从而|然而|不过|而|但|并|总之|综上|众所周知|至此|随着|面对|"
    r"以[^，,]{2,20}为例|和[^，,]{2,20}一样|[一二三四五六]是|下一步|未来|今后|如(?![今果何])|图为|图片|例如|比如|正是|其|两者|"
    r"双方|另|也|还|再|“|\"|「|《|[（(\d]+[.、）)])"
)
_RESULT = re.compile(
    r"(?:营业|主营业务)收入|净?利润|资产总额|总资产|贷款余额|(?:用户|客户)(?:规模|总数|数)?(?:突破|达|超)|市场(?:份额|占有率)|"
    r"服务.{0,8}(?:户|人次)|累计投[资入]"
)
_COST = re.compile(r"成本|费用|支出")
_HONOUR = re.compile(r"荣誉称号|荣获|获得[^，,。]{2,40}(?:称号|奖)|获评|被评为|入选|表彰")
_DONE = re.compile(r"(?:组织)?(?:开展|举办|召开|举行|参加)")
_PRODUCT = re.compile(r"(?:自主)?研发的|推出的|打造的|app|功能|可以|能够|用户可")
_INNER = re.compile(r"党(?:员(?!突击)|[建史支])|主题教育|警示教育|廉洁|宣讲|读书班|红色")
_AGAINST = ((_UNPLACED, 2.0), (_RECENT, 0.4), (_HONOUR, 1.5), (_PRODUCT, 0.9), (_INNER, 1.0))
"""What counts against a line: a time or thing that nobody can place, an honour, what a product does, and the
inner life of the company."""
_YEAR = re.compile(r"(?:19|20)\d\d\s*年")
_LEAST_BEFORE = 0.8
"""From here on what stands before the name leaves it the subject."""
_PART = re.compile(
    r"[^，,。；]{0,10}(?:平台|系统|产品|app|客户端|方案|工具|负责人|学员|团队|董事长|总经理|总裁|书记|主任|院长|行长|员工|客户|用户|"
    r"爷爷|女士|先生)"
)
_OURS = re.compile(r"(?:本|我)?(?:公司|集团|企业)|[我本][行院校厂司]")
_LEGAL = re.compile(r"(?:股份|集团|控股)*(?:有限(?:责任)?公司|公司)$")
_SHORTEST = 1
_SHORT_FRAME = 10
_RELATIVE = re.compile(r"[^，,。；]{1,8}的")
_GOVERNED = re.compile(r"(?:[于对向与由以被把将给为从和及或像如按是]|根据|依托|基于|围绕|包括|联合|携手|在)$")


def grade(text: str, company: str) -> float:
    """How well a line opens a briefing of the company; below 0 it should not."""
    folded = fold(text).strip()
    found = 1.2 * min(worth(text, company), _MOST_WORTH) + 3.0 * naming(folded, company)
    found += 1.6 * is_defining(folded, company)
    if _RESULT.search(folded) and not _COST.search(folded):
        found += 1.2 if _YEAR.search(folded) else 0.3
    found -= 4.0 * (_DEPENDENT.match(folded) is not None)
    found -= sum(weight for sign, weight in _AGAINST if sign.search(folded))
    found -= 0.8 * (len(set(companies.find(folded)) - {company}) > 1)
    if _DONE.search(folded) and not re.search(r"\d", folded):
        found -= 0.8
    if folded[-1:] not in "。！.!；;":
        found -= 0.3
    over, under = len(folded) - _GOOD_LENGTHS[-1], _GOOD_LENGTHS[0] - len(folded)
    return found - min(1.5, 0.02 * max(0, over)) - 0.08 * max(0, under)


def is_defining(folded: str, company: str) -> bool:
    """Whether it says what the company is: when it was founded, what it has, what kind of company it is."""
    start, end = _named(folded, company)
    return start >= 0 and _before(folded[:start]) >= _LEAST_BEFORE and bool(_DEFINING.match(folded[end:]))


def naming(folded: str, company: str) -> float:
    """How clearly a sentence is about the company: 1 as its subject, less where named elsewhere, 0 if not."""
    start, end = _named(folded, company)
    if start < 0:
        if (ours := _OURS.search(folded)) and not companies.find(folded):
            return 0.85 * _before(folded[: ours.start()]) * _behind(folded[ours.end() : ours.end() + 16])
        first = next(iter(tag(folded)), ("", ""))
        return 0.3 if first[1] in ("v", "vn", "d", "ad") and not companies.find(folded) else 0.0
    return _before(folded[:start]) * _behind(folded[end : end + 16])


def _named(folded: str, company: str) -> tuple[int, int]:
    """Where the company is named first, whatever form of its name; -1 where it is not."""
    spans = [(start, end) for start, end, name in companies.spans(folded) if name == company]
    for form in (fold(company), _LEGAL.sub("", fold(company))):
        if len(form) > _SHORTEST and (at := folded.find(form)) >= 0:
            spans.append((at, at + len(form)))
    return min(spans, key=lambda span: (span[0], -span[1]), default=(-1, -1))


def _before(words: str) -> float:
    """How clearly what stands before the name leaves it the subject."""
    words = words.removesuffix("“")
    if not words:
        return 1.0
    frame = _FRAME.match(words)
    rest = words[frame.end() :] if frame else words
    if _GOVERNED.search(rest.rstrip()):
        return 0.25
    if not rest:
        is_dated = frame is not None and re.search(r"\d", words) is not None
        return 0.95 if is_dated else 0.8
    return 0.55 if len(rest) <= _SHORT_FRAME and "," not in rest else 0.3


def _behind(words: str) -> float:
    """How clearly what stands behind the name says something of the company itself."""
    words = words.removeprefix("”")
    if words[:1] in ("的", "、", "和", "与", "》", "及"):
        return 0.5
    if _PART.match(words) or _RELATIVE.match(words):
        return 0.5
    first = next(iter(tag(words)), ("", ""))
    return 0.55 if first[1].startswith("nr") else 1.0
