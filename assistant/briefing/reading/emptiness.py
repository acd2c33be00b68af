"""Lines that state nothing of a company: what leads over, ticks of forms, contacts, notices."""

from __future__ import annotations

import re

from assistant.folding import compact
from assistant.records import Passage

_LEADS_OVER = re.compile(
    r"(?:全文|原文|内容|正文|具体|详情|名单|情况)?(?:如下|见下表|见下图|见附[件表])[:：。]?|"
    r"(?:完|未完待续|转下页|接上页|续|略|附[件表录]?)[:：。]?"
)
_TICKS = re.compile(
    r"[^□√]{0,24}[□√]\s*(?:适用|是|否|不适用|有|无)[□√\s]*(?:不适用|适用|是|否|有|无)?[□√\s]*[。]?"
)
_CONTACT = re.compile(
    r"(?:联系人|联系电话|联系方式|咨询电话|电话|传真|邮编|邮政编码|电子邮箱|电子信箱|邮箱|e-?mail|网址|地址|联系地址|"
    r"责任编辑|责编|编辑|校对|审核|来源|供稿|供图|摄影|摄|图片来源|投稿邮箱)\s*[:：].*"
)
_SOURCE = re.compile(r"[\d*]{0,3}(?:资料|数据|图片|信息)来源[:：].{0,80}|[\d*]{0,3}https?://\S+")
_SIGNED = re.compile(r"[(（][^()（）]{2,16}(?:供图|供稿|摄|摄影|报道|记者|通讯员|编辑)[^()（）]{0,8}[)）]")
_NOTICE = re.compile(
    r"(?:免责声明|版权声明|重要声明|风险提示|特别提示|郑重声明)\s*[:：]?.*|.*(?:不构成(?:任何)?投资建议|转载请注明|版权归.{0,12}所有"
    r"|仅供参考|未经.{0,10}(?:许可|授权|允许)).*"
)
_DIGIT = re.compile(r"\d")
_SHORTEST = 2
_WORD = re.compile(r"[\w%‰]")


def states_nothing(text: str, passage: Passage) -> bool:
    """Whether a statement's text says nothing; one with a figure that is no contact always says something."""
    packed = compact(text)
    if len(_WORD.findall(packed)) < _SHORTEST and not _DIGIT.search(packed):
        return True
    if any(form.fullmatch(packed) for form in (_TICKS, _CONTACT, _SOURCE)):
        return True
    if _DIGIT.search(packed):
        return False
    if any(form.fullmatch(packed) for form in (_LEADS_OVER, _SIGNED, _NOTICE)):
        return True
    return _repeats_heading(packed, passage)


def _repeats_heading(packed: str, passage: Passage) -> bool:
    heads = (passage.metadata.title, *passage.section.split(" › "))
    return any(packed.strip("。:：") == compact(head).strip("。:：") for head in heads if head)
