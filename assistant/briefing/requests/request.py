"""Questions that ask for companies to be summed up or set side by side, and for nothing else.

By rule: once the companies, the words that request and the filler are taken away, nothing of substance is
left, or nothing but a topic. 「总结重庆联通的扶贫工作」 is one, 「重庆联通总结了哪些经验」 is not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.briefing.requests import request_words as words
from assistant.companies import Catalogue
from assistant.folding import fold, tidied, to_simplified
from assistant.records import Turn


class RequestKind(StrEnum):
    """What is wanted of the companies."""

    SUMMARY = "summary"
    COMPARISON = "comparison"


@dataclass(frozen=True, slots=True)
class Request:
    """What a question requests.

    `companies` go under their one name. `topic`: only what is said of it, empty for everything. `is_guess`:
    nothing tells that the name is a company's. `is_referring`: turns before say which company, or what of it.
    """

    kind: RequestKind
    companies: tuple[str, ...]
    branches: bool = False
    topic: str = ""
    is_guess: bool = False
    is_referring: bool = False


_LONGEST = 120
"""Characters of a request; what is longer tells a story."""
_TURNS = 6


def request_of(question: str, catalogue: Catalogue, history: Sequence[Turn] = ()) -> Request | None:
    """What the question requests; None for one that asks anything else.

    Args:
        history: the turns before it, which say whom 「总结一下」 and 「那重庆铁塔呢？」 are about.
    """
    text = to_simplified(tidied(question)).rstrip(" .。!！?？")
    if not text or len(text) > _LONGEST:
        return None
    turns = list(history[-_TURNS:])
    return _Reading(text, catalogue).request(turns) or _of_another(text, catalogue, turns)


class _Reading:
    """A question taken apart: the words that request in front, the rest with its companies held out."""

    def __init__(self, text: str, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        branches = list(words.BRANCHES.finditer(fold(text)))
        self.branches = any(match.groupdict().get("no") is None for match in branches)
        for match in reversed(branches):
            text = text[: match.start()] + " " + text[match.end() :]
        self._folded = fold(text)
        self._at = _behind(words.HEAD, self._folded, 0)
        self.writes = self._takes(words.WRITES)
        self.sums_up = self._takes(words.SUMS_UP)
        self.compares = self._takes(words.COMPARES)
        self.tells = self._takes(words.TELLS)
        self.rest = text[self._at :]
        self.companies = tuple(catalogue.asked(self.rest))
        held = fold(catalogue.without(self.rest, words.HELD))
        self.held = re.sub(f"{words.HELD}(?:旗下|的)?{words.HELD}", words.HELD, held)
        self.is_comparison = self.compares or words.DIFFER.search(self.held) is not None
        self.reports = words.REPORTS.search(self.held) is not None

    def request(self, history: Sequence[Turn]) -> Request | None:
        """What is requested, if it is a request."""
        how = [] if history else [words.HOW]
        asks_of_all = any(pattern.search(self.held) for pattern in (words.ASKS_OF_ALL, *how))
        if not (self.is_comparison or self.sums_up or self.tells or self.reports or asks_of_all):
            return None
        if not self._without(words.REPORTS, words.ASKS_OF_ALL, *how, words.POINTS_BACK, words.FILLER):
            return self._of(history)
        if not (self.sums_up or self.compares or self.reports) or words.ASKS.search(self.held):
            return None
        if self.sums_up and not self.companies and (unknown := self._unknown(is_alone=not history)):
            return unknown
        topic = self._topic()
        found = self._of(history) if topic else None
        return found and replace(found, topic=topic)

    def _of(self, history: Sequence[Turn]) -> Request | None:
        """The request of the companies named and, where one is wanting, of those spoken of before."""
        companies = self.companies
        wanted = 2 if self.is_comparison else 1
        for before in _spoken_of(history, self._catalogue) if len(companies) < wanted else ():
            others = [name for name in before if name not in companies]
            companies = (*others[: wanted - len(companies)], *companies)
        if len(companies) < wanted:
            return None
        kind = RequestKind.COMPARISON if len(companies) > 1 else RequestKind.SUMMARY
        return Request(kind, companies, self.branches, is_referring=companies != self.companies)

    def _topic(self) -> str:
        """What is left beside companies and requesting words, in its own script; empty if it is no topic."""
        left = self._without(words.REPORTS, words.POINTS_BACK)
        parts = [part for part in re.split(r"[，,。;；!！\s]+", left) if part.strip("和与跟同及、的")]
        topic = words.topic_in(parts[0]) if len(parts) == 1 else ""
        return _as_written(topic, self.rest)

    def _unknown(self, *, is_alone: bool) -> Request | None:
        """The request of a name that no list has, if it is all that is left.

        In a talk it must look like a company's, for it may be a topic of what was spoken of.
        """
        name = words.REPORTS.sub("", words.ASKS_OF_ALL.sub("", self.rest)).strip(' ，,。.!！?？“”"《》的')
        if not words.is_name(fold(name)) or not (is_alone or words.is_company_like(fold(name))):
            return None
        is_guess = not fold(name).endswith(words.COMPANY_ENDS)
        return Request(RequestKind.SUMMARY, (name,), self.branches, is_guess=is_guess)

    def _without(self, *patterns: re.Pattern[str]) -> str:
        """The rest without its companies and what the patterns find."""
        left = self.held.replace(words.HELD, " ")
        for pattern in (*([words.DIFFER] if self.is_comparison else []), *patterns):
            left = pattern.sub(" ", left)
        return left.strip()

    def _takes(self, pattern: re.Pattern[str]) -> bool:
        """Whether what the pattern finds comes next; it is then left behind."""
        match = pattern.match(self._folded, self._at)
        if match:
            self._at = _behind(words.HEAD, self._folded, match.end())
        return match is not None


def _as_written(part: str, text: str) -> str:
    """Where a folded part stands in a text, in that text's own letters."""
    at = fold(text).find(part)
    return text[at : at + len(part)]


def _behind(pattern: re.Pattern[str], folded: str, at: int) -> int:
    match = pattern.match(folded, at)
    return match.end() if match else at


def _of_another(text: str, catalogue: Catalogue, history: Sequence[Turn]) -> Request | None:
    """「那重庆铁塔呢？」 behind a request: the same of another company; 「5G建设呢？」: on that topic."""
    match = words.OTHER.fullmatch(text)
    if not match or not history:
        return None
    companies = tuple(catalogue.asked(match["named"]))
    left = words.POINTS_BACK.sub("", fold(catalogue.without(match["named"], " "))).strip(" 的和与、")
    topic = _as_written(words.topic_in(left), text)
    if bool(topic) != bool(left) or not (companies or topic):
        return None
    asked = _last_request(history, catalogue, is_direct=bool(companies))
    if asked is None:
        return None
    if not companies and len(asked.companies) > 1 and "它的" in text:
        return None
    companies = companies or asked.companies
    kind = RequestKind.COMPARISON if len(companies) > 1 else RequestKind.SUMMARY
    return Request(kind, companies, asked.branches, topic or asked.topic, is_referring=True)


def _last_request(history: Sequence[Turn], catalogue: Catalogue, *, is_direct: bool) -> Request | None:
    """What the last turn requested or, unless `is_direct`, one before it and no company named since."""
    for at in range(len(history) - 1, -1, -1):
        if asked := request_of(history[at].question, catalogue, history[:at]):
            return asked
        if is_direct or catalogue.asked(history[at].question):
            return None
    return None


def _spoken_of(history: Sequence[Turn], catalogue: Catalogue) -> list[tuple[str, ...]]:
    """The companies of the turns before, last turn first: those asked about, else the first one told of."""
    found = []
    for turn in reversed(history):
        asked = tuple(catalogue.asked(turn.question))
        found.append(asked or tuple(catalogue.find(turn.answer)[:1]))
    return [names for names in found if names]
