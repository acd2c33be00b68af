"""The unit that a line states for the table below it."""

from __future__ import annotations

import re

_SAID = re.compile(
    r"(?:[（(【]\s*|(?<![\u3400-\u9fff]))(?:除[^，,（()）]{2,14}外[，,]\s*)?(?:本表|表中|金额|数额|计量|货币|数量)?"
    r"单位(?:\s*(?:均?为|[:：])\s*|\s+)(?P<unit>[^\s（）()【】\[\]，,。；;]{1,16}"
    r"(?:\s*币种\s*[:：]\s*[^\s（）()，,。；;]{1,8})?)(?:[，,]\s*[^（）()，,。]{2,14}除外)?\s*[）)】]?"
)
_BARE = re.compile(
    r"[（(【]?\s*(?:除[^，,（()）]{2,14}外[，,]\s*)?(?:金额)?(?:均?以)?\s*"
    r"(?P<unit>人民币\s*[十百千]?[万亿]?元|[十百千]?[万亿]?[美欧港日]?元|[百千]?[万亿]|[%％])"
    r"(?:\s*(?:列示|计))?(?:[，,]\s*[^（）()，,。]{2,14}除外)?\s*[）)】]?"
)
_ENGLISH = re.compile(
    r"[(（]?\s*(?:unit\s*[:：]|(?:amounts?\s+|expressed\s+|stated\s+)*in)?\s*"
    r"(?P<unit>(?:(?:RMB|CNY|USD|US\$|HK\$|EUR|€|\$)\s*(?:in\s+)?['’]?(?:0{3}|thousands?|millions?|billions?)?"
    r"|(?:thousands?|millions?|billions?)(?:\s+of\s+[\w$]+(?:\s+dollars)?)?))"
    r"(?:,?\s*(?:except|unless)[^()（）]{3,60})?\s*[)）]?",
    re.I,
)
_LONGEST = 80


def stated(line: str) -> tuple[str, str]:
    """The unit that a line above a table names, and what stands before it; no unit: empty, the line.

    Who fills in a form (填报单位、编制单位) is no unit.
    """
    if len(line) > _LONGEST:
        return "", line
    text = line.strip()
    for pattern in (_BARE, _ENGLISH):
        if match := pattern.fullmatch(text):
            return match["unit"].strip(), ""
    if match := _SAID.search(text):
        return match["unit"].strip(), text[: match.start()].rstrip()
    return "", line
