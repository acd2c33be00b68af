"""Asking the questions one after the other, and measuring what comes back."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.errors import AssistantError, DocumentError, QuestionError, SettingsError
from assistant.evaluation import finding_scores, scoring
from assistant.evaluation.wording import bigram_f1, cosine, plain
from assistant.languages import Saying
from assistant.records import Answer, Citation, DocumentView, Turn, Verdict
from assistant.records.evaluation import (
    EvaluationOptions,
    FoundPassage,
    Opinion,
    Outcome,
    Question,
    RowResult,
    Similarity,
)
from assistant.service import Assistant

_EMPTY = Saying("问题是空的", "the question is empty")
_VIEWS = 32
"""Documents kept open for checking citations."""


def run(
    assistant: Assistant,
    questions: Sequence[Question],
    options: EvaluationOptions,
    done: Sequence[RowResult] = (),
    language: str = "",
) -> Iterator[RowResult]:
    """A result a question, in their order; those of `done`, the first of them, are not asked again.

    A question that cannot be asked is a result too. Whoever stops taking results stops the run. Refusals and
    failures are told in the `language`, if not in the one of the settings.

    Raises:
        SettingsError: there is no endpoint or embedder for what the options ask for; at once.
        AssistantError: the index or the embedder failed; while running.
    """
    if (options.judge or options.engine == "llm") and assistant.engine != "llm":
        raise SettingsError("no chat endpoint is configured; set OPENAI_BASE_URL and OPENAI_MODEL")
    if options.similarity is Similarity.EMBEDDER and not options.retrieval_only:
        assistant.embeddings(["向量"])
    asking = _Asking(assistant, options, language or assistant.settings.language)
    return _results(asking, questions, done)


def _results(
    asking: _Asking, questions: Sequence[Question], done: Sequence[RowResult]
) -> Iterator[RowResult]:
    """A question that stands in a conversation is asked after the turns before it."""
    told: defaultdict[str, list[Turn]] = defaultdict(list)
    for number, question in enumerate(questions):
        history = [*question.history, *told[question.conversation]]
        row = done[number] if number < len(done) else asking.result(question, history)
        if question.conversation:
            told[question.conversation].append(Turn(question.question, row.answer.text if row.answer else ""))
        yield row


class _Asking:
    """Asks one assistant under the same options. For one thread."""

    def __init__(self, assistant: Assistant, options: EvaluationOptions, language: str) -> None:
        self._assistant = assistant
        self._options = options
        self._language = language
        self._views: OrderedDict[str, DocumentView | None] = OrderedDict()

    def result(self, question: Question, history: Sequence[Turn]) -> RowResult:
        """What becomes of a question."""
        row = RowResult(question, Outcome.UNGRADED)
        try:
            if not question.question:
                raise QuestionError(_EMPTY)
            if not self._options.retrieval_only:
                row = self._answered(question, self._asked(question, history))
            if self._options.ks and finding_scores.is_measured(question):
                passages, scores = self._retrieved(question, history)
                row = replace(row, passages=passages, scores={**row.scores, **scores})
        except QuestionError as error:
            return replace(row, failure=error.said(self._language))
        return row

    def _asked(self, question: Question, history: Sequence[Turn]) -> Answer:
        return self._assistant.ask(
            question.question,
            history,
            question.filters,
            engine=self._options.engine,
            dropped=question.without,
            language=self._language,
        )

    def _answered(self, question: Question, answer: Answer) -> RowResult:
        text = plain(answer)
        said = "" if answer.verdict is Verdict.REFUSE else text
        has = scoring.held(question, said)
        outcome = scoring.outcome(question, answer, has)
        scores = scoring.outcome_scores(question, outcome)
        scores |= scoring.text_scores(question, said, has, self._similar)
        scores |= scoring.citation_scores(question, answer, self._is_valid)
        opinion, failure = self._judged(question, said)
        if opinion:
            scores["judged"] = opinion.score
        return RowResult(question, outcome, answer, text, has, scores, opinion=opinion, failure=failure)

    def _judged(self, question: Question, said: str) -> tuple[Opinion | None, str]:
        """The judge's opinion where there is something to judge and to judge by, or why it failed."""
        reference = question.gold or "；".join(question.short_answers)
        reference = reference or "；".join("或".join(spellings) for spellings in question.keywords)
        if not (self._options.judge and said and reference):
            return None, ""
        try:
            return self._assistant.judge(question.question, said, reference), ""
        except AssistantError as error:
            return None, f"not judged: {error.said(self._language)}"

    def _retrieved(
        self, question: Question, history: Sequence[Turn]
    ) -> tuple[tuple[FoundPassage, ...], dict[str, float]]:
        ks = self._options.ks
        deep = max(ks) * finding_scores.DOCUMENTS_DEEP
        limits, without = question.filters, question.without
        hits = self._assistant.search(question.question, deep, limits, history, dropped=without)
        found = finding_scores.found_passages(question, hits[: max(ks)])
        scores = finding_scores.document_scores(question, hits, ks)
        return found, scores | finding_scores.passage_scores(question, found, ks)

    def _similar(self, text: str, gold: str) -> float:
        if self._options.similarity is Similarity.BIGRAM:
            return bigram_f1(text, gold)
        one, other = self._assistant.embeddings([text, gold])
        return cosine(one, other)

    def _is_valid(self, citation: Citation) -> bool:
        view = self._view(citation.document)
        return view is not None and scoring.is_at_its_span(citation, view)

    def _view(self, document: str) -> DocumentView | None:
        if document not in self._views:
            try:
                self._views[document] = self._assistant.show(document)
            except DocumentError:
                self._views[document] = None
            if len(self._views) > _VIEWS:
                self._views.popitem(last=False)
        return self._views[document]
