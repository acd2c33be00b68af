"""How much a line tells: figures, names and results count for it, slogans against it."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.folding import fold

_FIGURE = re.compile(r"(?<![第\d.,a-z+])\d[\d,.]*\s*[余多]?(?:[百千万亿]+|%|‰|[\u4e00-\u9fff])")
_DATE = re.compile(r"\d{4}\s*年|\d{1,2}\s*月(?:\d{1,2}\s*日|底|份)|\d{1,2}\s*日")
_RESULT = re.compile(
    r"获得|荣获|获评|入选|建成|建立|完成|达到|累计|首个|首家|首次|上线|发布|成立|签署|签订|投入|投资|覆盖|"
    r"开通|推出|研发|服务.{0,6}\d|新增|减少|下降|增长|降幅|提升|超过|实现|选派|位列|第一"
)
_NAMED = re.compile(r"[《“「][^》”」]{2,24}[》”」]|[a-z][a-z0-9+-]+")
_SLOGAN = re.compile(
    r"思想|精神|指引|贯彻|落实|重要讲话|重要指示|决策部署|初心|使命|旗帜|信念|不忘|牢记|始终|坚定|奋进|征程|"
    r"篇章|磅礴|担当|伟大|号召|引领|迈向|共创|携手|深刻|方位|站位|自信|维护|斗志|崭新"
)
_AHEAD = re.compile(
    r"下一步|(?:^|[，。])未来[，,]|展望|今后|将(?:继续|进一步|坚决|以|按|着力|持续|不断|坚持)|让我们|必将|定能|有望|期待|相信"
)
_PRAISE = re.compile(
    r"正是因?为?|不仅.*[更还]|彰显|展现|诠释|每一次|一个个|一项项|一次次|一件件|关键在|在于|离不开|不是.*而是|既是|"
    r"值得|不可磨灭|不言而喻|毫无疑问|众所周知|重中之重|脱颖而出|璀璨|时代的|洪流|绽放|书写"
)
_LONG, _SHORT = 140, 24


@lru_cache(maxsize=16_384)
def worth(text: str, company: str = "") -> float:
    """Of a line: about 0 for a slogan, 1 for a plain statement, up to 5 for one full of results.

    Args:
        company: the one whose name in it counts for it.
    """
    folded = fold(text)
    dates = len(_DATE.findall(folded))
    figures = len(_FIGURE.findall(_DATE.sub("", folded)))
    found = 1.0 + 0.8 * min(figures, 4) + 0.3 * min(dates, 1)
    found += 0.35 * min(len(_RESULT.findall(folded)), 3) + 0.2 * min(len(_NAMED.findall(folded)), 3)
    found += 0.35 * (bool(company) and fold(company) in folded)
    found -= 22 * len(_SLOGAN.findall(folded)) / (len(folded) + 20)
    found -= 0.8 * bool(_AHEAD.search(folded)) + 0.4 * min(2, len(_PRAISE.findall(folded)))
    if len(folded) > _LONG:
        found -= (len(folded) - _LONG) / 100
    if len(folded) < _SHORT and not figures:
        found -= 0.4
    return found
