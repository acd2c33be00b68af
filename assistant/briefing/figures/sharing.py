"""Sentences that give the figures of several companies: which of the quantities are those of others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant.briefing.figures import phrases
from assistant.briefing.figures.quantities import Quantity
from assistant.folding import fold, tag

_JOIN = re.compile(r"\s*(?:[、和及与]|以及)\s*")
_IN_TURN = re.compile(r"分别|依序|依次|各为")
_OF_SEVERAL = re.compile(r"分别|依[序次]|各为|[高低多少大小优]于|领先|落后|超过|不及")
_CLAUSE = re.compile(r"[,;:。!?]")
_MEASURED_BY = re.compile(
    r"(?:[高低多少大小优]于|领先|落后于?|超过|不及)\s*(?P<who>[^,;。、\d的]{2,8}?)的\s*$"
)
_AND_BY = re.compile(r"^\s*(?:[、和及与]|以及)\s*(?P<who>[^,;。、\d的]{2,8}?)的\s*$")
_folded = lru_cache(maxsize=1024)(fold)
_COUNTRY = "中国"
_LEAST = 2
"""Characters that a name shares with the company's, from the beginning on, to be a form of it."""


def _runs(folded: str, found: Sequence[Quantity]) -> Iterator[list[int]]:
    """Quantities in a row with nothing but 和 or a comma of enumeration between them, two or more."""
    run: list[int] = []
    for at, quantity in enumerate(found):
        if run and _JOIN.fullmatch(folded, found[run[-1]].end, quantity.start):
            run.append(at)
            continue
        if len(run) > 1:
            yield run
        run = [at]
    if len(run) > 1:
        yield run


def of_others(folded: str, found: Sequence[Quantity], company: str) -> set[int]:
    """The quantities that are not the company's where a sentence gives those of several in turn.

    「甲、乙、丙用户分别为3万户、2万户、1万户，占比依次为5%、4%和3%」, or where its own is held against them:
    「甲的收入为5元，高于乙的4元」.
    """
    if not company or len(found) < _LEAST:
        return set()
    if not _OF_SEVERAL.search(folded):
        return set()
    name = _folded(company)
    return _in_turn(folded, found, name) | _held_against(folded, found, name)


def _in_turn(folded: str, found: Sequence[Quantity], company: str) -> set[int]:
    others: set[int] = set()
    place = size = 0
    for run in _runs(folded, found):
        lead = folded[found[run[0] - 1].end if run[0] else 0 : found[run[0]].start]
        said = _IN_TURN.search(lead)
        if said is None:
            continue
        names = _JOIN.split(_CLAUSE.split(lead[: said.start()])[-1])
        alike = [_starts_as(name, company) for name in names]
        if len(names) == len(run) and alike.count(max(alike)) == 1:
            place, size = alike.index(max(alike)), len(run)
        if size == len(run):
            others.update(run[:place] + run[place + 1 :])
    return others


def _held_against(folded: str, found: Sequence[Quantity], company: str) -> set[int]:
    others: set[int] = set()
    for at in range(1, len(found)):
        lead = folded[found[at - 1].end : found[at].start]
        match = _MEASURED_BY.search(lead) or (_AND_BY.match(lead) if at - 1 in others else None)
        if match is None or found[at].unit != found[at - 1].unit:
            continue
        if _is_name(match["who"]) and not _starts_as(match["who"], company):
            others.add(at)
    return others


def distributed(folded: str, found: Sequence[Quantity], company: str) -> Iterator[tuple[int, str]]:
    """「宽带和专线平均降幅达23%和20%」: as many names in front as quantities in a row."""
    for run in _runs(folded, found):
        at = run[0]
        lead = phrases.before(folded, found[at].start, found[at - 1].end if at else 0)
        parts = re.split(r"[、和及与]", phrases.subject(lead))
        if len(parts) == len(run) and any(_starts_as(part, company) for part in parts):
            yield from ((which, _unowned(parts[-1])) for which in run)
        elif len(parts) == len(run) and all(len(part) > 1 for part in parts):
            yield from zip(run, _filled(parts), strict=True)


def _unowned(name: str) -> str:
    """What is counted of several companies, without the last of them: 乙公司5G用户 is 5G用户."""
    tokens = list(tag(name))
    first = next((at for at, (_, part) in enumerate(tokens) if at and part in ("n", "eng", "vn", "b")), 0)
    return "".join(word for word, _ in tokens[first:])


def _filled(parts: Sequence[str]) -> list[str]:
    """The names of an enumeration, each with the words that only the last one has: 宽带(平均降幅)."""
    heads = [len(tag(part)) for part in parts]
    last = tag(parts[-1])
    rest = "".join(word for word, _ in last[max(heads[:-1]) :])
    return [*(part + rest for part in parts[:-1]), parts[-1]]


def _starts_as(name: str, company: str) -> int:
    """How many characters a folded name begins with as the company's, with 中国 or without; 0 for few."""
    name, known = name.strip(), _folded(company)
    bare = known.removeprefix(_COUNTRY)
    least = _LEAST + len(known) - len(bare)
    whole, short = _shared(name, known), _shared(name, bare)
    return max(whole if whole >= least else 0, short if short >= _LEAST else 0)


def _shared(name: str, known: str) -> int:
    differing = (at for at, (a, b) in enumerate(zip(name, known, strict=False)) if a != b)
    return next(differing, min(len(name), len(known)))


def _is_name(words: str) -> bool:
    """Whether words may name a company: 全国平均 and 北京 do not."""
    parts = [part for _, part in tag(words.strip())]
    return (
        any(part in ("nz", "nt", "nr", "eng") for part in parts)
        or parts == ["v"]
        or ("ns" in parts and len(parts) > 1)
    )
