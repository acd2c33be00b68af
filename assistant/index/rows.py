"""The values of the program as flat mappings, for the database, the vectors' metadata and JSON, and back."""

from __future__ import annotations

import json
import sys
from array import array
from collections.abc import Iterable
from dataclasses import asdict, fields
from typing import Any, Protocol

from assistant.mapped_text import MappedText
from assistant.records import (
    Article,
    Block,
    BlockKind,
    DocumentInfo,
    Metadata,
    ParsedDocument,
    Passage,
    Table,
)

METADATA = tuple(field.name for field in fields(Metadata))
_SAME = ("document", "ordinal", "start", "end", "text", "page", "section", "article")
_INFO = ("passages", "status", "reason", "form", *METADATA)
PARSED = ("companies", *METADATA, "pages", "articles", "offsets", "clean")
"""The columns of a document that say what was made of its text."""
INFO = ", ".join(("name", "companies", "notes", "length(pages) / 4 AS page_count", *_INFO))


class Row(Protocol):
    """A row whose columns are found by name."""

    def __getitem__(self, column: str, /) -> Any: ...


def passage_values(passage: Passage) -> dict[str, str | int | None]:
    """Everything that a passage holds, by column; `to_passage` leads back."""
    return {
        "id": passage.id,
        **{name: getattr(passage, name) for name in _SAME},
        "companies": to_json(passage.companies),
        "front": int(passage.front),
        "table_line": passage.table,
        **asdict(passage.metadata),
    }


def to_passage(row: Row) -> Passage:
    """The passage of a row or mapping."""
    return Passage(
        id=row["id"],
        **{name: row[name] for name in _SAME},
        companies=tuple(json.loads(row["companies"])),
        front=bool(row["front"]),
        table=row["table_line"],
        metadata=_metadata(row),
    )


def to_info(row: Row) -> DocumentInfo:
    """A document's line in the list, from the `INFO` columns."""
    return DocumentInfo(
        document=row["name"],
        companies=tuple(json.loads(row["companies"])),
        notes=tuple(json.loads(row["notes"])),
        pages=row["page_count"],
        **{name: row[name] for name in _INFO},
    )


def parsed_values(parsed: ParsedDocument) -> dict[str, str | bytes]:
    """The columns `PARSED` of a document; `to_parsed` leads back."""
    companies = dict.fromkeys(name for article in parsed.articles for name in article.companies)
    return {
        "companies": to_json(companies),
        **asdict(parsed.metadata),
        "pages": _bytes(array("I", parsed.pages)),
        "articles": _articles_to_json(parsed.articles),
        "offsets": _bytes(parsed.clean.offsets),
        "clean": parsed.clean.text,
    }


def to_parsed(row: Row) -> ParsedDocument:
    """The parsed document of a row."""
    return ParsedDocument(
        MappedText(row["clean"], _numbers(row["offsets"])),
        _metadata(row),
        tuple(_articles_from_json(row["articles"])),
        to_numbers(row["pages"]),
    )


def to_numbers(data: bytes) -> tuple[int, ...]:
    """The offsets that a column holds."""
    return tuple(_numbers(data))


def vector_to_bytes(vector: Iterable[float]) -> bytes:
    """Four bytes a number, little-endian."""
    return _bytes(array("f", vector))


def bytes_to_vector(data: bytes) -> list[float]:
    """The numbers of `vector_to_bytes`."""
    return _numbers(data, "f").tolist()


def to_json(value: Iterable[object]) -> str:
    """A sequence as a JSON list."""
    return json.dumps(list(value), ensure_ascii=False)


def _metadata(row: Row) -> Metadata:
    return Metadata(**{name: row[name] for name in METADATA})


def _articles_to_json(articles: Iterable[Article]) -> str:
    """The articles; the tables that their rows share are written once."""
    tables: dict[Table, int] = {}

    def number_of(table: Table | None) -> int | None:
        return None if table is None else tables.setdefault(table, len(tables))

    written = [
        {
            "metadata": asdict(article.metadata),
            "companies": article.companies,
            "blocks": [(b.kind, b.start, b.end, b.level, number_of(b.table)) for b in article.blocks],
        }
        for article in articles
    ]
    shared = [asdict(table) for table in tables]
    return json.dumps({"articles": written, "tables": shared}, ensure_ascii=False)


def _articles_from_json(text: str) -> Iterable[Article]:
    stored = json.loads(text)
    tables = [Table(t["caption"], t["unit"], tuple(t["heads"])) for t in stored["tables"]]
    for article in stored["articles"]:
        blocks = tuple(
            Block(BlockKind(kind), start, end, level, None if table is None else tables[table])
            for kind, start, end, level, table in article["blocks"]
        )
        yield Article(Metadata(**article["metadata"]), blocks, tuple(article["companies"]))


def _bytes(numbers: array[Any]) -> bytes:
    """Four bytes a number, little-endian, whatever the machine."""
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers.tobytes()


def _numbers(data: bytes, kind: str = "I") -> array[Any]:
    numbers: array[Any] = array(kind, data)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
