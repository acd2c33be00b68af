"""The answers as files: the input's columns with what came back, and the contest's submission form."""

from __future__ import annotations

import json
from collections.abc import Sequence

from assistant.evaluation.reporting import citations_of
from assistant.exports.sheets import csv_text, harmless
from assistant.records.evaluation import QuestionSet, RowResult
from assistant.service import Assistant

ADDED = ("answer", "verdict", "citations", "seconds")
CONTEST = ("ques_id", "question", "answer", "embedding")


def answers_csv(question_set: QuestionSet, rows: Sequence[RowResult]) -> bytes:
    """The rows with their answers, as UTF-8 with a byte order mark, which spreadsheets ask for.

    A column of the input that has the name of an added one is kept as `input_…`. Answers are quoted from
    documents: one that a spreadsheet would take for a formula gets an apostrophe in front. The input's own
    cells stay as they are.
    """
    names = [f"input_{name}" if name in ADDED else name for name in question_set.columns]
    table = (
        [*(row.question.columns.get(name, "") for name in question_set.columns), *_added(row)] for row in rows
    )
    return csv_text([*names, *ADDED], table).encode("utf-8-sig")


def contest_csv(rows: Sequence[RowResult], assistant: Assistant) -> bytes:
    """`ques_id,question,answer,embedding` of the rows that were answered or refused, in UTF-8, verbatim.

    The embedding is that of the answer by the configured embedder, a JSON list.

    Raises:
        SettingsError: there is no embedder.
        EmbeddingError: it failed.
    """
    told = [row for row in rows if row.plain]
    vectors = assistant.embeddings([row.plain for row in told])
    table = (
        [row.question.id, row.question.question, row.plain, json.dumps([round(x, 6) for x in vector])]
        for row, vector in zip(told, vectors, strict=True)
    )
    return csv_text(CONTEST, table).encode()


def _added(row: RowResult) -> list[str]:
    verdict = str(row.answer.verdict) if row.answer else ""
    seconds = f"{row.answer.seconds:.3f}" if row.answer else ""
    return [harmless(row.plain), verdict, harmless(";".join(citations_of(row))), seconds]
