"""The report of a run: the same twice, whole through its file, comparable, and without secrets."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import flow_corpus
import pytest
from character_embedding import DIMENSION, CharacterEmbedding

from assistant.cli import evaluation_report
from assistant.errors import DocumentError, QuestionError, SettingsError
from assistant.evaluation.answer_files import answers_csv, contest_csv
from assistant.evaluation.comparing import compare, require_common
from assistant.evaluation.journal import Journal, key_of
from assistant.evaluation.questions import parse_questions
from assistant.evaluation.reporting import from_json, report, stated, to_json
from assistant.evaluation.running import run
from assistant.index.database import Database
from assistant.index.dense import DenseParts
from assistant.records.evaluation import EvaluationOptions, EvaluationReport, QuestionSet, RowResult
from assistant.service import Assistant
from assistant.settings import Endpoint, Settings
from assistant.terminal import width

TABLE = """id,question,keywords,documents,answerable,kind,difficulty,answer
a,青海联通2020年投入了多少建设资金？,3200万元,plateau,true,figure,1,=1+1
b,谁负责维护昂拉基站？,罗志远,plateau.txt,true,person,2,
c,昂拉基站什么时候开通？,9月29日,plateau,true,date,1,
d,青海联通的股价是多少？,,,false,near,1,
"""
OPTIONS = EvaluationOptions(ks=(1, 2))


@pytest.fixture(scope="module")
def questions() -> QuestionSet:
    return parse_questions(TABLE.encode(), "table.csv")


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    root = tmp_path_factory.mktemp("reporting")
    with Assistant.open(Settings(storage=root / "storage", embedder="none")) as opened:
        opened.ingest([flow_corpus.write(root / "corpus")])
        yield opened


@pytest.fixture(scope="module")
def rows(assistant: Assistant, questions: QuestionSet) -> list[RowResult]:
    return list(run(assistant, questions.questions, OPTIONS))


@pytest.fixture
def whole(assistant: Assistant, questions: QuestionSet, rows: list[RowResult]) -> EvaluationReport:
    return report(questions, rows, OPTIONS, assistant, "typed")


def without_run(text: str) -> object:
    return {name: value for name, value in json.loads(text).items() if name != "run"}


def test_a_report_says_what_was_asked_of_what_and_how_it_went(whole: EvaluationReport) -> None:
    assert whole.outcomes == {"right": 3, "wrong": 1, "refused": 0, "ungraded": 0}
    assert (whole.engine, whole.model, whole.judge, whole.similarity) == ("quoting", "", "", "bigram F1")
    assert (whole.index.documents, whole.index.embedder) == (3, "none")
    assert whole.index.passages > 0
    assert whole.worst == ("c",)
    assert whole.answered_by == {"quoting": 4}
    assert list(whole.by_kind) == ["date", "figure", "near", "person"]
    assert list(whole.by_difficulty) == ["1", "2"]
    assert whole.run.latency["p50"] <= whole.run.latency["p95"]
    assert {metric.name for metric in whole.metrics} == whole.definitions.keys()


def test_two_runs_differ_in_their_times_alone(
    assistant: Assistant, questions: QuestionSet, rows: list[RowResult], whole: EvaluationReport
) -> None:
    again = list(run(assistant, questions.questions, OPTIONS))
    other = report(questions, again, OPTIONS, assistant)
    assert without_run(to_json(other)) == without_run(to_json(whole))
    first, second = (list(csv.DictReader(io.StringIO(table(questions, r)))) for r in (rows, again))
    assert [{**row, "seconds": ""} for row in first] == [{**row, "seconds": ""} for row in second]


def table(questions: QuestionSet, rows: list[RowResult]) -> str:
    return answers_csv(questions, rows).decode("utf-8-sig")


def test_a_report_comes_back_from_its_file_as_it_was(whole: EvaluationReport) -> None:
    compared = replace(whole, comparison=compare(whole, whole))
    assert from_json(to_json(compared), "r.json") == compared
    for text in ("{}", "no json", "[]"):
        with pytest.raises(DocumentError, match=r"^r\.json is no report"):
            from_json(text, "r.json")


def test_a_report_of_a_stopped_run_says_so(
    assistant: Assistant, questions: QuestionSet, rows: list[RowResult]
) -> None:
    begun = report(questions, rows[:2], OPTIONS, assistant)
    assert (begun.is_whole, begun.count) == (False, 2)


def test_no_key_stands_in_the_settings_of_a_report() -> None:
    endpoint = Endpoint("http://127.0.0.1:9/v1?token=secret", "qwen", api_key="secret")
    said = stated(Settings(chat=endpoint, embeddings=endpoint))
    assert said["chat"] == "qwen at http://127.0.0.1:9/v1"
    assert "secret" not in str(said)


def test_a_comparison_names_what_got_better_and_worse(
    questions: QuestionSet, rows: list[RowResult], assistant: Assistant, whole: EvaluationReport
) -> None:
    changed = [
        replace(rows[0], scores={**rows[0].scores, "keyword_share": 0.5}),
        rows[1],
        replace(rows[2], scores={**rows[2].scores, "keyword_share": 1.0}),
        replace(rows[3], question=replace(rows[3].question, question="别的？")),
    ]
    earlier = report(replace(questions, sha256="other"), changed, replace(OPTIONS, engine="llm"), assistant)
    found = compare(earlier, whole)
    assert [(c.id, c.score, c.before, c.after) for c in found.better] == [("a", "keyword_share", 0.5, 1.0)]
    assert [(c.id, c.score, c.before, c.after) for c in found.worse] == [("c", "keyword_share", 1.0, 0.0)]
    assert (found.only_before, found.only_now) == (("d",), ("d",))
    assert found.notes[0].startswith("the question file has changed")
    assert "engine: llm before, quoting now" in found.notes
    share = next(change for change in found.metrics if change.name == "keyword_share")
    assert share.difference == pytest.approx(2 / 3 - 2.5 / 3)
    other = replace(whole, index=replace(whole.index, content="0123456789abcdef"))
    (note,) = compare(other, whole).notes
    assert "passages (0123456789ab)" in note and f"passages ({whole.index.content[:12]})" in note
    lines = "\n".join(evaluation_report.lines(replace(whole, comparison=found)))
    assert "+ a 0.50 → 1.00 keyword_share: 青海联通2020年投入了多少建设资金？" in lines


def test_a_comparison_with_a_part_of_the_questions_is_over_that_part(
    questions: QuestionSet, rows: list[RowResult], assistant: Assistant, whole: EvaluationReport
) -> None:
    hard = [
        replace(row, scores={**row.scores, "contest": score})
        for row, score in zip(rows, (1.0, 0.0, 1.0, 1.0), strict=True)
    ]
    part = report(questions, hard[:2], OPTIONS, assistant)
    found = {
        change.name: change for change in compare(report(questions, hard, OPTIONS, assistant), part).metrics
    }
    assert (found["right"].before, found["right"].difference) == (1.0, 0.0)
    assert "unanswerable_refused" not in found
    assert found["contest"].before == found["contest"].after == pytest.approx(1 / 3, abs=1e-4)


def test_runs_of_other_questions_cannot_be_compared(whole: EvaluationReport) -> None:
    others = parse_questions("question\n别的？\n".encode(), "other.csv")
    with pytest.raises(QuestionError, match="no question in common with other.csv"):
        require_common(whole, others)
    with pytest.raises(QuestionError, match="no question in common"):
        compare(replace(whole, lines=()), whole)


def test_the_summary_is_aligned_and_leaves_out_what_was_not_measured(whole: EvaluationReport) -> None:
    lines = list(evaluation_report.lines(whole))
    measured = [line for line in lines if line.startswith(("answered", "documents", "keywords"))]
    assert len({width(line) for line in measured}) == 1
    assert any(line.startswith("answered right 答对") and " 66.7%" in line for line in lines)
    assert not any("contest" in line for line in lines)
    assert "  c wrong: 昂拉基站什么时候开通？" in "\n".join(lines)


def test_answers_keep_the_columns_and_add_theirs(questions: QuestionSet, rows: list[RowResult]) -> None:
    found = list(csv.DictReader(io.StringIO(table(questions, rows))))
    assert list(found[0]) == [
        *("id", "question", "keywords", "documents", "answerable", "kind", "difficulty", "input_answer"),
        *("answer", "verdict", "citations", "seconds"),
    ]
    assert found[0]["input_answer"] == "=1+1"
    assert "3,200万元" in found[0]["answer"]
    assert found[0]["citations"].startswith("plateau.txt:")
    assert [row["verdict"] for row in found] == ["answer", "answer", "answer", "refuse"]


@pytest.mark.parametrize(
    ("answer", "cell"),
    [
        ("=cmd()", "'=cmd()"),
        ("-12.5%", "-12.5%"),
        ("-1+cmd()", "'-1+cmd()"),
        ("＝cmd()", "'＝cmd()"),
        ("甲", "甲"),
    ],
)
def test_an_answer_is_no_formula_in_a_spreadsheet(
    questions: QuestionSet, rows: list[RowResult], answer: str, cell: str
) -> None:
    quoted = [replace(rows[0], plain=answer)]
    assert next(csv.DictReader(io.StringIO(table(questions, quoted))))["answer"] == cell


def test_the_contest_form_holds_an_embedding_of_each_answer(
    tmp_path: Path, rows: list[RowResult], assistant: Assistant
) -> None:
    dense = DenseParts.of(tmp_path, CharacterEmbedding())
    formula = replace(rows[1], plain="=verbatim")
    with Assistant(Settings(storage=tmp_path), Database(tmp_path), dense) as other:
        found = list(csv.reader(io.StringIO(contest_csv([rows[0], formula], other).decode())))
    assert found[0] == ["ques_id", "question", "answer", "embedding"]
    assert [row[:3] for row in found[1:]] == [
        ["a", rows[0].question.question, rows[0].plain],
        ["b", rows[1].question.question, "=verbatim"],
    ]
    assert len(json.loads(found[1][3])) == DIMENSION
    with pytest.raises(SettingsError, match="no embedder"):
        contest_csv(rows, assistant)


def test_a_journal_gives_back_whole_results_of_the_same_run_only(
    tmp_path: Path, assistant: Assistant, questions: QuestionSet, rows: list[RowResult]
) -> None:
    path, key = tmp_path / "j", key_of(questions, OPTIONS, assistant)
    with Journal(path, key) as journal:
        for row in rows[:2]:
            journal.add(row)
    path.write_bytes(path.read_bytes()[:-20])
    with Journal(path, key) as journal:
        assert journal.rows == (rows[0],)
        journal.add(rows[1])
    with Journal(path, key_of(questions, replace(OPTIONS, ks=(3,)), assistant)) as journal:
        assert (journal.rows, journal.is_other) == ((), True)
    assert not path.exists()


def test_the_key_of_a_run_changes_with_the_index(tmp_path: Path, questions: QuestionSet) -> None:
    folder = flow_corpus.write(tmp_path / "corpus")
    with Assistant.open(Settings(storage=tmp_path / "storage", embedder="none")) as assistant:
        assistant.ingest([folder])
        before = key_of(questions, OPTIONS, assistant)
        assert key_of(questions, OPTIONS, assistant) == before
        (folder / "farms.txt").write_text("海南移动培训果农700人次。", encoding="utf-8")
        assistant.ingest([folder])
        assert key_of(questions, OPTIONS, assistant) != before
