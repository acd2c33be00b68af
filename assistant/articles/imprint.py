"""The metadata of a whole document: what its first lines, its last lines and its file say. No model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.articles import kinds, metadata, titles
from assistant.articles.closing import Closing
from assistant.articles.front import Front
from assistant.articles.line_roles import Role
from assistant.cleaning.lines import ends_sentence
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
_ORGAN = re.compile(r"(?<=.)\s*(?:(?:董|监)事会(?:\S{2,6}委员会)?|办公室)$")
_FIRST_PARAGRAPHS = 60
_SHEETS = ("xlsx", "csv")
_STATED = ("html", "md")
"""Forms whose properties somebody wrote for readers."""
_FIRST_TEXTS = 6
_FIRST_WORDS = 40
_PERIODIC = (DocumentKind.REPORT, DocumentKind.ANNOUNCEMENT)


def read(paragraphs: Sequence[Paragraph], front: Front, tail: Closing, extract: Extract) -> Metadata:
    """Title, date, publisher, author, kind and period of the document.

    What the text says goes before what the file's properties say. Their date is that of the file and no
    date of publication, except where its author states it: on a web page, before a Markdown text.
    """
    texts = [p.text.text for p in paragraphs[:_FIRST_PARAGRAPHS] if p.table is None][len(front.lines) :]
    lead = next((text for text in texts if len(text) > _FIRST_WORDS and ends_sentence(text)), "")
    title = front.title[: 2 * titles.LONGEST] or _title_elsewhere(paragraphs, extract, lead)
    if extract.form in _SHEETS:
        title = max([title, *(line.text for line in front.lines if line.role is Role.TITLE)], key=len)
    said = (
        Metadata(title=title),
        front.byline,
        _of_headline(title),
        metadata.read_lead(lead),
        _of_agency(paragraphs),
    )
    known = _merged(said)
    dated = known.published or front.date
    signed = metadata.is_signed(known if dated else replace(known, author=""), front.byline_text, texts)
    kind = _kind(title, extract.form, front, tail, texts, signed=signed)
    guessed = (_of_cover(title, kind, front), tail.said, _of_signers(kind, tail), _of_file(extract, title))
    return replace(_merged((known, *guessed)), kind=kind.value, period=kinds.period_of_kind(kind, title))


def _merged(sources: Sequence[Metadata]) -> Metadata:
    known = Metadata()
    for source in sources:
        known = metadata.merge(known, source)
    return known


def _title_elsewhere(paragraphs: Sequence[Paragraph], extract: Extract, lead: str) -> str:
    """Of a document that begins without a title: the file's own, its first heading, its first words."""
    if titles.is_title_property(extract.properties.title):
        return titles.tidy(extract.properties.title)
    headings = (p.text.text for p in paragraphs[:_FIRST_PARAGRAPHS] if p.heading and p.table is None)
    prose = [p.text.text for p in paragraphs if p.table is None]
    first = lead or next((text for text in prose if ends_sentence(text)), prose[0] if prose else "")
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


def _of_agency(paragraphs: Sequence[Paragraph]) -> Metadata:
    """The news agency that one of the first paragraphs begins with: 新华社北京10月10日电."""
    for text in (paragraph.text.text for paragraph in paragraphs[:_FIRST_TEXTS]):
        if match := _AGENCY.match(re.sub(r"\s", "", text[:_FIRST_WORDS])):
            return Metadata(publisher=match["agency"])
    return Metadata()


def _of_cover(title: str, kind: str, front: Front) -> Metadata:
    """Bodies and date on lines of their own, and the company or authority that a title begins with."""
    publisher = ""
    if kind in (*_PERIODIC, DocumentKind.POLICY):
        issuers = [titles.tidy(line.text) for line in front.title_lines if line.role is Role.BODY]
        company = _COMPANY_NAME.match(title)
        publisher = issuers[0] if issuers else company.group() if company else ""
    publisher = publisher or "、".join(front.bodies)
    return Metadata(published=front.date, publisher=publisher)


def _of_signers(kind: str, tail: Closing) -> Metadata:
    """Who signed below an announcement or a policy."""
    signed = kind in (*_PERIODIC, DocumentKind.POLICY) and tail.signers
    return Metadata(publisher=_body_of(tail.signers[0])) if signed else Metadata()


def _body_of(signer: str) -> str:
    """The body whose board or office signs; the office itself where nothing tells whose it is."""
    body = _ORGAN.sub("", signer)
    return body if titles.is_body(body) else signer


def _of_file(extract: Extract, title: str) -> Metadata:
    """What the file's properties may be believed: the author where it is a body or stands in the title."""
    told = extract.properties
    if extract.form in _STATED:
        return replace(told, title="")
    author = told.author.strip()
    return Metadata(author=author if len(author) > 3 and (titles.is_body(author) or author in title) else "")


def _kind(
    title: str, form: str, front: Front, tail: Closing, texts: Sequence[str], *, signed: bool
) -> DocumentKind:
    """The kind, judged also by who issued the document, under which number and in what form."""
    issuers = [line.text for line in front.lines if line.role is Role.BODY] + list(tail.signers)
    official = kinds.is_official([*issuers, title.split("关于")[0]], texts)
    numbered = any(kinds.is_document_number(line.text) for line in front.lines)
    return kinds.decide(title, form, signed=signed, official=official or numbered, numbered=numbered)
