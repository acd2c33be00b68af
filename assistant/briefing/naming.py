"""Which company of the corpus a name means, its branches, and the nearest names where it means none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from assistant.companies import Catalogue, forms, places
from assistant.companies.company_list import Surveys
from assistant.errors import CompanyError
from assistant.folding import compact, tidied
from assistant.languages import Saying
from assistant.records import CompanyInfo
from assistant.records.briefings import Branch

_NEAREST = 5
_NEAR = 0.6
_SHORTEST = 2
_NOISE = re.compile(r"(?:有限|责任|股份|集团|分|子|属地)*公司$|集团$|[省市]$")
_KIND_OF_PLACE = re.compile("[省市]")
_NAMELESS = Saying("请写出一家公司的名称。", "Name a company.")
_TOLD = {
    "unknown": Saying("资料中没有关于“{name}”的内容", 'Nothing in the documents is about "{name}"'),
    "mentioned": Saying(
        "“{name}”只在 {count} 段文字中被提到，没有以它为主的内容",
        '"{name}" is only mentioned, in {count} passage(s); none is about it',
    ),
}
_NEAR_IT = Saying("；相近的公司：{zh}。", "; near it: {en}.")
_NONE_NEAR = Saying("；资料中有哪些公司，请看公司列表。", "; see the list of companies.")


class Directory:
    """The companies of an index, to be looked up by any form of a name. Thread-safe."""

    def __init__(self, surveys: Surveys, catalogue: Catalogue) -> None:
        """`surveys` says what companies the index speaks of."""
        self.surveys = surveys
        self._catalogue = catalogue

    def company(self, name: str) -> CompanyInfo:
        """The company that a name means.

        Raises:
            CompanyError: no passage is about such a company.
        """
        name = tidied(name)
        if not name:
            raise CompanyError(_NAMELESS)
        companies = self.surveys().companies
        known = {info.name: info for info in companies}
        exact = {compact(info.name): info for info in companies}.get(compact(name))
        if exact is not None:
            return exact
        meant = self._regional(name) or self._catalogue.asked(name) or self._catalogue.find(name)
        for one in meant or self._shortened(name, companies):
            if one in known:
                return known[one]
        raise self._unknown(next(iter(meant), name), companies)

    def branches(self, name: str) -> tuple[Branch, ...]:
        """The companies that belong to one or to its branches, most spoken of first."""
        survey = self.surveys()
        above = survey.catalogue.ancestors
        return tuple(
            Branch(info.name, info.passages) for info in survey.companies if name in above(info.name)
        )

    def _regional(self, name: str) -> list[str]:
        """A place behind its operator, as 联通重庆 and 移动重庆公司 name 重庆联通 and 重庆移动."""
        bare = compact(name)
        for brand in self._catalogue.brands:
            _, found, place = bare.rpartition(brand)
            place = places.bare(_NOISE.sub("", place)) if found else ""
            if place:
                return [place + brand]
        return []

    def _shortened(self, name: str, companies: Sequence[CompanyInfo]) -> list[str]:
        """The one company of whose name a part is given; of several the one that all the others belong to."""
        part = compact(_NOISE.sub("", name)) or compact(name)
        if len(part) < _SHORTEST or places.bare(part):
            return []
        found = [
            info.name
            for info in companies
            if any(part in compact(form) or part in plain(form) for form in (info.name, *info.aliases))
        ]
        heads = [one for one in found if all(self._covers(one, other) for other in found)]
        return heads[:1]

    def _covers(self, one: str, other: str) -> bool:
        """Whether the other is the same company, or belongs to it."""
        return plain(one) == plain(other) or one in self.surveys().catalogue.ancestors(other)

    def _unknown(self, name: str, companies: Sequence[CompanyInfo]) -> CompanyError:
        count = self.surveys.naming(name)
        near = self._nearest(name, companies)
        told = _TOLD["mentioned" if count else "unknown"].filled(name=name, count=count)
        others = _NEAR_IT.filled(zh="、".join(near), en=", ".join(near)) if near else _NONE_NEAR
        line = Saying(told.zh + others.zh, told.en + others.en)
        return CompanyError(line, near, is_mentioned=count > 0)

    def _nearest(self, name: str, companies: Sequence[CompanyInfo]) -> list[str]:
        """Those of the same group first, then of the same brand or place, then those that look alike."""
        weighed = [(self._nearness(name, info), info) for info in companies]
        near = [pair for pair in weighed if pair[0] >= _NEAR]
        near.sort(key=lambda pair: (-pair[0], -pair[1].passages))
        return [info.name for _, info in near[:_NEAREST]]

    def _nearness(self, name: str, info: CompanyInfo) -> float:
        brand, region = self._catalogue.brand_of(name), self._catalogue.region_of(name)
        matcher = SequenceMatcher(None, b=compact(name), autojunk=False)
        alike = 0.0
        for form in (info.name, *info.aliases):
            matcher.set_seq1(compact(forms.body_of(form) or form))
            alike = max(alike, matcher.ratio())
        above, below = self.surveys().catalogue.ancestors(name), self.surveys().catalogue.ancestors(info.name)
        related = 1.5 * (above[:1] == (info.name,)) or 1.2 * (info.name in above or name in below)
        same_brand = brand != "" and self._catalogue.brand_of(info.name) == brand
        same_region = region not in ("", "中国") and info.name.startswith(region)
        return alike + related + 0.8 * same_brand + 0.7 * same_region


def plain(name: str) -> str:
    """A name, compact, without its legal form and without what kind of place it names."""
    return without_places(compact(forms.body_of(name) or name))


def without_places(name: str) -> str:
    """A name without what kind of place it names: 国网江州电力 for 国网江州省电力."""
    return _KIND_OF_PLACE.sub("", name)
