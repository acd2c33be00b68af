"""What a question names that steers the search: companies, years and reporting periods.

A hint brings candidates and shuts none out. Dropping it takes its words out of the question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.companies import Catalogue
from assistant.errors import QuestionError
from assistant.folding import fold
from assistant.languages import Saying
from assistant.records import Filters, Hint, HintKind, Passage, ScoredPassage

PERIOD_BONUS = 0.5
"""What a report on the period asked for gets on top, in standard deviations of a leg. Of 49 questions on 120
files the right file then comes first for 38 instead of 37, and no fewer answers are among the first five or
twelve passages; 1 to 4 do the same."""
_COUNTED = (
    r"[万亿余多]|元(?!旦|月)|[个人](?![人工民才])|名(?!单)|户(?!外)|家(?!庭)|座(?!谈)|台(?!风)|条(?!例)|项(?!目)|"
    r"套(?!餐)|公里|平方|[米吨亩次%]"
)
YEAR = re.compile(rf"(?<!\d)(?<!\d\.)((?:19|20)\d{{2}})(?!\d|\s*(?:{_COUNTED}))")
"""A year with or without 年, and not 2000万元 or 1998个基站."""
_STAGES = (
    ("Q", re.compile(r"[第前]?(?P<quarter>[一二三四1-4])季(?:度|报|末)|(?<![a-z])q(?P<number>[1-4])(?!\d)")),
    ("H1", re.compile(r"上半年|半年度|半年报|中期(?:报告|业绩)|中报")),
    ("FY", re.compile(r"(?<!半)年度|(?<!半)年报|全年|财年|(?<![a-z])fy(?![a-z])")),
)
_DIGITS = {"一": "1", "二": "2", "三": "3", "四": "4"}
_SHARES = re.compile(r"年?\s*(?:[和与及、,/至到~-]|以及|相比|比|较)\s*")
"""All that stands between two years of which the second one's period is meant for the first one too."""
_WORD = re.compile(r"[a-z\d\u3400-\u9fff]")
_ENDS = ("", *"，,、；;：:")
_DANGLING = " ，,、的在"
"""What does not begin a clause once the name before it is gone."""

Stage = tuple[str, int, int]
"""`FY`, `H1` or `Q1` to `Q4`, and where its words stand."""


def hints_in(text: str, catalogue: Catalogue) -> tuple[Hint, ...]:
    """What the question names, each once; a year whose period is named is part of that."""
    folded = fold(text)
    periods = periods_in(folded)
    stated = {period[:4] for period in periods}
    years = dict.fromkeys(year for year in YEAR.findall(folded) if year not in stated)
    return (
        *(Hint(HintKind.COMPANY, name) for name in catalogue.asked(text)),
        *(Hint(HintKind.YEAR, year) for year in years),
        *(Hint(HintKind.PERIOD, period) for period in periods),
    )


def periods_in(folded: str) -> tuple[str, ...]:
    """The reporting periods named (`2022FY`, `2022H1`, `2022Q3`), in the order of their years."""
    named = (f"{year}{stage}" for year, _, stages in _dated(folded) for stage, _, _ in stages)
    return tuple(dict.fromkeys(named))


def limits_of(hints: Sequence[Hint], filters: Filters | None, catalogue: Catalogue) -> Filters | None:
    """The filters with what the hints name in the fields that they leave open; None where that adds nothing.

    Of a year every report counts that covers a part of it, of a company all its names.
    """
    given = filters or Filters()
    named = (hint.value for hint in hints if hint.kind is HintKind.COMPANY)
    companies = tuple(form for name in named for form in catalogue.names_of(name))
    periods = tuple(hint.value for hint in hints if hint.kind is not HintKind.COMPANY)
    limited = replace(given, companies=given.companies or companies, periods=given.periods or periods)
    return None if limited == given else limited


def fits(passage: Passage, limits: Filters) -> bool:
    """Whether a passage is about one of the companies and in a report on one of the periods."""
    companies, periods = limits.companies, tuple(limits.periods)
    is_about = not companies or any(name in companies for name in passage.companies)
    return is_about and (not periods or passage.metadata.period.startswith(periods))


def of_periods(hits: Sequence[ScoredPassage], periods: Sequence[str]) -> list[ScoredPassage]:
    """The hits with those raised that stand in a report on one of the periods, or within one of the years."""
    wanted = tuple(periods)
    if not wanted:
        return list(hits)
    raised = (
        replace(hit, score=hit.score + PERIOD_BONUS)
        if hit.passage.metadata.period.startswith(wanted)
        else hit
        for hit in hits
    )
    return sorted(raised, key=lambda item: (-item.score, item.passage.id))


def without(text: str, dropped: Sequence[Hint], catalogue: Catalogue) -> str:
    """The question without the words of what was dropped.

    Raises:
        QuestionError: nothing would be left to ask.
    """
    folded = fold(text)
    values = {kind: {hint.value for hint in dropped if hint.kind is kind} for kind in HintKind}
    names = {fold(catalogue.name_of(name)) for name in values[HintKind.COMPANY]}
    cuts = [(start, end) for start, end, name in catalogue.spans(text) if fold(name) in names]
    for year, place, stages in _dated(folded):
        is_dropped = year in values[HintKind.YEAR]
        cuts += [place] if is_dropped else []
        cuts += [(s, e) for stage, s, e in stages if is_dropped or year + stage in values[HintKind.PERIOD]]
    for start, end in sorted(set(cuts), reverse=True):
        before, after = text[:start], text[end:]
        is_clause = before.rstrip()[-1:] in _ENDS
        text = before + (after.lstrip(_DANGLING) if is_clause else after)
    if cuts and not _WORD.search(fold(text)):
        gone = "、".join(hint.value for hint in dropped)
        raise QuestionError(
            Saying(
                f"去掉“{gone}”后，问题里没有剩下可查的内容；请补充问题。",
                f"Without “{gone}” nothing is left of the question to search for; say more.",
            )
        )
    return text.strip() if cuts else text


def _dated(folded: str) -> Iterator[tuple[str, tuple[int, int], list[Stage]]]:
    """Each year with the place of its mention and the stages meant with it.

    Those that follow it, else those of the year after it that it is joined to (2019年和2020年上半年), else
    those that stand before the first year (年度报告显示，2022年…).
    """
    years = list(YEAR.finditer(folded))
    if not years:
        return
    head = list(_stages(folded, 0, years[0].start()))
    ends = [*(year.start() for year in years[1:]), len(folded)]
    own = [list(_stages(folded, year.end(), end)) for year, end in zip(years, ends, strict=True)]
    for at, (first, second) in reversed(list(enumerate(pairwise(years)))):
        if not own[at] and _SHARES.fullmatch(folded[first.end() : second.start()]):
            own[at] = own[at + 1]
    for year, stages in zip(years, own, strict=True):
        end = year.end() + (folded[year.end() : year.end() + 1] == "年")
        yield year[1], (year.start(), end), stages or head


def _stages(folded: str, start: int, end: int) -> Iterator[Stage]:
    for name, pattern in _STAGES:
        for match in pattern.finditer(folded, start, end):
            number = match.groupdict().get("quarter") or match.groupdict().get("number") or ""
            yield name + _DIGITS.get(number, number), *match.span()
