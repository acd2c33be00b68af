"""The words in which summaries and comparisons are asked for, as patterns over folded text."""

from __future__ import annotations

import re

from assistant.folding import tag

HEAD = re.compile(
    r"(?:[请你您]|麻烦|劳驾|帮(?:忙|我)?|[给为替跟]我(?:们)?|[把将就]|针?对(?!比|照)|关于|围绕|能否|能不能|可不可以|可否|可以|"
    r"(?:我们?)?(?:想要?|需要|要|希望|打算)|知道|再|先|现在|那么?|嗯|好的?|[,，。:：!！\s]|"
    r"(?:please|can|could|would|will|you|i|we|want|need|would like|to|me|us)\b)+"
)
_ONCE = r"(?:一下子?|一遍|下(?![属级辖]))?"
SUMS_UP = re.compile(
    rf"(?:(?:总结|概括|概述|归纳|综述|梳理|汇总|小结|简述|整理(?!一?[个份篇])){_ONCE}){{1,2}}|"
    r"(?:summari[sz]e|sum up)\b|(?:give|write|make|prepare|show)?\s*(?:me |us )?(?:an? |the )?"
    r"(?:(?:short|brief|quick|concise|general) )?(?:summary|overview|briefing|profile) (?:of|on|about|for)\b"
)
TELLS = re.compile(
    rf"(?:(?:简单|简要|大致|大概|详细)地?)?(?:介绍|简介|说说|说一说|谈谈|谈一谈|讲讲|讲一讲|聊聊|聊一聊|了解|看看){_ONCE}|"
    r"(?:introduce|describe|outline|tell(?: me)? about|tell|what (?:has|does|did))\b"
)
WRITES = re.compile(
    r"(?:[写做出来给生]|生成|整理|准备|提供|发|撰写|起草|要|看)(?:我|我们)?(?:一?[个份篇段]|一下)"
)
COMPARES = re.compile(
    rf"(?:对比|比较|比一比|比比|对照|比对){_ONCE}(?:分析)?|(?:compare|contrast)\b|"
    r"(?:what(?: is|'s| are)? )?(?:the )?(?:comparison|differences?) (?:of|between)\b"
)
BRANCHES = re.compile(
    r"[,，、(（]?\s*(?:(?P<no>不)?(?:要)?(?:包括|包含|含|连同|算上|带上|加上|连)|及其?|以及|(?:与|和)(?=其|它))"
    r"(?:其|它的|旗下|下属|所有|全部|各地?|的)*(?:分公司|子公司|分支机构|下属公司|属地公司|省公司|地方公司)(?:在内|一起|都)?\s*[)）]?|"
    r"[,，(（]?\s*(?:including|with|and)(?: all)?(?: of)?(?: its| the)? (?:branches|subsidiaries)[)）]?"
)
DIFFER = re.compile(
    r"(?:(?:之间)?(?:的|都)?有(?:什么|何|哪些|啥)?)?(?:之间)?的?(?:不同|区别|差别|差异|异同)(?:之处|点|的地方)?(?:是什么|在哪里?|有哪些)?|"
    rf"的?(?:对比|比较)(?:分析)?{_ONCE}(?:如何|怎么样|怎样)?|相比(?:如何|怎么样|怎样)|比起来(?:如何|怎么样|怎样)|"
    r"\b(?:vs\.?|versus|compared?)\b"
)
REPORTS = re.compile(
    rf"(?:做|写|来)?(?:一?[个份篇段])?(?:的|简要|简单|整体|总体){{0,2}}(?:总结|小结|简报|简介|概况|概要|概述|综述|概览|一览|近况|总览){_ONCE}|"
    r"(?:'s )?(?:summary|overview|profile|briefing)\b"
)
ASKS_OF_ALL = re.compile(
    r"(?:总体|整体|基本|大致|主要)?的?(?:情况|现状)(?:怎么样|怎样|如何|是怎样的)?|"
    r"(?:都|主要|到底|究竟|一共|最近|在)*(?:做|干|开展|说|讲|写|提)[到了]?(?:些|哪些|什么|啥)+(?:事情?|工作|内容)?|"
    r"有(?:哪些|什么|啥)(?:动态|新闻|消息|大事)|是(?:一?家|个)?(?:什么样?|怎么?样|啥样?)的?(?:公司|企业)|"
    rf"(?:概括|归纳|梳理|介绍){_ONCE}"
)
FILLER = re.compile(
    r"[和与跟同及、,，。;；:：!！?？\s\"“”'‘’《》()（）]|以及|还有|之间|[两三二四]家?(?:公司|企业|运营商)?|这?几家|"
    r"(?:总体|整体|基本|主要|大致|大概|简要|简单|相关|有关|各方面|各个方面|全部|所有|全面|具体|详细)的?|"
    r"(?:请|帮我|给我)?[写做出来给看](?:一?[个份篇段]|一下)|(?:一)?[个份篇段](?=\s|$)|请|"
    r"用?[一二两三四五几\d]+句话|分别|(?:放在)?一起|(?:在|据|根据)?(?:资料|材料|文件|文档)[里中]?(?:关于)?|公司|企业|所?[做有]的|"
    r"情况|概况|现状|信息|内容|工作|业务|动态|事迹|表现|要点|方面|的|吧|吗|呢|呗|哈|啊|谢谢|"
    r"\b(?:and|with|to|between|or|for|of|about|the|a|an|do|done|does|please|me|us)\b"
)
POINTS_BACK = re.compile(
    r"它们?|他们|该公司|该企业|这家(?:公司|企业)?|那家(?:公司|企业)?|这个公司|其|这[两几]家(?:公司)?"
)
ASKS = re.compile(r"什么|哪|多少|几[个家年名人]|谁|如何|怎|是否|是不是|有没有|吗|为何|为啥|何[时处人]")
HOW = re.compile(r"(?:怎么样|怎样|如何)$")
"""What asks of all only where nothing was spoken of before: else it asks the last question of another."""
TOPIC_EDGES = re.compile(
    r"(?:方面|领域|中|上)的(?:工作|情况|做法|内容|表现)$|^(?:在|关于|有关|对于|针对|的)+|(?:等|的)*(?:方面|领域|情况|内容|问题|信息|进展)*(?:的)*$"
)
_TOPIC = re.compile(r"[a-z0-9\u3400-\u9fff+\-、和与]{2,16}")
_VERBAL = re.compile(r"^[了过着会出到性人]|^[是有被把让将为给比]")
_MEASURED = re.compile(
    r"(?:[额量数率值幅价]|规模|占比|比例|投[入资]|资金|经费|收入|支出|利润|营收|时间|日期|地点|地址|人选|名单|作者|书记|董事长|总经理|负责人)$"
)
"""What a question of one figure or name ends with."""
_DATED = re.compile(r"\d{4}|[去今前明]年|年度|季度|半年|月份")
_DONE = re.compile(r"[了过着]|没有|需要|可以|应该")
_LATIN = re.compile(r"[a-z\s]+")
_GENERAL = re.compile(r"所有|全部|各|每|这|那|以上|上面|全文|文章")
_NO_TOPIC = (_DONE, _VERBAL, _DATED, _MEASURED)
NAME = re.compile(r"[a-z0-9&.\-\u3400-\u9fff() ]{2,24}")
NOMINAL = "nbjezsf"
"""How segmentation tags begin of what a name may consist of."""
COMPANY_ENDS = ("公司", "集团", "银行", "航空", "证券", "保险", "股份", "科技", "实业")
OTHER = re.compile(
    r"(?:那么?|还有|然后|再看看?|嗯|好的?|[,，\s])*(?P<named>.+?)的?(?:方面)?的?(?:情况)?(?:呢|怎么样|怎样|如何)[?？。!！\s]*"
)
HELD = "\ue000"
"""Stands for a company, so that what is around it can be read."""


def topic_in(text: str) -> str:
    """A folded text without what introduces and ends a topic; empty where it does not read as one."""
    topic = TOPIC_EDGES.sub("", TOPIC_EDGES.sub("", text.strip())).strip("和与、的")
    is_topic = _TOPIC.fullmatch(topic) and not (ASKS.search(topic) or _LATIN.fullmatch(topic))
    return topic if is_topic and not any(pattern.search(topic) for pattern in _NO_TOPIC) else ""


def is_name(folded: str) -> bool:
    """Whether a folded text reads as a company's name although no list has it."""
    if not NAME.fullmatch(folded) or "的" in folded or _VERBAL.search(folded) or _GENERAL.match(folded):
        return False
    is_nominal = all(part[0] in NOMINAL and part != "nr" for _, part in tag(folded))
    return is_nominal or folded.endswith(COMPANY_ENDS)


def is_company_like(folded: str) -> bool:
    """Whether a name looks like a company's by itself."""
    return folded.endswith(COMPANY_ENDS) or any(part in ("nt", "nz", "nrt") for _, part in tag(folded))
