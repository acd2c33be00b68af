"""Places whose names stand before an operator's brand or before 分公司."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant import wordlists
from assistant.folding import is_word, tag

_KIND = re.compile(r"(?:特别行政区|自治区|自治州|自治县|地区|省|市|区|县|州|盟)$")
_PEOPLE = re.compile(r"(?:壮族|回族|维吾尔)(?=自治区$)")
_NO_PLACE = frozenset(("中国", "全国", "世界", "全球", "国家", "国内", "国际", "各地", "当地", "本地"))
LONGEST = 7


@lru_cache(maxsize=1)
def regions() -> frozenset[str]:
    """The provinces and prefectures known by name."""
    return frozenset(name for group in wordlists.groups("regions") for name in group)


@lru_cache(maxsize=1)
def provinces() -> frozenset[str]:
    """The provinces known by name."""
    return frozenset(wordlists.groups("regions")[0])


def bare(place: str) -> str:
    """A place without what kind of place it is (金华市: 金华); empty where no place is left."""
    place = _PEOPLE.sub("", place)
    while place and not is_place(place):
        short = _KIND.sub("", place)
        place = short if short != place else ""
    return place


@lru_cache(maxsize=4096)
def is_place(name: str) -> bool:
    """Whether it is a region, or a smaller place that segmentation knows as such."""
    if name in regions():
        return True
    if not 2 <= len(name) <= LONGEST or name in _NO_PLACE or not is_word(name) or name[-1] in "省市区县":
        return False
    return [part for _, part in tag(name)] == ["ns"]
