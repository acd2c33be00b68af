"""A conversation as a Markdown document, with the sources of each answer.

All that was typed or comes from documents goes through `literal`; the only Markdown is our own.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import fields
from itertools import groupby

from assistant.exports.conversation_wording import ConversationWording, conversation_wording
from assistant.exports.documents import source_blocks
from assistant.exports.escaping import literal
from assistant.exports.wording import wording
from assistant.records import Answer, Filters
from assistant.records.conversations import Conversation, Exchange

_BULLET = "· "
_ESCAPED_MARK = re.compile(r"(?<=[^\n])\\\[(\d{1,4})\\\](?![(:])")
_NEXT_LINE = "  \n"


def conversation_markdown(
    conversation: Conversation, exchanges: Sequence[Exchange], language: str = "zh"
) -> str:
    """A conversation as a document to be filed: questions, answers, the numbered sources of each.

    Args:
        exchanges: those that are shown, in their order.
        language: of headings and labels, `zh` or `en`; what was asked and quoted stays as it is.
    """
    words = conversation_wording(language)
    date = f"{conversation.changed[:16].replace('T', ' ')} UTC"
    blocks = [
        f"# {literal(conversation.title)}",
        words.questions.format(date=date, count=len(exchanges)),
    ]
    for place, exchange in enumerate(exchanges, 1):
        blocks += _exchange(place, exchange, words, language)
    return "\n\n".join(block for block in blocks if block) + "\n"


def _exchange(place: int, exchange: Exchange, words: ConversationWording, language: str) -> Iterator[str]:
    yield f"## {place}. {literal(exchange.question)}"
    yield _NEXT_LINE.join(f"*{line}*" for line in _about(exchange, words))
    answer = exchange.answer
    notices = answer.notices if answer else exchange.notices
    yield from (f"> {literal(notice)}" for notice in notices)
    if answer:
        yield from _answer(answer, words)
    else:
        yield from _text(exchange.text or exchange.superseded, ())
        trouble = words.failed.format(text=exchange.error) if exchange.error else words.interrupted
        yield f"*{literal(trouble)}*"
    if exchange.rating:
        yield " — ".join(filter(None, (words.ratings[exchange.rating], literal(exchange.comment))))
    if answer and answer.citations:
        yield f"### {words.sources}"
        yield from source_blocks(answer.citations, wording(language))


def _about(exchange: Exchange, words: ConversationWording) -> Iterator[str]:
    """How the question was understood and what it was limited to, a line each."""
    limits = words.between.join(_limits(exchange.filters, words))
    dropped = words.between.join(hint.value for hint in exchange.dropped)
    rewritten = exchange.answer.rewritten if exchange.answer else ""
    told = ((words.understood, rewritten), (words.limited, limits), (words.without, dropped))
    yield from (literal(label.format(text=text)) for label, text in told if text)


def _limits(filters: Filters, words: ConversationWording) -> Iterator[str]:
    for field in fields(filters):
        value: str | tuple[str, ...] = getattr(filters, field.name)
        if value:
            shown = value if isinstance(value, str) else words.between.join(value)
            yield f"{words.filters.get(field.name, field.name)} {shown}"


def _answer(answer: Answer, words: ConversationWording) -> Iterator[str]:
    if verdict := words.verdicts.get(answer.verdict):
        yield f"**{verdict}**"
    yield from _text(answer.text, {citation.n for citation in answer.citations})
    doubted = [sentence.text for sentence in answer.sentences if not sentence.grounded]
    yield "\n".join(f"- {literal(words.unverified.format(text=text))}" for text in doubted)


def _text(text: str, cited: Collection[int]) -> Iterator[str]:
    """Paragraphs and lists of a text, with the marks of its sources."""
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        lines = [line for line in paragraph.split("\n") if line.strip()]
        for is_list, group in groupby(lines, lambda line: line.startswith(_BULLET)):
            if is_list:
                yield "\n".join(f"- {_line(line.removeprefix(_BULLET), cited)}" for line in group)
            else:
                yield _NEXT_LINE.join(_line(line, cited) for line in group)


def _line(line: str, cited: Collection[int]) -> str:
    """The line, escaped; but for marks of its sources that cannot become a link."""
    return _ESCAPED_MARK.sub(lambda mark: f"[{mark[1]}]" if int(mark[1]) in cited else mark[0], literal(line))
