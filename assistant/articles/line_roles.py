"""What a line above the first sentence of a document is: one of the title, a body, a date, a byline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from assistant.articles import dates, kinds, metadata, titles
from assistant.cleaning.lines import ends_sentence
from assistant.folding import fold
from assistant.records import Metadata, Paragraph

_LONGEST_DATE = 16
_FIELD = re.compile(
    r"^[`\s(（]*(?:no\.?\s*[\w-]+|(?:isbn|issn|cn|ics|ccs|doi)\b.*|[a-z]{2,6}(?:[/-][a-z])?[\s-]*\d[\d.]*[-—–\d\s]*|"
    r"[\u3400-\u9fff]{0,6}(?:代码|代号|编号|文号|书号|版本|版本号|密级|档号)\s*[:：]?\s*[a-z\d].*|[\u3400-\u9fff]{2}简称\s*[:：].*|"
    r""
    r"v(?:er(?:sion)?\.?)?\s*\d[\d.]*|第?\s*\d+\s*(?:[/／页]\s*(?:共\s*)?\d*\s*页?)?|"
    r"(?:内部资料|内部文件|机密|秘密|绝密|注意保密|公开|急件|特急|征求意见稿|送审稿|讨论稿|草案)\S{0,8}|"
    r"附件?\s*\d{0,2}\s*[:：]?|(?:https?://|www\.)\S+|\W+|中华人民共和国\S{2,4}标准|\S{2,20}(?:团体|企业|地方)标准)[)）\s]*$"
)
"""A line that says one thing of the document: its number, its code, its version, its page."""
_LABEL = re.compile(
    r"^(?:时间|地点|会议\S{2}|主持人?|出席\S{0,2}|参[加会]\S{0,2}|列席\S{0,2}|缺席\S{0,2}|记录人?|议题|[甲乙丙]方\S{0,6}|姓名|性别|民族|"
    r"\S{0,2}日期|\S{0,2}编号|主送\S{0,2}|抄送\S{0,2}|收件人|发件人|寄件人|主题|联系(?:人|电话|方式)|电话|传真|地址|邮[箱编]|网址|"
    r"学校|专业|学历|职务|申请人|负责人|适用\S{2}|from|to|cc|date|subject|tel|e-?mail|address|attendees)\s*[:：]"
)
"""A field of a form, of minutes, of a contract, a letter or a message."""
_DATED = re.compile(
    rf"^[(（\s—-]*{dates.DAY.pattern}.{{0,60}}?(?:通过|公布|发布|修订|修正|印发|会议上?|大会上?)[^，。]{{0,30}}$"
)
_IN_FORCE = re.compile(rf"^[(（\s]*{dates.DAY.pattern}\s*(?:起?实施|施行|生效|起执行)[)）]?$")
_BY = re.compile(r"^by:?\s+(?P<name>[a-z][a-z.' -]{3,40})$", re.IGNORECASE)
_BODY_BEGINS = re.compile(
    r"^(?:第[一二三四五六七八九十百零\d]+[章节条编部]|[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]|"
    r"\d{1,2}(?:\.\d{1,2})*[.、]\s*\D|\d{1,2}(?:\.\d{1,2})+\s*\D|(?:前|序|引|导)\s*言$|序$|目\s*[录次]$|"
    r"(?:内容)?摘\s*要|关键[词字]|(?:版权|法律|免责)声明|重要(?:内容)?提示|特别提示|编者按|导\s*读|(?:尊敬|敬爱|亲爱)的|各位|"
    r"主持人|abstract|key ?words|contents|dear\s|highlights$|overview$|background$|introduction|foreword|"
    r"preface|executive summary)"
)
_EDITION = re.compile(r"^(?:[(\[]\s*(?:19|20)\d{2}\s*(?:年|年度|版|年版)?\s*[)\]]|(?:19|20)\d{2})$")
"""The year of a title, on a line of its own."""
_NUMBERED = re.compile(r"^\d{1,2}\s+[\u3400-\u9fffa-z]")
_BARE_TIME = re.compile(r"^(?:会议|活动|开会)?(?:时间|日期)\s*[:：]")


class Role(Enum):
    """What a line above the first sentence is."""

    TITLE = auto()
    BODY = auto()
    DATE = auto()
    FIELD = auto()
    BYLINE = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """A line above the first sentence; `at` is its place among the paragraphs."""

    at: int
    role: Role
    text: str
    level: int
    heading: bool
    byline: Metadata | None = None


def read_line(at: int, paragraph: Paragraph) -> Line:
    """Tell what the paragraph number `at` is, which stands above the first sentence."""
    text = paragraph.text.text.strip()
    folded = fold(text)
    byline = None
    letterhead = text.removesuffix("文件").rstrip()
    if letterhead != text and titles.is_body(letterhead):
        role, text = Role.BODY, letterhead
    elif _is_field(folded) or kinds.is_document_number(text):
        role = Role.FIELD
    elif _EDITION.match(folded) or kinds.names_a_document(text):
        role = Role.TITLE
    elif dates.is_date(folded) or _DATED.match(folded):
        role = Role.DATE
    elif byline := metadata.read_byline(text):
        role = Role.BYLINE
    elif match := _BY.match(text):
        role, byline = Role.BYLINE, Metadata(author=match["name"])
    elif titles.is_body(text):
        role = Role.BODY
    else:
        role = Role.TITLE
    return Line(at, role, text, paragraph.level, paragraph.heading, byline)


def begins_text(paragraph: Paragraph, *, titled: bool) -> bool:
    """Whether what the document says begins here: a sentence, a first section, a salutation.

    `titled`: a title stands above it.
    """
    text = paragraph.text.text.strip()
    folded = fold(text)
    if len(text) > titles.LONGEST or _BODY_BEGINS.match(folded) or (titled and _NUMBERED.match(folded)):
        return True
    if not ends_sentence(text):
        return False
    asks = text[-1] in "？！?!…”" and len(text) <= titles.LONGEST // 2
    return not (paragraph.heading or (asks and not titled))


def is_chronicle(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether dates are the headlines of this text, and none of them the date of the document."""
    heads = (p.text.text for p in paragraphs if p.heading and len(p.text) < _LONGEST_DATE)
    folded = map(fold, heads)
    return sum(dates.is_date(text) and not _EDITION.match(text) for text in folded) > 1


def _is_field(folded: str) -> bool:
    labelled = _LABEL.match(folded) and (_BARE_TIME.match(folded) or not metadata.read_byline(folded))
    return not _EDITION.match(folded) and bool(labelled or _FIELD.match(folded) or _IN_FORCE.match(folded))
