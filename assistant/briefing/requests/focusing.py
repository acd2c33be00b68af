"""Which statements are on a topic, by its words as questions are matched: synonyms count."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.answering.evidence.matching import hit
from assistant.briefing.material import Statement
from assistant.folding import fold, tokenize

_NEAR = 0.6
"""A word is said where it stands, by a synonym, or by all its parts."""
_ASPECTS = re.compile(r"[、,，]|以及|[和与及](?=.{2})")
_GENERAL = re.compile(
    "工作|情况|方面|领域|建设|发展|成[效果绩就]|经验|做法|举措|措施|进展|业务|服务|活动|贡献|亮点|行动|任务|项目|能力|特点|优势|现状|"
    "历程|动态|事迹|部署|实践|表现|问题|效果|作用|布局|推进|开展|相关|主要|具体"
)
"""Words of a topic that tell it from no other, unless it has no more."""


def on_topic(topic: str) -> Callable[[Statement], bool]:
    """Whether a statement, or the heading above it, holds the words of one of the topic's aspects."""
    aspects = [words for part in _ASPECTS.split(fold(topic)) if (words := _words(part))]

    def is_on_it(statement: Statement) -> bool:
        text = fold(f"{statement.passage.section} {statement.before} {statement.text}")
        return any(all(hit(word, text) >= _NEAR for word in words) for words in aspects)

    return is_on_it


def _words(aspect: str) -> list[str]:
    words = [word for word in dict.fromkeys(tokenize(aspect)) if len(word) > 1]
    return [word for word in words if not _GENERAL.fullmatch(word)] or words
