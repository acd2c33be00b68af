"""What the Markdown documents say in Chinese and in English."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.records import Citation
from assistant.records.briefings import ConflictKind, Coverage


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language; braces are filled in."""

    briefing: str
    comparison: str
    between: str
    coverage: str
    repeats: str
    group: str
    branches: str
    included: str
    headline: str
    themes: str
    figures: str
    columns: tuple[str, str, str, str]
    plan: str
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
    more: str
    indicator: str


_CHINESE = Wording(
    briefing="{company}：概要",
    comparison="{companies}：对比",
    between="、",
    coverage="通读 {documents:,} 份资料中讲它的全部 {passages:,} 段，引用 {used:,} 段{repeats}。",
    repeats="，另 {reprints:,} 段内容重复",
    group="所属集团：{names}",
    branches="下属公司：{names}",
    included="已包含：{names}",
    headline="概述",
    themes="主题",
    figures="数据",
    columns=("指标", "数值", "时间", "来源"),
    plan="计划",
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
    more="……另有 {count} 项；--csv、--markdown 和 --json 列出全部。",
    indicator="指标",
)
_ENGLISH = Wording(
    briefing="{company}: summary",
    comparison="{companies}: comparison",
    between=", ",
    coverage="{used} of {passages} passages from {documents} documents{repeats}.",
    repeats=", {reprints} reprints",
    group="Group: {names}",
    branches="Branches: {names}",
    included="Included: {names}",
    headline="Summary",
    themes="Themes",
    figures="Figures",
    columns=("Indicator", "Value", "As of", "Sources"),
    plan="plan",
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
    more="… and {count} more; --csv, --markdown and --json list them all.",
    indicator="Indicator",
)


def wording(language: str) -> Wording:
    """The words of a language: `en`, or Chinese."""
    return _ENGLISH if language == "en" else _CHINESE


def coverage_line(coverage: Coverage, words: Wording) -> str:
    """How much of what there is was used, in a sentence."""
    reprints = coverage.reprints
    return words.coverage.format(
        documents=coverage.documents,
        passages=coverage.passages,
        used=coverage.used,
        repeats=words.repeats.format(reprints=reprints) if reprints else "",
    )


def source_line(citation: Citation, words: Wording) -> str:
    """Title, publisher, date, page and document of a source, and what else holds it."""
    page = words.page.format(page=citation.page) if citation.page is not None else ""
    names = words.between.join(citation.reprints)
    copies = words.reprints.format(names=names) if names else ""
    about = (citation.title, citation.publisher, citation.published, page, citation.document, copies)
    return " · ".join(filter(None, about))
