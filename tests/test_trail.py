"""Why an answer is as it is, and what may be asked after it: told of real answers on a small corpus."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import flow_corpus
import pytest
from character_embedding import CharacterEmbedding
from endpoint import Script, serve
from ui_making import Reader, hostile_texts

from assistant.exports.places import document_address
from assistant.folding import is_traditional
from assistant.index.database import Database
from assistant.index.dense import DenseParts
from assistant.records import Answer, Candidate, Filters, Reason, Trail, Turn, Verdict
from assistant.service import Assistant
from assistant.settings import Endpoint, Settings
from assistant.ui.chat.why import why_html
from assistant.ui.words.chinese import CHINESE
from assistant.ui.words.languages import LANGUAGES

INVESTED = "青海联通2020年投入了多少建设资金？"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder: Path = tmp_path_factory.mktemp("trail")
    settings = Settings(storage=folder / "storage")
    dense = DenseParts.of(settings.storage, CharacterEmbedding())
    with Assistant(settings, Database(settings.storage), dense) as opened:
        opened.ingest([flow_corpus.write(folder / "corpus")])
        yield opened


def trail_of(answer: Answer) -> Trail:
    assert answer.trail is not None
    return answer.trail


def test_the_trail_tells_what_was_searched_found_and_cited(assistant: Assistant) -> None:
    trail = trail_of(assistant.ask(INVESTED))
    assert trail.reason is Reason.LIKELY
    assert trail.searched == (INVESTED,)
    assert trail.likelihood is not None and trail.likelihood >= trail.threshold > 0
    first = trail.candidates[0]
    assert (first.document, first.cited, first.against) == ("plateau.txt", True, ())
    assert "3,200万元" in first.snippet
    assert [candidate.rank for candidate in trail.candidates] == list(range(1, len(trail.candidates) + 1))
    assert first.lexical_rank == 1 and first.lexical is not None
    assert {c.dense_rank for c in trail.candidates if c.dense is not None} >= {1}
    assert not any(candidate.cited for candidate in trail.candidates if candidate.document == "farms.txt")
    assert [step.name for step in trail.steps] == ["understand", "search", "judge", "write"]


def test_ranks_follow_the_scores_of_each_leg(assistant: Assistant) -> None:
    found = assistant.search("建设资金", k=20)
    by_words = sorted((hit for hit in found if hit.lexical_rank), key=lambda hit: hit.lexical_rank or 0)
    by_meaning = sorted((hit for hit in found if hit.dense_rank), key=lambda hit: hit.dense_rank or 0)
    assert by_words and all((a.lexical or 0) >= (b.lexical or 0) for a, b in pairwise(by_words))
    assert by_meaning and all((a.dense or 0) >= (b.dense or 0) for a, b in pairwise(by_meaning))


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("青海联通2016年投入了多少建设资金？", Reason.RULED_OUT),
        ("你好", Reason.GREETING),
        ("青海联通和福建电信各投入多少建设资金？", Reason.COMPANIES),
        ("青海联通2019年和2020年各投入多少建设资金？", Reason.SIDES),
        ("《青海联通把网络修到高原牧区》的作者是谁？", Reason.BYLINE),
        ("青海联通", Reason.OVERVIEW),
    ],
)
def test_the_rule_that_decided_is_named(assistant: Assistant, question: str, reason: Reason) -> None:
    assert trail_of(assistant.ask(question)).reason is reason


def test_filters_in_force_are_told_and_those_that_let_nothing_in_decide(assistant: Assistant) -> None:
    filters = Filters(kinds=("policy",))
    trail = trail_of(assistant.ask(INVESTED, filters=filters))
    assert (trail.reason, trail.filters, trail.candidates) == (Reason.EXCLUDED, filters, ())


def test_a_follow_up_tells_what_it_was_taken_to_mean(assistant: Assistant) -> None:
    answer = assistant.ask("那2019年呢？", [Turn(INVESTED, assistant.ask(INVESTED).text)])
    assert trail_of(answer).searched[0] == answer.rewritten
    assert len(trail_of(answer).searched) > 1


def test_the_model_that_finds_no_answer_is_the_reason_and_the_passages_stay_told(tmp_path: Path) -> None:
    with serve(Script(pieces=("资料中没有答案",))) as server:
        chat = Endpoint(server.base_url, "", "m")
        with Assistant.open(Settings(storage=tmp_path / "st", embedder="none", chat=chat)) as written:
            written.ingest([flow_corpus.write(tmp_path / "corpus")])
            answer = written.ask(INVESTED)
    assert (answer.engine, trail_of(answer).reason) == ("llm", Reason.DECLINED)
    first = trail_of(answer).candidates[0]
    assert (first.document, first.dense, first.dense_rank, first.cited) == ("plateau.txt", None, None, False)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_is_worded(language: str) -> None:
    texts = LANGUAGES[language]
    assert {*texts.why.reasons, *texts.why.refused} == set(Reason)
    for verdict, words in ((Verdict.ANSWER, texts.why.reasons), (Verdict.REFUSE, texts.why.refused)):
        for reason in words:
            told = Answer(
                "问", "答", verdict, "quoting", 0.1, trail=Trail(reason, likelihood=0.25, threshold=0.3)
            )
            assert "{" not in Reader(why_html(told, texts)).text


def test_the_account_shows_ranks_and_scores_and_links_to_the_document(assistant: Assistant) -> None:
    answer = assistant.ask(INVESTED)
    html = why_html(answer, CHINESE)
    assert f'href="{document_address("plateau.txt")}"' in html
    shown = Reader(html).text
    assert "已引用" in shown and INVESTED in shown and "青海联通、2020（优先，但不排除其他）" in shown
    first = trail_of(answer).candidates[0]
    assert f"第 1 {first.lexical:.2f}" in shown


def test_whatever_a_document_holds_the_account_has_no_tags_but_its_own() -> None:
    own = {tag for tag, _ in Reader(why_html(_told("甲"), CHINESE)).tags}
    for text in hostile_texts(60):
        assert {tag for tag, _ in Reader(why_html(_told(text), CHINESE)).tags} == own


def _told(text: str) -> Answer:
    candidate = Candidate(1, text, text, 2, text, 1.0, 2.0, 1, 0.5, 3, 0.1, None, ("no value",), cited=True)
    trail = Trail(Reason.RULED_OUT, (text,), Filters(publishers=(text,)), (candidate,), None, 0.3, (text,))
    return Answer(text, text, Verdict.REFUSE, "quoting", 0.1, trail=trail)


def test_an_answer_without_a_trail_has_no_account() -> None:
    assert why_html(Answer("问", "答", Verdict.ANSWER, "quoting", 0.1), CHINESE) == ""


def test_follow_ups_are_answered_new_and_different(assistant: Assistant) -> None:
    answer = assistant.ask("谁负责维护昂拉基站？")
    questions = assistant.follow_ups(answer)
    assert questions and len(set(questions)) == len(questions) <= 3
    assert all(assistant.ask(question).verdict is Verdict.ANSWER for question in questions)
    asked = [Turn(question, "答") for question in questions]
    assert not set(assistant.follow_ups(answer, asked)) & set(questions)
    assert len(assistant.follow_ups(answer, n=1)) == 1


def test_the_same_is_asked_of_another_year_only_where_the_corpus_tells(assistant: Assistant) -> None:
    assert "青海联通2019年投入了多少建设资金？" in assistant.follow_ups(assistant.ask(INVESTED))
    earlier = assistant.follow_ups(assistant.ask("青海联通2019年投入了多少建设资金？"))
    assert not any("2018" in question for question in earlier)


def test_follow_ups_are_written_as_the_question_is(assistant: Assistant) -> None:
    questions = assistant.follow_ups(assistant.ask("福建電信為多少個漁村裝上防颱風廣播？"))
    assert questions and all(map(is_traditional, questions))


def test_a_refusal_leads_to_what_was_found_nearest(assistant: Assistant) -> None:
    refused = assistant.ask("福建电信2016年接入了多少艘渔船？")
    assert refused.verdict is Verdict.REFUSE
    assert assistant.follow_ups(refused)


def test_nothing_follows_where_nothing_was_found(assistant: Assistant) -> None:
    assert assistant.follow_ups(assistant.ask("你好")) == []
