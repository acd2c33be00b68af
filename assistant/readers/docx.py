"""Word documents: headings by style or outline level, tables in their place, footnotes at the end.

Headers, footers, contents pages and text struck out by a tracked change are left out. Numbers that Word
counts by itself (automatic numbering) are not in the file and so not in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml.etree import _Element

from assistant.readers.composing import Composer, one_line, reads_as_headline
from assistant.readers.packages import opened, properties
from assistant.readers.tables import repeated
from assistant.records import Extract

_HEADING = re.compile(r"(?:heading|标题)\s*(\d)", re.I)
_CONTENTS = re.compile(r"(?:toc|目录)\b.*", re.I)
_TITLE = ("title", "标题", "文档标题")
_DROPPED = -1
"""Level of a contents page's lines."""
_WRAPPERS = {
    qn("w:sdt"),
    qn("w:sdtContent"),
    qn("w:ins"),
    qn("w:moveTo"),
    qn("w:customXml"),
    qn("w:smartTag"),
}
_BOX = qn("w:txbxContent")
_SKIPPED = {
    qn("w:del"),
    qn("w:moveFrom"),
    qn("w:pPr"),
    qn("w:rPr"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    _BOX,
}
_TEXTS = {qn("w:t"), qn("m:t")}
_SIGNS = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}


def read(data: bytes, name: str) -> Extract:
    """The text and tables of a .docx file.

    Raises:
        DocumentError: damaged, protected, or without text.
    """
    composer = Composer("docx", name)
    with opened(data, name) as file:
        document = Document(file)
        levels = _levels(document)
        _blocks(document.element.body, composer, levels)
        for note in _footnotes(document):
            composer.add(note)
        core = document.core_properties
        about = properties(core.title, core.author, core.created)
    return composer.extract(about)


def _blocks(parent: _Element, composer: Composer, levels: Mapping[str, int]) -> None:
    for child in _children(parent, {qn("w:p"), qn("w:tbl")}):
        if child.tag == qn("w:tbl"):
            _table(child, composer, levels)
            continue
        level = _level(child, levels)
        if level != _DROPPED:
            text = _text(child)
            heading = level > 0 or (_is_bold(child) and reads_as_headline(text))
            composer.add(text, heading=heading, level=level)
        for box in child.iter(_BOX):
            if not any(above.tag in _SKIPPED for above in box.iterancestors()):
                _blocks(box, composer, levels)


def _children(parent: _Element, tags: set[str]) -> Iterator[_Element]:
    """The children of these kinds, also where a content control or a tracked insertion wraps them."""
    for child in parent:
        if child.tag in tags:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, tags)


def _text(element: _Element) -> str:
    parts: list[str] = []
    for child in element:
        if child.tag in _TEXTS:
            parts.append(child.text or "")
        elif child.tag in _SIGNS:
            parts.append(_SIGNS[child.tag])
        elif child.tag not in _SKIPPED:
            parts.append(_text(child))
    return "".join(parts)


def _table(table: _Element, composer: Composer, levels: Mapping[str, int]) -> None:
    rows = list(_children(table, {qn("w:tr")}))
    grid: list[list[str]] = []
    for row in rows:
        grid.append(_row(row, grid[-1] if grid else []))
    if all(sum(map(bool, row)) < 2 for row in grid):
        for row in rows:
            for cell in _children(row, {qn("w:tc")}):
                _blocks(cell, composer, levels)
        return
    heads = sum(row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows)
    composer.table(grid, heads or None)


def _row(row: _Element, above: Sequence[str]) -> list[str]:
    """The texts of a row in their columns; a cell that goes on from the row above has its label again."""
    texts: list[str] = []
    for cell in _children(row, {qn("w:tc")}):
        at = len(texts)
        merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        if merge is not None and merge.get(qn("w:val"), "continue") == "continue":
            texts.append(repeated(above[at]) if at < len(above) else "")
        else:
            texts.append(one_line(" ".join(_text(p) for p in cell.iter(qn("w:p")))))
        span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
        columns = int(span.get(qn("w:val"), "1")) if span is not None else 1
        texts += [""] * min(columns - 1, 200)
    return texts


def _level(paragraph: _Element, levels: Mapping[str, int]) -> int:
    own = _outline(paragraph)
    if own:
        return own
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return levels.get(style.get(qn("w:val"), ""), 0) if style is not None else 0


def _outline(element: _Element) -> int:
    """The outline level that an element states, 1 the highest; 0 for body text."""
    stated = element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
    level = int(stated.get(qn("w:val"), "9")) if stated is not None else 9
    return level + 1 if level < 9 else 0


def _levels(document: WordDocument) -> dict[str, int]:
    """The heading level of each paragraph style, by its id; a style without one has its base's."""
    styles = {style.get(qn("w:styleId"), ""): style for style in document.styles.element.iter(qn("w:style"))}
    levels: dict[str, int] = {}
    for key in styles:
        at, seen = key, set[str]()
        while at in styles and at not in seen and not levels.get(key):
            seen.add(at)
            levels[key] = _style_level(styles[at])
            base = styles[at].find(qn("w:basedOn"))
            at = base.get(qn("w:val"), "") if base is not None else ""
    return levels


def _style_level(style: _Element) -> int:
    named = style.find(qn("w:name"))
    name = named.get(qn("w:val"), "").strip() if named is not None else ""
    if _CONTENTS.fullmatch(name):
        return _DROPPED
    match = _HEADING.fullmatch(name)
    if match:
        return int(match[1])
    return _outline(style) or int(name.lower() in _TITLE)


def _is_bold(paragraph: _Element) -> bool:
    """Whether all its runs that hold text are bold by themselves."""
    runs = [run for run in paragraph.iter(qn("w:r")) if any(text.text for text in run.iter(qn("w:t")))]
    marks = [run.find(f"{qn('w:rPr')}/{qn('w:b')}") for run in runs]
    return bool(runs) and all(
        mark is not None and mark.get(qn("w:val"), "1") not in ("0", "false") for mark in marks
    )


def _footnotes(document: WordDocument) -> Iterator[str]:
    for relation in document.part.rels.values():
        if relation.reltype.endswith(("/footnotes", "/endnotes")) and not relation.is_external:
            for note in parse_xml(relation.target_part.blob):
                if note.get(qn("w:type")) is None:
                    yield one_line(" ".join(_text(p) for p in note.iter(qn("w:p"))))
