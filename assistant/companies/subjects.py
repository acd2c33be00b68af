"""Which companies an article or a passage is about, as against those that it merely mentions."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.companies import Catalogue, prominent
from assistant.companies.resolution import Mentions, read
from assistant.records import Article, BlockKind, ParsedDocument, Passage

_SENTENCE_END = re.compile(r"[。！？!?]")
_JOINED = re.compile(r"[、和与及,，\t ]|以及")
_FEW = 3
_ENUMERATED = 3
"""So many companies in a row, and more, are a list; each of them is only mentioned."""


@dataclass(slots=True)
class _Weight:
    """How a company stands in a passage: where it is named first, how often, and how often as a subject."""

    first: int
    topical: int = 0
    spoken_of: int = 0

    @property
    def is_subject(self) -> bool:
        return self.topical > 0 or self.spoken_of > 1


def assigned(
    parsed: ParsedDocument, passages: Sequence[Passage], catalogue: Catalogue
) -> tuple[ParsedDocument, list[Passage]]:
    """The document and its passages with the companies that each article and each passage is about.

    A company that an article has already, since its label names it, stays its main one.
    """
    blocks = [block for article in parsed.articles for block in article.blocks]
    rows = [(block.start, block.end) for block in blocks if block.kind in (BlockKind.HEAD, BlockKind.ROW)]
    heads = [block.start for block in blocks if block.kind is BlockKind.HEADING]
    mentions = read(parsed.clean.text, catalogue, rows, heads)
    articles = tuple(_with_companies(mentions, article) for article in parsed.articles)
    about: list[Passage] = []
    for passage in passages:
        article = articles[passage.article]
        companies = of_passage(
            mentions,
            passage.start,
            passage.end,
            section=passage.section,
            article=article.companies,
            first=article.blocks[0].start,
            rows=bool(passage.table),
        )
        about.append(replace(passage, companies=companies))
    return replace(parsed, articles=articles), about


def _with_companies(mentions: Mentions, article: Article) -> Article:
    prose = [(block.start, block.end) for block in article.blocks if block.kind is BlockKind.TEXT]
    own = of_article(mentions, article.metadata.title, prose)
    return replace(article, companies=tuple(dict.fromkeys([*article.companies, *own])))


def of_article(mentions: Mentions, title: str, paragraphs: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    """The companies that an article is about, the main one first.

    One counts when the title names it, a clause of the first sentence begins with it, or at least a third of
    the paragraphs name it.

    Args:
        title: the article's headline.
        paragraphs: the spans of its paragraphs of prose.
    """
    spans = mentions.spans
    named = [[spans[at][2] for at in mentions.within(*paragraph)] for paragraph in paragraphs]
    leading: list[str] = []
    for start, end in paragraphs:
        if stop := _SENTENCE_END.search(mentions.folded, start, end):
            leading = [spans[at][2] for at in mentions.within(start, stop.start()) if mentions.topical[at]]
            break
    headed = mentions.find(title)
    return prominent(named, [*headed, *leading], headed) or _leading_all(mentions, paragraphs)


def _leading_all(mentions: Mentions, paragraphs: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    """The one company that half of the clauses which begin with a company begin with, if they are not few."""
    topical = Counter(
        mentions.spans[at][2]
        for paragraph in paragraphs
        for at in mentions.within(*paragraph)
        if mentions.topical[at]
    )
    for name, count in topical.most_common(1):
        if count >= max(_FEW, len(paragraphs) / 10, topical.total() / 2):
            return (name,)
    return ()


def of_passage(
    mentions: Mentions,
    start: int,
    end: int,
    *,
    section: str = "",
    article: Sequence[str] = (),
    first: int = 0,
    rows: bool = False,
) -> tuple[str, ...]:
    """The companies that a passage is about, the one that it names first leading.

    A company is one where a clause of the passage begins with it or with a word that stands for it, where
    the heading names it, where it is named again, or where the article is about it and the passage names it.
    A passage about none of those it names is about the main company of its article.

    Args:
        start, end: the passage's span in the cleaned text.
        section: the headings that it stands under.
        article: the companies that its article is about, the main one first.
        first: where the article begins; no word of the passage stands for a company named before.
        rows: it is rows of a table, which list companies.
    """
    rows = rows or _is_list(mentions, start, end)
    weights: dict[str, _Weight] = {}
    for at, is_listed in _inside(mentions, start, end, rows=rows):
        place, _, name = mentions.spans[at]
        weight = weights.setdefault(name, _Weight(place))
        weight.topical += mentions.topical[at] and not is_listed
        weight.spoken_of += not is_listed
    for place, _, kind in () if rows else mentions.pronouns_within(start, end):
        if name := meant(mentions, place, kind, article, first):
            weights.setdefault(name, _Weight(place)).topical += 1
    headed = mentions.find(section) if section else []
    for name in headed:
        weights.setdefault(name, _Weight(end)).topical += 1
    chosen = [name for name, w in weights.items() if w.is_subject or (name in article and w.spoken_of)]
    chosen = chosen or ([] if headed else list(article[:1]))
    return tuple(sorted(chosen, key=lambda name: weights[name].first if name in weights else end))


def _inside(mentions: Mentions, start: int, end: int, *, rows: bool) -> list[tuple[int, bool]]:
    """The mentions of a passage, and of each whether it stands in a list of companies."""
    places = list(mentions.within(start, end))
    runs: list[list[int]] = []
    for at in places:
        joined = runs and _JOINED.fullmatch(
            mentions.folded[mentions.spans[runs[-1][-1]][1] : mentions.spans[at][0]]
        )
        if joined:
            runs[-1].append(at)
        else:
            runs.append([at])
    listed = {at for run in runs for at in run if rows or _names(mentions, run) > _ENUMERATED}
    return [(at, at in listed) for at in places]


def _names(mentions: Mentions, run: Sequence[int]) -> int:
    return len({mentions.spans[at][2] for at in run})


def _is_list(mentions: Mentions, start: int, end: int) -> bool:
    """Whether a passage without a sentence names several companies, as a table of shareholders does."""
    if _SENTENCE_END.search(mentions.folded, start, end):
        return False
    return _names(mentions, mentions.within(start, end)) >= _ENUMERATED


def meant(mentions: Mentions, place: int, kind: str, article: Sequence[str], first: int) -> str:
    """The company that a word like 公司 stands for; empty where none is known."""
    if kind == "plain" and article:  # below a heading 公司 is again the one that the article is about
        at = bisect_right(mentions.heads, place)
        first = max(first, mentions.heads[at - 1]) if at else first
    before = [at for at in reversed(mentions.within(first, place)) if kind == "that" or mentions.topical[at]]
    last = mentions.spans[before[0]][2] if before else ""
    main = article[0] if article else ""
    if kind == "that":
        return last or main
    if mentions.issuer or kind == "own":
        return mentions.issuer or main
    spoken_of = last or main
    if mentions.folded.startswith("集团", place):
        return next(iter(mentions.catalogue.ancestors(spoken_of)[-1:]), spoken_of)
    return spoken_of
