"""What the last lines of a document say of it: who signed it and when, who wrote it, where it appeared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.articles import dates, metadata, titles
from assistant.folding import fold
from assistant.records import Metadata, Paragraph

_LAST_LINES = 8
_LONGEST = 80
_DAY = len("2023-03-08")
_FAREWELLS = ("敬礼", "此致", "谢谢", "祝好", "安好", "顺颂")
_DATE_ROW = re.compile(r"^(?:签署|签发|报告|公告|编制)?日期$|^日\s+期$")
_IN_BRACKETS = re.compile(r"[(（](?P<inner>[^()（）]{2,60})[)）]$")
_APPEARED = re.compile(
    r"^(?:来自|转自|摘自|源自|原载于?|(?:本文|原文)(?:刊载|发表|刊登|原载)[于在])\s*《?(?P<outlet>[^》《，。]{2,16}?)》?"
    r"(?:杂志)?\s*(?P<issue>(?:19|20)\d{2}\s*年.*)?$"
)
_ROLE_AND_NAME = re.compile(
    r"^(?:作者|文|撰文|撰稿)\s*(?:系|为|[:：/])\s*(?P<post>.{2,40}?)\s+(?P<name>[\u3400-\u9fff]{2,4})$"
)
_OFFICE_AND_NAMES = re.compile(r"(?:^|[;；])[^,，;；]{2,20}[,，\s]\s*(?P<names>[^;；]+)")
_LABEL = re.compile(
    r"^(?:文章|新闻)?(?:来源|作者|撰稿|撰文|供稿|记者|文|通讯员|来自|转自|摘自|本文|原文|原载|发布)"
)
_SPACED_NAME = re.compile(r"(?<![\u3400-\u9fff])([\u3400-\u9fff])\s+([\u3400-\u9fff])(?![\u3400-\u9fff])")
_SPLIT = re.compile(r"[\s、,，]+")


@dataclass(frozen=True, slots=True)
class Closing:
    """What the last lines say, the bodies that signed, and the places of the lines that say nothing else."""

    said: Metadata
    signers: tuple[str, ...]
    places: tuple[int, ...]


def read(paragraphs: Sequence[Paragraph], begin: int, raw: str) -> Closing:
    """Read the last lines, none of them before the paragraph number `begin`, of a document of this raw text.

    A date counts where a body or a person stands above it or on its line, or a label beside it, and a day
    where it is the end.
    """
    said, above, signers, places = Metadata(), "", [], []
    for at in range(max(begin, len(paragraphs) - _LAST_LINES), len(paragraphs)):
        paragraph = paragraphs[at]
        text = paragraph.text.text.strip()
        if paragraph.table is not None or "\t" in text:
            read, above = _of_row(text), ""
        elif len(text) > _LONGEST:
            inner = _in_brackets(paragraph, raw) if at == len(paragraphs) - 1 else ""
            read, above = _of_bracket(inner), ""
        else:
            read, above = _of_line(text, above, last=at >= len(paragraphs) - 2)
            if above or read != Metadata():
                places.append(at)
            if above and not read.author:
                signers.append(above)
            elif not above and read == Metadata() and not said.published:
                signers.clear()  # what is named in the midst of text signs nothing
        said = metadata.merge(said, read)
    return Closing(said, tuple(dict.fromkeys(signers)), tuple(places))


def _in_brackets(paragraph: Paragraph, raw: str) -> str:
    """What stands in brackets at the end, as the raw text has it: with the blanks between names."""
    match = _IN_BRACKETS.search(paragraph.text.text.rstrip())
    return raw[slice(*paragraph.text.raw_span(*match.span("inner")))] if match else ""


def _of_row(text: str) -> Metadata:
    """The date in a row of a table that lists who signed."""
    cells = [cell.strip() for cell in text.split("\t") if cell.strip()]
    for label, value in zip(cells, cells[1:], strict=False):
        if _DATE_ROW.match(fold(label)):
            return Metadata(published=dates.read_stated_date(fold(value)))
    return Metadata()


def _of_line(text: str, above: str, *, last: bool) -> tuple[Metadata, str]:
    """What a short line says, and who signs in it; `above` signed in the line before."""
    folded = fold(text)
    if titles.is_body(text):
        return Metadata(), titles.tidy(text)
    if metadata.is_person(text) and folded not in _FAREWELLS:
        return Metadata(author=text), text
    if dates.is_date(folded):
        date = dates.read_stated_date(folded)
        return Metadata(published=date if above or (last and len(date) == _DAY) else ""), above
    if (start := dates.start_of_last(folded)) and titles.is_body(text[:start]):
        return Metadata(published=dates.read_stated_date(folded[start:])), titles.tidy(text[:start])
    inner = text.strip().strip("()（）【】[]—-· \t")
    return _of_bracket(inner) if len(inner) < len(text.strip()) or _LABEL.search(folded) else Metadata(), ""


def _of_bracket(inner: str) -> Metadata:
    """What stands in brackets behind an article: its source, its authors with or without their office."""
    inner = _SPACED_NAME.sub(r"\1\2", inner.strip())
    if match := _APPEARED.match(inner):
        return Metadata(
            publisher=match["outlet"].strip(), published=dates.read_date(fold(match["issue"] or ""))
        )
    if match := _ROLE_AND_NAME.match(inner):
        alone = not any(map(metadata.is_person, _SPLIT.split(match["post"])))
        if alone and metadata.is_person(match["name"]):
            return Metadata(author=match["name"])
    if byline := metadata.read_byline(inner):
        return byline
    names = [
        name for match in _OFFICE_AND_NAMES.finditer(inner) for name in _SPLIT.split(match["names"]) if name
    ]
    if names and all(map(metadata.is_person, names)):
        return Metadata(author=" ".join(names))
    return Metadata()
