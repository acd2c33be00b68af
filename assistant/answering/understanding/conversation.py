"""Follow-up questions: a question that refers back is made to stand on its own; any other is left alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answering.engines.rewriting import QuestionRewriter
from assistant.answering.understanding import references as said
from assistant.answering.understanding.focus import Focus, Topic
from assistant.answering.understanding.mentions import Mention, Names, Sort
from assistant.answering.wording import is_refusal
from assistant.errors import EndpointError
from assistant.folding import fold, tag, tidied
from assistant.records import Turn

_TURNS = 6
_MOST = 0.5
_ALIKE = ({Sort.TITLE, Sort.COMPANY}, {Sort.TITLE, Sort.THING})
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a question is taken to mean: `text` stands on its own.

    `is_guess`: nothing in the question points back, it only says little itself. `typed` are then its own
    words, of which an answer holds at least one.
    """

    text: str
    is_guess: bool = False
    typed: frozenset[str] = frozenset()


class FollowUps:
    """Understands questions in their conversation. Thread-safe.

    「那重庆铁塔呢？」 asks the last question of another company (place, year), 「其中4G的有多少？」 is asked
    of what the last question was about, 「它」 and 「该公司」 give way to the name in focus, 「它们」 to the
    names last listed, and a question that names nothing is asked of the name in focus. A turn that refers
    back itself is understood first.
    """

    def __init__(self, names: Names, limit: int, rewriter: QuestionRewriter | None = None) -> None:
        """`limit`: the longest question, in characters; `rewriter`: asked only for what refers back."""
        self._names = names
        self._limit = limit
        self._rewriter = rewriter

    def meaning(self, question: str, history: Sequence[Turn]) -> Meaning:
        """The question with what it leaves unsaid taken from the turns before, or the question itself.

        What is longer than the limit loses its beginning, for the question is at its end.
        """
        focus = Focus()
        for turn in history:
            if said.is_greeting(turn.question):
                continue
            whole = _completed(turn.question, focus, self._names).text[-self._limit :]
            focus = replace(focus, listed=()).after(turn.question, self._names)
            answer = "" if is_refusal(turn.answer) else turn.answer
            focus = replace(focus, question=whole or focus.question)
            focus = focus.after(answer, self._names, is_answer=True)
        meaning = _completed(question, focus, self._names)
        meaning = replace(meaning, text=meaning.text[-self._limit :])
        if self._rewriter is None or meaning.text == question:
            return meaning
        text = self._by_model(self._rewriter, question, history)
        is_left = text == question and not meaning.typed  # what points back cannot be left as it is
        return meaning if is_left or not text else replace(meaning, text=text)

    def _by_model(self, rewriter: QuestionRewriter, question: str, history: Sequence[Turn]) -> str:
        """The model's wording; empty where it failed.

        So it is too where the wording drops what the question names or most of its words, or names a company
        or figure of which nobody spoke, or is mostly of words that nobody said.
        """
        try:
            text = tidied(rewriter.rewritten(question, history, self._limit))
        except EndpointError:
            return ""
        spoken = "\n".join([question, *(part for turn in history for part in (turn.question, turn.answer))])
        asked, named = _named(question, self._names), _named(text, self._names)
        is_kept = _share(said.words(question), text) >= _MOST
        is_spoken = bool(said.words(text)) and _share(said.words(text), spoken) >= _MOST
        is_named = asked <= named <= _named(spoken, self._names)
        return text if is_named and is_kept and is_spoken else ""


def recent(history: Sequence[Turn]) -> list[Turn]:
    """The last turns, tidied as a question is."""
    return [Turn(tidied(turn.question), tidied(turn.answer)) for turn in history[-_TURNS:]]


def _named(text: str, names: Names) -> set[str]:
    found = {mention.identity for mention in names.find(text) if mention.sort is Sort.COMPANY}
    return found | set(_FIGURE.findall(fold(text)))


def _share(words: set[str], text: str) -> float:
    """The share of the words that a text holds; 1 of none."""
    folded = fold(text)
    return sum(word in folded for word in words) / len(words) if words else 1.0


def _completed(question: str, focus: Focus, names: Names) -> Meaning:
    """The question, completed from the talk where it refers back to it."""
    bare = said.bare(question)
    if not bare or not (focus.topics or focus.question):
        return Meaning(question)
    mentions = names.find(bare)
    joined = _joined(focus.question, bare) or question
    if said.points_within(bare):
        return Meaning(joined)
    if other := said.other(bare, mentions):
        return Meaning(_swapped(focus, other, names) or question)
    if reference := said.reference(bare, mentions):
        return Meaning(_pointed(bare, reference, focus) or joined)
    own = said.own_words(bare, mentions)
    if own < said.STANDS_ALONE or (own < said.NAMED and _is_of_the_company(bare, focus)):
        counted = joined if said.COUNTS.match(fold(bare)) else ""
        whole = counted or _prefixed(bare, focus) or joined
        is_guess = own > 1 and not (focus.summed_up and focus.topics[0].sort is Sort.COMPANY)
        return Meaning(whole, is_guess, frozenset(said.words(bare)))
    if focus.summed_up and not said.has_own_scope(bare, mentions):
        whole = _prefixed(bare, replace(focus, topics=(focus.summed_up,), listed=()))
        return Meaning(whole, bool(mentions), frozenset(said.words(bare)))
    return Meaning(question)


def _is_of_the_company(question: str, focus: Focus) -> bool:
    """Whether a figure is asked for as companies report it, in a talk of a company's figures."""
    is_company = bool(focus.topics) and focus.topics[0].sort is Sort.COMPANY
    is_measured = said.MEASURED.search(fold(question)) and said.MEASURED.search(fold(focus.question))
    return is_company and is_measured is not None


def _joined(last: str, question: str) -> str:
    """Both questions in one; empty where there is no last one."""
    subject = re.sub(r"[\s?？。!！呢吗]+$", "", last)
    return f"{subject}，{question}" if subject else ""


def _swapped(focus: Focus, other: said.Other, names: Names) -> str:
    """The last question with its company, place or period replaced; empty where there is no last one."""
    whole = focus.question
    if not whole:
        return ""
    if other.mention:
        start, end = _counterpart(whole, names.find(whole), focus.topics, other.mention)
        whole = whole[:start] + other.mention.name + whole[end:]
    if other.period:
        before = said.PERIOD.search(whole)
        start, end = before.span() if before else (0, 0)
        year = said.YEAR.match(whole[start:end])
        period = other.period if said.YEAR.match(other.period) or not year else year.group() + other.period
        whole = whole[:start] + period + whole[end:]
    return whole


def _counterpart(
    last: str, mentions: Sequence[Mention], topics: Sequence[Topic], mention: Mention
) -> tuple[int, int]:
    """Where the last question says what a name stands for: a name of its sort, else of a like sort."""
    places = [(one.start, one.end, one.sort) for one in mentions]
    places += [(last.find(t.name), last.find(t.name) + len(t.name), t.sort) for t in topics if t.name in last]
    same = [(start, end) for start, end, sort in places if sort is mention.sort]
    like = [(start, end) for start, end, sort in places if {sort, mention.sort} in _ALIKE]
    return next(iter(same or like), (0, 0))


def _pointed(question: str, reference: said.Reference, focus: Focus) -> str:
    """The question with what points back replaced by what it points to; empty where that is not known."""
    if reference.is_plural and len(focus.listed) > 1:
        names = said.listing(focus.listed, reference.which)
    else:
        names = _name(_agreeing(focus.topics, focus.question, reference), reference)
    if not names or reference.is_statement:
        return ""
    left, right = question[: reference.start], question[reference.end :]
    return f"{left}{names}{'的' if reference.is_owner and not right.startswith('的') else ''}{right}"


def _name(topic: Topic | None, reference: said.Reference) -> str:
    if topic is None:
        return ""
    name = topic.name if reference.sort is topic.sort else topic.phrase
    return f"{name}的{reference.head}" if reference.is_plural and reference.head else name


def _agreeing(topics: Sequence[Topic], last: str, reference: said.Reference) -> Topic | None:
    """The topic most in focus that may be meant: of the sort or the kind of thing that is pointed at.

    None where the last question asks for such a thing: then it is that which is meant.
    """
    if reference.head:
        for topic in topics:
            if fold(topic.phrase).endswith(reference.head):
                return topic
        if re.search(rf"(?:什么|哪[个些家一]?|几[个家]){re.escape(reference.head)}", fold(last)):
            return None
    if reference.sort is not None:
        wanted = topics[:2] if reference.sort is Sort.PERSON else topics
        return next((topic for topic in wanted if topic.sort is reference.sort), next(iter(topics), None))
    things = (topic for topic in topics if topic.sort is not Sort.PERSON or reference.may_be_person)
    return next(things, next(iter(topics), None))


def _subject(topic: Topic, summed_up: Topic | None) -> str:
    """The topic; after a summary the company, or its thing, unless a person or a title is meant."""
    if summed_up is None or topic.sort in (Sort.PERSON, Sort.TITLE):
        return topic.phrase
    return f"{summed_up.name}的{topic.phrase}" if topic.sort is Sort.THING else summed_up.name


def _prefixed(question: str, focus: Focus) -> str:
    """What asks, asked of the topic, in the last question's period where both ask for an amount."""
    asked = said.asking(question)
    if said.EACH.search(asked) and len(focus.listed) > 1:
        subject = said.listing(focus.listed)
    elif focus.topics:
        subject = _subject(focus.topics[0], focus.summed_up)
    else:
        return ""
    period = said.PERIOD.search(focus.question)
    if (
        period
        and said.AMOUNT.search(focus.question)
        and said.is_figure(asked)
        and not said.PERIOD.search(asked)
    ):
        subject += period.group()
    first = next(iter(tag(fold(asked))), ("", ""))[1]
    return f"{subject}{'的' if first.startswith('n') else ''}{asked}"
