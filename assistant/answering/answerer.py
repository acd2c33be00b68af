"""A question to an answer: retrieve, rank, judge, write, verify."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing

from assistant import companies
from assistant.answering.blocks.runs import Run, runs
from assistant.answering.bylines import find_line
from assistant.answering.drafts import Draft
from assistant.answering.engines.llm import LLMEngine, Reply
from assistant.answering.engines.prompt import says_no_answer
from assistant.answering.engines.quoting import Quotation, QuotingEngine, quotation_of_line
from assistant.answering.evidence.judgement import Judgement, completed, judge
from assistant.answering.evidence.matching import hit
from assistant.answering.evidence.ranked import Evidence, rank
from assistant.answering.evidence.sides import beside
from assistant.answering.retrieving.finding import Finding
from assistant.answering.retrieving.retrieval import HybridRetriever
from assistant.answering.understanding.conversation import FollowUps, Meaning, recent
from assistant.answering.understanding.hints import hints_in, limits_of, without
from assistant.answering.understanding.mentions import Names
from assistant.answering.understanding.question import Query, parts_of, understand
from assistant.answering.understanding.references import is_greeting
from assistant.answering.verifying.citation_marks import with_mark
from assistant.answering.verifying.citations import cite
from assistant.answering.verifying.citing import citing
from assistant.answering.verifying.grounding import grounded
from assistant.answering.verifying.sourcing import numbered_sources
from assistant.answering.wording import TEXTS
from assistant.companies import Catalogue
from assistant.errors import EndpointError
from assistant.folding import fold
from assistant.index.ledger import Ledger
from assistant.index.lexical import Lexical
from assistant.languages import Saying
from assistant.records import (
    Answer,
    AnswerSentence,
    Citation,
    Delta,
    Filters,
    Hint,
    Notice,
    Reason,
    Source,
    Tokens,
    Turn,
    Verdict,
)

_NEAREST = 3
_BECAUSE = {
    "greeted": Reason.GREETING,
    "excluded": Reason.EXCLUDED,
    "empty": Reason.NOTHING_FOUND,
}
_ROW = "\t"
"""What only a row of a table holds; it has a line to itself."""


class Answerer:
    """Answers from one index. Thread-safe; keeps nothing between questions."""

    def __init__(
        self,
        *,
        retriever: HybridRetriever,
        ledger: Ledger,
        lexical: Lexical,
        quoting: QuotingEngine,
        llm: LLMEngine | None,
        language: str,
        passages: int,
        question_characters: int,
        catalogue: Catalogue | None = None,
        follow_ups: FollowUps | None = None,
    ) -> None:
        self._retriever = retriever
        self._ledger = ledger
        self._lexical = lexical
        self._quoting = quoting
        self._llm = llm
        self._language = language
        self._texts = TEXTS[language]
        self._passages = passages
        self._question_characters = question_characters
        self._catalogue = catalogue or companies.base()
        self.follow_ups = follow_ups or FollowUps(Names(self._catalogue), question_characters)

    def stream(
        self,
        question: str,
        history: Sequence[Turn],
        filters: Filters | None = None,
        dropped: Sequence[Hint] = (),
    ) -> Iterator[Delta | Notice | Answer]:
        """Answer piece by piece, from what the filters let in; the last item is the `Answer`.

        `dropped` are hints that shall not count; the question is asked without their words.

        Raises:
            QuestionError: at the first item, if the question cannot be asked or a filter cannot be.
        """
        started = time.monotonic()
        query = understand(question, self._question_characters, self._catalogue)
        asked, turns = query.text, recent(history)
        meaning = self.follow_ups.meaning(asked, turns)
        asked, whole = (without(text, dropped, self._catalogue) for text in (asked, meaning.text))
        if whole != query.text:
            query = understand(whole, len(whole), self._catalogue)
        hints = hints_in(whole, self._catalogue)
        understood = time.monotonic()
        finding = Finding(self._retriever, filters, limits_of(hints, filters, self._catalogue))
        found = [] if is_greeting(asked) else finding.find(dict.fromkeys((query.text, asked)))
        notices = self._said(finding.notices)
        draft = Draft(question, started, understood, asked, query, filters, finding, found, hints, notices)
        draft.rewritten = whole if whole != asked else ""
        if query.field is not None:
            yield from self._from_bylines(draft)
            return
        draft.decide(self._judge(draft))
        if not _bears_out(draft.judgement, meaning):
            draft.decide(Judgement(Verdict.REFUSE, reason=Reason.UNRELATED))
            draft.rewritten = ""
            draft.hints = hints_in(asked, self._catalogue)
        if meaning.is_guess and draft.judgement.verdict is Verdict.REFUSE:
            self._take_at_its_word(draft)
        if draft.judgement.verdict is Verdict.REFUSE:
            yield from self._refused(draft)
        elif self._llm is not None:
            yield from self._from_endpoint(self._llm, draft, turns)
        else:
            yield from self._quoted(draft, self._quotations(draft))

    def _take_at_its_word(self, draft: Draft) -> None:
        """Ask what was typed where only a guess at what it refers back to has no answer."""
        query = understand(draft.asked, len(draft.asked), self._catalogue)
        found = draft.finding.find([draft.asked])
        ranked = rank(query, found, self._lexical.idf)
        judgement = judge(query, ranked)
        if judgement.verdict is not Verdict.REFUSE:
            draft.query, draft.found, draft.ranked, draft.rewritten = query, found, ranked, ""
            draft.decide(judgement)
            draft.hints = hints_in(draft.asked, self._catalogue)

    def _judge(self, draft: Draft) -> Judgement:
        """Of the question as a whole, then of the parts that this leaves without evidence."""
        draft.ranked = rank(draft.query, draft.found, self._lexical.idf)
        judgement = judge(draft.query, draft.ranked)
        judgement = beside(draft.query, judgement, lambda side: self._searched(draft, side))
        for text in parts_of(draft.query):
            part = understand(text, len(text), self._catalogue)
            judgement = completed(judgement, part, self._searched(draft, part))
        return judgement

    def _listed(self, names: Iterable[str]) -> str:
        return self._texts["between"].join(names)

    def _said(self, sayings: Iterable[Saying]) -> list[str]:
        return [saying.said(self._language) for saying in sayings]

    def _searched(self, draft: Draft, query: Query) -> list[Evidence]:
        """The evidence for a part or a side of the question, searched for by itself."""
        return rank(query, draft.finding.find([query.text]), self._lexical.idf)

    def _from_bylines(self, draft: Draft) -> Iterator[Delta | Answer]:
        line = find_line(draft.query, draft.found, self._ledger.passages)
        if line is None:
            draft.decide(Judgement(Verdict.REFUSE, reason=Reason.NO_BYLINE))
            yield from self._refused(draft)
            return
        draft.decide(Judgement(Verdict.ANSWER, reason=Reason.BYLINE))
        yield from self._quoted(draft, [quotation_of_line(draft.query, line)])

    def _refused(self, draft: Draft) -> Iterator[Delta | Answer]:
        answer = self._refusal(draft, self._quoting.name)
        yield Delta(answer.text)
        yield answer

    def _refusal(self, draft: Draft, engine: str, tokens: Tokens | None = None) -> Answer:
        titles = list(dict.fromkeys(item.passage.metadata.title for item in draft.found))
        nearest = tuple(title for title in titles if title)[:_NEAREST]
        is_open = bool(draft.found) or self._ledger.holds(draft.filters)
        is_limited = draft.filters not in (None, Filters())
        closed = "excluded" if is_limited else "empty"
        said = "greeted" if is_greeting(draft.asked) else "refuse" if is_open else closed
        if said in _BECAUSE:
            draft.because(_BECAUSE[said])
        text = self._texts[said]
        if nearest:
            text += self._texts["nearest"].format(titles=self._listed(f"《{title}》" for title in nearest))
        return draft.answer(text, Verdict.REFUSE, engine, nearest=nearest, tokens=tokens)

    def _quotations(self, draft: Draft) -> list[Quotation]:
        """The evidence as whole blocks, in the sources' own words."""
        return self._quoting.quote(draft.query, self._blocks(draft))

    def _blocks(self, draft: Draft) -> list[Run]:
        return runs(draft.query, draft.judgement.evidence, self._ledger.view, self._quoting.limit)

    def _quoted(self, draft: Draft, quotations: Sequence[Quotation]) -> Iterator[Delta | Answer]:
        citation = citing(self._ledger.view, draft.finding.reprints)
        citations: list[Citation] = []
        sentences: list[AnswerSentence] = []
        pieces: list[str] = []
        for n, quotation in enumerate(quotations, start=1):
            citations.append(citation(n, quotation.passage, quotation.start, quotation.end))
            known = [quotation.quote, *self._catalogue.find(quotation.quote)]
            holds = grounded(quotation.text, known, self._catalogue.find(quotation.text))
            sentences.append(AnswerSentence(quotation.text, (n,), holds, quotation.emphasis))
            line_end = "\n" if n > 1 and _ROW in quotations[n - 2].text + quotation.text else ""
            pieces.append(line_end + with_mark(quotation.text, n))
            yield Delta(pieces[-1])
        if draft.judgement.missing:
            draft.notices.append(self._texts["partial"].format(names=self._listed(draft.judgement.missing)))
        yield draft.answer("".join(pieces), draft.judgement.verdict, self._quoting.name, citations, sentences)

    def _from_endpoint(
        self, llm: LLMEngine, draft: Draft, history: Sequence[Turn]
    ) -> Iterator[Delta | Notice | Answer]:
        sources = self._sources(draft)
        try:
            with closing(llm.stream(draft.asked, sources, history)) as items:
                for item in items:
                    if isinstance(item, Reply):
                        yield self._from_reply(draft, item, sources, llm.name)
                    else:
                        yield item if isinstance(item, Delta) else Notice(item.said(self._language))
        except EndpointError as error:
            notice = self._texts["fell_back"].format(error=error.said(self._language))
            draft.notices.append(notice)
            draft.partial_text = error.partial
            yield Notice(notice)
            yield from self._quoted(draft, self._quotations(draft))

    def _sources(self, draft: Draft) -> list[Source]:
        evidence, near = draft.judgement.evidence, self._ledger.neighbours
        return numbered_sources(evidence, self._blocks(draft), draft.found, near, self._passages)

    def _from_reply(self, draft: Draft, reply: Reply, sources: Sequence[Source], engine: str) -> Answer:
        if says_no_answer(reply.text):
            draft.notices.extend(self._said(reply.notices))
            draft.because(Reason.DECLINED)
            return self._refusal(draft, engine, reply.tokens)
        cited = cite(reply.text, sources, self._catalogue.find)
        if not cited.quotes:
            raise EndpointError(self._texts["uncited"], reply.text)
        draft.notices.extend(self._said(reply.notices))
        citation = citing(self._ledger.view, draft.finding.reprints)
        citations = [citation(q.n, q.source.passage, q.start, q.end) for q in cited.quotes]
        return draft.answer(
            cited.text,
            draft.judgement.verdict,
            engine,
            citations,
            cited.sentences,
            tokens=reply.tokens,
        )


def _bears_out(judgement: Judgement, meaning: Meaning) -> bool:
    """Whether evidence for what a question was guessed to mean speaks of anything that was typed."""
    passages = [evidence.unit.passage for evidence in judgement.evidence]
    folded = [fold(f"{p.metadata.title} {p.section} {p.table} {p.text}") for p in passages]
    return not (meaning.typed and folded) or any(hit(word, text) for word in meaning.typed for text in folded)
