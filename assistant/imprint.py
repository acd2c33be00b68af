"""The metadata of a whole document: what its first lines, its last lines and its file say. No model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant import kinds, metadata, titles
from assistant.cleaning.lines import ends_sentence
from assistant.closing import Closing
from assistant.folding import fold
from assistant.front import Front, Role
from assistant.records import DocumentKind, Extract, Metadata, Paragraph

_SIGNED_ARTICLE = re.compile(
    r"《(?P<outlet>[^》]{2,12})》(?:杂志|周刊|月刊|报)?(?:刊发|发表|刊登|刊载)(?P<name>[\u3400-\u9fff]{2,4}?)(?:的)?署名文章"
)
_AGENCY = re.compile(
    r"^.{0,4}?(?P<agency>[\u3400-\u9fff]{1,6}社|中新网)[\u3400-\u9fff]{2,8}?(?:\d{1,2}月)?\d{1,2}日(?:电|讯)"
)
_COMPANY_NAME = re.compile(
    r"^\S{3,40}?(?:股份有限公司|有限责任公司|集团有限公司|有限公司|集团公司|银行|集团)"
)
_FIRST_PARAGRAPHS = 60
_FIRST_WORDS = 40
_PERIODIC = (DocumentKind.REPORT, DocumentKind.ANNOUNCEMENT)


def read(paragraphs: Sequence[Paragraph], front: Front, tail: Closing, extract: Extract) -> Metadata:
    """Title, date, publisher, author, kind and period of the document.

    What the text says goes before what the file's properties say. Their date is that of the file and no
    date of publication, except on a web page.
    """
    lead = next((p.text.text for p in paragraphs if _is_prose(p)), "")
    title = front.title[: 2 * titles.LONGEST] or _title_elsewhere(paragraphs, extract, lead)
    sources = [
        Metadata(title=title),
        front.byline,
        _of_headline(title),
        metadata.read_lead(lead),
        _of_agency(lead),
    ]
    known = _merged(sources)
    kind = _kind(
        title, paragraphs, front, tail, extract, signed=metadata.names_press(front.byline_text, lead)
    )
    sources = [
        known,
        _of_cover(title, kind, front),
        tail.said,
        _of_signers(kind, tail),
        _of_file(extract, title),
    ]
    return replace(_merged(sources), kind=kind, period=kinds.period_of_kind(kind, title))


def _merged(sources: Sequence[Metadata]) -> Metadata:
    known = Metadata()
    for source in sources:
        known = metadata.merge(known, source)
    return known


def _is_prose(paragraph: Paragraph) -> bool:
    text = paragraph.text.text
    return (
        not paragraph.heading and paragraph.table is None and len(text) > _FIRST_WORDS and ends_sentence(text)
    )


def _title_elsewhere(paragraphs: Sequence[Paragraph], extract: Extract, lead: str) -> str:
    """Of a document that begins without a title: the file's own, its first heading, its first words."""
    if titles.is_title_property(extract.properties.title):
        return titles.tidy(extract.properties.title)
    headings = (p.text.text for p in paragraphs[:_FIRST_PARAGRAPHS] if p.heading and p.table is None)
    first = lead or next((p.text.text for p in paragraphs), "")
    words = re.split(r"[。！？!?\t\n]", first)[0][:_FIRST_WORDS]
    return titles.tidy(next(headings, "")[: titles.LONGEST] or words)


def _of_headline(title: str) -> Metadata:
    """A headline that tells which journal printed whose article."""
    match = _SIGNED_ARTICLE.search(title)
    if match is None:
        return Metadata()
    return Metadata(
        publisher=match["outlet"], author=match["name"] if metadata.is_person(match["name"]) else ""
    )


def _of_agency(lead: str) -> Metadata:
    match = _AGENCY.match(fold(lead))
    return Metadata(publisher=lead[match.start("agency") : match.end("agency")]) if match else Metadata()


def _of_cover(title: str, kind: str, front: Front) -> Metadata:
    """Bodies and date on lines of their own, and the company or authority that a title begins with."""
    publisher = "、".join(front.bodies)
    if not publisher and kind in (*_PERIODIC, DocumentKind.POLICY):
        issuers = [titles.tidy(line.text) for line in front.title_lines if line.role is Role.BODY]
        company = _COMPANY_NAME.match(title)
        publisher = issuers[0] if issuers else company.group() if company else ""
    return Metadata(published=front.date, publisher=publisher)


def _of_signers(kind: str, tail: Closing) -> Metadata:
    """Who signed below an announcement or a policy."""
    signed = kind in (*_PERIODIC, DocumentKind.POLICY) and tail.signers
    return Metadata(publisher=tail.signers[0]) if signed else Metadata()


def _of_file(extract: Extract, title: str) -> Metadata:
    """What the file's properties may be believed: the author where it is a body or stands in the title."""
    told = extract.properties
    if extract.form == "html":
        return replace(told, title="")
    author = told.author.strip()
    return Metadata(author=author if len(author) > 3 and (titles.is_body(author) or author in title) else "")


def _kind(
    title: str,
    paragraphs: Sequence[Paragraph],
    front: Front,
    tail: Closing,
    extract: Extract,
    *,
    signed: bool,
) -> str:
    issuers = [line.text for line in front.lines if line.role is Role.BODY] + list(tail.signers)
    numbered = any(kinds.is_document_number(line.text) for line in front.lines if line.role is Role.NUMBER)
    texts = [paragraph.text.text for paragraph in paragraphs[:_FIRST_PARAGRAPHS]]
    official = numbered or kinds.is_official([*issuers, title.split("关于")[0]], texts)
    return kinds.decide(title, extract.form, signed=signed, official=official)
