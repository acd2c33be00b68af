"""What the pages are tried on: text that means harm, sources and documents, and a reader of HTML."""

from __future__ import annotations

import random
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path

from assistant.mapped_text import MappedText
from assistant.records import Article, Block, Citation, DocumentInfo, DocumentView, Metadata, ParsedDocument
from assistant.service import Assistant
from assistant.settings import Settings

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=http://evil.example/a.png onerror=x>",
    "![图](http://evil.example/a.png)",
    "[链接](javascript:alert(1))",
    "$x^2$",
    "# 标题",
    "`代码`",
    "&lt;b&gt;&#38;",
    "</div></span>",
    '" onmouseover="x',
    "{0}{style}",
    ":smile:",
    "\x00\x1b",
    "\ud800",
    "\r\n",
    "投入280万元。",
    " ",
)


def ingested(directory: Path, texts: Mapping[str, str]) -> Settings:
    """The settings of an index of these texts, by file name, found by words only."""
    seeds = directory / "seeds"
    seeds.mkdir()
    for name, text in texts.items():
        (seeds / name).write_text(text, encoding="utf-8")
    settings = Settings(storage=directory / "storage", seeds=seeds, embedder="none")
    with Assistant.open(settings) as assistant:
        assistant.ingest([seeds])
    return settings


class Reader(HTMLParser):
    """What a browser would make of a piece of HTML: its tags and its text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def hostile_texts(count: int = 300) -> list[str]:
    generator = random.Random(7)
    return ["".join(generator.choices(HOSTILE, k=generator.randint(1, 9))) for _ in range(count)]


def citation(**fields: object) -> Citation:
    given: dict[str, object] = {
        "n": 1,
        "document": "a.txt",
        "title": "标题",
        "published": "2020-07-15",
        "publisher": "某报",
        "page": None,
        "quote": "投入280万元。",
        "start": 0,
        "end": 8,
        "clean_start": 0,
        "clean_end": 8,
    }
    return Citation(**(given | fields))  # type: ignore[arg-type]


def view(
    raw: str,
    clean: MappedText,
    *blocks: Block,
    metadata: Metadata = Metadata(),  # noqa: B008
    pages: tuple[int, ...] = (),
) -> DocumentView:
    """A document of one article."""
    info = DocumentInfo("a.txt", "标题", "", "", "", "", "", (), 1, "ready", "", "txt", len(pages))
    return DocumentView(info, raw, ParsedDocument(clean, metadata, (Article(metadata, blocks),), pages))
