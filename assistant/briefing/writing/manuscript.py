"""A briefing while a model writes it: what is written, what failed, and the briefing as it then is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.answering.engines.endpoint_errors import FILTERED
from assistant.answering.engines.llm import Reply
from assistant.briefing.material import Topic
from assistant.briefing.numbering import Numbering
from assistant.briefing.renumbering import cited, renumbered
from assistant.briefing.writing.drafts import Line
from assistant.errors import EndpointError
from assistant.languages import Saying
from assistant.records import Tokens
from assistant.records.briefings import Briefing, Bullet, Theme

_TEXTS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "failed": "{errors} 模型没有写成的部分直接引用原文。",
        "dropped": "模型所写的 {n} 句与所注资料不符或没有注明出处，已略去。",
        "unread": "共有 {total} 条陈述，模型读了其中最重要的 {read} 条；"
        "可调大 ASSISTANT_CONTEXT_TOKENS 让它多读。",
        "quoted": "直接引用原文的主题：{titles}。",
        "between": "、",
    },
    "en": {
        "failed": "{errors} What the model did not write is quoted.",
        "dropped": "{n} of the model's sentences do not hold in what they cite, or cite nothing, and are "
        "left out.",
        "unread": "Of {total} statements the model read the {read} that weigh most; raise "
        "ASSISTANT_CONTEXT_TOKENS to have it read more.",
        "quoted": "Themes that are quoted: {titles}.",
        "between": ", ",
    },
}
_HEADLINE = 3
_AT_MOST_FAILURES = 2
"""After so many failed calls one after the other the endpoint is given up."""


@dataclass(slots=True)
class Manuscript:
    """What has come of the calls so far.

    `base` is the quoting engine's briefing with the numbers that `number` gave; its themes are those of
    `topics`, in that order. `language` is that of the notices; `script` writes a sentence as the request is
    written. `lines` counts what there is to read, `read` what the calls hold; `calls` are all that are to be
    made, `made` those that ended.
    """

    base: Briefing
    topics: Sequence[Topic]
    number: Numbering
    language: str
    script: Callable[[str], str]
    lines: int = 0
    read: int = 0
    calls: int = 0
    made: int = 0
    headline: Sequence[Line] = ()
    written: dict[int, Sequence[Line]] = field(default_factory=dict)
    is_down: bool = False
    _errors: dict[str, None] = field(default_factory=dict)
    _remarks: dict[Saying, None] = field(default_factory=dict)
    _failures: int = 0
    _dropped: int = 0
    _tokens: Tokens = field(default_factory=Tokens)

    def replied(self, reply: Reply, dropped: int) -> None:
        """Count in a call that succeeded, and how many sentences of it do not hold."""
        self.made += 1
        self._failures = 0
        self._dropped += dropped
        self._remarks |= dict.fromkeys(reply.notices)
        self._tokens = Tokens(
            self._tokens.prompt + reply.tokens.prompt, self._tokens.completion + reply.tokens.completion
        )

    def failed(self, error: EndpointError) -> None:
        """Count in a call that failed; it is given up at the first if nothing came, else at the second."""
        self._failures += 1
        is_silent = self.made == 0 and not error.partial and error.message != FILTERED
        self.is_down = is_silent or self._failures == _AT_MOST_FAILURES
        self._errors[error.said(self.language)] = None
        self.made += 1

    def opening(self, topic: int, most: int) -> list[Line]:
        """The first lines of a theme, written or quoted."""
        statements = self.topics[topic].statements[:most]
        quoted = [Line(statement.text, (statement,), topic) for statement in statements]
        return list(self.written.get(topic, quoted))[:most]

    def briefing(self, *, is_final: bool = False) -> Briefing:
        """The briefing with what is written; the rest of it is quoted."""
        themes = tuple(
            replace(theme, bullets=self._bullets(self.written[at])) if at in self.written else theme
            for at, theme in enumerate(self.base.themes)
        )
        whole = replace(
            self.base,
            engine="llm" if self.written else self.base.engine,
            headline=self._bullets(self.headline[:_HEADLINE]) or self.base.headline,
            themes=themes,
            citations=self.number.citations,
            notices=(*self.base.notices, *(self._notices(themes) if is_final else ())),
            tokens=self._tokens,
            is_whole=is_final and not self._errors,
        )
        used = len(self.number.passages_of(cited(whole)))
        return renumbered(replace(whole, coverage=replace(whole.coverage, used=used)))

    def _bullets(self, lines: Sequence[Line]) -> tuple[Bullet, ...]:
        return tuple(map(self._bullet, lines))

    def _bullet(self, line: Line) -> Bullet:
        companies = {statement.company for statement in line.statements}
        return Bullet(
            text=self.script(line.text),
            citations=tuple(dict.fromkeys(map(self.number, line.statements))),
            company=companies.pop() if len(companies) == 1 else self.base.company,
        )

    def _notices(self, themes: Sequence[Theme]) -> list[str]:
        texts = _TEXTS[self.language]
        notices: list[str] = []
        if self._errors:
            notices.append(texts["failed"].format(errors=" ".join(self._errors)))
        notices += [remark.said(self.language) for remark in self._remarks]
        if self._dropped:
            notices.append(texts["dropped"].format(n=self._dropped))
        if self.read < self.lines:
            notices.append(texts["unread"].format(total=self.lines, read=self.read))
        quoted = [theme.title for at, theme in enumerate(themes) if at not in self.written]
        if self.written and quoted:
            notices.append(texts["quoted"].format(titles=texts["between"].join(quoted)))
        return notices
