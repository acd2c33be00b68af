"""What the Markdown documents say in Chinese and in English."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.records.briefings import ConflictKind


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language; braces are filled in."""

    briefing: str
    comparison: str
    between: str
    coverage: str
    group: str
    branches: str
    included: str
    headline: str
    themes: str
    figures: str
    columns: tuple[str, str, str, str, str]
    company: str
    timeline: str
    conflicts: str
    kinds: dict[ConflictKind, str]
    undated: str
    published: str
    sources: str
    page: str
    reprints: str
    unverified: str
    nothing: str
    indicator: str


_CHINESE = Wording(
    briefing="{company}：概要",
    comparison="{companies}：对比",
    between="、",
    coverage="取自 {documents} 份文档、{passages} 段文字，引用其中 {used} 段，另有 {reprints} 段重复。",
    group="所属集团：{names}",
    branches="下属公司：{names}",
    included="已包含：{names}",
    headline="概述",
    themes="主题",
    figures="数据",
    columns=("指标", "数值", "单位", "时间", "来源"),
    company="公司",
    timeline="时间线",
    conflicts="说法不同之处",
    kinds={ConflictKind.DISAGREEMENT: "来源不一致", ConflictKind.CHANGE: "随时间变化"},
    undated="时间未说明",
    published="发布于 {date}",
    sources="来源",
    page="第 {page} 页",
    reprints="同文另见：{names}",
    unverified="未核实",
    nothing="没有。",
    indicator="指标",
)
_ENGLISH = Wording(
    briefing="{company}: summary",
    comparison="{companies}: comparison",
    between=", ",
    coverage="{used} of {passages} passages from {documents} documents, {reprints} of them repeats.",
    group="Group: {names}",
    branches="Branches: {names}",
    included="Included: {names}",
    headline="Summary",
    themes="Themes",
    figures="Figures",
    columns=("Indicator", "Value", "Unit", "As of", "Sources"),
    company="Company",
    timeline="Timeline",
    conflicts="Where sources differ",
    kinds={ConflictKind.DISAGREEMENT: "sources disagree", ConflictKind.CHANGE: "changes over time"},
    undated="no date",
    published="published {date}",
    sources="Sources",
    page="p. {page}",
    reprints="also in: {names}",
    unverified="unverified",
    nothing="None.",
    indicator="Indicator",
)


def wording(language: str) -> Wording:
    """The words of a language: `en`, or Chinese."""
    return _ENGLISH if language == "en" else _CHINESE
