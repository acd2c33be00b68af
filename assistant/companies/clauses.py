"""Where clauses begin, so that it can be told what they speak of."""

from __future__ import annotations

import re

from assistant.companies import places

_BREAK = re.compile(r"[。！？!?；;：:,，\n\t—“”\"'‘’「」『』《》()\[\]【】|丨/>›]|\s")
_WINDOW = 24
_LEAD = re.compile(
    r"(?:近日|日前|今天|目前|当前|同时|此外|其中|随后|今年|去年|未来|近年来|接下来|为此|因此|所以|而|但|则|并|作为|"
    r"(?:全资|控股|参股|旗下|下属)*子公司|旗下|下属|由|是|这是|图为|以|来自|当天|当日|据悉|例如|比如|如|尤其是|特别是|期间|会上|现场|昨日|记者从|"
    r"[^与和同跟向对为给被把]{1,8}的|.{0,14}[年月日时后前来中下上间里期际]|(?:截[至止])?.{0,8}[年月季][初底末]|"
    r"(?:同城|同省|竞争|(?:另)?一家|另一|本[地省市]|当地|国内|业内|知名|头部|龙头|上市|民营|国有|互联网)+"
    r"[^与和同跟向对为给被把]{0,4}(?:企业|公司|同行|对手|厂商|龙头)|.{0,8}(?:董事长|总经理|总裁))"
)


def begins_clause(folded: str, at: int) -> bool:
    """Whether a clause of the folded text begins there, but for a time, a place or the like before it."""
    window = folded[max(0, at - _WINDOW) : at]
    breaks = [match.end() for match in _BREAK.finditer(window)]
    lead = window[breaks[-1] :] if breaks else window
    if len(lead) == _WINDOW:
        return False
    return not lead or _LEAD.fullmatch(lead) is not None or bool(places.bare(lead))
