"""Operators by their brand: a place before it, the group's legal name, a branch behind either."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.companies import places
from assistant.companies.listing import Brand, Listing
from assistant.companies.spans import Span
from assistant.folding import tag

_LEGAL = re.compile(
    r"[(]?(?:(?:[(]?(?:集团|香港|股份|bvi|中国)[)]?)+(?:有限)?(?:责任)?(?:股份)?(?:有限)?(?:公司)?"
    r"|(?:有限)?(?:责任)?(?:股份)?(?:有限)?公司)"
)
_BRANCH = re.compile(r"(?P<place>[\u3400-\u9fff]{2,9}?)(?P<kind>分公司|属地公司|支公司|分行|支行)")
_SUBSIDIARY = re.compile(r"(?P<place>[\u3400-\u9fff]{2,7}?)(?:有限)?(?:责任)?公司")
_KIND = ("省", "市", "自治区", "州", "县", "区")
_NO_BRANCH = re.compile(
    r"^(?:[其该本每全等及个多的将还在为向对]|下属|所属|部分|有关|相关|成立|设立|[省市县区级]+$)|[的和与及等各、]|[级个两家]$"
)

_NAMING_TAGS = "nfsmxbj"


class Operators:
    """Finds operators in folded text."""

    def __init__(self, listing: Listing) -> None:
        self._listing = listing
        self._brands = brands = listing.brands
        self._stems = {stem: brand for brand, known in brands.items() for stem in _stems(known)}
        words = sorted([*self._stems, *brands], key=lambda word: (-len(word), word))
        self._pattern = re.compile("|".join(map(re.escape, words))) if words else None

    def spans(self, folded: str) -> Iterator[Span]:
        """Every mention; one behind another is a branch of it, and both are mentioned."""
        taken = 0
        for match in self._pattern.finditer(folded) if self._pattern else ():
            if match.start() < taken:
                continue
            found = self._full(folded, match) if match.group() in self._stems else self._short(folded, match)
            if found is None:
                continue
            yield found
            taken = found[1]
            if branch := branch_at(folded, found[1], found[2], self.brand_of(found[2])):
                yield branch
                taken = branch[1]

    def brand_of(self, name: str) -> str:
        """The brand that a company's name ends with, empty for a company of no operator."""
        return next((brand for brand in self._brands if name.endswith(brand)), "")

    def _full(self, folded: str, match: re.Match[str]) -> Span | None:
        brand = self._stems[match.group()]
        end = match.end()
        if legal := _LEGAL.match(folded, end):
            end = legal.end()
        elif self._is_common(brand, folded, end):
            return None
        for form in (_BRANCH, _SUBSIDIARY):
            behind = form.match(folded, end)
            if behind and (place := places.bare(behind["place"])):
                return match.start(), behind.end(), place + brand
        return match.start(), end, self._brands[brand].group

    def _short(self, folded: str, match: re.Match[str]) -> Span | None:
        brand, end = match.group(), match.end()
        if self._is_common(brand, folded, end):
            return None
        for length in range(min(places.LONGEST + 3, match.start()), 1, -1):
            start = match.start() - length
            before = folded[start : match.start()]
            kind = next((kind for kind in _KIND if before.endswith(kind)), "")
            for place in (before, before.removesuffix(kind)):
                if len(place) > 1 and places.is_place(place):
                    return start, end, place + brand
        behind = _BRANCH.match(folded, end)
        if behind and (place := places.bare(behind["place"])):
            return match.start(), behind.end(), place + brand
        return None

    def _is_common(self, brand: str, folded: str, end: int) -> bool:
        return self._listing.is_common(brand, folded[end : end + 12])


def branch_at(folded: str, start: int, owner: str, brand: str) -> Span | None:
    """The branch of `owner` that is named from `start` on: 遵义分公司 of 贵州移动 is 遵义移动."""
    match = _BRANCH.match(folded, start)
    if match is None or _NO_BRANCH.search(match["place"]):
        return None
    place = places.bare(match["place"]) or _place_in(folded, match["place"])
    if not place and any(part[0] not in _NAMING_TAGS for _, part in tag(match["place"])):
        return None
    name = place + brand if brand and place else owner + (place or match["place"]) + match["kind"]
    return start, match.end(), name


def _place_in(folded: str, name: str) -> str:
    """The name if the text itself says that it is a place: 奉节 where 奉节县 is spoken of."""
    return name if len(name) > 1 and any(f"{name}{kind}" in folded for kind in "市县区州") else ""


def _stems(brand: Brand) -> tuple[str, ...]:
    return tuple(dict.fromkeys(stem for stem in (brand.group, *brand.stems) if stem))
