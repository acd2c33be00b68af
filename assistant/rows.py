"""The rows of the database as values of the program, and back."""

from __future__ import annotations

import json
import sys
from array import array
from collections.abc import Iterable
from typing import Any, Protocol

from assistant.mapped_text import MappedText
from assistant.records import Article, Block, BlockKind, DocumentInfo, Metadata, ParsedDocument, Passage

INFO = "name, title, published, publisher, author, companies, passages, status, reason"
PASSAGE = (
    'id, document, ordinal, start, "end", text, page, section, companies, title, published, publisher, author'
)


class Row(Protocol):
    """A row whose columns are found by name."""

    def __getitem__(self, column: str, /) -> Any: ...


def to_info(row: Row) -> DocumentInfo:
    """A document's line in the list, from the `INFO` columns."""
    values = {name: row[name] for name in INFO.split(", ")}
    return DocumentInfo(
        document=values.pop("name"), companies=tuple(json.loads(values.pop("companies"))), **values
    )


def passage_columns(passage: Passage) -> tuple[object, ...]:
    """The columns `PASSAGE` of a passage."""
    about = passage.metadata
    place = (
        passage.id,
        passage.document,
        passage.ordinal,
        passage.start,
        passage.end,
        passage.text,
        passage.page,
    )
    return *place, passage.section, to_json(passage.companies), *metadata_columns(about)


def metadata_columns(metadata: Metadata) -> tuple[str, str, str, str]:
    """Title, date, publisher, author."""
    return metadata.title, metadata.published, metadata.publisher, metadata.author


def _metadata(row: Row) -> Metadata:
    return Metadata(row["title"], row["published"], row["publisher"], row["author"])


def to_passage(row: Row) -> Passage:
    """The passage of a row."""
    return Passage(
        id=row["id"],
        document=row["document"],
        ordinal=row["ordinal"],
        text=row["text"],
        start=row["start"],
        end=row["end"],
        metadata=_metadata(row),
        section=row["section"],
        companies=tuple(json.loads(row["companies"])),
        page=row["page"],
    )


def parsed_columns(parsed: ParsedDocument) -> tuple[str, bytes, str]:
    """Cleaned text, offsets and articles of a document."""
    articles = [
        {
            "metadata": metadata_columns(article.metadata),
            "companies": article.companies,
            "blocks": [(block.kind.value, block.start, block.end) for block in article.blocks],
        }
        for article in parsed.articles
    ]
    return parsed.clean.text, _bytes(parsed.clean.offsets), to_json(articles)


def to_parsed(row: Row) -> ParsedDocument:
    """The parsed document of a row."""
    articles = tuple(
        Article(
            Metadata(*article["metadata"]),
            tuple(Block(BlockKind(kind), start, end) for kind, start, end in article["blocks"]),
            tuple(article["companies"]),
        )
        for article in json.loads(row["articles"])
    )
    return ParsedDocument(MappedText(row["clean"], _offsets(row["offsets"])), _metadata(row), articles)


def _bytes(offsets: array[int]) -> bytes:
    """Four bytes a number, little-endian, whatever the machine."""
    numbers = array("I", offsets)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


def _offsets(data: bytes) -> array[int]:
    numbers = array("I", data)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def to_json(value: Iterable[object]) -> str:
    """A sequence as a JSON list."""
    return json.dumps(list(value), ensure_ascii=False)
