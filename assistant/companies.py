"""Which companies a text names, and which of them it is about. General rules, no list of documents.

An operator is named by its brand with `中国` or a region before it (重庆联通), by its full legal name,
or by the group's name with a branch behind it (中国移动重庆公司); all forms give one name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from assistant import wordlists
from assistant.folding import fold

BRANDS = ("联通", "移动", "电信", "铁塔", "广电", "有线")
_FULL_NAMES = {
    "中国联合网络通信": "联通",
    "中国移动通信": "移动",
    "中国电信": "电信",
    "中国铁塔": "铁塔",
    "中国广播电视网络": "广电",
    "中国广电网络": "广电",
    "中国联通": "联通",
    "中国移动": "移动",
    "中国广电": "广电",
}
_LEGAL = r"(?:[(（]?(?:集团|香港|股份)[)）]?)*(?:有限)?(?:责任)?(?:股份)?(?:有限)?(?:公司)?"
# Words of the trade as well: 重庆移动网络 is a network, 重庆移动云阳分公司 a branch at 云阳.
_NOT_A_COMPANY = {
    "联通": r"(?:世界|外界|内外)",
    "移动": (
        r"(?:互联网|物联网|通信(?!集团|有限|公司)|网络|支付|终端|电话|办公|设备|端|用户|业务|宽带|"
        r"式|应用|数据|转售|电视|信号|办|出账|缴费|化|源|云(?!南|阳|能))"
    ),
    "电信": (
        r"(?:行业|业务|普遍服务|网络诈骗|诈骗|运营|日|条例|设备|用户|基础|资源|服务(?!质量委)|法|管理|"
        r"业(?!务)|市场|企业|主管)"
    ),
    "铁塔": r"(?:基站|站址|资源|类)",
    "广电": r"(?:总局|行业|系统|网络(?!公司|股份|有限)|局|总台|电视|媒体|5g|基站)",
    "有线": r"(?:电视|网络(?!公司|股份|有限)|宽带|通信|业务|接入|数字|用户|电话)",
}
_BRANCH = r"(?:省|市|自治区)?(?:分公司|属地公司|(?:有限)?(?:责任)?公司)"
_TAKEN = "\0"
"""Stands where an operator was found, so that no general form reaches into it."""
_GENERIC = re.compile(
    rf"(?:(?<![\u3400-\u9fff{_TAKEN}])|(?<=[与和及]))"
    r"[\u3400-\u9fff]{2,12}?(?:股份有限公司|有限责任公司|集团有限公司|有限公司)"
)


def find(text: str) -> list[str]:
    """The companies named in the text, in order of first mention, each once, in Simplified characters."""
    return list(dict.fromkeys(mentions(text)))


def mentions(text: str) -> list[str]:
    """Every mention of a company in the text, as its one name, in text order."""
    return [name for _, _, name in spans(text)]


def spans(text: str) -> list[tuple[int, int, str]]:
    """Start, end and the one name of every mention of a company, in text order."""
    folded = fold(text)
    named = list(_pattern().finditer(folded))
    found = [(*match.span(), name) for match in named if (name := _name_of(match))]
    rest = _pattern().sub(lambda match: _TAKEN * len(match.group()), folded)
    found.extend((*match.span(), match.group()) for match in _GENERIC.finditer(rest))
    return sorted(found)


def without(folded: str, filler: str) -> str:
    """A folded text with every mention of a company replaced."""
    for start, end, _ in reversed(spans(folded)):
        folded = folded[:start] + filler + folded[end:]
    return folded


def about(texts: Sequence[str], title: str = "") -> tuple[str, ...]:
    """The companies that a run of paragraphs is about, the main one first.

    A company counts when the title or the first sentence names it, or at least a third of the paragraphs do.
    """
    named = Counter(name for text in texts for name in set(mentions(text)))
    if not named:
        return tuple(find(title))
    lead = re.split(r"[。！？]", texts[0])[0] if texts else ""
    prominent = [*find(title), *find(lead)]
    chosen = {name for name, count in named.items() if name in prominent or count >= max(2, len(texts) / 3)}
    total = Counter(name for text in texts for name in mentions(text))
    return tuple(sorted(chosen | set(find(title)), key=lambda name: (-total[name], name)))


def brand_of(name: str) -> str:
    """The operator's brand within a company's name, empty for a company of no operator."""
    return next((brand for brand in BRANDS if name.endswith(brand)), "")


def region_of(name: str) -> str:
    """What stands before the brand: `中国` for a group, a region for a branch."""
    brand = brand_of(name)
    return name[: -len(brand)] if brand else ""


@lru_cache(maxsize=1)
def regions() -> frozenset[str]:
    """The provinces and prefectures known by name."""
    return frozenset(name for group in wordlists.groups("regions") for name in group)


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    names = "|".join(sorted(regions(), key=lambda name: (-len(name), name)))
    full = "|".join(sorted(_FULL_NAMES, key=len, reverse=True))
    brands = "|".join(rf"{brand}(?!{_NOT_A_COMPANY[brand]})" for brand in BRANDS)
    group = rf"(?P<full>{full}){_LEGAL}(?:(?P<branch>{names}){_BRANCH})?"
    return re.compile(rf"{group}|(?P<region>{names})(?:省|市)?(?P<brand>{brands})")


def _name_of(match: re.Match[str]) -> str:
    if match["full"]:
        brand = _FULL_NAMES[match["full"]]
        after = match.string[match.end() : match.end() + 8]
        if match.group() == match["full"] and re.match(_NOT_A_COMPANY[brand], after):
            return ""
        return (match["branch"] or "中国") + brand
    return str(match["region"] + match["brand"])
