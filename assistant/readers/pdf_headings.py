"""Which paragraphs of a PDF are headings, and of which rank."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.cleaning.lines import ends_sentence

_LONGEST = 60
_LONGEST_NUMBERED = 45
_LARGER = 1.08
_NUMERAL = "一二三四五六七八九十百零〇"
_STYLES: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^第\s*[{_NUMERAL}\d]+\s*[编篇部]分?(?:\s|[：:]|$)",
        rf"^第\s*[{_NUMERAL}\d]+\s*章",
        rf"^第\s*[{_NUMERAL}\d]+\s*节",
        rf"^(?:[{_NUMERAL}]+\s*[、.．]|[{_NUMERAL}]+\s+(?=\S)|附[录件表]\s*[{_NUMERAL}\dA-Z]*\s*(?:[：:\s]|$))",
        rf"^[（(]\s*[{_NUMERAL}]+\s*[）)]",
        r"^\d{1,2}\s*(?:[、．.](?!\d)|\s(?=[^\W\d]))",
        r"^\d{1,2}[.．]\d{1,2}(?![.．\d])[\s、.]*(?=[^\s\d%％])",
        r"^\d{1,2}(?:[.．]\d{1,2}){2,3}(?![.．\d])",
        r"^[（(]\s*\d{1,2}\s*[）)]",
        r"^(?:\d{1,2}\s*[）)]|[①-⑳])",
    )
)
_CHAPTERS = 4
"""How many of the styles number chapters rather than points of a list."""
_STANDALONE = re.compile(r"^(?:前\s*言|引\s*言|序\s*言|序|摘\s*要|结\s*语|结束语|后\s*记|附\s*[录件]|参考文献|致\s*谢|版权声明)$")
_CAPTION = re.compile(r"^(?:[图表]\s*[\d一二三四五六七八九十]|(?:来源|数据来源|资料来源|注|单位)\s*[:：\d])")
_CENTRED = re.compile(r"^(?!.*[:：，。；]).*[\u3400-\u9fff]{4,}[^:：，。；]{0,20}$")
"""A short line in the middle is one if it holds words and no marks of a sentence or a list of names."""
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
    level: int = 0


def style_of(text: str) -> int | None:
    """Which numbering a line begins with: the smaller the number, the higher the rank; None without one."""
    return next((rank for rank, style in enumerate(_STYLES) if style.match(text)), None)


def find(candidates: Sequence[Candidate]) -> None:
    """Mark the headings among a document's paragraphs and give them levels, 1 the highest."""
    body = _body_size(candidates)
    mostly_bold = _mostly_bold(candidates)
    for at, candidate in enumerate(candidates):
        candidate.style = style_of(candidate.text)
        candidate.heading = _is_heading(candidate, body, mostly_bold)
    for at, candidate in enumerate(candidates):
        if candidate.heading and _is_list_item(candidates, at, body):
            candidate.heading = False
    ranks = sorted({_rank(candidate) for candidate in candidates if candidate.heading})
    levels = {rank: level for level, rank in enumerate(ranks, 1)}
    for candidate in candidates:
        if candidate.heading:
            candidate.level = levels[_rank(candidate)]


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
    if _CAPTION.match(text) or _CONTINUES.search(text):
        return False
    if candidate.size > 1.3 * body:
        return not text.endswith("。")
    if ends_sentence(text) and not text.endswith(("？", "！", "?", "!")):
        return False
    larger = candidate.size > _LARGER * body
    bold = candidate.bold and not mostly_bold
    if candidate.style is not None and candidate.size > 0.95 * body:
        return len(text) <= _LONGEST_NUMBERED
    if candidate.centred and candidate.size > 0.95 * body and _CENTRED.match(text):
        return True
    return larger or bold or (_STANDALONE.match(text) is not None and candidate.size > 0.95 * body)


def _is_list_item(candidates: Sequence[Candidate], at: int, body: float) -> bool:
    """Numbered points that follow one another with nothing between them are a list."""
    own = candidates[at]
    if own.style is None or own.style < _CHAPTERS or own.bold or own.size > _LARGER * body:
        return False
    near = candidates[max(0, at - 1) : at] + candidates[at + 1 : at + 2]
    return any(other.style == own.style for other in near)


def _rank(candidate: Candidate) -> tuple[float, int, int]:
    """Larger type first, then the numbering, then bold type."""
    style = len(_STYLES) if candidate.style is None else candidate.style
    if _STANDALONE.match(candidate.text):
        style = _CHAPTERS - 1
    return -round(candidate.size), style, 0 if candidate.bold or candidate.style is not None else 1
