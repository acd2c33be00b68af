"""Whom each sentence and row of a passage is stated of, also where it does not say so itself."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answering.evidence.units import Unit, units_of
from assistant.briefing.reading.clause_subjects import Names, Subjects, is_open
from assistant.briefing.reading.outsiders import other_clause, tells_of_all
from assistant.companies.discovery import lists_companies
from assistant.companies.resolution import Mentions
from assistant.records import Article, Block, BlockKind, Passage

_ITEM = re.compile(r"(?:[一二三四五六七八九十]是|其[一二三四五]|第[一二三四五][,，]|首先|其次|再次|最后)")
_LEAD = 16
"""Characters before its subject that a paragraph may begin with."""
_AMONG = re.compile(r"(?:^如|其中|例如|比如|尤其是?|特别是|以.{2,12}为例)[,，:：]?$")
_FIGURE = re.compile(r"\d")
_AVERAGE = re.compile("(?:全?行业|同业|业内|市场)(?:平均|均值|整体|合计|水平)|(?:平均|均)值$")
_TOTAL = re.compile("[合总小共]计|平均|其[他它中]|本?(?:公司|集团|行)")
_COUNTERPARTS = re.compile(
    r"股东|持股|持有人|客户|供应商|往来|关联|担保|子公司|参股|投资|债权|债务|欠款|应收|应付|单位名称|代销|承销|机构"
)
_DEALINGS = re.compile(r"股东|持有人|客户|供应商|往来|关联|担保|债权|债务|欠款|应收|应付|代销|承销|机构")
_RESULTS = re.compile(r"营业(?:总?收入|利润|额)|净利润|总资产|净资产|销售额|产量|销量|利润总额|用户数|员工")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the cleaned text, of one sentence or row, and whom it is stated of."""

    start: int
    end: int
    companies: Names


@dataclass(slots=True)
class _Course:
    """How a paragraph goes: whom it is of by now, and whom the list of points in it is of.

    `firm`: it has one company for its subject, so that what else it speaks of is that company's.
    """

    said: Names = ()
    listing: Names | None = None
    firm: bool = False


class Speakers:
    """Finds whom the units of one document's passages are stated of."""

    def __init__(self, mentions: Mentions, is_apart: Callable[[Passage], bool]) -> None:
        """`is_apart` tells of a passage whether its section is a piece of its own, dated by itself."""
        self._is_apart = is_apart
        self._subjects = Subjects(mentions)
        self._mentions = mentions
        self._headed: dict[str, Names] = {}
        self._ranked: dict[int, Names] = {}
        self._owners: dict[tuple[str, ...], tuple[tuple[str, str], ...]] = {(): ()}

    def around(self, article: Article) -> Names:
        """The companies that an article is about: of its title first, then those most spoken of."""
        start, end = article.blocks[0].start, article.blocks[-1].end
        if start not in self._ranked:
            headed, named = self._of_heading(article.metadata.title), self._subjects.named(start, end)
            ranked = sorted(article.companies, key=lambda name: (name not in headed, -named[name]))
            self._ranked[start] = tuple(ranked)
        return self._ranked[start]

    def parts(self, passage: Passage, article: Article) -> Iterator[tuple[Unit, Part]]:
        """The passage's units in their order, cut where another company begins to be spoken of.

        A unit that names no subject is stated of whom the one before it in its paragraph is; the first one of
        a paragraph of the company that heading, article or paragraph is about. Units of no company have none.
        """
        course = self._before(passage, article)
        end = -1
        for unit in self._units(passage):
            if "\t" in unit.text:
                yield unit, Part(unit.start, unit.end, self._of_row(unit, passage, article))
                continue
            if course is None or (end >= 0 and "\n" in self._mentions.folded[end : unit.start]):
                course = self._begun(unit, passage, article, course)
            for part in self._cut(unit, course, article):
                for piece in self._without_others(part):
                    yield unit, piece
            end = unit.end

    def _without_others(self, part: Part) -> Iterator[Part]:
        """The part, but what another body does in a clause at its end apart from it."""
        text = self._mentions.folded[part.start : part.end]
        at = other_clause(text, part.companies) if part.companies else -1
        if at < 0 or is_open(text[:at]) or not self._subjects.is_whole(part.start, part.start + at):
            yield part
            return
        if _FIGURE.search(text, 0, at):
            yield Part(part.start, part.start + at, part.companies)
        else:
            at = 0
        yield Part(part.start + at, part.end, ())

    def owners(self, unit: Unit, article: Article) -> tuple[tuple[str, str], ...]:
        """The heads of a row's columns that name several companies, each with it; a trade's with none."""
        block = _block_at(article, unit.start) if "\t" in unit.text else None
        heads = block.table.heads if block and block.table else ()
        if heads not in self._owners:
            named = [(head, [""] if _AVERAGE.match(head) else self._mentions.find(head)) for head in heads]
            found = tuple((head, names[0]) for head, names in named if len(names) == 1)
            self._owners[heads] = found if len({name for _, name in found}) > 1 else ()
        return self._owners[heads]

    def _units(self, passage: Passage) -> Iterator[Unit]:
        """The passage's units; a part that only names somebody stays with the part behind it."""
        held: Unit | None = None
        for unit in units_of(passage):
            if held is not None and held.sentence == unit.sentence:
                text = passage.text[held.start - passage.start : unit.end - passage.start]
                unit = replace(unit, text=text, start=held.start)
            elif held is not None:
                yield held
            held = unit
            if not unit.text.endswith(("，", ",")) or self._subjects.is_whole(unit.start, unit.end):
                yield unit
                held = None
        if held is not None:
            yield held

    def _before(self, passage: Passage, article: Article) -> _Course | None:
        """How the paragraph went that the passage goes on with; None where it begins with one."""
        block = _block_at(article, passage.start)
        if block is None or block.table is not None or block.start >= passage.start:
            return None
        earlier = replace(
            passage,
            text=self._mentions.folded[block.start : passage.start],
            start=block.start,
            end=passage.start,
        )
        course: _Course | None = None
        for unit in self._units(earlier):
            course = course or self._begun(unit, passage, article, None)
            for _ in self._cut(unit, course, article):
                pass
        return course

    def _cut(self, unit: Unit, course: _Course, article: Article) -> Iterator[Part]:
        if _ITEM.match(self._mentions.folded, unit.start):
            course.listing = course.said if course.listing is None else course.listing
            course.said = course.listing
        found = self._subjects.said(unit.start, unit.end, course.said, article)
        if not found:
            course.said = self._subjects.understood(
                unit.start, unit.end, course.said, article, firm=course.firm
            )
            yield Part(unit.start, unit.end, course.said)
            return
        start, names = unit.start, found[0][1]
        if tells_of_all(self._mentions.folded[start : found[0][0]], self._mentions.folded[found[0][0] :]):
            yield Part(start, found[0][0], ())
            start = found[0][0]
        is_example = not course.firm and self._is_among(unit.start, found[:1])
        for clause, others in found[1:]:
            can_cut = self._subjects.can_cut(unit.start, start, clause)
            if set(others) <= set(names) and not (can_cut and 0 < len(set(others)) < len(set(names))):
                continue
            if not can_cut:
                names = tuple(dict.fromkeys([*names, *others]))
                continue
            yield Part(start, clause, names)
            start, names = clause, others
        yield Part(start, unit.end, names)
        course.said = () if is_example else names

    def _begun(self, unit: Unit, passage: Passage, article: Article, before: _Course | None) -> _Course:
        """How a paragraph starts that begins with the unit."""
        said = self._at_start(unit, passage, article)
        if said:
            return _Course(said, firm=True)
        found = self._subjects.said(unit.start, unit.end, (), article)[:1]
        leads = any(clause - unit.start <= _LEAD and len(names) == 1 for clause, names in found)
        firm = leads and not self._is_among(unit.start, found)
        return _Course(before.said if before and before.firm else (), firm=firm)

    def _is_among(self, start: int, found: Sequence[tuple[int, Names]]) -> bool:
        """Whether a company is only spoken of as one of several things."""
        return any(_AMONG.search(self._mentions.folded[start:clause]) for clause, _ in found)

    def _at_start(self, unit: Unit, passage: Passage, article: Article) -> Names:
        """Whom a paragraph is of before it says so."""
        main = self._default(passage, article)
        if main and (set(main) & set(passage.companies) or main == self._of_heading(passage.section)):
            return main
        if not main:
            return ()
        block = _block_at(article, unit.start)
        last = min(block.end, passage.end) if block else unit.end
        found = self._subjects.said(unit.start, last, (), article)
        ahead = {names for _, names in found}
        return ahead.pop() if len(ahead) == 1 and not self._is_among(unit.start, found) else main

    def _default(self, passage: Passage, article: Article) -> Names:
        if headed := self._of_heading(passage.section):
            return headed
        return () if self._is_apart(passage) else self.around(article)[:1]

    def _of_heading(self, section: str) -> Names:
        """The companies of the lowest heading that names any; not the owner that introduces its unit."""
        if section not in self._headed:
            self._headed[section] = ()
            for heading in reversed(section.split(" › ")):
                if found := self._mentions.find(heading):
                    catalogue = self._mentions.catalogue
                    aside = set(catalogue.find(heading)) - set(catalogue.asked(heading))
                    self._headed[section] = tuple(name for name in found if name not in aside)
                    break
        return self._headed[section]

    def _of_row(self, unit: Unit, passage: Passage, article: Article) -> Names:
        """Whom a row is of: the company in its first cell, if that is no mere counterpart."""
        block = _block_at(article, unit.start)
        if not _COUNTERPARTS.search(f"{passage.section}{passage.table}") or _gives_results(block):
            number = re.match(r"[\s\d.、]*", unit.text)
            lead = number.end() if number else 0
            end = f"{unit.text}\t".index("\t", lead)
            if first := self._subjects.of_cell(unit.start + lead, unit.start + end):
                return first
            if owners := self.owners(unit, article):
                return tuple(dict.fromkeys(name for _, name in owners if name))
            if block and _lists_companies(block) and not _TOTAL.match(unit.text, lead):
                return ()
        caption = block.table.caption if block and block.table else ""
        return self._of_heading(caption) or self._default(passage, article) or passage.companies[:1]


def _block_at(article: Article, place: int) -> Block | None:
    at = bisect_right(article.blocks, place, key=lambda block: block.start) - 1
    return article.blocks[at] if at >= 0 else None


def _gives_results(block: Block | None) -> bool:
    """Whether the rows are of companies and say what these have earned, not what they do for another."""
    if block is None or not _lists_companies(block) or block.table is None:
        return False
    heads = "".join((block.table.caption, *block.table.heads))
    return bool(_RESULTS.search(heads)) and not _DEALINGS.search(heads)


def _lists_companies(block: Block) -> bool:
    """Whether the rows of a block's table are each of another company."""
    heads = block.table.heads if block.table else ()
    return block.kind is BlockKind.ROW and bool(heads) and lists_companies(heads[0])
