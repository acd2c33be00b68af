"""What the first lines of a document say of it: its title, and the lines around the title.

The lines above the first sentence are told apart one by one; what is neither a name, a date, a number nor a
byline is a line of the title.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from assistant import dates, kinds, metadata, titles
from assistant.cleaning.furniture import is_disclaimer
from assistant.cleaning.lines import ends_sentence
from assistant.folding import fold
from assistant.records import BlockKind, Metadata, Paragraph

_MOST_LINES = 40
_MOST_TITLE_LINES = 4
_NUMBER_LINE = re.compile(
    r"^[`\s]*(?:no\.?\s*[\w-]+|(?:编号|文号|版本号?|密级|档号|统一书号|isbn|issn|cn|ics|ccs|股票|证券|公司|债券|基金)"
    r"(?:代码|简称|编号|号)?\s*[:：]?\s*[a-z\d].*|(?:a股|h股|股票|证券|公司|债券)\S{0,4}(?:代码|简称)\s*[:：].*|"
    r"v(?:er(?:sion)?\.?)?\s*\d[\d.]*|第?\s*\d+\s*(?:[/／页]\s*(?:共\s*)?\d*\s*页?)?|[-—–\s]*\d+[-—–\s]*|"
    r"[(（]?(?:内部资料|内部文件|机密|秘密|绝密|注意保密|公开|急件|特急|征求意见稿|送审稿|讨论稿|草案)\S{0,8}[)）]?|"
    r"附件?\s*\d{0,2}\s*[:：]?|(?:https?://|www\.)\S+|\W+)$"
)
_BODY_BEGINS = re.compile(
    r"^(?:第[一二三四五六七八九十百零\d]+[章节条编部]|[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]|"
    r"\d+(?:\.\d+)*[.、\s]\s*\S|前\s*言$|序\s*言?$|引\s*言$|目\s*[录次]$|(?:内容)?摘\s*要|abstract|contents|"
    r"版权声明|法律声明|重要提示|重要内容提示|特别提示|编者按|导\s*读|(?:尊敬|敬爱|亲爱)的|各位|dear\s|to:|"
    r"introduction|foreword|preface|executive summary|主持人|关键[词字]|摘要|key ?words)"
)
_EDITION = re.compile(r"^[(\[]\s*(?:19|20)\d{2}\s*(?:年|年度|版|年版)?\s*[)\]]$")
_BARE_TIME = re.compile(r"^(?:会议|活动|开会)?(?:时间|日期)\s*[:：]")
_BYLINE_BEGINS = re.compile(
    r"\s+(?=(?:发布|发表|更新|刊发)?(?:时间|日期)\s*[:：]|(?:文章|新闻|信息)?(?:来源|稿源)\s*[:：]|"
    r"发布(?:人|者|单位|机构|部门)\s*[:：]|(?:本报|本网)?(?:作者|记者)\s*[:：])"
)
_SENTENCE_END = re.compile(r"[。！？!?](?!.*[。！？!?])")


class Role(Enum):
    """What a line above the first sentence is."""

    TITLE = auto()
    BODY = auto()
    DATE = auto()
    NUMBER = auto()
    BYLINE = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """A line above the first sentence; `at` is its place among the paragraphs."""

    at: int
    role: Role
    text: str
    level: int
    byline: Metadata | None = None


@dataclass(frozen=True, slots=True)
class Front:
    """The lines above the first sentence, and those of them that make the title."""

    lines: tuple[Line, ...]
    title_lines: tuple[Line, ...]

    @property
    def title(self) -> str:
        """The title in one line, empty where there is none."""
        return titles.join([line.text for line in self.title_lines])

    @property
    def kinds(self) -> dict[int, BlockKind]:
        """What the lines are in the text, by their places; a further headline is left out."""
        named = {line.at: BlockKind.BYLINE for line in self.lines if line.role is not Role.TITLE}
        return named | {line.at: BlockKind.TITLE for line in self.title_lines}

    @property
    def byline(self) -> Metadata:
        """What the labelled lines and signatures say."""
        said = Metadata()
        for line in self.lines:
            said = metadata.merge(said, line.byline or Metadata())
        return said

    @property
    def byline_text(self) -> str:
        """The lines that hold the byline."""
        return "\n".join(line.text for line in self.lines if line.role is Role.BYLINE)

    @property
    def bodies(self) -> tuple[str, ...]:
        """The organisations named on lines of their own that are no part of the title."""
        used = {line.at for line in self.title_lines}
        named = (
            titles.tidy(line.text) for line in self.lines if line.role is Role.BODY and line.at not in used
        )
        return tuple(dict.fromkeys(named))

    @property
    def date(self) -> str:
        """The date on a line of its own; a year alone only where no more is known."""
        found = [dates.read_stated_date(fold(line.text)) for line in self.lines if line.role is Role.DATE]
        return max(found, key=len, default="")


def separated(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs, those at the head cut where a title follows a disclaimer, or a byline a title."""
    head = [part for paragraph in paragraphs[:3] for part in _cut(paragraph)]
    return [*head, *paragraphs[3:]]


def read(paragraphs: Sequence[Paragraph]) -> Front:
    """Tell the lines above the first sentence apart."""
    lines: list[Line] = []
    for at, paragraph in enumerate(paragraphs[:_MOST_LINES]):
        text = paragraph.text.text.strip()
        found = any(line.role is Role.TITLE for line in lines)
        if paragraph.table is not None:
            if found:
                break
            continue
        if _is_body_text(paragraph, text, found):
            break
        lines.append(_line(at, paragraph, text))
    return Front(tuple(lines), _title_lines(lines))


def _cut(paragraph: Paragraph) -> list[Paragraph]:
    text = paragraph.text.text
    end = _SENTENCE_END.search(text)
    if end and end.end() < len(text) and is_disclaimer(text[: end.end()]) and paragraph.table is None:
        first, rest = _parted(paragraph, end.end())
        return (
            [first, *_cut(replace(rest, heading=True))]
            if len(rest.text) <= 2 * titles.LONGEST
            else [first, rest]
        )
    begin = _BYLINE_BEGINS.search(text)
    if begin and begin.start() <= titles.LONGEST and metadata.read_byline(text[begin.end() :]):
        return list(_parted(replace(paragraph, heading=True), begin.end()))
    return [paragraph]


def _parted(paragraph: Paragraph, at: int) -> tuple[Paragraph, Paragraph]:
    text = paragraph.text.text
    first = len(text[:at].rstrip())
    second = at + len(text[at:]) - len(text[at:].lstrip())
    return (
        replace(paragraph, text=paragraph.text[:first]),
        replace(paragraph, text=paragraph.text[second:]),
    )


def _is_body_text(paragraph: Paragraph, text: str, titled: bool) -> bool:
    """Whether what is said begins here: a sentence, a first section, a salutation."""
    if _BODY_BEGINS.match(fold(text)) or len(text) > titles.LONGEST:
        return True
    if not ends_sentence(text):
        return False
    asks = text[-1] in "？！?!…”" and len(text) <= titles.LONGEST // 2
    return not (paragraph.heading or (asks and not titled))


def _line(at: int, paragraph: Paragraph, text: str) -> Line:
    folded = fold(text)
    byline = None
    if _NUMBER_LINE.match(folded) or kinds.is_document_number(text):
        role = Role.NUMBER
    elif _EDITION.match(folded) or kinds.names_a_document(text):
        role = Role.TITLE
    elif dates.is_date(folded):
        role = Role.DATE
    elif not _BARE_TIME.match(folded) and (byline := metadata.read_byline(text)):
        role = Role.BYLINE
    elif titles.is_body(text):
        role = Role.BODY
    else:
        role = Role.TITLE
    return Line(at, role, text, paragraph.level, byline)


def _title_lines(lines: Sequence[Line]) -> tuple[Line, ...]:
    signed = next((at for at, line in enumerate(lines) if at and line.role is Role.BYLINE), len(lines))
    wanted = [line for line in lines[:signed] if line.role is Role.TITLE]
    wanted = wanted or [line for line in lines if line.role is Role.TITLE]
    if not wanted:
        return tuple(line for line in lines[:signed] if line.role is Role.BODY)[:1]
    run = _run(wanted, signed_below=signed < len(lines))
    if not any(kinds.names_a_document(line.text) for line in run):
        later = [line for line in wanted if line.at > run[-1].at and kinds.names_a_document(line.text)]
        run = [*run, *later[:1]]
    return tuple([*_issuers(lines, run), *run])


def _run(wanted: Sequence[Line], *, signed_below: bool) -> list[Line]:
    """The first line of a title and those that go on with it."""
    run = [wanted[0]]
    for line in wanted[1:_MOST_TITLE_LINES]:
        goes_on = re.match(r"[—\-(（:：]", line.text) is not None
        lower = 0 < run[0].level < line.level
        complete = kinds.names_a_document(run[-1].text)
        if line.at != run[-1].at + 1 or not (goes_on or signed_below or not (lower or complete)):
            break
        run.append(line)
    return run


def _issuers(lines: Sequence[Line], run: Sequence[Line]) -> list[Line]:
    """The bodies right above the title that it begins with: a company's report, an authority's notice."""
    if kinds.kind_of_title(titles.join([line.text for line in run])) in ("", "white_paper"):
        return []
    above: list[Line] = []
    for line in reversed([line for line in lines if line.at < run[0].at]):
        if line.role is not Role.BODY or line.at != run[0].at - 1 - len(above):
            break
        above.insert(0, line)
    return above
