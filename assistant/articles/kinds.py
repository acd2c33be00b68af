"""What kind of document a title stands for, and which period a report reports on. Rules only, no model.

A Chinese title ends with what the document is (…年度报告, …白皮书, …的公告), so its end tells the kind;
brackets, an edition and a subtitle behind it do not count.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant import wordlists
from assistant.articles import dates
from assistant.folding import fold
from assistant.records import DocumentKind

_BY_FORM = {"pptx": DocumentKind.SLIDES, "xlsx": DocumentKind.SHEET, "csv": DocumentKind.SHEET}
_EDITION = re.compile(
    r"(?:[(\[【〔《][^()\[\]【】〔〕]{0,24}[)\]】〕》]|摘要|正文|全文|简版|完整版|[中英]文版|试行|暂行|修订稿?|送审稿|"
    r"征求意见稿|v?\d+(?:\.\d+)+|(?:19|20)\d{2}年?版?)$"
)
_SUBTITLE = re.compile(r"—+|--+|[:|丨]")
_EVENT = re.compile(
    r"发布|推出|印发|出台|解读|亮相|公布|披露|召开|举[行办]|启动|入选|荣获|学习|贯彻|出炉|面世|上线|解析|热议"
)
_ARTICLE_OF_LAW = re.compile(r"^第一条|^第一章\s*总\s*则")
_FIRST_PARAGRAPHS = 60
_AUTHORITY = re.compile(
    r"中华人民共和国|国务院|人民政府|人民代表大会|人大常委会|最高人民|中共|党委$|[部委署厅局]$|委员会$|办公[室厅]$|人民银行|网信办|(?:法|检察)院$"
)
_COMPANY = re.compile(r"公司|集团|董事会|监事会|银行(?!业)|酒店|商场|学校|大学|医院")
_OWN_RULES = re.compile(r"公司|企业内部|集团|员工|本行|本校|本院|我[司院校行]")
_DOCUMENT_NUMBER = re.compile(r"[\u3400-\u9fff][〔\[(](?:19|20)\d{2}[〕\])]\s*\d+\s*号|^第?\s*\d+\s*号令?$")
_YEAR = re.compile(r"(?<!\d)(?:(?:19|20)\d{2}|[一二][〇○零o一二三四五六七八九]{3})(?!\d)")
_SPAN = re.compile(r"\d{4}年?度?[-—–~至到]+(?:19|20)\d{2}")
_AHEAD = re.compile(r"预计|计划|预算(?!执行)|要点|展望|目标|安排|规划")
"""A title that looks ahead to a year reports on none."""
_QUARTERS = {"一": "1", "二": "2", "三": "3", "四": "4"} | {
    "first": "1",
    "second": "2",
    "third": "3",
    "fourth": "4",
}
_STAGES = (
    ("Q", re.compile(r"^年?度?[第前]?(?P<q>[一二三四1-4])季|^年?-?q(?P<n>[1-4])(?!\d)")),
    ("H1", re.compile(r"^年?度?(?:半年|中期|中报|上半年|1-6月|-?h1)")),
    ("FY", re.compile(r"^(?:年?年度|年报|年年报|年?全年|财年|-?fy)")),
    (
        "FY",
        re.compile(
            r"^年?[^年]{0,12}?(?:社会责任|可持续发展|esg|环境、社会|工作总结|工作报告|总结报告|述职|履职|决算|审计|财务|业绩|"
            r"统计公报|发展公报|运行情况|情况报告)"
        ),
    ),
)
_YEARLY = re.compile(r"(?:年度|社会责任|可持续发展|esg|环境、社会[及和](?:公司)?(?:治理|管治))报告$|年报$")
_ENGLISH_STAGES = (
    ("Q", re.compile(r"(?P<q>first|second|third|fourth)[- ]quarter|\bq(?P<n>[1-4])\b")),
    ("H1", re.compile(r"\binterim\b|\bhalf[- ]year|\bsix months ended")),
    ("FY", re.compile(r"\bannual\b|\byear ended|\bfiscal year|\bsustainability\b|\besg\b|\bfull[- ]year")),
)
_ENGLISH_REPORT = re.compile(
    r"\b(?:annual|interim|quarterly|half[- ]year|full[- ]year|sustainability) (?:report|results)\b"
)


def kind_of_title(title: str) -> str:
    """The kind that a title names by what it ends with, or nothing."""
    folded = fold(title).strip()
    for part in (folded, *_SUBTITLE.split(folded)):
        bare = _without_edition(part)
        for word, kind in _endings():
            if bare.endswith(word):
                return kind
    return DocumentKind.REPORT if _ENGLISH_REPORT.search(folded) else ""


def decide(title: str, form: str, *, signed: bool, official: bool, numbered: bool = False) -> DocumentKind:
    """The kind of a document.

    Args:
        form: its file format; slides and sheets are told by it alone.
        signed: reporters, a source or a line of publication stand around its title.
        official: an authority issued it, or it is written in articles as laws are.
        numbered: it bears the number of an authority's document.
    """
    if form in _BY_FORM:
        return _BY_FORM[form]
    kind = kind_of_title(title)
    event = tells_of_an_event(title)
    if signed and (event or not kind):
        return DocumentKind.NEWS
    if kind == DocumentKind.POLICY and not official:
        return DocumentKind.NEWS if signed else DocumentKind.OTHER
    if kind == DocumentKind.ANNOUNCEMENT and numbered:
        return DocumentKind.POLICY
    return DocumentKind(kind or DocumentKind.OTHER)


def tells_of_an_event(title: str) -> bool:
    """Whether a title says that something is done (…发布白皮书), as headlines of news do."""
    return _EVENT.search(re.sub("《[^》]*》", "", fold(title).split("关于")[0])) is not None


def is_ending(line: str) -> bool:
    """Whether a line is a word for a kind of document and nothing else."""
    bare = _without_edition(fold(line).strip())
    return any(bare == word for word, _ in _endings())


def names_a_document(line: str) -> bool:
    """Whether a line ends with a word for a kind of document, of one character more than 法."""
    bare = _without_edition(fold(line).strip())
    return any(len(word) > 1 and bare.endswith(word) for word, _ in _endings())


def is_official(issuers: Sequence[str], texts: Sequence[str]) -> bool:
    """Whether one of the issuers is a public authority, or the first texts are articles as those of laws."""
    bodies = (issuer for issuer in map(fold, issuers) if not _COMPANY.search(issuer))
    if any(map(_AUTHORITY.search, bodies)):
        return True
    first = [text for text in texts[:_FIRST_PARAGRAPHS] if _ARTICLE_OF_LAW.match(text)]
    return bool(first) and not any(map(_OWN_RULES.search, first))


def is_document_number(line: str) -> bool:
    """Whether a line holds the number that authorities give to a document: 工信部〔2023〕5号."""
    return _DOCUMENT_NUMBER.search(fold(line)) is not None


def period_of(title: str) -> str:
    """The period that a report's title states (`2022FY`, `2022H1`, `2022Q3`), or nothing.

    A year in brackets behind the title is its edition, which no rule here takes for a period.
    """
    folded = fold(title)
    text = re.sub(r"\s+", "", folded)
    if _SPAN.search(text) or _AHEAD.search(text):
        return ""
    for found in _YEAR.finditer(text):
        for stage, pattern in _STAGES:
            if match := pattern.search(text[found.end() :]):
                return dates.year(found.group()) + stage + _quarter(match)
    year = _YEAR.search(text)
    if year is None:
        return ""
    if year.end() == len(text) and _YEARLY.search(text[: year.start()]):
        return dates.year(year.group()) + "FY"
    for stage, pattern in _ENGLISH_STAGES:
        if match := pattern.search(folded):
            return dates.year(year.group()) + stage + _quarter(match)
    return ""


def period_of_kind(kind: str, title: str) -> str:
    """The period of a report or an announcement of this title; nothing for documents of other kinds."""
    return period_of(title) if kind in (DocumentKind.REPORT, DocumentKind.ANNOUNCEMENT) else ""


def _without_edition(text: str) -> str:
    while match := _EDITION.search(text):
        if not match.start():
            break
        text = text[: match.start()].rstrip(" -—·")
    return text


def _quarter(match: re.Match[str]) -> str:
    found = match.groupdict()
    quarter = found.get("q") or found.get("n") or ""
    return _QUARTERS.get(quarter, quarter)


@lru_cache(maxsize=1)
def _endings() -> tuple[tuple[str, str], ...]:
    """Each word with its kind, the longest first."""
    pairs = [(word, kind) for kind, *words in wordlists.groups("kinds") for word in words]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))
