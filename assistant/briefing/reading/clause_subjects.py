"""Whom the words of a clause name as its subject: a company, one of its units, a word that stands for it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from assistant.briefing.reading.outsiders import places_in, speaks_of_others
from assistant.companies.own_names import leading_name
from assistant.companies.resolution import Mentions, is_topical
from assistant.companies.subjects import meant
from assistant.folding import tag
from assistant.records import Article

Names = tuple[str, ...]
"""The companies that something is stated of, the main one first; none where it is of no company."""

_BREAK = re.compile(r"[。！？!?；;：:,，\n\t—“”\"‘’「」『』《》〈〉<>()\[\]【】|]")
_ASIDE = "《〈<([【"
_OPENED = '“「『"‘'
_PAIRS = ("“”", "()", "《》", "「」", "【】", "<>")
_JOINED = re.compile(r"[、和与及跟]|以及")
_UNIT_OF = re.compile(r"(?:旗下|的|所属|下属|所辖|的?(?:全资|控股)?子公司)?")
_CIRCUMSTANCE = re.compile(
    r"作为|根据|据(?!悉)|按照?|依据|依托|遵照|随着|围绕|针对|通过|借助|除了?|相?较|对比|相比|以"
)
_AGENT = re.compile(r"(?<![自理缘])由$")
_SOURCE = re.compile(r"(?:^|[,，])(?:根据|据)$")
_REPORTS = re.compile(r"[^,，。;]{0,12}?(?:通报|公布|披露|发布|统计|数据|公告|年报|报告|介绍|透露|消息)")
_CORRECTED = re.compile(r"[^》]{0,24}》一文中?[,，]")
_IS = re.compile(r"(?:^|[,，])[^,，。公]{0,8}(?<![不正只但还也就可总要若])[是系]$")
_NOT_DOING = re.compile(
    r"(?:[与和同跟向对为给被把在于从至到较比除如似含等、以]|包括|例如|按照?|根据|依托|通过|针对|联合|携手|打造|支持|帮助|服务)$"
)
_BOTH = re.compile(r"双方|两者|二者|两家(?:公司|企业)")
_BY_GROUP = re.compile(r"[^,，]{0,12}由集团(?:公司|总部)?(?!旗下)")
_WE = re.compile(r"(?:^|[,，:：])[^,，。]{0,8}(?:我们|我(?:司|行|院|厂|店|集团|公司))")
_FIGURE = re.compile(r"\d(?![\d.]*\s*[年月日届])")
_SUBSIDIARY = re.compile(r"(?:旗下)?的?(?:全资|控股|参股)?子公司")
_LONGEST = 16
_OUTER = "，,；;。！？!?"


class Subjects:
    """Finds the subjects in one document's text."""

    def __init__(self, mentions: Mentions) -> None:
        self.mentions = mentions
        self._folded = mentions.folded
        self._places = places_in(mentions.folded)

    def said(self, start: int, end: int, before: Names, article: Article) -> list[tuple[int, Names]]:
        """Where in a stretch the clauses begin that name a subject, and which.

        Args:
            before: whom the text before it is of.
        """
        found: list[tuple[int, Names]] = []
        for run in self._runs(start, end):
            if self._is_subject(run[0], start):
                unit = self._unit_of(run)
                names = self._names(run) if unit is None else unit
                found.append((self._clause(self.mentions.spans[run[0]][0], start), names))
        for place, stop, kind in self.mentions.pronouns_within(start, end):
            after_name = self._folded[:place].rstrip(" ")[-1:].isalnum()
            if after_name or not is_topical(self._folded, (place, stop, ""), None, after_topical=False):
                continue
            earlier = next((names for at, names in reversed(found) if at <= place), before)
            if names := self._meant(place, kind, earlier, article):
                found.append((self._clause(place, start), names))
        return sorted(found, key=lambda pair: pair[0])

    def understood(self, start: int, end: int, before: Names, article: Article, *, firm: bool) -> Names:
        """Whom a stretch is of that names no subject: whom its predicate names, or the one before it.

        Unless that one is `firm`, not where it begins with a subject of its own.
        """
        text = self._folded[start:end]
        if by_predicate := self._by_predicate(start, end):
            return by_predicate
        if before and _BY_GROUP.search(text):
            return (self._group_of(before[0]),)
        if _BOTH.match(text) and len(before) < 2:
            return self._last_two(start, article) or before
        if not before and _WE.search(text):
            return article.companies[:1]
        goes_on = _goes_on(text)
        if before and self.mentions.issuer and not goes_on:
            before = (self.mentions.issuer,)  # a report goes through the lines of its issuer's business
        if speaks_of_others(text, before, self._places) or not (firm or goes_on):
            return ()
        return before or self._in_passing(start, end, article)

    def _by_predicate(self, start: int, end: int) -> Names:
        """The company that a stretch is a part of (江阳是大江银行的试点) or rests upon (据大江银行通报)."""
        for run in self._runs(start, end):
            first, last = self.mentions.spans[run[0]][0], self.mentions.spans[run[-1]][1]
            lead, behind = self._folded[start:first], self._folded[last:end]
            if _IS.search(lead) and behind and behind[0] not in _OUTER:
                return self._names(run)
            if _SOURCE.search(lead) and _REPORTS.match(behind):
                return self._names(run)
            if lead.rfind("《") > lead.rfind("》") and _CORRECTED.match(behind):
                return self._names(run)
        return ()

    def _in_passing(self, start: int, end: int, article: Article) -> Names:
        """The company of the article that a stretch names, if not as somebody to whom something is done."""
        for run in self._runs(start, end):
            lead = self._folded[start : self.mentions.spans[run[0]][0]]
            if not _NOT_DOING.search(lead) and not is_open(lead):
                return tuple(name for name in self._names(run) if name in article.companies)
        return ()

    def named(self, start: int, end: int) -> Counter[str]:
        """How often each company is named, but not where it only says to whom the next one belongs."""
        spans = self.mentions.spans
        return Counter(spans[at][2] for at in self.mentions.within(start, end) if not self._introduces(at))

    def can_cut(self, sentence: int, start: int, at: int) -> bool:
        """Whether a clause that begins at `at` can stand apart from what is said before it since `start`."""
        is_outer = self._folded[at - 1] in _OUTER and not is_open(self._folded[sentence:at])
        return is_outer and self.is_whole(start, at)

    def is_whole(self, start: int, end: int) -> bool:
        """Whether a stretch states something: it has a verb or a figure, and is no mere name or time."""
        text = self._folded[start:end]
        return _FIGURE.search(text) is not None or any(part in ("v", "vg", "vi") for _, part in tag(text))

    def of_cell(self, start: int, end: int) -> Names:
        """The company that a cell of a table names and nothing else."""
        held = self.mentions.within(start, end)
        if not held:
            return ()
        first, last = self.mentions.spans[held[0]][0], self.mentions.spans[held[-1]][1]
        return self._names(held) if first == start and last - start >= 0.7 * (end - start) else ()

    def _runs(self, start: int, end: int) -> list[list[int]]:
        """The mentions, those that are joined or of which one introduces the next together."""
        runs: list[list[int]] = []
        for at in self.mentions.within(start, end):
            if runs and (_JOINED.fullmatch(self._gap(at)) or self._introduces(at - 1)):
                runs[-1].append(at)
            else:
                runs.append([at])
        return runs

    def _names(self, run: Sequence[int]) -> Names:
        own = [at for at in run if at == run[-1] or not self._introduces(at)]
        return tuple(dict.fromkeys(self.mentions.spans[at][2] for at in own))

    def _unit_of(self, run: Sequence[int]) -> Names | None:
        """The subsidiary that is the subject (某集团子公司某某科技): nobody if unknown, None for none."""
        spans = self.mentions.spans
        unit = _SUBSIDIARY.match(self._folded, spans[run[-1]][1])
        if unit is None:
            return None
        if run[-1] + 1 < len(spans) and spans[run[-1] + 1][0] == unit.end():
            return (spans[run[-1] + 1][2],)
        return () if leading_name(self._folded[unit.end() : unit.end() + _LONGEST]) else None

    def _introduces(self, at: int) -> bool:
        """Whether the mention only says to whom the next one belongs (中国联通 in 中国联通四川分公司)."""
        spans = self.mentions.spans
        if at + 1 >= len(spans) or not _UNIT_OF.fullmatch(self._gap(at + 1)):
            return False
        owner, name = spans[at][2], spans[at + 1][2]
        brand = self.mentions.catalogue.brand_of(owner)
        is_brand = brand != "" and brand == self.mentions.catalogue.brand_of(name)
        return is_brand or owner in self.mentions.catalogue.ancestors(name)

    def _gap(self, at: int) -> str:
        spans = self.mentions.spans
        return self._folded[spans[at - 1][1] : spans[at][0]] if at else "\n"

    def _is_subject(self, at: int, start: int) -> bool:
        place = self.mentions.spans[at][0]
        clause = self._clause(place, start)
        opening = self._folded[clause - 1] if clause > start else ""
        if opening and opening in _ASIDE:
            return False
        if opening and opening in _OPENED and self._folded[clause - 2] not in ":：,，。":
            return False
        lead = self._folded[clause:place]
        return bool(_AGENT.search(lead)) or (self.mentions.topical[at] and not _CIRCUMSTANCE.match(lead))

    def _clause(self, place: int, start: int) -> int:
        ends = [match.end() for match in _BREAK.finditer(self._folded, start, place)]
        return ends[-1] if ends else start

    def _meant(self, place: int, kind: str, before: Names, article: Article) -> Names:
        if kind == "plain" and not self.mentions.issuer and len(before) == 1:
            is_group = self._folded.startswith("集团", place)
            return (self._group_of(before[0]),) if is_group else before
        name = meant(self.mentions, place, kind, article.companies, article.blocks[0].start)
        return (name,) if name else ()

    def _group_of(self, name: str) -> str:
        return next(iter(self.mentions.catalogue.ancestors(name)[-1:]), name)

    def _last_two(self, place: int, article: Article) -> Names:
        before = self.mentions.within(article.blocks[0].start, place)
        return tuple(dict.fromkeys(self.mentions.spans[at][2] for at in reversed(before)))[:2]


def _goes_on(text: str) -> bool:
    """Whether a sentence that names no subject begins with what is done or with a word that points back."""
    words = tag(text[:24].lstrip())
    while words and words[0][1] in ("m", "t", "x", "c", "q", "f"):
        words = words[1:]
    return not words or words[0][1][0] in "vdpr"


def is_open(text: str) -> bool:
    """Whether a quotation, a title or a bracket is open at the text's end."""
    return any(text.count(pair[0]) > text.count(pair[1]) for pair in _PAIRS)
