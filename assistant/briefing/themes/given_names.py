"""Names that a line itself gives to what it tells of: in quotes, or as what it says was made or got."""

from __future__ import annotations

import re

from assistant.folding import fold, tag

_QUOTED = re.compile(r"[“《「]([^“”《》「」，。、；：！？,;:!?\s]{3,20})[”》」]")
_MADE = re.compile(
    r"(?:开展|推出|打造|发布|开通|组建|创建|启动|举办|建立|实施|成立|构建|集结|出动|搭建|建成|获得|荣获|入选|签署|签订|扩建|新设|"
    r"设立|制定)[了出]?([^，,。；;：:！？!?、“”《》（）()\n]{2,24}+)(?!、)"
)
_LED = re.compile(
    r"^(?:[一两多数]?[批系列项个]|\s|\d+\s*[余多]?\s*[支个项名场套家辆台条件]|全国|全市|全省|特色|专项)*"
)
_OF_A_NAME = re.compile(r"[”》」](?:等|特色|系列)*([\u4e00-\u9fff]{3,8})(?=[，。；,;])")
"""What stands behind a name of its own says what it is: 「“四位一体”学习模式」."""
_ELSE = re.compile(r"奔赴|前往|赶赴|深入|参与|用于|参加|并|以便|为|向|在|的")
_ENDS = ("n", "v", "j", "l", "i", "zg", "eng", "b", "f")
_LEAD = re.compile(r"全国|专项|特色|系列|主题|深入|全面|创建|世界|一流|国家|[了的和以为]")
_TAIL = re.compile(
    r"专项|提升|行动|活动|工作组?|荣誉(?:称号)?|称号|(?:成效)?显著|成效|系列|主题|等|机制|举措|建设|创建"
)
"""Words that begin and end a phrase, and no name."""
_SHORTEST, _LONGEST = 3, 10
_NO_PART, _NO_START = frozenset(("r", "c", "p", "nr")), ("m", "d")
"""Parts of speech that a name does not hold, and does not begin with."""
_GENERIC = re.compile(
    r"(?:等|的|特色|系列|专项|主题|创新)?.{0,4}?"
    r"(?:活动|行动|计划|工程|平台|系统|项目|大讲堂|专区|模式|品牌|小程序|机制|专线|业务|产品)"
)
_INTRODUCED = re.compile(
    r"(?:开展|推出|打造|发布|开通|上线|建设|组建|创建|启动|举办|依托|以|建立|实施|成立|入选|获得|荣获|命名)[^，。；“《「]{0,10}$"
)


def quoted_names(text: str) -> list[str]:
    """What a line calls by a name of its own: 「开展“领导员工面对面”活动」."""
    folded = fold(text)
    return [
        name
        for match in _QUOTED.finditer(folded)
        if (_GENERIC.match(folded, match.end()) or _INTRODUCED.search(folded, 0, match.start()))
        and (name := _trimmed(match.group(1)))
    ]


def objects(text: str) -> list[str]:
    """What a line says was begun, made or got: 「成立专项工作组」, 「获得用户满意企业荣誉称号」."""
    folded = fold(text)
    made = (_ELSE.split(_LED.sub("", match.group(1)))[0] for match in _MADE.finditer(folded))
    return [name for name in map(_trimmed, (*made, *_OF_A_NAME.findall(folded))) if name]


def _trimmed(phrase: str) -> str:
    """The part of a phrase that can be a name, empty for none."""
    words = tag(phrase)
    while len(words) > 1 and _TAIL.fullmatch(words[-1][0]):
        words.pop()
    while len(words) > 1 and (sum(len(word) for word, _ in words) > _LONGEST or _LEAD.fullmatch(words[0][0])):
        words.pop(0)
    name = "".join(word for word, _ in words)
    kinds = [kind for _, kind in words]
    if not kinds or not _NO_PART.isdisjoint(kinds) or kinds[0] in _NO_START or kinds in (["i"], ["l"]):
        return ""
    fits = _SHORTEST <= len(name) <= _LONGEST and name.isalnum() and not name.isdigit()
    return name if fits and kinds[-1].startswith(_ENDS) and not _TAIL.fullmatch(name) else ""
