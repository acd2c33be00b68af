"""Questions about an article itself: who wrote it, when and where it appeared, what it is called."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answering.understanding.interrogatives import Field
from assistant.answering.understanding.question import Query
from assistant.articles.dates import read_date
from assistant.folding import fold
from assistant.passages import sentences
from assistant.records import Passage, ScoredPassage

_ASKING = re.compile(
    r"作者|谁|写|文章|报道|篇|一文|标题|题目|发布|发表|刊登|刊发|刊载|时间|日期|哪|来源|"
    r"出处|报纸|媒体|杂志|出自|登在|期|版|部分|一部|讲|介绍|综述|记者|新闻|署名|出版|刊物|叫|这|那|本"
)
"""What a term that only asks for the article has in it."""


@dataclass(frozen=True, slots=True)
class Line:
    """The stretch of a document that states the field: `clean_text[start:end]`, and the value within it."""

    passage: Passage
    start: int
    end: int
    text: str
    value: tuple[int, int] | None


def find_line(
    query: Query, found: Sequence[ScoredPassage], passages: Callable[[str], Sequence[Passage]]
) -> Line | None:
    """The line that states what is asked of the article which the question means; None if it states nothing.

    Args:
        query: a question with a `field`.
        found: retrieved passages, best first.
        passages: all passages of a document in text order, by its name.
    """
    if query.field is None or (meant := _meant(query, found)) is None:
        return None
    value = _value(query.field, meant)
    if not value:
        return None
    candidates = sorted(
        passages(meant.document), key=lambda p: (not p.front, p.metadata.title != meant.metadata.title)
    )
    for passage in candidates:
        line = _line(passage, value, query.field)
        if line is not None:
            return line
    return None


def _meant(query: Query, found: Sequence[ScoredPassage]) -> Passage | None:
    """The article whose title and text hold most of the question's words, then the retriever's choice.

    A question that says nothing of the article means one only where there is just one.
    """
    words = [word for word in query.terms if len(word) > 1 and not _ASKING.search(word)]
    articles = {(item.passage.document, item.passage.metadata.title) for item in found}
    if not words and not query.companies and len(articles) > 1:
        return None
    best: tuple[float, Passage] | None = None
    for position, item in enumerate(found):
        passage = item.passage
        named = {*query.subjects(passage), *query.catalogue.find(passage.metadata.title)}
        if query.companies and not named & set(query.companies):
            continue
        title = fold(passage.metadata.title)
        body = fold(f"{passage.text} {passage.section}")
        score = sum(2.0 if word in title else 1.0 if word in body else 0.0 for word in words)
        score += 1.0 if query.companies and query.subjects(passage)[:1] == query.companies[:1] else 0.0
        score -= 0.1 * position
        if best is None or score > best[0]:
            best = (score, passage)
    if best is None or (words and best[0] < 0.8 * len(words)):
        return None
    return best[1]


def _value(field: Field, passage: Passage) -> str:
    metadata = passage.metadata
    return {
        Field.AUTHOR: metadata.author,
        Field.PUBLISHED: metadata.published,
        Field.PUBLISHER: metadata.publisher,
        Field.TITLE: metadata.title,
    }[field]


def _line(passage: Passage, value: str, field: Field) -> Line | None:
    """The line of a byline passage, or the sentence of another, that states the value."""
    for start, end in sentences(passage.text):
        text = passage.text[start:end]
        at = text.find(value)
        if at >= 0:
            return Line(passage, passage.start + start, passage.start + end, text, (at, at + len(value)))
        if field is Field.PUBLISHED and read_date(fold(text)) == value:
            return Line(passage, passage.start + start, passage.start + end, text, None)
        if field is Field.AUTHOR and all(name in text for name in value.split()):
            return Line(passage, passage.start + start, passage.start + end, text, None)
    return None
