"""The units that a number may stand before, as parts of regular expressions over folded text."""

from __future__ import annotations

from assistant.briefing.figures.clause_words import COUNTS, MEASURES

_LATIN = (
    r"[kmgtpez]?(?:bps|b/s|va)|v?cpu|[kmgt]?hz|"
    r"[kmgt]?wh|[kmg]w|[kmgtpez]b|[kmgtpe]?flops|[kcm]m2?|kg|tce|kv|dbm?|ms|[tq]ps"
)
_BEGUN = (
    "部分署委长队门 支撑持付出部行 家庭电长具 面积向对临前板 本公次半年报季行集 大关小概约幅量多型部厅楼学于 "
    "名单义列称 期间限末初 级别 层面 代表码理 分公支子别为之析布配享类销红院局行列级区 元件素 台湾 点击位 "
    "场景所 成为果本立功 度假 天津然 条例款 单位 线上下 路由 人民均工才员口 站点址 月均 年均 班组 户外 位于 "
    "类似 口径 对于应 所有 起到草来 件套 组织成 队伍员 次日年数 门店户 剂量型 箱体式 节点约能 片区 处理于置 "
    "段落 年代 瓦解 股份 克服 升级至高 折合 周边期围 秒级 间接"
)
"""Words that begin like a unit: its character, then those that may follow it."""
_OTHERS = r"家属(?!地)|基(?![,;。、)]|$)|[瓶袋桶盒]装|项目(?!标)"
UNIT = "|".join(sorted(COUNTS | MEASURES, key=lambda unit: (-len(unit), unit)))
"""Any unit in Chinese, the longer ones first."""
NOT_A_UNIT = rf"(?!{'|'.join(f'{word[0]}[{word[1:]}]' for word in _BEGUN.split())}|{_OTHERS})"
"""In front of a unit: no word begins here that only looks like one (3部门, 5点击)."""
_PER = rf"/(?:{UNIT}|[kmgtp]b|kwh)(?![a-z])"
WHOLE_UNIT = rf"(?:{NOT_A_UNIT}(?:{UNIT})|(?:{_LATIN})(?![a-z0-9])|‰)(?:{_PER})?"
"""A unit in Chinese or Latin letters, and what it is counted by: 元/月."""
