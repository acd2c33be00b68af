"""Questions to go on with after an answer, all of which the corpus answers."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.answering.asking import Asked, questions_of
from assistant.companies import Catalogue
from assistant.folding import compact, is_traditional, to_simplified, to_traditional
from assistant.index.ledger import Ledger
from assistant.records import Answer, Citation, HintKind, Passage, Turn, Verdict

_TRIED = 8
_SECONDS = 0.5
"""After which no further question is tried, however few were found."""
_PLACES, _FOUND = 3, 5
_REACH = 12
"""Passages before and after a cited one whose statements are its neighbours."""
_ALIKE = 0.6
_SAME_FORM = 2
_OPENING = 14
_TIME = re.compile(r"(?:19|20)\d{2}年?(?:第?[一二三四]季度|[上下]半年|\d{1,2}月)?")


@dataclass(frozen=True, slots=True)
class Continuing:
    """Finds questions that continue from an answer.

    `answered` asks a question by quoting and gives the answer; `is_known` says whether a company has so much
    said of it that a summary is worth reading.
    """

    ledger: Ledger
    catalogue: Catalogue
    answered: Callable[[str], Answer]
    is_known: Callable[[str], bool]

    def after(self, answer: Answer, history: Sequence[Turn], n: int) -> list[str]:
        """Up to n questions, best first: of this answer's places and companies, none asked before.

        They are in the script of the question.
        """
        asked = [answer.question, answer.rewritten, *(turn.question for turn in history)]
        summary = [text for text in self._summaries(answer) if self._is_new(text, asked)][:1]
        chosen = self._checked(answer, asked, max(0, n - len(summary)))
        found = [*chosen, *summary][:n]
        return [to_traditional(text) for text in found] if is_traditional(answer.question) else found

    def _checked(self, answer: Answer, asked: Sequence[str], n: int) -> list[str]:
        deadline, tried = time.monotonic() + _SECONDS, 1
        chosen = [text for text in self._other_times(answer) if self._is_new(text, asked)][:1] if n else []
        chosen = [text for text in chosen if self.answered(text).verdict is Verdict.ANSWER]
        for candidate in _varied(self._candidates(answer, deadline)):
            if len(chosen) >= n or tried >= _TRIED or time.monotonic() > deadline:
                break
            if not self._is_new(candidate.question, [*asked, *chosen]) or _is_said(candidate, answer):
                continue
            tried += 1
            if _holds(candidate, self.answered(candidate.question)):
                chosen.append(candidate.question)
        return chosen

    def _candidates(self, answer: Answer, deadline: float) -> Iterator[Asked]:
        """Of the neighbourhood of what is cited first, then of what was found, then about the company."""
        for passage in self._passages(answer):
            if time.monotonic() > deadline:
                return
            yield from questions_of(passage)

    def _passages(self, answer: Answer) -> Iterator[Passage]:
        cited: dict[str, tuple[int, int]] = {}
        for citation in answer.citations:
            cited.setdefault(citation.document, (citation.clean_start, citation.clean_end))
        for document, (start, end) in list(cited.items())[:_PLACES]:
            passages = self.ledger.passages(document)
            here = next((n for n, p in enumerate(passages) if p.start < end and start < p.end), 0)
            near = passages[max(0, here - _REACH) : here + _REACH + 1]
            yield from sorted(near, key=lambda p: (abs(p.ordinal - passages[here].ordinal), p.ordinal))
        for candidate in answer.trail.candidates[:_FOUND] if answer.trail else ():
            if candidate.document not in cited:
                yield from (
                    p for p in self.ledger.passages(candidate.document) if candidate.snippet in p.text
                )
        for name in self._about(answer):
            about = self.ledger.passages_about([name])
            yield from (p for p in about if p.document not in cited and p.companies == (name,))

    def _about(self, answer: Answer) -> list[str]:
        """The company that a question names, else the one that its answer begins with."""
        asked = self.catalogue.find(answer.rewritten or answer.question)
        return (asked or self.catalogue.find(" ".join(c.quote[:_OPENING] for c in answer.citations[:1])))[:1]

    def _other_times(self, answer: Answer) -> Iterator[str]:
        """The same question of the year before and the year after, where it names one."""
        question = to_simplified(answer.rewritten or answer.question).rstrip("？?。 ") + "？"
        years = {hint.value[:4] for hint in answer.hints if hint.kind is not HintKind.COMPANY}
        if len(years) == 1 and answer.verdict is Verdict.ANSWER and not answer.briefing:
            (year,) = years
            others = (str(int(year) - 1), str(int(year) + 1))
            yield from (question.replace(year, other) for other in others if question.count(year) == 1)

    def _summaries(self, answer: Answer) -> Iterator[str]:
        """Summing up the company that the answer is about; comparing one that was summed up with another."""
        if answer.comparison:
            yield from (f"请总结{name}" for name in answer.comparison.companies)
        elif answer.briefing:
            own = answer.briefing.company
            named = (name for c in answer.citations for name in self.catalogue.find(c.quote))
            for name in dict.fromkeys(named):
                if name != own and self.catalogue.brand_of(name) and self.is_known(name):
                    yield f"对比{own}和{name}"
        else:
            yield from (f"请总结{name}" for name in self._about(answer) if self.is_known(name))

    def _is_new(self, question: str, asked: Sequence[str]) -> bool:
        """Whether none of the questions asked before asks much the same of the same company and time."""
        return not any(self._are_alike(question, to_simplified(text)) for text in asked if text)

    def _are_alike(self, one: str, other: str) -> bool:
        for find in (self.catalogue.find, _TIME.findall):
            named, also = set(find(one)), set(find(other))
            if named and also and not named & also:
                return False
        first, second = (_pairs(_TIME.sub("", self.catalogue.without(text, ""))) for text in (one, other))
        return len(first & second) >= _ALIKE * max(1, min(len(first), len(second)))


def _varied(candidates: Iterable[Asked]) -> Iterator[Asked]:
    """The candidates with at most so many of one form among the first; the others follow."""
    counts: dict[str, int] = {}
    later: list[Asked] = []
    for candidate in candidates:
        counts[candidate.form] = counts.get(candidate.form, 0) + 1
        if counts[candidate.form] <= _SAME_FORM:
            yield candidate
        else:
            later.append(candidate)
    yield from later


def _pairs(text: str) -> set[str]:
    letters = re.sub(r"\W", "", compact(text))
    return {letters[i : i + 2] for i in range(len(letters) - 1)}


def _is_said(candidate: Asked, answer: Answer) -> bool:
    """Whether the answer has just quoted the statement; a summary may be asked on."""
    if answer.briefing or answer.comparison:
        return False
    return any(_quotes(citation, candidate) for citation in answer.citations)


def _holds(candidate: Asked, answer: Answer) -> bool:
    """Whether the question is answered as a whole, and from where it was made."""
    if answer.verdict is not Verdict.ANSWER or not answer.citations:
        return False
    return any(
        _quotes(citation, candidate) or candidate.passage.document in citation.reprints
        for citation in answer.citations
    )


def _quotes(citation: Citation, candidate: Asked) -> bool:
    return citation.stands_in(candidate.passage.document, candidate.start, candidate.end)
