"""Web pages: the article without menus and footers, its tables as rows, and what the page says of itself."""

from __future__ import annotations

import codecs
import re

from lxml import etree
from lxml import html as lxml_html
from lxml.html import HtmlElement

from assistant.errors import DocumentError
from assistant.readers import text
from assistant.readers.composing import Composer, one_line, reads_as_headline
from assistant.readers.tables import repeated
from assistant.records import Extract, Metadata

_HEAD = 4096
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)|<\?xml[^>]{0,100}?encoding=[\"']([\w-]+)", re.I
)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.I)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030"}
_DATE = re.compile(r"((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*(\d{1,2}))?")
_META = {
    "title": ("articletitle", "og:title", "twitter:title", "dc.title", "citation_title"),
    "published": (
        "pubdate",
        "article:published_time",
        "publishdate",
        "publish_date",
        "datepublished",
        "dc.date",
        "citation_date",
        "date",
    ),
    "publisher": ("contentsource", "source", "og:site_name", "sitename", "dc.publisher", "publisher"),
    "author": ("author", "article:author", "dc.creator", "citation_author"),
}
_SITE = re.compile(r"\s*[-_|–—]\s*[^-_|–—]{2,30}$")
_WRAP = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]*[\r\n]\s*(?=[\u3000-\u9fff\uff00-\uffef])")
"""A line end between Chinese characters."""
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_MOST = 0.9
"""An element that holds this share of the article holds it all."""
_FURNITURE = re.compile(
    r"(?<![a-z])(?:footer|nav|navbar|menu|breadcrumb|copyright|share|sidebar|related|comments?|banner)(?![a-z])",
    re.I,
)
_LINE = 100
"""Characters of a line that says when and where an article appeared."""
_UNSEEN = {"script", "style", "noscript", "template", "svg", "title", "iframe", "select", "button"}
_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "html", "li", "main", "nav", "ol",
    "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", *_HEADINGS,
}  # fmt: skip
"""Elements that begin a line of their own."""


def read(data: bytes, name: str) -> Extract:
    """The main content of a web page; all its text where no main content can be told.

    Raises:
        DocumentError: empty, not text, or without anything to read.
    """
    page = _DECLARATION.sub("", _decoded(data, name)).replace("\0", "")
    try:
        tree = lxml_html.document_fromstring(page)
    except (etree.LxmlError, ValueError) as error:
        raise DocumentError(f"{name} is no web page ({error}); save it again") from error
    composer = Composer("html", name)
    about = _properties(tree)
    body = tree.find("body")
    main = _main(page, tree if body is None else body)
    if not any(next(main.iter(heading), None) is not None for heading in ("h1", "h2")):
        for heading in tree.findall(".//h1")[:1]:
            _walk(heading, composer)
            for line in _between(heading, main):
                _walk(line, composer)
    _walk(main, composer)
    return composer.extract(about)


def _decoded(data: bytes, name: str) -> str:
    """The page as text: by its byte order mark, else as it declares where that holds, else by its bytes."""
    match = _CHARSET.search(data[:_HEAD])
    marked = data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if match is not None and not marked:
        declared = (match[1] or match[2]).decode("ascii", "replace").lower()
        try:
            return data.decode(_WIDER.get(declared, declared))
        except (LookupError, UnicodeDecodeError):
            return text.decode(data, name)
    return text.decode(data, name)


def _main(page: str, body: etree._Element) -> etree._Element:
    """The part of the page that holds its article, without what in it is none of the article's.

    trafilatura tells where the article is; what it takes of it is not enough, as it leaves out headings and
    lists where it knows no container.
    """
    from trafilatura import bare_extraction

    found = bare_extraction(
        page,
        include_comments=False,
        include_tables=True,
        include_formatting=True,
        favor_recall=True,
        fast=True,
    )
    article = getattr(found, "body", None)
    known = set(map(_bare, article.itertext())) if article is not None else set()
    weights = _weights(body, known)
    main = body
    while weights[main]:
        inner = next((child for child in main if weights[child] >= _MOST * weights[main]), None)
        if inner is None or inner.tag in ("p", "table", "tr", "tbody", *_HEADINGS):
            break
        main = inner
    for element in [element for element in main.iterdescendants(etree.Element) if not weights[element]]:
        if _is_furniture(element):
            element.drop_tree()
    return main


def _between(heading: etree._Element, main: etree._Element) -> list[etree._Element]:
    """The short lines with a date between a headline and the article below it: who published it, and when."""
    above = {main, *main.iterancestors()}
    branch = heading
    while (parent := branch.getparent()) is not None and parent not in above:
        branch = parent
    found: list[etree._Element] = []
    for element in branch.itersiblings():
        if element in above:
            return found
        words = " ".join("".join(element.itertext()).split()) if isinstance(element.tag, str) else ""
        if len(words) <= _LINE and _DATE.search(words) and not _is_furniture(element):
            found.append(element)
    return []


def _weights(body: etree._Element, known: set[str]) -> dict[etree._Element, int]:
    """How many characters of the article each element holds."""
    elements = list(body.iter())
    weights = dict.fromkeys(elements, 0)
    for element in reversed(elements):
        inner = [element.text, *(child.tail for child in element)] if isinstance(element.tag, str) else []
        own = sum(len(bare) for bare in map(_bare, inner) if bare in known)
        weights[element] += own
        parent = element.getparent()
        if element is not body and parent is not None:
            weights[parent] += weights[element]
    return weights


def _is_furniture(element: HtmlElement) -> bool:
    """Whether an element that holds nothing of the article is a menu, a footer or the like."""
    if element.tag in ("nav", "footer", "aside", "form"):
        return True
    names = f"{element.get('class', '')} {element.get('id', '')}"
    if _FURNITURE.search(names):
        return True
    links = [_bare("".join(link.itertext())) for link in element.iter("a")]
    return len(links) > 2 and sum(map(len, links)) > 0.8 * len(_bare("".join(element.itertext())))


def _bare(content: str | None) -> str:
    return "".join((content or "").split())


def _properties(tree: HtmlElement) -> Metadata:
    """What the head of the page says of it."""
    meta: dict[str, str] = {}
    for element in tree.iter("meta"):
        key = element.get("name") or element.get("property") or element.get("itemprop") or ""
        meta.setdefault(key.lower(), one_line(element.get("content", "")))
    said = {field: next(filter(None, map(meta.get, keys)), "") for field, keys in _META.items()}
    title = one_line(tree.findtext(".//title") or "")
    date = _DATE.search(said["published"])
    return Metadata(
        title=said["title"] or (_SITE.sub("", title) if len(title) > 8 else title),
        published="-".join(part.zfill(2) for part in date.groups() if part) if date else "",
        publisher=said["publisher"],
        author=said["author"],
    )


def _walk(element: etree._Element, composer: Composer) -> None:
    """Add the text below an element, a paragraph for each of its blocks."""
    run = [_text_of(element.text)]
    for child in element:
        if isinstance(child.tag, str) and (_is_block(child) or child.tag == "table"):
            _add(run, element, composer)
            run = []
            if child.tag == "table":
                _table(child, composer)
            else:
                _walk(child, composer)
        else:
            run.append(_inline(child))
        run.append(_text_of(child.tail))
    _add(run, element, composer)


def _add(run: list[str], element: etree._Element, composer: Composer) -> None:
    line = "".join(run)
    if not line.strip():
        return
    level = _HEADINGS.get(str(element.tag), 0)
    heading = level > 0 or (_is_bold(element) and reads_as_headline(line))
    composer.add(line, heading=heading, level=level)


def _inline(element: etree._Element) -> str:
    if not isinstance(element.tag, str) or element.tag in _UNSEEN:
        return ""
    if element.tag == "br":
        return "\v"
    parts = [_text_of(element.text)]
    for child in element:
        parts += [_inline(child), _text_of(child.tail)]
    return "".join(parts) + (" " if element.tag in _BLOCKS else "")


def _is_block(element: etree._Element) -> bool:
    """Whether an element is a block or holds one; menus and scripts that are left out hold none."""
    return any(inner.tag in _BLOCKS for inner in element.iter(etree.Element))


def _is_bold(element: etree._Element) -> bool:
    """Whether an element holds nothing but bold print."""
    if len(element) != 1 or (element.text or "").strip() or (element[0].tail or "").strip():
        return False
    return element[0].tag in ("b", "strong")


def _table(table: etree._Element, composer: Composer) -> None:
    """A table as rows; one that only arranges the page as the blocks that it holds."""
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    cells = [[cell for cell in row if cell.tag in ("td", "th")] for row in rows]
    grid = _grid(cells)
    nested = next(table.iterdescendants("table"), None) is not None
    if nested or all(sum(map(bool, row)) < 2 for row in grid):
        for row in cells:
            for cell in row:
                _walk(cell, composer)
        return
    caption = table.find("caption")
    if caption is not None:
        composer.add(_inline(caption))
    heads = 0
    while heads < len(cells) and cells[heads] and all(cell.tag == "th" for cell in cells[heads]):
        heads += 1
    composer.table(grid, heads if 0 < heads < len(cells) else None)


def _grid(rows: list[list[etree._Element]]) -> list[list[str]]:
    """The texts of the cells in their columns; one over several rows is in each of them, if it is a label."""
    grid: list[list[str]] = []
    taken: dict[tuple[int, int], str] = {}
    for at, row in enumerate(rows):
        line: list[str] = []
        for cell in row:
            while (at, len(line)) in taken:
                line.append(taken[at, len(line)])
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            texts = [one_line(_inline(cell)), *[""] * (wide - 1)]
            label = repeated(texts[0]) if cell.tag == "td" else ""
            for down in range(1, high):
                taken.update({(at + down, len(line) + across): "" for across in range(wide)})
                taken[at + down, len(line)] = label
            line += texts
        while (at, len(line)) in taken:
            line.append(taken[at, len(line)])
        grid.append(line)
    return grid


def _span(cell: etree._Element, name: str) -> int:
    stated = cell.get(name, "1").strip()
    return min(max(int(stated), 1), 100) if stated.isdecimal() else 1


def _text_of(content: str | None) -> str:
    """Text as a browser shows it: its line ends are spaces, and none between Chinese characters."""
    if not content:
        return ""
    return re.sub(r"\s+", " ", _WRAP.sub("", content))
