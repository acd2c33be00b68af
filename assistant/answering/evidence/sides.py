"""Questions that ask the same of several years, periods or things: each is searched for by itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answering.evidence.judgement import Judgement, answers
from assistant.answering.evidence.matching import hit
from assistant.answering.evidence.ranked import Evidence
from assistant.answering.evidence.values import years
from assistant.answering.understanding.hints import hints_in, periods_in, without
from assistant.answering.understanding.question import Query, understand
from assistant.errors import QuestionError
from assistant.folding import fold
from assistant.records import Hint, HintKind, Reason, Verdict

_MOST = 4
_ENOUGH = 0.5
"""Coverage that will do for a further side, once one side is answered."""
_MENTION = re.compile(r"(?:19|20)\d{2}年?|第?[一二三四]季[度报]?|[上下]半年|半?年[度报]|全年")
_EACH = re.compile(r"[和与及、]|分别|各")
_BETWEEN = re.compile(r"[至到~—–-]|相?比|较")
_STAGES = {
    "FY": "年度",
    "H1": "年上半年",
    "Q1": "年第一季度",
    "Q2": "年第二季度",
    "Q3": "年第三季度",
    "Q4": "年第四季度",
}


_THINGS = re.compile(
    r"(?P<things>[^,。;?的]{2,40}?)(?P<tail>(?:的[^,。的]{1,14}?)?(?:分别|各自|各[是有为达]|"
    r"(?:增长|增加|下降|减少|提[升高]|达到?|[是为有])了?(?:多少|几)))"
)
_LED = re.compile(r"在(?![线职建编校])")
_AND = re.compile(r"以及|[和与及、]")
_THING = range(2, 17)
_SAID = 0.35
"""How well a unit must hold the name of a thing to tell of it: about half of it."""


@dataclass(frozen=True, slots=True)
class Side:
    """A year, a period or a thing that a question names beside others, and the question asked of it alone.

    `label` is as a reader is told of it: 2020年, 2022年第三季度, 4G用户. A thing has no `hint`.
    """

    label: str
    query: Query
    hint: Hint | None = None


def sides_of(query: Query) -> tuple[Side, ...]:
    """The sides of 「2019年和2020年各是多少」 or 「收入和利润分别是多少」; none of one thing or a span."""
    return _years_or_periods(query) or _things(query)


def _years_or_periods(query: Query) -> tuple[Side, ...]:
    mentions = list(_MENTION.finditer(query.folded))
    gap = query.folded[mentions[0].end() : mentions[-1].start()] if mentions else ""
    if not _EACH.search(gap) or _BETWEEN.search(gap):
        return ()
    hints = hints_in(query.text, query.catalogue)
    for kind in (HintKind.PERIOD, HintKind.YEAR):
        named = [hint for hint in hints if hint.kind is kind][:_MOST]
        if len(named) > 1:
            return _of_hints(query, named)
    return ()


def _of_hints(query: Query, named: Sequence[Hint]) -> tuple[Side, ...]:
    try:
        texts = [without(query.text, _others(hint, named), query.catalogue) for hint in named]
    except QuestionError:
        return ()
    return tuple(
        Side(_label(hint), _asked(query, text), hint) for hint, text in zip(named, texts, strict=True)
    )


def _asked(query: Query, text: str) -> Query:
    return understand(text, len(text), query.catalogue)


def _label(hint: Hint) -> str:
    return f"{hint.value[:4]}{_STAGES.get(hint.value[4:], '年')}"


def _things(query: Query) -> tuple[Side, ...]:
    match = _THINGS.search(query.folded)
    if match is None:
        return ()
    things = match["things"]
    named = [end for _, end, _ in query.catalogue.spans(things)] + [
        m.end() for m in _MENTION.finditer(things)
    ]
    start = match.start() + max(named, default=0)
    if led := _LED.match(query.folded, start):
        start = led.end()
    names = [name.strip() for name in _AND.split(query.text[start : match.end("things")])]
    if not 1 < len(names) <= _MOST or any(len(name) not in _THING for name in names):
        return ()
    lead, rest = query.text[:start], query.text[match.start("tail") :]
    return tuple(Side(name, _asked(query, f"{lead}{name}{rest}")) for name in names)


def _others(hint: Hint, named: Sequence[Hint]) -> list[Hint]:
    """What to leave out that the hint alone remains; of another year the year itself."""
    return [
        other if other.value[:4] == hint.value[:4] else Hint(HintKind.YEAR, other.value[:4])
        for other in named
        if other != hint
    ]


def tells_of(evidence: Evidence, side: Side) -> bool:
    """Whether a unit speaks of a side: it says so, or for a year or period its document and it no other."""
    if side.hint is None:
        return hit(fold(side.label), fold(f"{evidence.unit.text} {evidence.unit.passage.table}")) >= _SAID
    return _is_of(evidence, side.hint)


def _is_of(evidence: Evidence, hint: Hint) -> bool:
    unit = evidence.unit
    passage = unit.passage
    year, stage = hint.value[:4], hint.value[4:]
    said = f"{unit.text} {passage.table}"
    sentence = passage.text[slice(*unit.sentence)]
    stated = years(said) or years(sentence)
    if stage not in ("", "FY"):
        named = periods_in(fold(said)) or periods_in(fold(sentence))
        return hint.value in named if named else passage.metadata.period == hint.value
    about = passage.metadata.period
    return (
        year in stated
        if stated
        else about[:4] == year and about[4:] in ("FY", "") or year in passage.metadata.title
    )


def beside(query: Query, judgement: Judgement, search: Callable[[Query], Sequence[Evidence]]) -> Judgement:
    """The best unit of each side of the question, and which of them there is nothing of.

    The judgement as it is where the question has no sides, its best unit tells of all or nothing of any.

    Args:
        query: the question.
        judgement: of the question as a whole.
        search: the evidence for one side, best first.
    """
    sides = sides_of(query)
    if all(judgement.evidence and tells_of(judgement.evidence[0], side) for side in sides):
        return judgement
    own = [(side, [e for e in search(side.query) if tells_of(e, side)]) for side in sides]
    if not any(answers(side.query, evidence) for side, found in own for evidence in found):
        return judgement
    best = {side.label: next((e for e in found if _will_do(side, e)), None) for side, found in own}
    chosen = tuple(dict.fromkeys(evidence for evidence in best.values() if evidence))
    missing = tuple(label for label, evidence in best.items() if evidence is None)
    verdict = Verdict.PARTIAL if missing else Verdict.ANSWER
    return Judgement(verdict, chosen, (*judgement.missing, *missing), Reason.SIDES)


def _will_do(side: Side, evidence: Evidence) -> bool:
    return answers(side.query, evidence) or (
        not evidence.misses and evidence.coverage >= _ENOUGH and bool(evidence.spans or not side.query.unit)
    )
