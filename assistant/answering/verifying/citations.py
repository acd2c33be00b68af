"""From a text with `[n]` marks to sentences with checked citations, each with a verbatim quote."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.answering.verifying.citation_marks import sentence_spans, split_marked, without_list_marker
from assistant.answering.verifying.grounding import grounded, missing
from assistant.folding import tokenize
from assistant.records import AnswerSentence, Source

# What a character of a longer quote must earn: a hundred more are worth a twentieth of the sentence's words.
_LENGTH_COST = 0.0005
_NUMBER_WEIGHT = 3.0


@dataclass(frozen=True, slots=True)
class Quote:
    """The place that number `n` cites: `text` is `clean_text[start:end]` of the source's document."""

    n: int
    source: Source
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class CitedText:
    """A text whose marks run from 1 in order of first use; `quotes[n - 1]` is what `[n]` cites."""

    text: str
    sentences: tuple[AnswerSentence, ...]
    quotes: tuple[Quote, ...]


def cite(text: str, sources: Sequence[Source], companies: Callable[[str], Sequence[str]]) -> CitedText:
    """Resolve the marks of a reply: choose each one's quote, number the quotes, check every sentence.

    Two sentences that cite one source share a number only if they cite the same place in it. A mark
    that names no source is dropped; a sentence left without any is not grounded.

    Args:
        text: a reply with `[n]` marks, where `n` is a `Source.n`.
        sources: what the reply was written from.
        companies: the company names that occur in a text.
    """
    numbered = {source.n: source for source in sources}
    quotes: list[Quote] = []
    sentences: list[AnswerSentence] = []
    pieces: list[str] = []
    for marked in split_marked(text):
        statement = without_list_marker(marked.text)
        cited = [numbered[n] for n in marked.marks if n in numbered]
        numbers = tuple(dict.fromkeys(_number(statement, source, quotes) for source in cited))
        names = companies(statement)
        known = [text for source in cited for text in known_texts(source)]
        known += [name for source in cited for name in companies(source.passage.text)] if names else []
        holds = bool(cited) and grounded(statement, known, names)
        sentences.append(AnswerSentence(marked.text, numbers, holds))
        pieces.append(_with_marks(marked.text, numbers) + ("\n" if marked.newline else _gap(marked.text)))
    return CitedText("".join(pieces).strip(), tuple(sentences), tuple(quotes))


def best_quote(sentence: str, text: str) -> tuple[int, int]:
    """The span in `text` of the one or two consecutive sentences that best support `sentence`.

    Those that lack the fewest of its figures and dates win; among them, those that share the most words
    for their length. A text without sentences is quoted whole.
    """
    weights = {token: _weight(token) for token in tokenize(sentence)}
    total = sum(weights.values()) or 1.0

    def merit(span: tuple[int, int]) -> tuple[int, float]:
        quote = text[span[0] : span[1]]
        shared = sum(weights.get(token, 0.0) for token in set(tokenize(quote)))
        return -len(missing(sentence, [quote])), shared / total - _LENGTH_COST * len(quote)

    return max(_candidates(text), key=merit, default=(0, len(text)))


def known_texts(source: Source) -> list[str]:
    """What a citation of the source may rely on: its passage, and what is known of the passage."""
    passage = source.passage
    metadata = passage.metadata
    about = [metadata.title, metadata.published, metadata.publisher, metadata.author, passage.section]
    return [source.text, passage.text, *filter(None, about), *passage.companies]


def _candidates(text: str) -> Iterator[tuple[int, int]]:
    spans = sentence_spans(text)
    yield from spans
    for (start, _), (_, end) in zip(spans, spans[1:], strict=False):
        yield start, end


def _weight(token: str) -> float:
    return _NUMBER_WEIGHT if any(character.isdigit() for character in token) else 1.0


def _number(sentence: str, source: Source, quotes: list[Quote]) -> int:
    """The number of the source's best quote for the sentence, appended to `quotes` if it is new."""
    start, end = best_quote(sentence, source.text)
    start, end = source.start + start, source.start + end
    for quote in quotes:
        if quote.source.passage.document == source.passage.document and (quote.start, quote.end) == (
            start,
            end,
        ):
            return quote.n
    text = source.text[start - source.start : end - source.start]
    quotes.append(Quote(len(quotes) + 1, source, start, end, text))
    return len(quotes)


def _with_marks(text: str, numbers: Sequence[int]) -> str:
    """The marks stand before the last full stop, where a reader of Chinese expects them."""
    marks = "".join(f"[{n}]" for n in numbers)
    body = text.rstrip("。！？!?.")
    return body + marks + text[len(body) :]


def _gap(text: str) -> str:
    """Sentences of a Latin script are set apart by a blank."""
    return " " if text[-1:].isascii() else ""
