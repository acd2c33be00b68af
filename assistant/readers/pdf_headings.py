"""Which paragraphs of a PDF are headings, and of which rank."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.cleaning.lines import ends_sentence

_LONGEST = 60
_SHORTEST_TEXT = 20
_LARGER = 1.08
_NUMERAL = "一二三四五六七八九十百零〇"
_MEASURE = "[万亿千百元个年月日号倍户人家位名次项条岁℃]"
_STYLES: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^第\s*[{_NUMERAL}\d]+\s*[编篇部]分?(?:\s|[：:]|$)",
        rf"^第\s*[{_NUMERAL}\d]+\s*章",
        rf"^第\s*[{_NUMERAL}\d]+\s*节",
        rf"^(?:[{_NUMERAL}]+\s*[、.．]|[{_NUMERAL}]+\s+(?=\S)|附[录件表]\s*[{_NUMERAL}\dA-Z]*\s*(?:[：:\s]|$))",
        rf"^[（(]\s*[{_NUMERAL}]+\s*[）)]",
        rf"^\d{{1,2}}\s*(?:[、．.](?!\d)|\s(?=[^\W\d])(?!{_MEASURE}))",
        rf"^\d{{1,2}}[.．]\d{{1,2}}(?!\s*{_MEASURE})[、.]?(?=\s*[\u3400-\u9fff“《（(]|\s+[A-Za-z])",
        r"^\d{1,2}(?:[.．]\d{1,2}){2,3}(?![.．\d])",
        r"^[（(]\s*\d{1,2}\s*[）)]",
        r"^(?:\d{1,2}\s*[）)]|[①-⑳])",
    )
)
_CHAPTERS = 4
"""How many of the styles number chapters rather than points of a list."""
_STANDALONE = re.compile(
    r"^(?:前\s*言|引\s*言|序\s*言|序|摘\s*要|结\s*语|结束语|后\s*记|附\s*[录件]|参考文献|致\s*谢|版权声明)$"
)
_CAPTION = re.compile(
    r"^(?:[图表]\s*[\d一二三四五六七八九十]|(?:注|单位)\s*[:：\d])|(?:来源|时间|日期|作者|发布人|记者)\s*[:：]"
)
_CENTRED = re.compile(r"^(?!.*[:：，。；]).*[\u3400-\u9fff]{4,}[^:：，。；]{0,20}$")
"""A short line in the middle is one if it holds words and no marks of a sentence or a list of names."""
_PLAIN = re.compile(r"^(?!.*[：:；。□√])(?=.*[\u3400-\u9fff]{3})(?:[^\d\s—（(]|\d+[A-Z]).{3,29}[^\W\d_”）)]$")
_CONTINUES = re.compile(r"[，,、；;：:（(]$")


@dataclass(slots=True)
class Candidate:
    """A paragraph as far as its rank depends on it."""

    text: str
    size: float
    bold: bool
    alone: bool
    """It ends before the right margin, or stands in the middle."""
    centred: bool = False
    style: int | None = None
    heading: bool = False
    plain: bool = False
    """Only its place tells that it is a heading."""
    level: int = 0


def style_of(text: str) -> int | None:
    """Which numbering a line begins with: the smaller the number, the higher the rank; None without one."""
    return next((rank for rank, style in enumerate(_STYLES) if style.match(text)), None)


def find(candidates: Sequence[Candidate]) -> None:
    """Mark the headings among a document's paragraphs and give them levels, 1 the highest."""
    body = _body_size(candidates)
    mostly_bold = _mostly_bold(candidates)
    for candidate in candidates:
        candidate.style = style_of(candidate.text)
        candidate.heading = _is_heading(candidate, body, mostly_bold)
    for at, candidate in enumerate(candidates):
        if not candidate.heading and _stands_above_text(candidates, at, body):
            candidate.heading = candidate.plain = True
    for at, candidate in enumerate(candidates):
        if candidate.heading and _is_list_item(candidates, at, body):
            candidate.heading = False
    _rank([candidate for candidate in candidates if candidate.heading])


def _body_size(candidates: Sequence[Candidate]) -> float:
    shares: Counter[float] = Counter()
    for candidate in candidates:
        shares[round(candidate.size, 1)] += len(candidate.text)
    return max(shares, key=lambda size: shares[size]) if shares else 0.0


def _mostly_bold(candidates: Sequence[Candidate]) -> bool:
    bold = sum(len(candidate.text) for candidate in candidates if candidate.bold)
    return bold > 0.5 * sum(len(candidate.text) for candidate in candidates)


def _is_heading(candidate: Candidate, body: float, mostly_bold: bool) -> bool:
    text = candidate.text
    if not text or len(text) > _LONGEST or not candidate.alone or not re.search(r"[^\W\d_]", text):
        return False
    if _CAPTION.search(text) or _CONTINUES.search(text):
        return False
    if candidate.size > 1.3 * body:
        return not text.endswith("。")
    if ends_sentence(text) and not text.endswith(("？", "！", "?", "!")):
        return False
    larger = candidate.size > _LARGER * body
    bold = candidate.bold and not mostly_bold
    if candidate.style is not None and candidate.size > 0.95 * body:
        return True
    if candidate.centred and candidate.size > 0.95 * body and _CENTRED.match(text):
        return True
    return larger or bold or (_STANDALONE.match(text) is not None and candidate.size > 0.95 * body)


def _stands_above_text(candidates: Sequence[Candidate], at: int, body: float) -> bool:
    """Whether a short line without a mark stands between a sentence's end and a paragraph of text."""
    own = candidates[at]
    if not own.alone or own.centred or own.size < 0.95 * body or not _PLAIN.match(own.text):
        return False
    if at == 0 or at + 1 == len(candidates):
        return False
    above, below = candidates[at - 1], candidates[at + 1]
    is_text = len(below.text) > _SHORTEST_TEXT and ends_sentence(below.text)
    return is_text and not below.heading and (above.heading or ends_sentence(above.text))


def _is_list_item(candidates: Sequence[Candidate], at: int, body: float) -> bool:
    """Numbered points that follow one another with nothing between them are a list."""
    own = candidates[at]
    if own.style is None or own.style < _CHAPTERS or own.bold or own.size > _LARGER * body:
        return False
    near = [*candidates[max(0, at - 1) : at], *candidates[at + 1 : at + 2]]
    return any(other.style == own.style for other in near)


def _rank(headings: Sequence[Candidate]) -> None:
    """Give headings their levels: by type size, then by numbering, then bold before plain.

    What stands before the first numbered heading is the title and its company: only its largest type ranks
    above the sections.
    """
    first = next((at for at, heading in enumerate(headings) if _numbered(heading)), 0)
    front, sections = headings[:first], headings[first:]
    sizes: dict[int, float] = {}
    for heading in sections:
        if heading.style is not None:
            sizes[heading.style] = max(sizes.get(heading.style, 0.0), heading.size)
    keys = [_key(heading, sizes) for heading in sections]
    levels = {key: level for level, key in enumerate(sorted(set(keys)), 2 if front else 1)}
    for heading, key in zip(sections, keys, strict=True):
        heading.level = levels[key]
    largest = max((round(heading.size) for heading in front), default=0)
    for heading in front:
        heading.level = 1 if round(heading.size) == largest else 2


def _numbered(heading: Candidate) -> bool:
    return heading.style is not None or _STANDALONE.match(heading.text) is not None


def _key(heading: Candidate, sizes: Mapping[int, float]) -> tuple[float, int, int]:
    if heading.style is not None:
        return -round(sizes[heading.style]), heading.style, 0
    if _STANDALONE.match(heading.text):
        chapter = min(sizes, default=_CHAPTERS - 1)
        return -round(sizes.get(chapter, heading.size)), chapter, 0
    return -round(heading.size), len(_STYLES), 2 if heading.plain else 0 if heading.bold else 1
