"""One document's mentions of companies: by name, by a short form that it defines, by a branch's place."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.companies import Catalogue, Span, any_of, apart, forms, places
from assistant.companies.clauses import begins_clause
from assistant.companies.discovery import discovered
from assistant.companies.operators import branch_at
from assistant.folding import fold

_HAN = r"\u3400-\u9fff"
_DEFINED = re.compile(
    r"[(](?:[^()]{0,60}?[,，、;； ])?(?:(?:以下|下文|全文|下)?(?:统|简)?称(?:为|作)?[:： ]*"
    r"(?P<forms>[^()]{2,40})|[\"“](?P<quoted>[^()\"”]{2,12})[\"”])[)]"
)
_ALSO = re.compile(r"[(][^()]{2,60}[)]")
_FORM = re.compile(rf"[{_HAN}a-z0-9&·][{_HAN}a-z0-9&· ]{{0,10}}[{_HAN}a-z0-9]")
_SHORT_NAME = re.compile(r"(?:公司|证券|股票|a股)简称[:：]?\s*(?P<name>[^\s:：]{2,12})")
_BRANCH = re.compile(r"分公司|属地公司|分行|支行")
_UNIT = re.compile(rf"(?<![{_HAN}])研究院")
_BRANCH_PLACE = re.compile(rf"[{_HAN}]{{2,9}}$")
_SELF = r"(?:本|我)(?:公司|集团|行|司|企业)|发行人"
_PRONOUN = re.compile(
    rf"(?P<that>(?:该|这家)(?:公司|集团|行(?![业政动为使])|企业))|(?P<own>{_SELF})|"
    rf"(?<![{_HAN}《a-z、])(?P<plain>公司(?![法代简网章])|集团(?:公司)?)"
)
"""Whom they stand for: the last company named, the one that writes, the one spoken of."""
_NO_FORM = re.compile(rf"(?:{_SELF}|公司|集团|本行)$")
_CHAIN = re.compile(r"[、和与及跟]?|以及")


@dataclass(frozen=True, slots=True)
class Mentions:
    """Every mention of a company in one document, in text order, in its folded text.

    `pronouns` are 公司, 该公司 and the like: start, end and `that`, `own` or `plain`. `issuer` is the company
    that the document speaks for, empty where it does not say. `topical` says of each mention whether its
    clause begins with it.
    """

    catalogue: Catalogue
    folded: str
    spans: tuple[Span, ...]
    topical: tuple[bool, ...]
    pronouns: tuple[Span, ...]
    issuer: str
    aliases: dict[str, str]
    heads: tuple[int, ...] = ()
    """Where the document's headings begin."""

    def within(self, start: int, end: int) -> range:
        """The places in `spans` of the mentions that begin within the text's span."""
        return range(_first(self.spans, start), _first(self.spans, end))

    def pronouns_within(self, start: int, end: int) -> Sequence[Span]:
        """The pronouns that begin within the text's span."""
        return self.pronouns[_first(self.pronouns, start) : _first(self.pronouns, end)]

    def find(self, text: str) -> list[str]:
        """The companies that a text apart names (a title, a heading), by the document's short forms too."""
        folded = fold(text)
        short = [
            (*match.span(), self.aliases[match.group()]) for match in any_of(self.aliases).finditer(folded)
        ]
        return list(dict.fromkeys(name for _, _, name in apart([*self.catalogue.spans(text), *short])))


def read(
    text: str, catalogue: Catalogue, rows: Sequence[tuple[int, int]] = (), heads: Sequence[int] = ()
) -> Mentions:
    """Find them all, in one pass over the document's cleaned text.

    No clause begins in the `rows` of its tables, whose spans are in text order as the places of its `heads`.
    """
    folded = fold(text)
    named = catalogue.spans(text)
    aliases, issuer, defining = _definitions(folded, named, catalogue)
    known = [span[:2] for span in (*named, *_short(folded, aliases))]
    for form, name in discovered(folded, text, known).items():
        aliases.setdefault(form, name)
    for name in dict.fromkeys(name for _, _, name in named):
        for short in _shortened(folded, name, aliases):
            if short not in aliases and short not in catalogue.brands and not catalogue.find(short):
                aliases[short] = name
    named = apart([*named, *_with_branches(folded, _short(folded, aliases), catalogue)])
    named = apart([*named, *_branches(folded, named, catalogue), *_units(folded, named)])
    named = [
        (start, end, catalogue.name_of(name))
        for start, end, name in named
        if start not in defining and not catalogue.is_hidden(name)
    ]
    topical: list[bool] = []
    for at, span in enumerate(named):
        before = named[at - 1] if at else None
        row = bisect_right(rows, span[0], key=lambda row: row[0]) - 1
        in_row = row >= 0 and span[0] < rows[row][1]
        after = bool(at) and topical[-1]
        topical.append(not in_row and is_topical(folded, span, before, after_topical=after))
    held = {at for start, end, _ in named for at in range(start, end)}
    pronouns = tuple(
        (*match.span(), str(match.lastgroup))
        for match in _PRONOUN.finditer(folded)
        if match.start() not in held
    )
    return Mentions(catalogue, folded, tuple(named), tuple(topical), pronouns, issuer, aliases, tuple(heads))


def is_topical(folded: str, span: Span, before: Span | None, *, after_topical: bool) -> bool:
    """Whether a clause begins with the mention, so that it is what the clause speaks of.

    What is joined to a company before it shares its standing.
    """
    if before is not None and _CHAIN.fullmatch(folded[before[1] : span[0]]):
        return after_topical
    at_a_place = folded[span[0] - 1 : span[0]] == "在" and folded[span[1] : span[1] + 1] in ("，", ",")
    return begins_clause(folded, span[0] - at_a_place)


def _definitions(
    folded: str, named: Sequence[Span], catalogue: Catalogue
) -> tuple[dict[str, str], str, set[int]]:
    """What is defined in brackets behind names.

    Returns:
        The name of each short form; the company that is called 公司 throughout, or nothing; the places within
        the brackets, where a form is defined and nobody spoken of.
    """
    aliases: dict[str, str] = {}
    issuer = ""
    defining: set[int] = set()
    for _, end, name in named:
        end = forms.past_legal_form(folded, end)
        if folded[end : end + 1] != "(":
            continue
        match = _DEFINED.match(folded, end)
        if match is None and (other := _ALSO.match(folded, end)):
            match = _DEFINED.match(folded, other.end())
        if match is None:
            continue
        defining.update(range(end, match.end()))
        for form in re.split(r"或者?|及|、|/", match["forms"] or match["quoted"]):
            form = form.strip(" \"“”'‘’「」『』")
            if _NO_FORM.fullmatch(form):
                issuer = issuer or name
            elif _FORM.fullmatch(form) and not catalogue.find(form):
                aliases[form] = name
    if not issuer and (match := _SHORT_NAME.search(folded)):
        issuer = next(iter(catalogue.find(match["name"])), "")
    return aliases, issuer, defining


def _short(folded: str, aliases: dict[str, str]) -> Iterator[Span]:
    for match in any_of(aliases).finditer(folded):
        around = folded[match.start() - 1 : match.start()] + folded[match.end() : match.end() + 1]
        if not (match.group().isascii() and re.search("[a-z0-9]", around)):
            yield *match.span(), aliases[match.group()]


def _with_branches(folded: str, named: Iterable[Span], catalogue: Catalogue) -> Iterator[Span]:
    """The mentions, and in the place of a company of no operator the branch of it that is named there."""
    for start, end, name in named:
        branch = None if catalogue.brand_of(name) else branch_at(folded, end, name, "")
        yield (start, branch[1], branch[2]) if branch else (start, end, name)


def _branches(folded: str, named: Sequence[Span], catalogue: Catalogue) -> Iterator[Span]:
    """甘孜分公司 by itself: a branch of the operator, or of the bank, that was named last before."""
    starts = [start for start, _, _ in named]
    for match in _BRANCH.finditer(folded):
        at = bisect_left(starts, match.end()) - 1
        floor = max(named[at][1] if at >= 0 else 0, match.start() - 9)
        before = _BRANCH_PLACE.search(folded[floor : match.start()]) if floor <= match.start() else None
        place = _place_at_end(before.group()) if before else ""
        bank = match.group().endswith("行")
        owner = _owner(named, at, catalogue, bank=bank) if place else ""
        if owner:
            name = owner + places.bare(place) + match.group() if bank else places.bare(place) + owner
            yield match.start() - len(place), match.end(), name


def _units(folded: str, named: Sequence[Span]) -> Iterator[Span]:
    """研究院 by itself: the one that is named first with its company."""
    owner = next((name for _, _, name in named if name.endswith("研究院")), "")
    for match in _UNIT.finditer(folded) if owner else ():
        yield *match.span(), owner


def _place_at_end(before: str) -> str:
    for length in range(len(before), 1, -1):
        if places.bare(before[-length:]):
            return before[-length:]
    return ""


def _owner(named: Sequence[Span], at: int, catalogue: Catalogue, *, bank: bool) -> str:
    """The brand, or the bank, that a branch belongs to: the last one named before it, else the first."""
    for _, _, name in (*reversed(named[: at + 1]), *named):
        if bank and (match := re.match(".*?银行", name)):
            return match.group()
        if not bank and (brand := catalogue.brand_of(name)):
            return brand
    return ""


def _shortened(folded: str, name: str, defined: Iterable[str]) -> Iterator[str]:
    """Forms that a text may use for a full name without defining them; one word only if it leads a clause."""
    body, head = fold(forms.body_of(name)), fold(forms.head_of(name))
    longer = tuple(form for form in (body, *defined) if form != head)
    if len(body) >= 4:
        yield body
    leads = (match.start() for match in re.finditer(re.escape(head), folded)) if head else ()
    if any(not folded.startswith(longer, at) and begins_clause(folded, at) for at in leads):
        yield head


def _first(spans: Sequence[Span], start: int) -> int:
    return bisect_left(spans, start, key=lambda span: span[0])
