"""A briefing in a model's words: all statements read in turns, every sentence checked against its sources."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from time import monotonic

from assistant.answering.engines.llm import LLMEngine, Reply
from assistant.briefing.material import Topic
from assistant.briefing.numbering import Numbering
from assistant.briefing.writing.batching import Job, Limits, planned, split
from assistant.briefing.writing.drafts import Line, Named, held
from assistant.briefing.writing.manuscript import Manuscript
from assistant.briefing.writing.prompt import Task, cost, messages, overhead
from assistant.errors import EndpointError
from assistant.records import Progress, Stage
from assistant.records.briefings import Briefing
from assistant.settings import Settings

_CALLS = 24
"""Calls for a briefing, and one more for its headline."""
_BULLET_TOKENS = 70
_BULLETS = 8
_FEWEST_BULLETS = 3
_LINES = 900
"""Lines in a call: their numbers have at most three digits."""
_BEAT = 0.5
"""Seconds between two reports of progress while a reply arrives."""
_FINISHED = re.compile(r".*[。！？!?\n](?:\[\d{1,3}\])*", re.S)


class Writer:
    """Writes briefings with the model of an engine. Thread-safe."""

    def __init__(self, engine: LLMEngine, settings: Settings, named: Named, notices: str = "") -> None:
        """`named` gives the companies that a text names, `notices` is their language if not the one set."""
        self._engine = engine
        self._room = settings.context_tokens - settings.answer_tokens
        self._bullets = max(2, settings.answer_tokens // _BULLET_TOKENS)
        self._language = settings.language
        self._notices = notices or settings.language
        self._named = named

    def stream(
        self,
        briefing: Briefing,
        topics: Sequence[Topic],
        number: Numbering,
        script: Callable[[str], str] = str,
    ) -> Generator[Progress | Briefing, None, None]:
        """The quoting briefing as it is, then progress and briefings of which more and more is written.

        Headline and themes are written; a sentence whose figures, dates, companies, quotes or words do not
        stand in what it cites is left out, and a theme of which nothing is left stays quoted. Nothing is
        raised: what the endpoint fails to write stays quoted, and the notices of the last briefing say so.
        Closing the iterator closes the connection.

        Args:
            briefing: the quoting engine's, with the numbers that `number` gave.
            topics: what its themes were made of, in their order.
            script: writes a sentence in the script of the request.
        """
        draft = Manuscript(briefing, topics, number, self._notices, script)
        yield draft.briefing()
        jobs = self._planned(draft)
        for job in jobs:
            if not draft.is_down:
                yield from self._write(job, draft)
        if draft.written and not draft.is_down:
            yield from self._summed_up(draft)
        yield draft.briefing(is_final=True)

    def _planned(self, draft: Manuscript) -> list[Job]:
        themes = [
            _by_source([Line(s.text, (s,), at) for s in (*topic.statements, *topic.rest)])
            for at, (topic, _) in enumerate(zip(draft.topics, draft.base.themes, strict=False))
        ]
        jobs = planned(themes, self._cost(draft), self._limits(draft))
        draft.lines = sum(map(len, themes))
        draft.read = sum(job.lines for job in jobs)
        draft.calls = sum(job.calls for job in jobs) + 1
        return jobs

    def _write(self, job: Job, draft: Manuscript) -> Iterator[Progress | Briefing]:
        """Write the themes of a job; where their bullets cannot be put together, they stay as they are."""
        found: list[Line] = []
        for batch in job.batches:
            found += yield from self._call(Task.BULLETS, batch, draft)
            if draft.is_down:
                break
        if len(job.batches) > 1 and found and not draft.is_down:
            bullets = split(found, self._cost(draft), self._limits(draft))[0]
            found = (yield from self._call(Task.MERGED, bullets, draft)) or found
        for topic in job.topics:
            if own := [line for line in found if line.topic == topic]:
                draft.written[topic] = own
        if found:
            yield draft.briefing()

    def _summed_up(self, draft: Manuscript) -> Iterator[Progress]:
        topics = range(min(len(draft.topics), len(draft.base.themes)))
        opening = [line for topic in topics for line in draft.opening(topic, _FEWEST_BULLETS)]
        lines = next(iter(split(opening, self._cost(draft), self._limits(draft))), ())
        draft.headline = yield from self._call(Task.HEADLINE, lines, draft)

    def _call(
        self, task: Task, lines: Sequence[Line], draft: Manuscript
    ) -> Generator[Progress, None, list[Line]]:
        """The sentences of one reply that hold; none if the endpoint failed."""
        titles = [theme.title for theme in draft.base.themes]
        topics = list(dict.fromkeys(titles[line.topic] for line in lines))
        most = max(1, min(_BULLETS, self._bullets // len(topics)))
        asked = messages(task, lines, titles, draft.base.company, most=most, language=self._language)
        detail = "" if task is Task.HEADLINE else "、".join(topics)
        yield Progress(Stage.BRIEFING, draft.made, draft.calls, detail)
        said = monotonic()
        try:
            with closing(self._engine.write(asked, range(1, len(lines) + 1))) as pieces:
                for piece in pieces:
                    if not isinstance(piece, Reply) and monotonic() - said > _BEAT:
                        yield Progress(Stage.BRIEFING, draft.made, draft.calls, detail)
                        said = monotonic()
        except EndpointError as error:
            draft.failed(error)
            return []
        assert isinstance(piece, Reply), "a reply ends with itself"
        sentences, dropped = held(_finished(piece), lines, self._named)
        draft.replied(piece, dropped)
        yield Progress(Stage.BRIEFING, draft.made, draft.calls, detail)
        return sentences

    def _cost(self, draft: Manuscript) -> Callable[[Line, Line | None], int]:
        titles = [theme.title for theme in draft.base.themes]
        return lambda line, before: cost(line, before, titles)

    def _limits(self, draft: Manuscript) -> Limits:
        tokens = self._room - overhead(draft.base.company, self._language)
        return Limits(tokens, _LINES, max(1, self._bullets // _FEWEST_BULLETS), _CALLS)


def _by_source(lines: Sequence[Line]) -> list[Line]:
    """The lines of a source next to each other, the source of the weightiest line first."""
    first: dict[str, int] = {}
    for at, line in enumerate(lines):
        first.setdefault(line.statements[0].passage.id, at)
    return sorted(lines, key=lambda line: first[line.statements[0].passage.id])


def _finished(reply: Reply) -> str:
    """The text of a reply; of one that was cut, up to its last whole sentence."""
    if not reply.notices:
        return reply.text
    whole = _FINISHED.match(reply.text)
    return whole.group() if whole else ""
