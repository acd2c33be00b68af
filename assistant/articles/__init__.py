"""Raw text to a cleaned document: its articles, each with its own metadata and blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant import companies
from assistant.articles import headlines, kinds, metadata, structured, titles
from assistant.cleaning.characters import drop_invisible
from assistant.cleaning.furniture import drop_furniture
from assistant.cleaning.lines import join_lines, split_lines
from assistant.cleaning.pinyin import strip_readings
from assistant.folding import fold
from assistant.mapped_text import MappedText
from assistant.records import Article, Block, BlockKind, Extract, Metadata, Paragraph, ParsedDocument

_CAPTION = re.compile(
    r"^(?:图为|图[\d一二三四五六七八九十]+|▲|△|▼)|[(（](?:左|右|中|前排|后排|前|后)[一二三四五六七八九十\d中前后左右]{0,3}[)）]"
)


@dataclass(slots=True)
class _Item:
    """A paragraph with its place in the cleaned text."""

    kind: BlockKind
    paragraph: Paragraph
    start: int
    byline: Metadata | None = None
    free: bool = False
    """A headline that may belong to the text before it as well as to the text after it."""

    @property
    def text(self) -> str:
        return self.paragraph.text.text

    @property
    def block(self) -> Block:
        return Block(self.kind, self.start, self.start + len(self.paragraph.text))


@dataclass(slots=True)
class _Draft:
    """An article while it is put together."""

    items: list[_Item] = field(default_factory=list)
    title: str = ""
    label: str = ""
    byline: Metadata = field(default_factory=Metadata)

    @property
    def texts(self) -> list[str]:
        return [item.text for item in self.items if item.kind is BlockKind.TEXT]


def parse(extract: Extract) -> ParsedDocument:
    """Clean what a reader extracted and find its articles.

    Every span of the result counts in `clean.text`; `clean.raw_span` leads back to the raw text. A text in
    which nothing is left has no articles.
    """
    if extract.paragraphs is not None:
        return structured.parse(extract)
    text = strip_readings(drop_invisible(MappedText.identity(extract.raw)))
    paragraphs = drop_furniture(join_lines(split_lines(text)))
    clean = MappedText.stack(paragraph.text for paragraph in paragraphs)
    items = _classify(paragraphs)
    _head_with_name(items)
    drafts = [draft for draft in _articles(items) if draft.items]
    document = _document_metadata(drafts, extract.form)
    return ParsedDocument(clean, document, tuple(_finish(draft, document) for draft in drafts), extract.pages)


def _classify(paragraphs: Sequence[Paragraph]) -> list[_Item]:
    items: list[_Item] = []
    start = 0
    for paragraph in paragraphs:
        text = paragraph.text.text
        byline = None if paragraph.vertical else metadata.read_byline(text)
        if byline is not None:
            kind = BlockKind.BYLINE
        elif _CAPTION.search(fold(text)) and (paragraph.heading or len(text) < 80):
            kind = BlockKind.CAPTION
        else:
            kind = BlockKind.HEADING if paragraph.heading else BlockKind.TEXT
        items.append(_Item(kind, paragraph, start, byline))
        start += len(paragraph.text) + 1
    return items


def _head_with_name(items: Sequence[_Item]) -> None:
    """Take a name on the first line, right above text, for the headline where it is no signature.

    A signature needs a headline that it signs; and what the first sentence speaks of is its subject.
    """
    below = next((item for item in items if item.kind is not BlockKind.BYLINE), None)
    if below is None or below.kind is not BlockKind.TEXT or not metadata.is_person(items[0].text):
        return
    if titles.is_spoken_of(items[0].text, below.text) or not _is_headlined(items):
        items[0].kind, items[0].byline = BlockKind.HEADING, None


def _is_headlined(items: Sequence[_Item]) -> bool:
    """Whether one of the articles has a title, as the items stand."""
    return any(draft.title for draft in _articles([replace(item) for item in items]))


def _articles(items: list[_Item]) -> list[_Draft]:
    """Cut the page at its bylines, then give the parts without a headline of their own the free ones."""
    regions = _regions(items)
    if not any(map(_has_free_headlines, regions)):
        return [_one_article(region) for region in regions]
    pool: list[list[_Item]] = []
    drafts: list[_Draft] = []
    for region in regions:
        bare = not any(item.kind is BlockKind.HEADING for item in region)
        if bare or _has_free_headlines(region):
            pool.append(region)
        else:
            drafts.append(_one_article(region))
    return sorted([*drafts, *_assigned(pool)], key=lambda draft: draft.items[0].start if draft.items else 0)


def _regions(items: list[_Item]) -> list[list[_Item]]:
    """Runs that one byline signs: a byline after text closes the article above it."""
    regions: list[list[_Item]] = [[]]
    has_text = False
    last_text = max((at for at, item in enumerate(items) if item.kind is BlockKind.TEXT), default=-1)
    for at, item in enumerate(items):
        regions[-1].append(item)
        has_text = has_text or item.kind is BlockKind.TEXT
        signs = item.kind is BlockKind.BYLINE and not _follows_headline(items, at)
        if signs and has_text and at < last_text:
            regions.append([])
            has_text = False
    return regions


def _follows_headline(items: list[_Item], at: int) -> bool:
    """Whether the byline stands below a headline, and so signs what comes after it."""
    return at > 0 and items[at - 1].kind is BlockKind.HEADING


def _has_free_headlines(region: list[_Item]) -> bool:
    """Whether text stands first and a headline last, so that headlines here follow their articles."""
    kinds = [
        item.kind
        for item in region
        if item.kind in (BlockKind.HEADING, BlockKind.TEXT) and not item.paragraph.vertical
    ]
    return kinds[:1] == [BlockKind.TEXT] and kinds[-1] is BlockKind.HEADING


def _one_article(region: list[_Item]) -> _Draft:
    """A region whose headlines stand above their text: the first is the title, the others are sections."""
    draft = _Draft(items=region)
    for item in region:
        if item.byline:
            draft.byline = metadata.merge(draft.byline, item.byline)
    title = _title_of(region)
    if title is not None:
        title.kind = BlockKind.TITLE
        draft.title = title.text
    return draft


def _title_of(region: list[_Item]) -> _Item | None:
    """The headline of a region: the last one above the byline or the text, unless bold lines lead it."""
    byline = next((i for i, item in enumerate(region) if item.kind is BlockKind.BYLINE), None)
    first_text = next((i for i, item in enumerate(region) if item.kind is BlockKind.TEXT), len(region))
    head = [
        item for item in region[:first_text] if item.kind is BlockKind.HEADING and not item.paragraph.vertical
    ]
    if not head and byline is not None:
        head = [item for item in region[max(0, byline - 1) : byline] if item.kind is BlockKind.HEADING]
    long_enough = [item for item in head if len(item.text) >= 6] or head
    return long_enough[0] if long_enough else None


def _assigned(regions: list[list[_Item]]) -> list[_Draft]:
    """The articles of regions whose headlines stand after or between them."""
    items = [item for region in regions for item in region]
    starts = {id(region[0]) for region in regions[1:] if region}
    free = [item for item in items if item.kind is BlockKind.HEADING and not item.paragraph.vertical]
    texts = [item for item in items if item.kind is BlockKind.TEXT]
    if not headlines.can_assign(len(free), len(texts)):
        return [_one_article(region) for region in regions]
    pieces = _pieces(items, free, starts)
    owner = headlines.assign([item.text for item in free], pieces)
    drafts: list[_Draft] = []
    for text, number in zip(texts, owner, strict=True):
        if not drafts or drafts[-1].title != free[number].text:
            free[number].kind = BlockKind.TITLE
            drafts.append(_Draft(items=[free[number]], title=free[number].text))
        drafts[-1].items.append(text)
    _attach_the_rest(items, drafts)
    return drafts


def _pieces(items: list[_Item], free: list[_Item], starts: set[int]) -> list[headlines.Piece]:
    pieces: list[headlines.Piece] = []
    waiting: list[int] = []
    breaks = False
    for item in items:
        breaks = breaks or id(item) in starts or item.paragraph.vertical
        if item in free:
            waiting.append(free.index(item))
            if pieces:
                pieces[-1] = replace(pieces[-1], followed_by=(*pieces[-1].followed_by, free.index(item)))
        elif item.kind is BlockKind.TEXT:
            pieces.append(
                headlines.Piece(item.text, item.paragraph.column, preceded_by=tuple(waiting), breaks=breaks)
            )
            waiting, breaks = [], False
    return pieces


def _attach_the_rest(items: list[_Item], drafts: list[_Draft]) -> None:
    """Bylines and captions go to the article above them, a name set vertically to the one below."""
    for item in items:
        if item.paragraph.vertical:
            below = [draft for draft in drafts if any(i.start > item.start for i in draft.items[1:])]
            target = below[0] if below else drafts[-1]
            target.label = item.text
        elif item.kind in (BlockKind.BYLINE, BlockKind.CAPTION):
            above = [draft for draft in drafts if any(i.start < item.start for i in draft.items[1:])]
            target = above[-1] if above else drafts[0]
            target.byline = metadata.merge(target.byline, item.byline or Metadata())
        else:
            continue
        target.items.append(item)
    for draft in drafts:
        draft.items.sort(key=lambda item: item.start)


def _document_metadata(drafts: Sequence[_Draft], form: str) -> Metadata:
    """The page as a whole: what its articles agree on, and the title that speaks for all of them."""
    title, said = _main_title(drafts), Metadata()
    for draft in drafts:
        said = metadata.merge(said, draft.byline)
        if draft.texts:
            said = metadata.merge(said, metadata.read_lead(draft.texts[0]))
    texts = [text for draft in drafts for text in draft.texts]
    bylines = "\n".join(
        item.text for draft in drafts for item in draft.items if item.kind is BlockKind.BYLINE
    )
    kind = kinds.decide(
        title,
        form,
        signed=metadata.is_signed(replace(said, title=title), bylines, texts),
        official=kinds.is_official([title.split("关于")[0]], texts),
    )
    period = kinds.period_of_kind(kind, title)
    return replace(said, title=title, kind=kind.value, period=period)


def _main_title(drafts: Sequence[_Draft]) -> str:
    """The first article's title, or on a page of free headlines the one that names the page's company."""
    found = [draft.title for draft in drafts if draft.title]
    if not found:
        first = next((text for draft in drafts for text in draft.texts), "")
        return re.split(r"[。！？!?]", first)[0][:40]
    led = drafts[0].items[0].kind is BlockKind.TITLE and drafts[0].title
    main = companies.about([text for draft in drafts for text in draft.texts])
    naming = [title for title in found if main and main[0] in companies.find(title)]
    return drafts[0].title if led else (naming or found)[0]


def _finish(draft: _Draft, document: Metadata) -> Article:
    own = draft.byline
    if draft.texts:
        own = metadata.merge(own, metadata.read_lead(draft.texts[0]))
    own = metadata.merge(replace(own, title=draft.title), document)
    label = tuple(companies.find(draft.label))
    return Article(own, tuple(item.block for item in draft.items), label)
