"""Companies by the form of their names, whatever the trade: 某某有限公司, 某某银行, 某某集团, Some Corp."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant import wordlists
from assistant.companies import places
from assistant.folding import is_word, tag

_HAN = r"\u3400-\u9fff"
_LEGAL = re.compile(r"有限(?:责任)?公司")
_SHORT = re.compile(
    rf"(?<=[{_HAN}])(?:银行(?![卡业账间存贷理系]|结算|承兑|同业)|集团(?!军|化|级|式|股份|有限|控股))(?:公司)?"
)
_LEGAL_BEHIND = re.compile(r"(?:股份|控股|连锁)*有限(?:责任)?公司")
_LEGAL_END = re.compile(r"(?:股份|集团|控股|连锁)*有限(?:责任)?公司$|集团$")
_NAMED_BY_KIND = re.compile(r"(.{2,}(?:银行|集团))(?:股份|控股)*有限(?:责任)?公司")
_BEFORE = re.compile(rf"(?:[{_HAN}a-z0-9&·]|[(][{_HAN}a-z]{{2,8}}[)])+$")
_WORD = r"[A-Z][A-Za-z0-9&'’-]*(?:\.com)?"
_ENGLISH = re.compile(
    rf"(?<![A-Za-z0-9.]){_WORD}(?:,? (?:{_WORD}|of|and|&|for|de)){{0,6}},? "
    r"(?:Co\., ?Ltd|Incorporated|Inc|Corporation|Corp|Limited|Ltd|LLC|PLC|plc|GmbH|AG|N\.V|S\.A|Holdings)"
    r"(?![A-Za-z0-9])\.?"
)
_DATE = re.compile(r".*\d\s*(?:年|月|日|季度)(?:[初底末度份]|上半年|下半年)?")
_TIME = re.compile(r"[第前]?[一二三四]个?季度|[上下]半年|[今去前当全]年|年末|年初")
_LONGEST = 30
_BREAKING_TAGS = ("p", "c", "u", "r", "d", "y", "q", "w")
_PROPER = ("ns", "nz", "nr", "nrt", "nrfg", "nt", "j", "x")


def spans(folded: str, text: str, taken: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Mentions outside the spans `taken`, which are in text order; `folded` is the folded `text`."""
    if "公司" in folded or "银行" in folded or "集团" in folded:
        yield from _chinese(folded, taken)
    for match in _ENGLISH.finditer(text):
        yield match.span()


def past_legal_form(folded: str, end: int) -> int:
    """Where a name that ends at `end` ends with its legal form (大江银行 in 大江银行股份有限公司)."""
    legal = _LEGAL_BEHIND.match(folded, end)
    return legal.end() if legal else end


def plain(name: str) -> str:
    """A bank or a group without its legal form: texts name it both ways (大江集团有限公司: 大江集团)."""
    match = _NAMED_BY_KIND.fullmatch(name)
    return match[1] if match else name


def body_of(name: str) -> str:
    """A company's name without its legal form (长江光缆股份有限公司: 长江光缆); empty where it has none."""
    body = _LEGAL_END.sub("", name)
    return body if body != name else ""


def head_of(name: str) -> str:
    """The own word of a name, by which texts call the company (深圳市腾讯计算机系统有限公司: 腾讯)."""
    words = [(word, part) for word, part in tag(body_of(name))]
    while words and (places.bare(words[0][0]) or (words[0][1] == "ns" and is_word(words[0][0]))):
        words = words[1:]
    if len(words) < 2:
        return ""
    head = words[0][0] if len(words[0][0]) > 1 else words[0][0] + words[1][0]
    own = not is_word(head) or words[0][1] in ("nz", "nr", "nrt", "nt", "j")
    return head if own and 2 <= len(head) <= 4 else ""


def _chinese(folded: str, taken: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    held = sorted(taken)
    at, done = 0, 0
    for match in _either(folded):
        while at < len(held) and held[at][1] <= match.start():
            done = max(done, held[at][1])
            at += 1
        if at < len(held) and held[at][0] < match.end():
            continue
        floor = max(done, match.start() - _LONGEST, 0)
        before = _BEFORE.search(folded[floor : match.start()])
        if before is None:
            continue
        if done and (legal := _LEGAL_BEHIND.match(folded, done)) and legal.end() >= match.end():
            done = legal.end()
            continue
        date = _DATE.match(before.group())
        core = before.group()[date.end() :] if date else before.group()
        start = _start(core, match.group(), adjoins=match.start() - len(core) == done > 0)
        if start is not None:
            done = past_legal_form(folded, match.end())
            yield match.start() - len(core) + start, done


def _either(folded: str) -> list[re.Match[str]]:
    found = [*_LEGAL.finditer(folded), *_SHORT.finditer(folded)]
    return sorted(found, key=lambda match: match.start())


@lru_cache(maxsize=4096)
def _start(core: str, suffix: str, *, adjoins: bool) -> int | None:
    """Where in the characters before a suffix the name begins; None where there is no name."""
    at = start = 0
    short = not _LEGAL.fullmatch(suffix)
    words: list[tuple[str, str]] = []
    for word, part in tag(core + suffix):
        if at >= len(core):
            break
        at += len(word)
        first = not words and adjoins
        breaks = word in _words()[0] or part[0] in _BREAKING_TAGS or word.endswith("于")
        breaks = breaks or _TIME.fullmatch(word) is not None
        breaks = breaks or (short and part == "v")
        if words and words[-1][1] == "v" and part == "ns" and len(core) - at >= 2:
            start, words = at - len(word), []
        if (breaks and not is_name_word(word, part)) or (first and part in ("v", "vd", "n")):
            start, words = at, []
        else:
            words.append((word, part))
    own = core[start:]
    bare = re.sub(r"(?:股份|集团|控股)+$", "", own)
    if len(bare) < 2 or bare in _words()[1]:
        return None
    if (short and not _is_proper(words, own)) or not _is_own(words):
        return None
    return start


def is_name_word(word: str, part: str) -> bool:
    """Whether a word that would end a name may begin one: 同程 is one though tagged otherwise."""
    return len(word) > 1 and part[0] in "qd" and not is_word(word)


def _is_own(words: list[tuple[str, str]]) -> bool:
    """Whether a name says more than a trade, as 财务有限公司 and 检测技术有限公司 do not."""
    return any(len(word) > 1 and word not in _words()[2] for word, _ in words)


def _is_proper(words: list[tuple[str, str]], own: str) -> bool:
    """Whether a short form holds a name of its own, as 商业银行 and 大型集团 do not."""
    named = any(part in _PROPER and word not in _words()[1] for word, part in words)
    return named and len(own) <= 10 and words[0][1][0] in "nxjbm"


@lru_cache(maxsize=1)
def _words() -> tuple[frozenset[str], ...]:
    """Words that end a name to their left, those that are no name before 银行 or 集团, and trades."""
    return tuple(map(frozenset, wordlists.groups("company_words")))
