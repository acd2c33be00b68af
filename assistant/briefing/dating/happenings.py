"""Whether a dated sentence tells of something that happened, of whom, and how much that weighs."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.briefing.dating.dates import mentions
from assistant.briefing.dating.moments import Role
from assistant.companies import brand_of
from assistant.companies.forms import body_of, head_of
from assistant.folding import fold

_LEADING = 12
"""A date this near to the beginning is what a sentence begins with."""
_HAPPENED = re.compile(
    r"发布|启动|签[署订约]|成立|开通|上线|建成|投产|(?<!收)获|入选|入围|举[办行]|召开|完成|突破|推出|揭牌|挂牌|上市|收购|合并|重组|(?<!、)商用(?!、)"
    r"|交付|落地|获批|中标|启用|投运|竣工|开工|奠基|选派|首次|首[个家批]|发射|通车|开业|设立|创[立办建]|组建|当选|任命|出任|接任"
    r"|评为|授予|下[调线]|上调|取消|关闭|达成|问世|诞生|亮相|捐[赠款]|增资|出售|回购|派发|批准|审议|颁[发布]|印发|出台|成为|驰援|出动"
)
_WITH_FIGURE = re.compile(
    r"(?:投资|投入|新建|新增|净增|实现|达到?|增长|下降|减少|覆盖|服务|安排|开展|建设|承接|加入|减免)[^,，。；;]{0,16}\d"
)
"""What only its figure makes an event of a year."""
_WEIGHTY = re.compile(
    r"成立|发布|签[署订]|启动|开通|建成|上线|获|入选|收购|合并|重组|上市|商用|首[次个家批]|推出|揭牌|投产|突破|中标|率先|第一"
)
_MILESTONE = re.compile(
    r"(?<!会)(?:成立|创立|挂牌|上市|合并|重组|更名|收购)(?![一二三四五六七八九十\d以]|于?[^,，。]{0,6}周年)"
)
"""What a company's history is told by."""
_AHEAD = re.compile(
    r"将(?=于|在|突破|达|实现|把每|成为|建成|进一步|继续|持续|努力|推出|以|会|是)|力争|预计|预测|有望|拟于|计划(?:于|在|到)|规划到"
    r"|目标是|到20\d\d年|下一步|未来"
)
_DANGLING = re.compile(
    r"[\"“]?(?:这|其中|此举|此次|对此|从而|上述|以上|不仅如此|图为|图\s*\d|[上下]表|注\s*\d|来源|资料|\d{1,3}[.．\s]+\D)"
)
_NO_SENTENCE = re.compile(r"^\S{0,12}[:：]|表示[,，:：]|指出[,，:：]|认为[,，:：]|[?？]$")
_OF_OTHERS = re.compile(
    r"习近平|总书记|国务院|[^\s,，。]{1,8}(?:局|委员会)(?=发布|印发|出台|、)|党中央|中共中央|人民政府|省政府|市政府|全国人大|[^\s,，。]{1,6}部(?:委|长|发布|印发|等)|主席|总统|美国|欧盟|"
    r"我国|中国(?=建成|政府|[在有的又已将])|行业|业界"
)
"""Subjects of an event that is not the company's, unless it is named as well."""
_OWN = re.compile(r"公司|集团|本行|我们|本院|我司")
_BEGUN = re.compile(r"(?:[^,，。；;]*以来)?")
_UNTIL = re.compile(r"(?:截[至止][^,，。；;]{0,12}|根据|按照|依据|依照|以)\s*$")
_REPORTED = re.compile(r"数据(?:显示|来看|来源)|财报|统计|根据|依照|按照|依据|据[^,，。]{1,12}[,，]")


def tells(text: str) -> bool:
    """Whether a folded text with a date tells of something that happened then, and makes sense by itself."""
    dates = [m for m in mentions(text) if m.role in (Role.GOVERNS, Role.SINCE)]
    if dates and _UNTIL.search(text[: dates[0].start]):
        return False
    if any(pattern.search(text) for pattern in (_AHEAD, _NO_SENTENCE)) or _DANGLING.match(text):
        return False
    rest = text
    for mention in dates:
        begun = _BEGUN.match(rest, mention.end) if mention.role is Role.SINCE else None
        end = begun.end() if begun else mention.end
        rest = rest[: mention.start] + "," * (end - mention.start) + rest[end:]
    is_precise = bool(dates) and dates[0].month > 0 and dates[0].start <= _LEADING
    return is_precise or bool(_HAPPENED.search(rest) or _WITH_FIGURE.search(rest))


def is_of_others(company: str, text: str) -> bool:
    """Whether the sentence tells of somebody else, and does not name the company."""
    is_own = _names(company, text) or _OWN.search(text)
    return not is_own and bool(_OF_OTHERS.search(text) or _REPORTED.search(text))


def _names(company: str, text: str) -> bool:
    return any(form in text for form in _forms(company))


@lru_cache(maxsize=256)
def _forms(company: str) -> tuple[str, ...]:
    """What texts call a company by: its brand, its own word, its name without the legal form."""
    forms = (brand_of(company), head_of(company), body_of(company) or company)
    return tuple(fold(form) for form in forms if form)


def weight(company: str, text: str, date: str) -> float:
    """More for what is dated at its head and to the day, and for what makes news; less for the long."""
    dates = [m for m in mentions(text) if m.role is not Role.COMPARED]
    is_leading = bool(dates) and dates[0].start <= _LEADING
    found = 1.0 * len(date.split("-")) + 1.5 * is_leading
    found += 0.8 * bool(_HAPPENED.search(text)) + min(2.0, 0.8 * len(_WEIGHTY.findall(text)))
    is_named = _names(company, text)
    is_own = is_named or bool(_OWN.search(text))
    found += 1.2 * is_named + 1.0 * is_own
    found -= 1.0 * bool(_REPORTED.search(text)) + 2.5 * any(m.role is Role.SINCE for m in dates[:1])
    found += 1.5 * (is_named and bool(_MILESTONE.search(text)))
    return found - max(0, len(text) - 90) / 60
