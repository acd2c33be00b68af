"""A document from its file to its passages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.mapped_text import MappedText


class DocumentKind(StrEnum):
    """What sort of document it is."""

    NEWS = "news"
    REPORT = "report"
    ANNOUNCEMENT = "announcement"
    WHITE_PAPER = "white_paper"
    POLICY = "policy"
    SLIDES = "slides"
    SHEET = "sheet"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document or article says about itself; an empty string where it does not say.

    `published` is `YYYY-MM-DD`, or as much of it as is known, or an issue (`2020年第15期`). `kind` is a
    `DocumentKind`. `period` is what a periodic report reports on: a year and `FY`, `H1` or `Q1` to `Q4`
    (`2022FY`, `2022H1`, `2022Q3`).
    """

    title: str = ""
    published: str = ""
    publisher: str = ""
    author: str = ""
    kind: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """What the rows of one table share: the line that names it, its unit, its column heads left to right."""

    caption: str = ""
    unit: str = ""
    heads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Joined lines, a headline, or a row of a table.

    `heading`: it stands alone and ends no sentence; `level` is its rank, 1 the highest, 0 where unknown.
    `vertical`: it was set top to bottom. `column` is the width, in Chinese characters, of the column that it
    was set in; 0 where lines were not wrapped. Of a row, `text` holds the cells with a tab between them and
    `table` what it shares with the other rows; the row of the column heads is a `heading` too.
    """

    text: MappedText
    heading: bool
    vertical: bool = False
    column: float = 0.0
    level: int = 0
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Extract:
    """What a reader makes of a file.

    `raw` is the text in reading order: the one that citations count in. `paragraphs` map to it; None where
    the format knows only lines, which are then joined by the look of them. `pages` are the raw offsets at
    which the pages begin, empty where the format has none. `properties` is what the file's own properties
    say. `notes` are lines for the user on what could not be read (pages that hold only pictures).
    """

    form: str
    raw: str
    paragraphs: tuple[Paragraph, ...] | None = None
    pages: tuple[int, ...] = ()
    properties: Metadata = Metadata()
    notes: tuple[str, ...] = ()


class BlockKind(StrEnum):
    """What a block of cleaned text is. `HEAD` is the row of a table's column heads, `ROW` any other row."""

    TITLE = "title"
    HEADING = "heading"
    BYLINE = "byline"
    CAPTION = "caption"
    TEXT = "text"
    HEAD = "head"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, headline, byline, caption or row: `clean_text[start:end]`.

    `level` is that of a heading, `table` what a row shares with the rows around it.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a document: its metadata, the companies it is about and its blocks in text order.

    A headline that stands after its article is among its blocks all the same.
    """

    metadata: Metadata
    blocks: tuple[Block, ...]
    companies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """A document after cleaning: its whole cleaned text, its articles in text order, its own metadata.

    `pages` are the raw offsets at which the pages begin, empty where the format has none.
    """

    clean: MappedText
    metadata: Metadata
    articles: tuple[Article, ...]
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences, or of whole rows of a table: the unit that is indexed and retrieved.

    `text == clean_text[start:end]`. `article` is the place of its article in the document, from 0.
    `section` is the path of headings that it stands under, the highest first, ` › ` between them. `table` is
    what its rows share, in one line. `front` marks title and byline lines, which say who wrote an article,
    when and where, and nothing of its subject. `companies` are the ones it is about, in the order named.
    `page` is the one that it begins on, from 1.
    """

    id: str
    document: str
    ordinal: int
    text: str
    start: int
    end: int
    metadata: Metadata
    section: str = ""
    companies: tuple[str, ...] = ()
    page: int | None = None
    front: bool = False
    article: int = 0
    table: str = ""


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """One row of the list of documents, as `documents --json` prints it.

    `form` is the file's format, `pages` how many it has (0 where the format has none), `reprints` the
    documents that hold the same article.
    """

    document: str
    title: str
    published: str
    publisher: str
    author: str
    kind: str
    period: str
    companies: tuple[str, ...]
    passages: int
    status: str
    reason: str
    form: str = ""
    pages: int = 0
    notes: tuple[str, ...] = ()
    reprints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document raw and clean, for showing both side by side and highlighting a citation."""

    info: DocumentInfo
    raw: str
    parsed: ParsedDocument


@dataclass(frozen=True, slots=True)
class CompanyInfo:
    """One row of the list of companies, as `companies --json` prints it.

    `parent` is the group it belongs to, empty for none. `aliases` are the other forms under which the corpus
    names it. `passages` counts those that are about it, `documents` names the ones they stand in.
    """

    name: str
    parent: str
    aliases: tuple[str, ...]
    passages: int
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filters:
    """What a search is limited to; an empty field limits nothing, several values of one field are or-ed.

    `since` and `until` are dates (`YYYY`, `YYYY-MM` or `YYYY-MM-DD`), both included.
    """

    documents: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    title: str = ""
    section: str = ""
    since: str = ""
    until: str = ""
