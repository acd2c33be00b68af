"""Runs over the three small documents: what is asked, in which conversation and by which engine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import flow_corpus
import pytest
from character_embedding import CharacterEmbedding
from endpoint import Script, closed_url, serve

from assistant.errors import SettingsError
from assistant.evaluation.running import run
from assistant.evaluation.scoring import is_at_its_span
from assistant.index.database import Database
from assistant.index.dense import DenseParts
from assistant.records import Verdict
from assistant.records.evaluation import EvaluationOptions, Outcome, Question, RowResult, Similarity
from assistant.service import Assistant
from assistant.settings import Endpoint, Settings

INVESTED = Question(
    1,
    "1",
    "青海联通2020年投入了多少建设资金？",
    keywords=(("3200万元",),),
    gold="2020年，青海联通投入建设资金3,200万元",
    keyword_weight=0.6,
    documents=("plateau",),
    short_answers=("3,200万元",),
    answerable=True,
)
UNKNOWN = Question(2, "2", "青海联通的股价是多少？", answerable=False)
OPTIONS = EvaluationOptions()


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    root = tmp_path_factory.mktemp("evaluation")
    settings = Settings(storage=root / "storage", embedder="none")
    with Assistant.open(settings) as assistant:
        assistant.ingest([flow_corpus.write(root / "corpus")])
    return settings


@pytest.fixture(scope="module")
def assistant(settings: Settings) -> Iterator[Assistant]:
    with Assistant.open(settings) as opened:
        yield opened


def only(rows: Iterator[RowResult]) -> RowResult:
    (row,) = rows
    return row


def test_a_row_that_gives_everything_has_every_score(assistant: Assistant) -> None:
    row = only(run(assistant, [INVESTED], OPTIONS))
    assert row.outcome is Outcome.RIGHT
    assert row.answer is not None
    assert "3,200万元" in row.plain
    assert "[1]" not in row.plain
    assert row.has == (True,)
    ones = (
        "right",
        "all_keywords",
        "contains",
        "citation_valid",
        "citation_precision",
        "grounded",
        "document_hit@1",
    )
    assert {name: row.scores[name] for name in ones} == dict.fromkeys(ones, 1.0)
    assert 0.6 < row.scores["contest"] <= 1
    assert row.passages[0].is_expected
    assert row.passages[0].bears == (0,)
    assert "judged" not in row.scores


def test_a_row_without_expectations_supports_no_score_of_the_answer(assistant: Assistant) -> None:
    row = only(run(assistant, [Question(1, "1", INVESTED.question)], OPTIONS))
    assert row.outcome is Outcome.UNGRADED
    assert set(row.scores) == {"citation_valid", "grounded"}
    assert row.passages == ()


def test_a_refusal_is_right_where_there_is_no_answer_and_holds_nothing_elsewhere(
    assistant: Assistant,
) -> None:
    told = replace(UNKNOWN, answerable=True, keywords=(("青海",),), gold="青海")
    refused, missed = run(assistant, [UNKNOWN, replace(told, id="3")], OPTIONS)
    assert refused.outcome is Outcome.RIGHT
    assert missed.outcome is Outcome.REFUSED
    assert missed.scores["keyword_share"] == missed.scores["similarity"] == 0.0


def test_a_citation_counts_as_valid_only_at_its_span(assistant: Assistant) -> None:
    row = only(run(assistant, [INVESTED], OPTIONS))
    assert row.answer is not None
    citation = row.answer.citations[0]
    view = assistant.show(citation.document)
    assert is_at_its_span(citation, view)
    for wrong in (
        {"quote": citation.quote[1:]},
        {"start": citation.start + 1},
        {"clean_end": 0, "quote": ""},
    ):
        assert not is_at_its_span(replace(citation, **wrong), view)


def test_the_rows_of_a_conversation_know_the_answers_before_them(assistant: Assistant) -> None:
    follow_up = Question(3, "3", "2019年呢？", keywords=(("1850万元",),), answerable=True, conversation="c")
    first = replace(INVESTED, conversation="c")
    asked = [
        first,
        replace(UNKNOWN, conversation="d"),
        follow_up,
        replace(follow_up, id="4", conversation=""),
    ]
    rows = list(run(assistant, asked, OPTIONS))
    assert rows[2].outcome is Outcome.RIGHT
    assert rows[3].outcome is not Outcome.RIGHT


def test_a_question_that_cannot_be_asked_is_a_row_with_its_reason(assistant: Assistant) -> None:
    failed, asked = run(assistant, [replace(INVESTED, question=""), replace(INVESTED, id="2")], OPTIONS)
    assert (failed.answer, failed.scores, failed.failure) == (None, {}, "问题是空的")
    assert asked.outcome is Outcome.RIGHT


def test_retrieval_alone_asks_nothing(assistant: Assistant) -> None:
    row = only(run(assistant, [INVESTED], EvaluationOptions(retrieval_only=True, ks=(2,))))
    assert (row.answer, row.outcome) == (None, Outcome.UNGRADED)
    assert set(row.scores) == {
        f"{what}_{name}" for what in ("document", "passage") for name in ("recall@2", "hit@2", "mrr", "ndcg")
    }


def test_a_run_stops_when_nobody_takes_results_and_goes_on_from_those_taken(assistant: Assistant) -> None:
    first = replace(INVESTED, conversation="c")
    second = Question(2, "2", "2019年呢？", keywords=(("1850万元",),), answerable=True, conversation="c")
    begun = run(assistant, [first, second], OPTIONS)
    done = list(islice(begun, 1))
    rest = list(run(assistant, [first, second], OPTIONS, done))
    assert rest[0] is done[0]
    assert rest[1].outcome is Outcome.RIGHT


def test_an_engine_or_judge_without_an_endpoint_is_refused_at_once(assistant: Assistant) -> None:
    for options in (EvaluationOptions(engine="llm"), EvaluationOptions(judge=True)):
        with pytest.raises(SettingsError, match="OPENAI_BASE_URL"):
            run(assistant, [INVESTED], options)
    with pytest.raises(SettingsError, match="no embedder"):
        run(assistant, [INVESTED], EvaluationOptions(similarity=Similarity.EMBEDDER))


def test_the_embedder_gives_the_similarity_when_asked_to(tmp_path: Path, settings: Settings) -> None:
    storage = tmp_path / "storage"
    dense = DenseParts.of(storage, CharacterEmbedding())
    with Assistant(Settings(storage=storage), Database(storage), dense) as assistant:
        assistant.ingest([flow_corpus.write(tmp_path / "corpus")])
        by_vectors = only(run(assistant, [INVESTED], EvaluationOptions(similarity=Similarity.EMBEDDER)))
        by_bigrams = only(run(assistant, [INVESTED], OPTIONS))
    assert by_vectors.scores["similarity"] > by_bigrams.scores["similarity"] > 0


def test_the_endpoint_answers_or_judges_and_its_tokens_are_kept(settings: Settings) -> None:
    with serve(Script(pieces=("投入3,200万元[1]。",), usage=True)) as server:
        chat = Endpoint(server.base_url, "scripted")
        with Assistant.open(replace(settings, chat=chat)) as assistant:
            asked = only(run(assistant, [INVESTED], EvaluationOptions(engine="llm")))
            quoted = only(run(assistant, [INVESTED], EvaluationOptions(engine="quoting")))
            server.script = Script(pieces=("部分正确\n", "少了年份。"), usage=True)
            judged = only(run(assistant, [INVESTED], EvaluationOptions(engine="quoting", judge=True)))
            server.script = Script(pieces=("我不知道",))
            unclear = only(run(assistant, [INVESTED], EvaluationOptions(engine="quoting", judge=True)))
    assert (asked.answer and asked.answer.engine, asked.plain) == ("llm", "投入3,200万元。")
    assert asked.answer is not None
    assert asked.answer.tokens.completion == 5
    assert quoted.answer is not None
    assert quoted.answer.engine == "quoting"
    assert judged.scores["judged"] == 0.5
    assert judged.opinion is not None
    assert (judged.opinion.reason, judged.opinion.tokens.prompt) == ("少了年份。", 7)
    assert "judged" not in unclear.scores
    assert unclear.failure.startswith("not judged: ")
    assert server.requests[-1]["messages"][1]["content"].count("<回答>") == 1


def test_an_opinion_begins_with_its_verdict_or_is_none(settings: Settings) -> None:
    said = {
        "**部分正确**\n少了年份。": 0.5,
        "判断：正确，部分措辞不同": 1.0,
        "回答正确。": 1.0,
        "Incorrect.\nOther year.": 0.0,
        "不完全正确": None,
        "Not right.": None,
        "rightly so": None,
    }
    options = EvaluationOptions(engine="quoting", judge=True, ks=())
    with (
        serve(Script()) as server,
        Assistant.open(replace(settings, chat=Endpoint(server.base_url, "scripted"))) as assistant,
    ):
        for reply, score in said.items():
            server.script = Script(pieces=(reply,))
            row = only(run(assistant, [INVESTED], options))
            assert (row.scores.get("judged"), bool(row.failure)) == (score, score is None), reply


def test_an_endpoint_that_fails_leaves_the_quoted_answer(settings: Settings) -> None:
    chat = Endpoint(closed_url(), "scripted")
    with Assistant.open(replace(settings, chat=chat)) as assistant:
        row = only(run(assistant, [INVESTED], EvaluationOptions(engine="llm", judge=True)))
    assert row.answer is not None
    assert (row.answer.engine, row.answer.verdict, row.outcome) == ("quoting", Verdict.ANSWER, Outcome.RIGHT)
    assert row.failure.startswith("not judged: ")
