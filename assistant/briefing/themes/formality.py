"""Lines that an office has to write: notes to accounts, notices to shareholders, legal assurances."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.folding import fold

_FORMAL = re.compile(
    r"变动原因|会计(?:准则|报表|政策|估计|师事务所|差错)|审计(?:意见|报告|委员会|师|费|范围|计划)|财务报(?:表|告)|"
    r"未知.{0,10}股东|前十名|一致行动人|持(?:有|股).{0,24}股(?:份|权|东)|股东(?:大会|名册|总数|账户)|股东权益|股权激励|限制性股票|"
    r"独立(?:非执行)?董事|监事会|董事会(?:秘书|会议|决议|审议|办公室)|章程|议案|表决|提名|"
    r"折现|公允价值|减值|折旧|摊销|递延|追溯调整|负债表|利润表|流动(?:资产|负债)|应[收付](?:账款|票据|债券)|使用权资产|租赁负债|"
    r"筹资活动|信息披露|法律责任|虚假记载|重大遗漏|募集资金|担保(?:金额|余额|合同)|关联(?:方|交易)|"
    r"不适用|(?:上述|本)(?:公告|协议)|非经常性损益|募投|解锁|授予日|诉讼|仲裁|承诺(?:函|事项)"
)
_ABOUT_ITSELF = re.compile(
    r"本(?:报告|年报|摘要|公告)(?:[^，,。]{0,12}(?:采用|发布|编制|披露|涵盖|数据)|为)|本(?:报|刊|文)(?:地址|由|所载|作者)|意见反馈|责编|美编|责任编辑|校对|"
    r"关注.{0,20}公众号|广告热线|零售价|\w@[\w-]+\.[a-z]|版权所有|未经许可|转载请|特此(?:公告|更正|说明)|(?:表示|致以).{0,6}(?:衷心|诚挚)的?(?:感谢|谢意)|以.{0,12}决算为准"
)
"""What a source says of itself rather than of anybody, in few words."""
_SHORT = 60
_ASSURED = re.compile(r"保证.{0,16}(?:内容|信息|报表|资料)的?真实|虚假记载")
_MANY = 300
"""Lines from which on what is only formal is no subject of a company."""


def without_formal(texts: Sequence[str]) -> list[int]:
    """The numbers of the lines that are worth a subject: of few all but imprints, of many no formal ones."""
    telling = [n for n, text in enumerate(texts) if not _is_imprint(fold(text))]
    if len(telling) < _MANY:
        return telling
    kept = [n for n in telling if not _FORMAL.search(fold(texts[n]))]
    return kept if 2 * len(kept) >= len(telling) else telling


def _is_imprint(folded: str) -> bool:
    about_itself = len(folded) <= _SHORT and _ABOUT_ITSELF.search(folded)
    return bool(about_itself or _ASSURED.search(folded))
