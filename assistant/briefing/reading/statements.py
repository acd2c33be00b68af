"""Passages to statements, each with the companies that it is stated of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from assistant.answering.evidence.units import Unit
from assistant.briefing.dating.datelines import dateline
from assistant.briefing.dating.years import Written, written
from assistant.briefing.material import Statement
from assistant.briefing.reading.emptiness import states_nothing
from assistant.briefing.reading.speakers import Part, Speakers
from assistant.companies import Catalogue
from assistant.companies.resolution import Mentions, read
from assistant.records import BlockKind, DocumentView, ParsedDocument, Passage


class Reader:
    """Reads what passages state. Keeps one document open, so those of one are to come next to each other."""

    def __init__(self, view: Callable[[str], DocumentView], catalogue: Catalogue) -> None:
        """`view` gives a document by its name."""
        self._view = view
        self._catalogue = catalogue
        self._open: tuple[str, ParsedDocument, Speakers] | None = None

    def statements(self, passages: Sequence[Passage]) -> Iterator[Statement]:
        """What the passages state, in their order, without captions and notices that state nothing."""
        for passage in passages:
            parsed, speakers = self._document(passage.document)
            article = parsed.articles[passage.article]
            around = speakers.around(article)
            when = written(passage.metadata, parsed.clean.text, dateline(passage, parsed))
            for unit, part in speakers.parts(passage, article):
                text = passage.text[part.start - passage.start : part.end - passage.start]
                if not states_nothing(text, passage):
                    owners = speakers.owners(unit, article)
                    yield _statement(unit, part, text.rstrip(), around, when, owners)

    def companies_of(self, passage: Passage) -> set[str]:
        """The companies that a passage states something of."""
        return {name for statement in self.statements((passage,)) for name in statement.companies}

    def _document(self, name: str) -> tuple[ParsedDocument, Speakers]:
        if self._open is None or self._open[0] != name:
            parsed = self._view(name).parsed
            mentions = _mentions(parsed, self._catalogue)
            self._open = name, parsed, Speakers(mentions, lambda passage: bool(dateline(passage, parsed)))
        return self._open[1:]


def _mentions(parsed: ParsedDocument, catalogue: Catalogue) -> Mentions:
    blocks = [block for article in parsed.articles for block in article.blocks]
    rows = [(block.start, block.end) for block in blocks if block.kind in (BlockKind.HEAD, BlockKind.ROW)]
    heads = [block.start for block in blocks if block.kind is BlockKind.HEADING]
    return read(parsed.clean.text, catalogue, rows, heads)


def _statement(
    unit: Unit,
    part: Part,
    text: str,
    around: tuple[str, ...],
    when: Written,
    owners: tuple[tuple[str, str], ...],
) -> Statement:
    passage = unit.passage
    return Statement(
        passage,
        text,
        part.start,
        part.start + len(text),
        next(iter(part.companies), ""),
        is_row="\t" in text,
        year=when.year,
        before=passage.text[unit.sentence[0] : part.start - passage.start],
        companies=part.companies,
        around=around,
        time=when.time,
        owners=owners,
    )
