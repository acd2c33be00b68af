"""What the assistant says of its own in an answer; everything else is the sources' or a model's."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "refuse": "资料中没有找到能回答这个问题的内容。",
        "excluded": "没有资料符合所选的范围，请放宽或更正筛选条件。",
        "empty": "资料库里还没有可以检索的资料。",
        "greeted": "这里只根据资料原文回答问题，请就资料提问。",
        "nearest": "最接近的资料：{titles}。",
        "between": "、",
        "partial": "资料中没有找到{names}的相关内容。",
        "uncited": "模型的回答没有注明任何出处。",
        "fell_back": "{error} 以下改由引文引擎直接引用原文回答。",
    },
    "en": {
        "refuse": "The documents do not answer this question.",
        "excluded": "No document fits the filters; widen or correct them.",
        "empty": "There is no document to search yet.",
        "greeted": "Answers come from the documents only; ask about them.",
        "nearest": " Closest documents: {titles}.",
        "between": ", ",
        "partial": "The documents do not say this of {names}.",
        "uncited": "The model's answer cites no source.",
        "fell_back": "{error} The quoting engine answers from the source text instead.",
    },
}
_ENDS = ("refuse", "excluded", "empty", "greeted")
_REFUSALS = tuple(texts[name] for texts in TEXTS.values() for name in _ENDS)


def is_refusal(answer: str) -> bool:
    """Whether the text of an answer is a refusal, in either language; the titles in one were only near."""
    return answer.startswith(_REFUSALS)
