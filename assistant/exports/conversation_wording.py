"""What a conversation as Markdown says in Chinese and in English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.records import Verdict
from assistant.records.conversations import Rating


@dataclass(frozen=True, slots=True)
class ConversationWording:
    """The words of one language; braces are filled in. `filters` are the names of the fields of `Filters`."""

    questions: str
    understood: str
    limited: str
    filters: Mapping[str, str]
    without: str
    between: str
    verdicts: Mapping[Verdict, str]
    unverified: str
    interrupted: str
    failed: str
    sources: str
    ratings: Mapping[Rating, str]


_CHINESE = ConversationWording(
    questions="对话 · {date} · {count} 个问题",
    understood="理解为：{text}",
    limited="限定：{text}",
    filters={
        "documents": "文件",
        "companies": "公司",
        "kinds": "类型",
        "periods": "报告期",
        "publishers": "来源",
        "authors": "作者",
        "title": "标题",
        "section": "章节",
        "since": "起",
        "until": "止",
    },
    without="未按此检索：{text}",
    between="、",
    verdicts={Verdict.PARTIAL: "部分回答", Verdict.REFUSE: "资料中没有答案"},
    unverified="未核实：{text}",
    interrupted="已停止",
    failed="未能回答：{text}",
    sources="来源",
    ratings={Rating.UP: "评价：有用", Rating.DOWN: "评价：没用"},
)
_ENGLISH = ConversationWording(
    questions="Conversation · {date} · {count} questions",
    understood="Understood as: {text}",
    limited="Limited to: {text}",
    filters={
        "documents": "documents",
        "companies": "companies",
        "kinds": "kinds",
        "periods": "periods",
        "publishers": "publishers",
        "authors": "authors",
        "title": "title",
        "section": "section",
        "since": "since",
        "until": "until",
    },
    without="Not searched by: {text}",
    between=", ",
    verdicts={Verdict.PARTIAL: "Partly answered", Verdict.REFUSE: "Not answered by the documents"},
    unverified="Unverified: {text}",
    interrupted="Stopped",
    failed="Not answered: {text}",
    sources="Sources",
    ratings={Rating.UP: "Rated helpful", Rating.DOWN: "Rated not helpful"},
)


def conversation_wording(language: str) -> ConversationWording:
    """The words of a language: `en`, or Chinese."""
    return _ENGLISH if language == "en" else _CHINESE
